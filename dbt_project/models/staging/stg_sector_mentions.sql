with

sector_mentions as (

    select * from {{ source('facts', 'sector_mentions') }}

),

articles as (

    select * from {{ ref('stg_article_keys') }}

),

final as (

    select
        sector_mentions.article_id,
        sector_mentions.revision,
        {{ told_first_by('sector_mentions."start"', 'sector_mentions."end"') }} as canonical_id,
        articles.arrival_order,
        articles.told_on,
        sector_mentions.id as fact_id,
        sector_mentions.pair as pair_id,
        sector_mentions.sector,
        sector_mentions.stance,
        sector_mentions.meetings as meeting_fact_ids,
        sector_mentions.commissions as commission_fact_ids,
        sector_mentions.rule,
        sector_mentions.confidence,
        sector_mentions.extractor_version,
        sector_mentions.evidence_start,
        sector_mentions.evidence_end
    from sector_mentions
    inner join articles
        on
            sector_mentions.article_id = articles.article_id
            and sector_mentions.revision = articles.revision

)

select * from final
