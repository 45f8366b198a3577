with

people as (

    select * from {{ source('facts', 'people') }}

),

articles as (

    select * from {{ ref('stg_article_keys') }}

),

final as (

    select
        people.article_id,
        people.revision,
        {{ told_first_by('people.evidence_start', 'people.evidence_end') }} as canonical_id,
        articles.arrival_order,
        articles.told_on,
        people.id as fact_id,
        people.name,
        {{ normalised('people.name') }} as name_key,
        people.role,
        people.organisation,
        people.country,
        people.level,
        people.rule,
        people.confidence,
        people.extractor_version,
        people.evidence_start,
        people.evidence_end
    from people
    inner join articles
        on
            people.article_id = articles.article_id
            and people.revision = articles.revision

)

select * from final
