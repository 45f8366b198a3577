with

reports as (

    select * from {{ ref('int_meeting_reports') }}

),

person_names as (

    select * from {{ ref('int_person_names') }}

),

told as (

    select
        meeting_id,
        confidence,
        arrival_order,
        fact_id,
        unnest(participants) as person
    from reports

),

roles as (

    select
        *,
        person['role'] as role,
        case when not regexp_matches(lower(person['role']), 'counterpart$') then person['role'] end
            as office
    from told

),

final as (

    select
        roles.meeting_id,
        person_names.person_id,
        any_value(person_names.person_name) as name,
        -- 'Her Peruvian counterpart' is an office only where no report tells another.
        coalesce(
            {{ first_told('roles.role', told='roles.office') }}, {{ first_told('roles.role') }}
        ) as role,
        any_value(person_names.country) as country
    from roles
    inner join person_names
        on
            {{ normalised("roles.person['name']") }} = person_names.name_key
            and roles.person['country'] is not distinct from person_names.country
    group by
        roles.meeting_id,
        person_names.person_id

)

select * from final
