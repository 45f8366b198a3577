with

mentions as (

    select * from {{ ref('stg_sector_mentions') }}

),

article_stances as (

    select
        pair_id,
        sector,
        article_id,
        canonical_id,
        told_on,
        arrival_order,
        {{ strongest('stance', stance_order()) }} as stance,
        bool_or(stance = 'obstacle') as has_obstacle,
        count(*) as n_mentions
    from mentions
    group by all

),

final as (

    -- A copy of an article is one more article that tells it, but adds no mention.
    select
        pair_id,
        sector,
        {{ strongest('stance', stance_order()) }} as stance_strongest,
        last(stance order by told_on, arrival_order) as stance_latest,
        bool_or(has_obstacle) as has_obstacle,
        coalesce(sum(n_mentions) filter (where article_id = canonical_id), 0)::integer
            as n_mentions,
        count(*)::integer as n_articles,
        min(told_on) as first_date,
        max(told_on) as last_date
    from article_stances
    group by all

)

select * from final
