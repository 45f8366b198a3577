{{ config(materialized='incremental', incremental_strategy='by_article', on_schema_change='fail') }}
-- depends_on: {{ ref('int_article_states') }}

with

quotes as (

    select * from {{ ref('stg_quotes') }}
    {{ touched_only() }}

),

person_reports as (

    select * from {{ ref('int_person_reports') }}
    {{ touched_only() }}

),

meetings as (

    select * from {{ ref('int_meeting_reports') }}
    {{ touched_only() }}

),

commissions as (

    select * from {{ ref('int_commission_reports') }}
    {{ touched_only() }}

),

sector_mentions as (

    select * from {{ ref('stg_sector_mentions') }}
    {{ touched_only() }}

),

agreements as (

    select * from {{ ref('stg_agreements') }}
    {{ touched_only() }}

),

originals as (

    -- A copy of an article never doubles a quote.
    select
        *,
        md5(concat_ws('|', article_id, "start", "end", text)) as quote_id
    from quotes
    where article_id = canonical_id
    qualify
        row_number() over (
            partition by article_id, "start", "end"
            order by confidence desc nulls last, length(fact_id) asc, fact_id asc
        ) = 1

),

speakers as (

    select
        originals.quote_id,
        person_reports.person_id
    from originals
    inner join person_reports
        on
            originals.article_id = person_reports.article_id
            and originals.speaker = person_reports.told_name
            and person_reports.told_as = 'person'
    qualify
        row_number() over (
            partition by originals.quote_id
            order by
                person_reports.country is not distinct from originals.speaker_country desc,
                length(person_reports.fact_id) asc,
                person_reports.fact_id asc
        ) = 1

),

events as (

    select
        article_id,
        'meeting' as fact_type,
        fact_id,
        pair_id
    from meetings
    union all
    select
        article_id,
        'commission' as fact_type,
        fact_id,
        pair_id
    from commissions

),

links as (

    select
        quote_id,
        article_id,
        'meeting' as fact_type,
        unnest(meeting_fact_ids) as fact_id
    from originals
    union all
    select
        quote_id,
        article_id,
        'commission' as fact_type,
        unnest(commission_fact_ids) as fact_id
    from originals

),

pairs_of_events as (

    select
        links.quote_id,
        {{ sorted_set('events.pair_id') }} as pairs
    from links
    inner join events
        on
            links.article_id = events.article_id
            and links.fact_type = events.fact_type
            and links.fact_id = events.fact_id
    group by links.quote_id

),

pairs_told as (

    select
        article_id,
        pair_id
    from events
    union
    select
        article_id,
        pair_id
    from sector_mentions
    union
    select
        article_id,
        pair_id
    from agreements

),

pairs_of_speakers as (

    select
        originals.quote_id,
        {{ sorted_set('pairs_told.pair_id') }} as pairs
    from originals
    inner join pairs_told
        on
            originals.article_id = pairs_told.article_id
            and list_contains(
                string_split(pairs_told.pair_id, '-'), originals.speaker_country
            )
    group by originals.quote_id

),

final as (

    select
        originals.quote_id,
        originals.article_id,
        originals.revision,
        originals.speaker,
        speakers.person_id,
        originals.speaker_role,
        originals.speaker_country,
        originals.kind,
        originals.cue,
        originals.polarity,
        originals.text,
        originals."start",
        originals."end",
        coalesce(pairs_of_events.pairs, pairs_of_speakers.pairs, []) as pairs
    from originals
    left join speakers
        on originals.quote_id = speakers.quote_id
    left join pairs_of_events
        on originals.quote_id = pairs_of_events.quote_id
    left join pairs_of_speakers
        on originals.quote_id = pairs_of_speakers.quote_id

)

select * from final
