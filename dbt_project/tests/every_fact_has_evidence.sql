{{ config(meta={'dagster': {'ref': {'name': 'evidence'}}}) }}

-- Every row of a mart of facts says where it was read, and every passage belongs to such a row.
with

facts as (

    select
        'meeting' as fact_type,
        meeting_id as fact_id
    from {{ ref('meetings') }}
    union all
    select
        'commission' as fact_type,
        session_id as fact_id
    from {{ ref('commissions') }}
    union all
    select
        'sector' as fact_type,
        pair_id || ':' || sector as fact_id
    from {{ ref('cooperation_sectors') }}
    union all
    select
        'quote' as fact_type,
        quote_id as fact_id
    from {{ ref('quotes') }}

),

evidence as (

    select distinct
        fact_type,
        fact_id
    from {{ ref('evidence') }}

),

final as (

    select
        facts.fact_type,
        facts.fact_id,
        evidence.fact_type as evidence_type,
        evidence.fact_id as evidence_id
    from facts
    full outer join evidence
        on
            facts.fact_type = evidence.fact_type
            and facts.fact_id = evidence.fact_id
    where
        facts.fact_id is null
        or evidence.fact_id is null

)

select * from final
