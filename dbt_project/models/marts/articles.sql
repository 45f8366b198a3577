with

articles as (

    select * from {{ ref('stg_article_keys') }}

),

final as (

    select
        article_id,
        source,
        url,
        title,
        language,
        published_at,
        published_local_date,
        arrived_on,
        fetched_at,
        content_hash,
        revision,
        duplicate_of,
        is_sample
    from articles

)

select * from final
