with

articles as (

    select * from {{ source('raw', 'articles') }}

),

sources as (

    select * from {{ source('reference', 'sources') }}

),

arrivals as (

    select
        article_id,
        max(revision) as revision,
        min(arrived_on) as first_arrived_on,
        min(fetched_at) as first_fetched_at
    from articles
    group by article_id

),

latest as (

    select
        arrivals.article_id,
        arrivals.revision,
        -- A revision does not make an article younger: the report that founded an event stays the
        -- first, and with it the event's id.
        row_number() over (
            order by arrivals.first_arrived_on, arrivals.first_fetched_at, arrivals.article_id
        ) as arrival_order,
        first_value(arrivals.article_id) over (
            partition by coalesce(articles.content_hash, arrivals.article_id)
            order by articles.arrived_on, articles.fetched_at, arrivals.article_id
        ) as canonical_id
    from arrivals
    inner join articles
        on
            arrivals.article_id = articles.article_id
            and arrivals.revision = articles.revision

),

final as (

    -- The text is joined after the windows, so that none of them has to carry it.
    select
        articles.article_id,
        articles.revision,
        latest.canonical_id,
        nullif(latest.canonical_id, articles.article_id) as duplicate_of,
        latest.arrival_order,
        articles.source,
        articles.url,
        articles.title,
        articles.text,
        articles.language,
        articles.published_at,
        articles.published_local_date,
        articles.arrived_on,
        articles.fetched_at,
        coalesce(articles.published_local_date, articles.arrived_on) as told_on,
        articles.content_hash,
        articles.is_sample,
        coalesce(sources.publish_text, 'sentences') as publish_text
    from latest
    inner join articles
        on
            latest.article_id = articles.article_id
            and latest.revision = articles.revision
    left join sources
        on articles.source = sources.source

)

select * from final
