with

countries as (

    select * from {{ source('reference', 'countries') }}

),

meeting_reports as (

    select * from {{ ref('int_meeting_reports') }}

),

commission_reports as (

    select * from {{ ref('int_commission_reports') }}

),

sector_mentions as (

    select * from {{ ref('stg_sector_mentions') }}

),

agreement_reports as (

    select * from {{ ref('stg_agreements') }}

),

meetings as (

    select * from {{ ref('meetings') }}

),

commissions as (

    select * from {{ ref('commissions') }}

),

cooperation_sectors as (

    select * from {{ ref('cooperation_sectors') }}

),

agreements as (

    select * from {{ ref('agreements') }}

),

quotes as (

    select * from {{ ref('quotes') }}

),

articles_of_pairs as (

    select
        pair_id,
        article_id
    from meeting_reports
    union
    select
        pair_id,
        article_id
    from commission_reports
    union
    select
        pair_id,
        article_id
    from sector_mentions
    union
    select
        pair_id,
        article_id
    from agreement_reports

),

pairs as (

    select
        pair_id,
        split_part(pair_id, '-', 1) as country_a,
        split_part(pair_id, '-', 2) as country_b,
        count(*)::integer as n_articles
    from articles_of_pairs
    group by pair_id

),

events as (

    select
        pair_id,
        date,
        date_end,
        1 as is_meeting,
        0 as is_session
    from meetings
    union all
    select
        pair_id,
        date,
        date_end,
        0 as is_meeting,
        {{ is_session() }}::integer as is_session
    from commissions

),

events_of_pairs as (

    select
        pair_id,
        sum(is_meeting)::integer as n_meetings,
        sum(is_session)::integer as n_commission_sessions,
        min(date) as first_date,
        max(coalesce(date_end, date)) as last_date
    from events
    group by pair_id

),

agreements_of_pairs as (

    select
        pair_id,
        count(*)::integer as n_agreements
    from agreements
    group by pair_id

),

quote_pairs as (

    select
        quote_id,
        unnest(pairs) as pair_id
    from quotes

),

quotes_of_pairs as (

    select
        pair_id,
        count(*)::integer as n_quotes
    from quote_pairs
    group by pair_id

),

sectors_of_pairs as (

    select
        pair_id,
        {{ sorted_set('sector') }} as sectors
    from cooperation_sectors
    group by pair_id

),

final as (

    select
        pairs.pair_id,
        pairs.country_a,
        pairs.country_b,
        countries_a.name as name_a,
        countries_b.name as name_b,
        coalesce(events_of_pairs.n_meetings, 0) as n_meetings,
        coalesce(events_of_pairs.n_commission_sessions, 0) as n_commission_sessions,
        coalesce(agreements_of_pairs.n_agreements, 0) as n_agreements,
        coalesce(quotes_of_pairs.n_quotes, 0) as n_quotes,
        pairs.n_articles,
        events_of_pairs.first_date,
        events_of_pairs.last_date,
        coalesce(sectors_of_pairs.sectors, []) as sectors
    from pairs
    left join countries as countries_a
        on pairs.country_a = countries_a.iso3
    left join countries as countries_b
        on pairs.country_b = countries_b.iso3
    left join events_of_pairs
        on pairs.pair_id = events_of_pairs.pair_id
    left join agreements_of_pairs
        on pairs.pair_id = agreements_of_pairs.pair_id
    left join quotes_of_pairs
        on pairs.pair_id = quotes_of_pairs.pair_id
    left join sectors_of_pairs
        on pairs.pair_id = sectors_of_pairs.pair_id

)

select * from final
