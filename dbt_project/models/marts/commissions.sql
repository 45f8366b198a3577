with

reports as (

    select * from {{ ref('int_commission_reports') }}

),

person_names as (

    select * from {{ ref('int_person_names') }}

),

sector_mentions as (

    select * from {{ ref('stg_sector_mentions') }}

),

sessions as (

    -- The day, the end and the precision come from one report, so that they fit together.
    select
        session_id,
        body_id,
        pair_id,
        body,
        ordinal,
        {{ strongest('status', status_order()) }} as status,
        {{ first_told('date') }} as date,
        {{ first_told('date_end', told='date') }} as date_end,
        {{ first_told('date_precision', told='date') }} as date_precision,
        {{ first_told('city') }} as city,
        {{ first_told('place_country') }} as place_country,
        {{ sorted_union('sectors') }} as sectors,
        count(distinct article_id)::integer as n_articles,
        max(confidence) as confidence
    from reports
    group by all

),

chairs_told as (

    select
        session_id,
        pair_id,
        unnest(co_chairs) as name
    from reports

),

chairs as (

    -- A person has one name, whatever the reports call them.
    select
        chairs_told.session_id,
        chairs_told.name,
        min(person_names.person_name) as person_name
    from chairs_told
    left join person_names
        on
            {{ normalised('chairs_told.name') }} = person_names.name_key
            and list_contains(string_split(chairs_told.pair_id, '-'), person_names.country)
    group by
        chairs_told.session_id,
        chairs_told.name

),

chairs_of_sessions as (

    select
        session_id,
        {{ sorted_set('coalesce(person_name, name)') }} as co_chairs
    from chairs
    group by session_id

),

sectors_on_the_table as (

    select
        reports.session_id,
        list(sector_mentions.sector) as sectors
    from sector_mentions
    cross join unnest(sector_mentions.commission_fact_ids) as link (fact_id)
    inner join reports
        on
            sector_mentions.article_id = reports.article_id
            and link.fact_id = reports.fact_id
    group by reports.session_id

),

final as (

    select
        sessions.session_id,
        sessions.body_id,
        sessions.pair_id,
        sessions.body,
        sessions.ordinal,
        sessions.status,
        sessions.date,
        sessions.date_end,
        sessions.date_precision,
        sessions.city,
        sessions.place_country,
        coalesce(chairs_of_sessions.co_chairs, []) as co_chairs,
        list_sort(
            list_distinct(
                list_concat(sessions.sectors, coalesce(sectors_on_the_table.sectors, []))
            )
        ) as sectors,
        sessions.n_articles,
        sessions.confidence
    from sessions
    left join chairs_of_sessions
        on sessions.session_id = chairs_of_sessions.session_id
    left join sectors_on_the_table
        on sessions.session_id = sectors_on_the_table.session_id

)

select * from final
