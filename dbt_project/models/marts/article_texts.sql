with

articles as (

    select * from {{ ref('stg_articles') }}

),

final as (

    select
        article_id,
        revision,
        text
    from articles
    where publish_text = 'full'

)

select * from final
