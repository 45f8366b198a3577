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

final as (

    select
        told.meeting_id,
        person_names.person_id,
        any_value(person_names.person_name) as name,
        {{ first_told("told.person['role']") }} as role,
        any_value(person_names.country) as country
    from told
    inner join person_names
        on
            {{ normalised("told.person['name']") }} = person_names.name_key
            and told.person['country'] is not distinct from person_names.country
    group by
        told.meeting_id,
        person_names.person_id

)

select * from final
