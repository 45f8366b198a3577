{{ config(materialized='table') }}

with

articles as (

    select * from {{ ref('stg_articles') }}

),

final as (

    -- Every model of facts joins it: the order of arrival is found once, and no text is carried.
    select * exclude (text)
    from articles

)

select * from final
