{{ config(materialized='incremental', incremental_strategy='by_article', on_schema_change='fail') }}
-- depends_on: {{ ref('int_article_states') }}

with

mentions as (

    select * from {{ ref('stg_entities') }}
    {{ touched_only() }}

),

countries as (

    select * from {{ source('reference', 'countries') }}

),

person_reports as (

    select * from {{ ref('int_person_reports') }}
    {{ touched_only() }}

),

body_names as (

    select * from {{ ref('int_body_names') }}

),

commissions as (

    select * from {{ ref('stg_commissions') }}
    {{ touched_only() }}

),

bodies_of_articles as (

    -- A body of three countries has a name a pair: the first of them stands for it.
    select
        commissions.article_id,
        commissions.body_key,
        min_by(body_names.body_id, body_names.pair_id) as body_id,
        min_by(body_names.body_name, body_names.pair_id) as body_name
    from commissions
    inner join body_names
        on
            commissions.pair_id = body_names.pair_id
            and commissions.body_key = body_names.body_key
    group by
        commissions.article_id,
        commissions.body_key

),

people_of_articles as (

    select
        article_id,
        name_key,
        coalesce(country, '') as group_key,
        any_value(country) as country,
        any_value(person_id) as person_id,
        any_value(person_name) as person_name
    from person_reports
    group by
        article_id,
        name_key,
        coalesce(country, '')

),

only_bearers as (

    -- Where an article has one person of a name, every mention of the name is that person.
    select
        article_id,
        name_key,
        any_value(group_key) as group_key
    from people_of_articles
    group by
        article_id,
        name_key
    having count(*) = 1

),

keyed as (

    -- What resolves to nothing is known by its words; a date that does is no entity.
    select
        *,
        nullif(
            case
                when entity is not null then {{ normalised('entity') }}
                when type != 'DATE' then {{ normalised('text') }}
            end,
            ''
        ) as name_key
    from mentions

),

resolved as (

    select
        keyed.*,
        coalesce(countries.iso3, people_of_articles.country) as known_country,
        case
            when countries.iso3 is not null then 'GPE'
            else keyed.type
        end as entity_type,
        case
            when countries.iso3 is not null then md5('country|' || countries.iso3)
            when keyed.type = 'PERSON' then people_of_articles.person_id
            when keyed.type = 'BODY' then bodies_of_articles.body_id
        end as known_id,
        coalesce(
            countries.name,
            case
                when keyed.type = 'PERSON' then people_of_articles.person_name
                when keyed.type = 'BODY' then bodies_of_articles.body_name
            end,
            keyed.entity,
            keyed.text
        ) as name
    from keyed
    left join countries
        on
            keyed.type in ('GPE', 'NORP', 'LOC')
            and keyed.entity = countries.iso3
    left join only_bearers
        on
            keyed.type = 'PERSON'
            and keyed.article_id = only_bearers.article_id
            and keyed.name_key = only_bearers.name_key
    left join people_of_articles
        on
            keyed.type = 'PERSON'
            and keyed.article_id = people_of_articles.article_id
            and keyed.name_key = people_of_articles.name_key
            and coalesce(only_bearers.group_key, keyed.country, '') = people_of_articles.group_key
    left join bodies_of_articles
        on
            keyed.type = 'BODY'
            and keyed.article_id = bodies_of_articles.article_id
            and keyed.name_key = bodies_of_articles.body_key

),

final as (

    select
        article_id,
        fact_id,
        revision,
        canonical_id,
        told_on,
        case
            when known_id is not null then known_id
            when name_key is not null
                then md5(concat_ws('|', entity_type, coalesce(country, ''), name_key))
        end as entity_id,
        entity_type,
        name,
        coalesce(known_country, country) as country,
        "start",
        "end",
        text,
        type,
        rule,
        confidence,
        extractor_version
    from resolved

)

select * from final
