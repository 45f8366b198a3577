{{ config(meta={'dagster': {'ref': {'name': 'country_pairs'}}}) }}

-- A pair is two codes of the country lexicon in alphabetical order.
with

pairs as (

    select * from {{ ref('country_pairs') }}

),

final as (

    select
        pair_id,
        country_a,
        country_b,
        name_a,
        name_b
    from pairs
    where
        country_a = country_b
        or pair_id != least(country_a, country_b) || '-' || greatest(country_a, country_b)
        or name_a is null
        or name_b is null

)

select * from final
