with

commissions as (

    select * from {{ source('facts', 'commissions') }}

),

articles as (

    select * from {{ ref('stg_article_keys') }}

),

final as (

    select
        commissions.article_id,
        commissions.revision,
        {{ told_first_by('commissions.evidence_start', 'commissions.evidence_end') }}
            as canonical_id,
        {{ is_word_for_word('commissions.evidence_start', 'commissions.evidence_end') }}
            as is_word_for_word,
        articles.arrival_order,
        articles.told_on,
        commissions.id as fact_id,
        commissions.pair as pair_id,
        commissions.name as body,
        {{ normalised('commissions.name') }} as body_key,
        commissions.ordinal,
        commissions.status,
        case
            when {{ period_start('commissions.date') }} is not null then commissions.date
        end as date_text,
        {{ period_start('commissions.date') }} as date,
        {{ period_end('commissions.date', 'commissions.date_end') }} as date_end,
        {{ period_precision('commissions.date') }} as date_precision,
        commissions.city,
        commissions.place_country,
        commissions.co_chairs,
        commissions.sectors,
        commissions.rule,
        commissions.confidence,
        commissions.extractor_version,
        commissions.evidence_start,
        commissions.evidence_end
    from commissions
    inner join articles
        on
            commissions.article_id = articles.article_id
            and commissions.revision = articles.revision

)

select * from final
