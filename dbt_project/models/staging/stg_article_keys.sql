{{ config(materialized='table') }}

with

articles as (

    select * from {{ ref('stg_articles') }}

),

final as (

    -- Every model of facts joins it: the order of arrival is found once, and no text is carried.
    select
        article_id,
        revision,
        canonical_id,
        duplicate_of,
        reading_id,
        passages,
        arrival_order,
        source,
        url,
        title,
        language,
        published_at,
        published_local_date,
        arrived_on,
        fetched_at,
        told_on,
        content_hash,
        is_sample,
        publish_text
    from articles

)

select * from final
