with

mentions as (

    select * from {{ ref('stg_sector_mentions') }}

),

final as (

    -- A copy of an article is one more article that tells it, but adds no mention.
    select
        pair_id,
        sector,
        year(told_on)::integer as year,
        (count(*) filter (where article_id = canonical_id))::integer as n_mentions,
        count(distinct article_id)::integer as n_articles,
        {{ strongest('stance', stance_order()) }} as stance_strongest
    from mentions
    group by all

)

select * from final
