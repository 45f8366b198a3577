with

mentions as (

    select * from {{ ref('int_entity_mentions') }}

),

articles as (

    select * from {{ ref('stg_article_keys') }}

),

final as (

    -- A copy of an article is one more article that tells it, but adds no mention.
    select
        mentions.entity_id,
        arg_min(
            mentions.entity_type, (articles.arrival_order, mentions."start", mentions.fact_id)
        ) as type,
        arg_min(
            mentions.name, (articles.arrival_order, mentions."start", mentions.fact_id)
        ) as name,
        arg_min(
            mentions.country, (articles.arrival_order, mentions."start", mentions.fact_id)
        ) as country,
        count(distinct articles.arrival_order)::integer as n_articles,
        (count(*) filter (where mentions.article_id = mentions.canonical_id))::integer
            as n_mentions,
        min(mentions.told_on) as first_date,
        max(mentions.told_on) as last_date
    from mentions
    inner join articles
        on mentions.article_id = articles.article_id
    where mentions.entity_id is not null
    group by mentions.entity_id

)

select * from final
