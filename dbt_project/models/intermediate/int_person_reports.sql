with

told as (

    select * from {{ ref('int_people_told') }}

),

person_names as (

    select * from {{ ref('int_person_names') }}

),

named as (

    select
        told.* exclude (name), -- noqa: RF02
        told.name as told_name,
        person_names.person_id,
        person_names.person_name
    from told
    inner join person_names
        on
            told.name_key = person_names.name_key
            and told.country is not distinct from person_names.country

),

people_of_articles as (

    select distinct
        arrival_order,
        person_id
    from named
    where told_as = 'person'

),

final as (

    -- One who took part is told by the meeting only where the article tells no more of the person.
    select
        named.article_id,
        named.told_as,
        named.told_as = 'person' or people_of_articles.person_id is null as is_report,
        named.fact_id,
        named.revision,
        named.arrival_order,
        named.told_on,
        named.person_id,
        named.person_name,
        named.told_name,
        named.name_key,
        named.country,
        named.role,
        named.rule,
        named.confidence,
        named.extractor_version,
        named.evidence_start,
        named.evidence_end
    from named
    left join people_of_articles
        on
            named.arrival_order = people_of_articles.arrival_order
            and named.person_id = people_of_articles.person_id

)

select * from final
