with

people as (

    select * from {{ ref('stg_people') }}

),

meetings as (

    select * from {{ ref('stg_meetings') }}

),

participants as (

    select
        *,
        unnest(participants) as person
    from meetings

),

told as (

    select
        article_id,
        'person' as told_as,
        fact_id,
        revision,
        arrival_order,
        told_on,
        name,
        name_key,
        country as told_country,
        role,
        rule,
        confidence,
        extractor_version,
        evidence_start,
        evidence_end
    from people
    union all
    select
        article_id,
        'participant' as told_as,
        fact_id,
        revision,
        arrival_order,
        told_on,
        person['name'] as name,
        {{ normalised("person['name']") }} as name_key,
        person['country'] as told_country,
        person['role'] as role,
        rule,
        confidence,
        extractor_version,
        evidence_start,
        evidence_end
    from participants

),

final as (

    -- What an article tells of somebody's country in one place holds in all of it, unless it has
    -- two of that name. A name without a letter is none.
    select
        * exclude (name, name_key, told_country),
        case when name_key != '' then name end as name,
        nullif(name_key, '') as name_key,
        case
            when told_country is not null then told_country
            when name_key = '' then null
            when
                min(told_country) over (partition by article_id, name_key)
                = max(told_country) over (partition by article_id, name_key)
                then min(told_country) over (partition by article_id, name_key)
        end as country
    from told

)

select * from final
