with

meetings as (

    select * from {{ ref('stg_meetings') }}

),

copied as (

    select distinct canonical_id
    from meetings
    where article_id != canonical_id

),

counted as (

    select
        meetings.*,
        row_number() over (
            partition by
                meetings.arrival_order, meetings.canonical_id, meetings.pair_id,
                meetings.kind
            order by meetings.evidence_start, length(meetings.fact_id), meetings.fact_id
        ) as nth_told
    from meetings
    semi join copied
        on meetings.canonical_id = copied.canonical_id

),

dated as (

    -- A copy without a date of publication may not tell when, and one of the next day another day.
    select
        * exclude (nth_told),
        {{ told_when(
            ['date_text', 'date', 'date_end', 'date_precision'], ['pair_id', 'kind'], 'nth_told'
        ) }} as key_when
    from counted
    union all
    select
        meetings.*,
        {{ when_told(['date_text', 'date', 'date_end', 'date_precision']) }} as key_when
    from meetings
    anti join copied
        on meetings.canonical_id = copied.canonical_id

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
            partition by arrival_order, event_key
            order by evidence_start, length(fact_id), fact_id
        ) as nth
    from keyed

),

founders as (

    select
        event_key,
        nth,
        arg_min(struct_pack(article_id := canonical_id, date_text := date_text), arrival_order)
            as founding,
        -- An event without a date has that of the first copy that tells one.
        arg_min(
            {{ when_told(['date_text', 'date', 'date_end', 'date_precision']) }}, arrival_order
        ) as first_when
    from numbered
    group by
        event_key,
        nth

),

identified as (

    select
        numbered.*,
        coalesce(numbered.key_when, founders.first_when) as told_when,
        md5(
            concat_ws(
                '|',
                founders.founding['article_id'],
                numbered.pair_id,
                numbered.kind,
                coalesce(founders.founding['date_text'], ''),
                numbered.nth
            )
        ) as meeting_id
    from numbered
    inner join founders
        on
            numbered.event_key = founders.event_key
            and numbered.nth = founders.nth

),

events_of_articles as (

    select
        arrival_order,
        fact_id,
        meeting_id
    from identified

),

linked as (

    -- What each report says of the other events of its article.
    select
        identified.*,
        encounters.meeting_id as told_encounter_id,
        nullif(parents.meeting_id, identified.meeting_id) as told_parent_id
    from identified
    left join events_of_articles as encounters
        on
            identified.arrival_order = encounters.arrival_order
            and identified.encounter_fact_id = encounters.fact_id
    left join events_of_articles as parents
        on
            identified.arrival_order = parents.arrival_order
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
