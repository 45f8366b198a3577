with

entities as (

    select * from {{ source('facts', 'entities') }}

),

articles as (

    select * from {{ ref('stg_article_keys') }}

),

final as (

    select
        entities.article_id,
        entities.revision,
        {{ told_first_by('entities."start"', 'entities."end"') }} as canonical_id,
        articles.arrival_order,
        articles.told_on,
        entities.id as fact_id,
        entities."start",
        entities."end",
        entities.text,
        entities.type,
        entities.entity,
        entities.country,
        entities.rule,
        entities.confidence,
        entities.extractor_version
    from entities
    inner join articles
        on
            entities.article_id = articles.article_id
            and entities.revision = articles.revision

)

select * from final
