with

mentions as (

    select * from {{ ref('int_entity_mentions') }}

),

final as (

    -- A copy of an article is one more article that tells it, but adds no mention.
    select
        entity_id,
        first(entity_type order by arrival_order, "start", fact_id) as type,
        first(name order by arrival_order, "start", fact_id) as name,
        arg_min(country, (arrival_order, "start", article_id, fact_id)) as country,
        count(distinct article_id)::integer as n_articles,
        (count(*) filter (where article_id = canonical_id))::integer as n_mentions,
        min(told_on) as first_date,
        max(told_on) as last_date
    from mentions
    where entity_id is not null
    group by entity_id

)

select * from final
