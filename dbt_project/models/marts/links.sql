with

meeting_reports as (

    select * from {{ ref('int_meeting_reports') }}

),

commission_reports as (

    select * from {{ ref('int_commission_reports') }}

),

agreement_reports as (

    select * from {{ ref('int_agreement_reports') }}

),

sector_mentions as (

    select * from {{ ref('stg_sector_mentions') }}

),

stg_quotes as (

    select * from {{ ref('stg_quotes') }}

),

quotes as (

    select * from {{ ref('quotes') }}

),

meetings as (

    select * from {{ ref('meetings') }}

),

events as (

    select
        article_id,
        fact_id,
        'meeting' as to_type,
        meeting_id as to_id
    from meeting_reports
    union all
    select
        article_id,
        fact_id,
        'commission' as to_type,
        session_id as to_id
    from commission_reports

),

told as (

    select
        'quote' as from_type,
        quotes.quote_id as from_id,
        'said_at' as relation,
        stg_quotes.article_id,
        list_concat(
            coalesce(stg_quotes.meeting_fact_ids, []), coalesce(stg_quotes.commission_fact_ids, [])
        ) as fact_ids
    from stg_quotes
    inner join quotes
        on
            stg_quotes.article_id = quotes.article_id
            and stg_quotes."start" = quotes."start"
            and stg_quotes."end" = quotes."end"
    where
        len(stg_quotes.meeting_fact_ids) > 0
        or len(stg_quotes.commission_fact_ids) > 0
    union all
    select
        'agreement' as from_type,
        agreement_id as from_id,
        case when status = 'signed' then 'signed_at' else 'discussed_at' end
            as relation,
        article_id,
        list_concat(
            coalesce(meeting_fact_ids, []), coalesce(commission_fact_ids, [])
        ) as fact_ids
    from agreement_reports
    union all
    select
        'sector' as from_type,
        pair_id || ':' || sector as from_id,
        'on_the_table_at' as relation,
        article_id,
        list_concat(
            coalesce(meeting_fact_ids, []), coalesce(commission_fact_ids, [])
        ) as fact_ids
    from sector_mentions

),

links_told as (

    select
        from_type,
        from_id,
        relation,
        article_id,
        unnest(fact_ids) as fact_id
    from told

),

final as (

    select distinct
        links_told.from_type,
        links_told.from_id,
        links_told.relation,
        events.to_type,
        events.to_id
    from links_told
    inner join events
        on
            links_told.article_id = events.article_id
            and links_told.fact_id = events.fact_id
    union all
    select
        'meeting' as from_type,
        meeting_id as from_id,
        'within' as relation,
        'meeting' as to_type,
        parent_id as to_id
    from meetings
    where parent_id is not null

)

select * from final
