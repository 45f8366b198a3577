{{ config(meta={'dagster': {'ref': {'name': 'evidence'}}}) }}

-- Every row of a mart of facts says where it was read, and every passage belongs to such a row.
with

facts as (

    {% for fact_type, mart, fact_id in [
        ('meeting', 'meetings', 'meeting_id'),
        ('commission', 'commissions', 'session_id'),
        ('sector', 'cooperation_sectors', "pair_id || ':' || sector"),
        ('quote', 'quotes', 'quote_id'),
        ('agreement', 'agreements', 'agreement_id'),
        ('official', 'officials', 'person_id'),
    ] %}
    select
        '{{ fact_type }}' as fact_type,
        {{ fact_id }} as fact_id
    from {{ ref(mart) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

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
