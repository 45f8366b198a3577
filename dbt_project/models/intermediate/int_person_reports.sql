with

told as (

    select * from {{ ref('int_people_told') }}

),

person_names as (

    select * from {{ ref('int_person_names') }}

),

final as (

    -- One who took part is told by the meeting only where the article tells no more of the person.
    select
        told.article_id,
        told.told_as,
        told.told_as = 'person'
        or not bool_or(told.told_as = 'person') over (
            partition by told.article_id, person_names.person_id
        ) as is_report,
        told.fact_id,
        told.revision,
        told.arrival_order,
        told.told_on,
        person_names.person_id,
        person_names.person_name,
        told.name as told_name,
        told.name_key,
        told.country,
        told.role,
        told.rule,
        told.confidence,
        told.extractor_version,
        told.evidence_start,
        told.evidence_end
    from told
    inner join person_names
        on
            told.name_key = person_names.name_key
            and told.country is not distinct from person_names.country

)

select * from final
