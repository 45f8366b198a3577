{{ config(meta={'dagster': {'ref': {'name': 'evidence'}}}) }}

-- Every offset of every fact, of all revisions that were read, counts code points of the article's
-- text: it lies within it, and where the fact gives the characters, they are the ones that stand
-- there. Then the same of the marts. (Python cut the characters out, SQL finds them: both count
-- alike.)
with

articles as (

    select
        article_id,
        revision,
        text
    from {{ source('raw', 'articles') }}

),

quotes as (

    select * from {{ source('facts', 'quotes') }}

),

quote_parts as (

    select
        id,
        article_id,
        revision,
        unnest(parts) as part
    from quotes

),

touched as (

    -- What has not changed since it passed the last time need not be read again.
    select article_id
    from {{ ref('int_article_states') }}
    where touched

),

spans as (

    {% for table in [
        'entities', 'people', 'quotes', 'meetings', 'commissions', 'sectors', 'sector_mentions',
        'agreements'
    ] %}
    select
        '{{ table }}.evidence' as fact,
        id,
        article_id,
        revision,
        evidence_start as span_start,
        evidence_end as span_end,
        null as told
    from {{ source('facts', table) }}
    where article_id in (select article_id from touched) -- noqa: RF02
    union all
    {% endfor %}
    {% for table, told in [('entities', 'text'), ('quotes', 'text'), ('sector_mentions', 'null')] %}
    select
        '{{ table }}' as fact,
        id,
        article_id,
        revision,
        "start" as span_start,
        "end" as span_end,
        {{ told }} as told
    from {{ source('facts', table) }}
    where article_id in (select article_id from touched) -- noqa: RF02
    union all
    {% endfor %}
    select
        'quotes.cue' as fact,
        id,
        article_id,
        revision,
        cue_start as span_start,
        cue_end as span_end,
        cue as told
    from quotes
    where
        cue_start is not null
        and article_id in (select article_id from touched) -- noqa: RF02
    union all
    select
        'quotes.parts' as fact,
        id,
        article_id,
        revision,
        part['start'] as span_start,
        part['end'] as span_end,
        null as told
    from quote_parts
    where article_id in (select article_id from touched) -- noqa: RF02
    union all
    select
        'marts.quotes' as fact,
        quote_id as id,
        article_id,
        revision,
        "start" as span_start,
        "end" as span_end,
        text as told
    from {{ ref('quotes') }}
    where article_id in (select article_id from touched) -- noqa: RF02
    union all
    select
        'marts.entity_mentions' as fact,
        entity_id as id,
        article_id,
        revision,
        "start" as span_start,
        "end" as span_end,
        text as told
    from {{ ref('entity_mentions') }}
    where article_id in (select article_id from touched) -- noqa: RF02
    union all
    select
        'marts.evidence' as fact,
        fact_id as id,
        article_id,
        revision,
        "start" as span_start,
        "end" as span_end,
        sentence as told
    from {{ ref('evidence') }}
    where article_id in (select article_id from touched) -- noqa: RF02

),

final as (

    select
        spans.fact,
        spans.id,
        spans.article_id,
        spans.revision,
        spans.span_start,
        spans.span_end,
        spans.told
    from spans
    left join articles
        on
            spans.article_id = articles.article_id
            and spans.revision = articles.revision
    where
        articles.article_id is null
        or spans.span_start is null
        or spans.span_end is null
        or not (
            spans.span_start >= 0
            and spans.span_start < spans.span_end
            and spans.span_end <= length(articles.text)
        )
        or spans.told != substring(
            articles.text, spans.span_start + 1, spans.span_end - spans.span_start
        )

)

select * from final
