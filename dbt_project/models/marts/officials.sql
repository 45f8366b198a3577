with

reports as (

    select * from {{ ref('int_person_reports') }}

),

participants as (

    select * from {{ ref('meeting_participants') }}

),

quotes as (

    select * from {{ ref('quotes') }}

),

told as (

    select
        *,
        {{ office('role') }} as office
    from reports
    where is_report

),

roles as (

    select
        person_id,
        arg_min(office, (arrival_order, office)) as role,
        min(told_on) as first_date,
        max(told_on) as last_date
    from told
    where office is not null
    group by
        person_id,
        lower(office)

),

roles_of_persons as (

    select
        person_id,
        list(
            struct_pack(role := role, first_date := first_date, last_date := last_date)
            order by first_date, last_date, role
        ) as roles
    from roles
    group by person_id

),

meetings_of_persons as (

    select
        person_id,
        count(distinct meeting_id)::integer as n_meetings
    from participants
    group by person_id

),

quotes_of_persons as (

    select
        person_id,
        count(*)::integer as n_quotes
    from quotes
    group by person_id

),

persons as (

    select
        person_id,
        person_name as name,
        country,
        list_filter(
            {{ sorted_set('told_name') }}, lambda told_name: told_name != person_name
        ) as aliases,
        bool_or(office is not null) as has_office,
        count(distinct article_id)::integer as n_articles
    from told
    group by
        person_id,
        person_name,
        country

),

final as (

    -- Of the people that articles name, those who are told with an office, took part or are quoted.
    select
        persons.person_id,
        persons.name,
        persons.aliases,
        persons.country,
        coalesce(roles_of_persons.roles, []) as roles,
        coalesce(meetings_of_persons.n_meetings, 0) as n_meetings,
        coalesce(quotes_of_persons.n_quotes, 0) as n_quotes,
        persons.n_articles
    from persons
    left join roles_of_persons
        on persons.person_id = roles_of_persons.person_id
    left join meetings_of_persons
        on persons.person_id = meetings_of_persons.person_id
    left join quotes_of_persons
        on persons.person_id = quotes_of_persons.person_id
    where
        persons.has_office
        or meetings_of_persons.n_meetings > 0
        or quotes_of_persons.n_quotes > 0

)

select * from final
