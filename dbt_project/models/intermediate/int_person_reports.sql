with

people as (

    select * from {{ ref('stg_people') }}

),

meetings as (

    select * from {{ ref('stg_meetings') }}

),

person_names as (

    select * from {{ ref('int_person_names') }}

),

participants as (

    select
        *,
        unnest(participants) as person
    from meetings

),

told as (

    select
        article_id,
        revision,
        arrival_order,
        told_on,
        name_key,
        country,
        role,
        true as is_person_fact,
        rule,
        confidence,
        extractor_version,
        evidence_start,
        evidence_end
    from people
    union all
    select
        article_id,
        revision,
        arrival_order,
        told_on,
        {{ normalised("person['name']") }} as name_key,
        person['country'] as country,
        person['role'] as role,
        false as is_person_fact,
        rule,
        confidence,
        extractor_version,
        evidence_start,
        evidence_end
    from participants
    where person['name'] is not null

),

final as (

    -- A participant counts by the meeting only where the article tells no more of the person.
    select
        told.article_id,
        told.revision,
        told.arrival_order,
        told.told_on,
        person_names.person_id,
        person_names.person_name,
        person_names.name as told_name,
        person_names.country,
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
    qualify
        told.is_person_fact
        or not bool_or(told.is_person_fact) over (
            partition by told.article_id, person_names.person_id
        )

)

select * from final
