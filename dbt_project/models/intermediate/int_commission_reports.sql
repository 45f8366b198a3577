with

commissions as (

    select * from {{ ref('stg_commissions') }}

),

keyed as (

    -- The number of a session says more than the name of its body, which articles tell in many
    -- ways. Without number and date nothing tells whether two articles speak of one session.
    select
        *,
        case
            when ordinal is not null
                then concat_ws('|', pair_id, 'session ' || ordinal)
            when date_text is not null
                then concat_ws('|', pair_id, body_key, 'date ' || date_text)
            else concat_ws('|', pair_id, body_key, 'article ' || canonical_id)
        end as session_key
    from commissions

),

numbered as (

    -- Two bodies of one pair may hold sessions of the same number in one article.
    select
        *,
        row_number() over (
            partition by article_id, session_key
            order by evidence_start, length(fact_id), fact_id
        ) as nth
    from keyed

),

founded as (

    select
        *,
        first_value(canonical_id) over founding as founding_article_id,
        first_value(body) over founding as founding_body,
        first_value(body_key) over founding as founding_body_key
    from numbered
    window founding as (partition by session_key, nth order by arrival_order)

),

final as (

    select
        article_id,
        fact_id,
        revision,
        canonical_id,
        arrival_order,
        md5(concat_ws('|', founding_article_id, session_key, nth)) as session_id,
        md5(concat_ws('|', pair_id, founding_body_key)) as body_id,
        pair_id,
        founding_body as body,
        ordinal,
        status,
        date,
        date_end,
        date_precision,
        city,
        place_country,
        co_chairs,
        sectors,
        rule,
        confidence,
        extractor_version,
        evidence_start,
        evidence_end
    from founded

)

select * from final
