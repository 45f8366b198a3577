with

commissions as (

    select * from {{ ref('stg_commissions') }}

),

body_names as (

    select * from {{ ref('int_body_names') }}

),

keyed as (

    -- The number of a session says more than the name of its body, which articles tell in many
    -- ways: of one class of bodies, a pair has one session of a number. Without number and date
    -- nothing tells whether two articles speak of one session.
    select
        commissions.*,
        body_names.body_id,
        body_names.body_name,
        case
            when commissions.ordinal is not null
                then
                    concat_ws(
                        '|',
                        commissions.pair_id,
                        'session ' || commissions.ordinal,
                        nullif(body_names.body_class, 'commission')
                    )
            when commissions.date_text is not null
                then
                    concat_ws(
                        '|',
                        commissions.pair_id,
                        body_names.founding_body_key,
                        'date ' || commissions.date_text
                    )
            else
                concat_ws(
                    '|',
                    commissions.pair_id,
                    body_names.founding_body_key,
                    'article ' || commissions.canonical_id
                )
        end as session_key
    from commissions
    inner join body_names
        on
            commissions.pair_id = body_names.pair_id
            and commissions.body_key = body_names.body_key

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
        first_value(body_name) over founding as founding_body,
        first_value(body_id) over founding as founding_body_id
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
        founding_body_id as body_id,
        pair_id,
        founding_body as body,
        body as told_name,
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
