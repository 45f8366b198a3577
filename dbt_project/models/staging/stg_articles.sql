with

articles as (

    select * from {{ source('raw', 'articles') }}

),

sources as (

    select * from {{ source('reference', 'sources') }}

),

near_copies as (

    select * from {{ source('raw', 'near_copies') }}

),

readings as (

    select * from {{ source('facts', 'readings') }}

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
        coalesce(near_copies.first_id, arrivals.article_id) as canonical_id,
        near_copies.passages,
        readings.article_id is not null
        and readings.error is null
        and readings.turned_away is not true as is_read
    from arrivals
    left join near_copies
        on
            arrivals.article_id = near_copies.article_id
            and arrivals.revision = near_copies.revision
    left join readings
        on
            arrivals.article_id = readings.article_id
            and arrivals.revision = readings.revision

),

passages as (

    select
        article_id,
        unnest(passages) as passage
    from latest

),

passages_told as (

    -- What an article has that nothing could be read from is told by those that could.
    select
        passages.article_id,
        list(
            struct_update(
                passages.passage,
                article_id := coalesce(tellers.article_id, passages.article_id)
            )
            order by passages.passage['start']
        ) as passages
    from passages
    left join latest as tellers
        on
            passages.passage['article_id'] = tellers.article_id
            and tellers.is_read
    group by passages.article_id

),

ordered as (

    select
        latest.*,
        first_value(latest.article_id) over (
            partition by latest.canonical_id
            order by latest.is_read desc, latest.arrival_order asc
        ) as reading_id
    from latest

),

final as (

    -- The text is joined after the windows, so that none of them has to carry it.
    select
        articles.article_id,
        articles.revision,
        ordered.canonical_id,
        nullif(ordered.canonical_id, articles.article_id) as duplicate_of,
        ordered.reading_id,
        passages_told.passages,
        ordered.arrival_order,
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
    from ordered
    inner join articles
        on
            ordered.article_id = articles.article_id
            and ordered.revision = articles.revision
    left join passages_told
        on ordered.article_id = passages_told.article_id
    left join sources
        on articles.source = sources.source

)

select * from final
