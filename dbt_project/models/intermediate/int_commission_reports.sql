with

commissions as (

    select * from {{ ref('stg_commissions') }}

),

body_names as (

    select * from {{ ref('int_body_names') }}

),

copied as (

    select distinct canonical_id
    from commissions
    where article_id != canonical_id

),

counted as (

    select
        commissions.*,
        row_number() over (
            partition by
                commissions.arrival_order, commissions.canonical_id,
                commissions.pair_id, commissions.body_key, commissions.ordinal
            order by commissions.evidence_start, length(commissions.fact_id), commissions.fact_id
        ) as nth_of_body
    from commissions
    semi join copied
        on commissions.canonical_id = copied.canonical_id

),

dated as (

    -- A copy without a date of publication may not tell when, and one of the next day another day.
    select
        * exclude (nth_of_body),
        {{ told_when(
            ['date_text', 'date', 'date_end', 'date_precision'],
            ['pair_id', 'body_key', 'ordinal'],
            'nth_of_body'
        ) }} as key_when,
        coalesce(
            key_when, {{ when_told(['date_text', 'date', 'date_end', 'date_precision']) }}
        ) as told_when
    from counted
    union all
    select
        commissions.*,
        {{ when_told(['date_text', 'date', 'date_end', 'date_precision']) }} as key_when,
        key_when as told_when
    from commissions
    anti join copied
        on commissions.canonical_id = copied.canonical_id

),

keyed as (

    -- Two articles tell one session where body and number are the same; of the general economic
    -- commission, which articles call by many names, the number of the pair's session counts.
    -- Without a number body and date do; without both nothing tells but that one article is a copy.
    -- What the report alone says of the session makes its id, which no later article changes.
    select
        dated.*,
        body_names.body_id,
        body_names.body_name,
        concat_ws(
            '|',
            dated.pair_id,
            body_names.body_class,
            case
                when body_names.is_general and dated.ordinal is not null then 'general'
                else body_names.bearer_key
            end,
            coalesce(
                'session ' || dated.ordinal,
                'date ' || dated.key_when['date_text'],
                'article ' || dated.canonical_id
            )
        ) as session_key,
        case
            when dated.ordinal is not null
                then concat_ws('|', dated.pair_id, 'session ' || dated.ordinal)
            else
                concat_ws(
                    '|',
                    dated.pair_id,
                    dated.body_key,
                    coalesce(
                        'date ' || dated.date_text, 'article ' || dated.canonical_id
                    )
                )
        end as told_key
    from dated
    inner join body_names
        on
            dated.pair_id = body_names.pair_id
            and dated.body_key = body_names.body_key

),

numbered as (

    -- Two bodies of one pair may hold sessions of the same number in one article.
    select
        *,
        row_number() over (
            partition by arrival_order, session_key
            order by evidence_start, length(fact_id), fact_id
        ) as nth,
        row_number() over (
            partition by arrival_order, told_key
            order by evidence_start, length(fact_id), fact_id
        ) as nth_told
    from keyed

),

founders as (

    select
        session_key,
        nth,
        arg_min(
            struct_pack(
                article_id := canonical_id,
                key := told_key,
                nth := nth_told,
                body := body_name,
                body_id := body_id
            ),
            arrival_order
        ) as founding
    from numbered
    group by
        session_key,
        nth

),

founded as (

    select
        numbered.*,
        founders.founding
    from numbered
    inner join founders
        on
            numbered.session_key = founders.session_key
            and numbered.nth = founders.nth

),

final as (

    select
        article_id,
        fact_id,
        revision,
        canonical_id,
        arrival_order,
        md5(concat_ws('|', founding['article_id'], founding['key'], founding['nth'])) as session_id,
        founding['body_id'] as body_id,
        pair_id,
        founding['body'] as body,
        body as told_name,
        ordinal,
        status,
        told_when['date'] as date,
        told_when['date_end'] as date_end,
        told_when['date_precision'] as date_precision,
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
