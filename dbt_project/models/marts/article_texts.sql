with

articles as (

    select * from {{ ref('stg_article_keys') }}

),

texts as (

    select * from {{ source('raw', 'articles') }}

),

final as (

    select
        articles.article_id,
        articles.revision,
        texts.text
    from articles
    inner join texts
        on
            articles.article_id = texts.article_id
            and articles.revision = texts.revision
    where articles.publish_text = 'full'

)

select * from final
