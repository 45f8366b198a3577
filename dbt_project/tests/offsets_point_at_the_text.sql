{{ config(meta={'dagster': {'ref': {'name': 'evidence'}}}) }}

-- A quote, whose characters Python cut out, is what SQL finds at its offsets: both count alike. And
-- no passage is shorter than its offsets say: none of them lies behind the end of the text.
with

evidence as (

    select * from {{ ref('evidence') }}

),

articles as (

    select * from {{ ref('stg_articles') }}

),

quotes as (

    select * from {{ ref('quotes') }}

),

passages as (

    select
        fact_id,
        article_id,
        revision,
        "start",
        "end",
        sentence as passage
    from evidence
    union all
    select
        quote_id as fact_id,
        article_id,
        revision,
        "start",
        "end",
        text as passage
    from quotes

),

final as (

    select
        passages.fact_id,
        passages.article_id,
        passages."start",
        passages."end",
        passages.passage
    from passages
    left join articles
        on
            passages.article_id = articles.article_id
            and passages.revision = articles.revision
    where
        articles.article_id is null
        or length(passages.passage) != passages."end" - passages."start"
        or passages.passage != substring(
            articles.text, passages."start" + 1, passages."end" - passages."start"
        )

)

select * from final
