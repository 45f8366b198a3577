with

agreements as (

    select * from {{ source('facts', 'agreements') }}

),

articles as (

    select * from {{ ref('stg_article_keys') }}

),

final as (

    select
        agreements.article_id,
        agreements.revision,
        {{ told_first_by('agreements.evidence_start', 'agreements.evidence_end') }}
            as canonical_id,
        {{ is_word_for_word('agreements.evidence_start', 'agreements.evidence_end') }}
            as is_word_for_word,
        articles.arrival_order,
        articles.told_on,
        agreements.id as fact_id,
        agreements.pair as pair_id,
        agreements.kind,
        agreements.status,
        agreements.title,
        agreements.sectors,
        {{ normalised('agreements.title') }} as title_key,
        {{ period_start('agreements.date') }} as date,
        {{ period_precision('agreements.date') }} as date_precision,
        agreements.meetings as meeting_fact_ids,
        agreements.commissions as commission_fact_ids,
        agreements.rule,
        agreements.confidence,
        agreements.extractor_version,
        agreements.evidence_start,
        agreements.evidence_end
    from agreements
    inner join articles
        on
            agreements.article_id = articles.article_id
            and agreements.revision = articles.revision

)

select * from final
