with

person_reports as (

    select * from {{ ref('int_person_reports') }}

),

meeting_reports as (

    select * from {{ ref('int_meeting_reports') }}

),

told as (

    select
        meeting_reports.meeting_id,
        person_reports.*,
        {{ office('person_reports.role') }} as office
    from person_reports
    inner join meeting_reports
        on
            person_reports.article_id = meeting_reports.article_id
            and person_reports.fact_id = meeting_reports.fact_id
    where person_reports.told_as = 'participant'

),

final as (

    -- 'Her Peruvian counterpart' is an office only where no report tells another.
    select
        meeting_id,
        person_id,
        any_value(person_name) as name,
        coalesce({{ first_told('role', told='office') }}, {{ first_told('role') }}) as role,
        any_value(country) as country
    from told
    group by
        meeting_id,
        person_id

)

select * from final
