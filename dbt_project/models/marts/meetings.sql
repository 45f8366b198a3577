with

reports as (

    select * from {{ ref('int_meeting_reports') }}

),

people as (

    select * from {{ ref('int_people_told') }}

),

person_names as (

    select * from {{ ref('int_person_names') }}

),

sector_mentions as (

    select * from {{ ref('stg_sector_mentions') }}

),

events as (

    select
        meeting_id,
        encounter_id,
        parent_id,
        pair_id,
        kind,
        date,
        date_precision,
        {{ strongest('status', status_order()) }} as status,
        {{ first_told('date_end') }} as date_end,
        {{ first_told('city') }} as city,
        {{ first_told('place_country') }} as place_country,
        {{ first_told('host_country') }} as host_country,
        {{ first_told('level') }} as level,
        bool_or(multilateral) as multilateral,
        count(distinct article_id)::integer as n_articles,
        max(confidence) as confidence
    from reports
    group by all

),

participants_told as (

    -- 'The foreign minister' of one report is the one whom another report names; and a person has
    -- one name, whatever the reports call them.
    select
        reports.meeting_id,
        coalesce(person_names.person_name, people.name) as name,
        people.role,
        people.country
    from people
    inner join reports
        on
            people.article_id = reports.article_id
            and people.fact_id = reports.fact_id
    left join person_names
        on
            people.name_key = person_names.name_key
            and people.country is not distinct from person_names.country
    where people.told_as = 'participant'

),

roles_named as (

    select distinct
        meeting_id,
        country,
        lower(role) as role_key
    from participants_told
    where name is not null

),

participants_named as (

    select
        meeting_id,
        name
    from participants_told
    where name is not null
    union all
    select
        told.meeting_id,
        told.role as name
    from participants_told as told
    anti join roles_named
        on
            told.meeting_id = roles_named.meeting_id
            and told.country is not distinct from roles_named.country
            and lower(told.role) = roles_named.role_key
    where
        told.name is null
        and told.role is not null

),

participants as (

    select
        meeting_id,
        {{ sorted_set('name') }} as participants
    from participants_named
    group by meeting_id

),

sectors as (

    select
        reports.meeting_id,
        {{ sorted_set('sector_mentions.sector') }} as sectors
    from sector_mentions
    cross join unnest(sector_mentions.meeting_fact_ids) as link (fact_id)
    inner join reports
        on
            sector_mentions.article_id = reports.article_id
            and link.fact_id = reports.fact_id
    group by reports.meeting_id

),

final as (

    select
        events.meeting_id,
        events.encounter_id,
        events.parent_id,
        events.pair_id,
        events.kind,
        events.status,
        events.date,
        events.date_end,
        events.date_precision,
        events.city,
        events.place_country,
        events.host_country,
        events.level,
        events.multilateral,
        coalesce(participants.participants, []) as participants,
        coalesce(sectors.sectors, []) as sectors,
        events.n_articles,
        events.confidence
    from events
    left join participants
        on events.meeting_id = participants.meeting_id
    left join sectors
        on events.meeting_id = sectors.meeting_id

)

select * from final
