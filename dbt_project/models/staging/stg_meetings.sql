with

meetings as (

    select * from {{ source('facts', 'meetings') }}

),

articles as (

    select * from {{ ref('stg_article_keys') }}

),

final as (

    select
        meetings.article_id,
        meetings.revision,
        {{ told_first_by('meetings.evidence_start', 'meetings.evidence_end') }} as canonical_id,
        {{ is_word_for_word('meetings.evidence_start', 'meetings.evidence_end') }}
            as is_word_for_word,
        articles.arrival_order,
        articles.told_on,
        meetings.id as fact_id,
        meetings.pair as pair_id,
        meetings.kind,
        meetings.status,
        case
            when {{ period_start('meetings.date') }} is not null then meetings.date
        end as date_text,
        {{ period_start('meetings.date') }} as date,
        {{ period_end('meetings.date', 'meetings.date_end') }} as date_end,
        {{ period_precision('meetings.date') }} as date_precision,
        meetings.city,
        meetings.place_country,
        meetings.host_country,
        meetings.level,
        coalesce(meetings.multilateral, false) as multilateral,
        meetings.participants,
        meetings.parent as parent_fact_id,
        meetings.encounter as encounter_fact_id,
        meetings.rule,
        meetings.confidence,
        meetings.extractor_version,
        meetings.evidence_start,
        meetings.evidence_end
    from meetings
    inner join articles
        on
            meetings.article_id = articles.article_id
            and meetings.revision = articles.revision

)

select * from final
