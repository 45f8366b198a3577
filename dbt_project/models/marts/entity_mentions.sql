{{ config(materialized='incremental', incremental_strategy='by_article', on_schema_change='fail') }}
-- depends_on: {{ ref('int_article_states') }}

with

mentions as (

    select * from {{ ref('int_entity_mentions') }}
    {{ touched_only() }}

),

final as (

    -- A copy of an article never doubles a mention.
    select
        entity_id,
        article_id,
        revision,
        "start",
        "end",
        text,
        type,
        rule,
        extractor_version,
        confidence
    from mentions
    where article_id = canonical_id

)

select * from final
