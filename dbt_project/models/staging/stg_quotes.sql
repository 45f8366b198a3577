with

quotes as (

    select * from {{ source('facts', 'quotes') }}

),

articles as (

    select * from {{ ref('stg_article_keys') }}

),

final as (

    select
        quotes.article_id,
        quotes.revision,
        {{ told_first_by('quotes."start"', 'quotes."end"') }} as canonical_id,
        articles.arrival_order,
        articles.told_on,
        quotes.id as fact_id,
        quotes."start",
        quotes."end",
        quotes.text,
        quotes.kind,
        quotes.speaker,
        quotes.speaker_role,
        quotes.speaker_country,
        quotes.cue,
        quotes.polarity,
        quotes.meetings as meeting_fact_ids,
        quotes.commissions as commission_fact_ids,
        quotes.rule,
        quotes.confidence,
        quotes.extractor_version,
        quotes.evidence_start,
        quotes.evidence_end
    from quotes
    inner join articles
        on
            quotes.article_id = articles.article_id
            and quotes.revision = articles.revision

)

select * from final
