with

mentions as (

    select * from {{ ref('int_entity_mentions') }}

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
