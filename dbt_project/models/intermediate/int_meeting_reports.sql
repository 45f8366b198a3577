with

meetings as (

    select * from {{ ref('stg_meetings') }}

),

counted as (

    select
        *,
        row_number() over (
            partition by article_id, canonical_id, pair_id, kind
            order by evidence_start, length(fact_id), fact_id
        ) as nth_told
    from meetings

),

dated as (

    -- A copy without a date of publication may not tell when, and one of the next day another day.
    select
        *,
        {{ told_when(
            ['date_text', 'date', 'date_end', 'date_precision'], ['pair_id', 'kind'], 'nth_told'
        ) }} as key_when
    from counted

),

keyed as (

    -- Without a date nothing tells whether two articles speak of one event, unless one is a copy
    -- of the other.
    select
        *,
        concat_ws(
            '|',
            pair_id,
            kind,
            coalesce('date ' || key_when['date_text'], 'article ' || canonical_id)
        ) as event_key
    from dated

),

numbered as (

    -- Two talks of one pair on one day, told by one article, are two.
    select
        *,
        row_number() over (
            partition by article_id, event_key
            order by evidence_start, length(fact_id), fact_id
        ) as nth
    from keyed

),

founded as (

    select
        *,
        first_value(canonical_id) over founding as founding_article_id,
        first_value(date_text) over founding as founding_date_text,
        -- An event without a date has that of the first copy that tells one.
        coalesce(
            key_when,
            first_value(
                {{ when_told(['date_text', 'date', 'date_end', 'date_precision']) }} ignore nulls
            ) over (
                partition by event_key, nth
                order by arrival_order
                rows between unbounded preceding and unbounded following
            )
        ) as told_when
    from numbered
    window founding as (partition by event_key, nth order by arrival_order)

),

identified as (

    select
        *,
        md5(
            concat_ws(
                '|', founding_article_id, pair_id, kind, coalesce(founding_date_text, ''), nth
            )
        ) as meeting_id
    from founded

),

linked as (

    -- What each report says of the other events of its article.
    select
        identified.*,
        encounters.meeting_id as told_encounter_id,
        nullif(parents.meeting_id, identified.meeting_id) as told_parent_id
    from identified
    left join identified as encounters
        on
            identified.article_id = encounters.article_id
            and identified.encounter_fact_id = encounters.fact_id
    left join identified as parents
        on
            identified.article_id = parents.article_id
            and identified.parent_fact_id = parents.fact_id

),

told as (

    -- Of several reports that say it (nulls do not count) the first to arrive.
    select
        meeting_id,
        min_by(told_encounter_id, arrival_order) as encounter_id,
        min_by(told_parent_id, arrival_order) as parent_id
    from linked
    group by meeting_id

),

final as (

    select
        linked.article_id,
        linked.fact_id,
        linked.revision,
        linked.canonical_id,
        linked.arrival_order,
        linked.meeting_id,
        coalesce(told.encounter_id, linked.meeting_id) as encounter_id,
        told.parent_id,
        linked.pair_id,
        linked.kind,
        linked.status,
        linked.told_when['date'] as date,
        linked.told_when['date_end'] as date_end,
        linked.told_when['date_precision'] as date_precision,
        linked.city,
        linked.place_country,
        linked.host_country,
        linked.level,
        linked.multilateral,
        linked.participants,
        linked.rule,
        linked.confidence,
        linked.extractor_version,
        linked.evidence_start,
        linked.evidence_end
    from linked
    inner join told
        on linked.meeting_id = told.meeting_id

)

select * from final
