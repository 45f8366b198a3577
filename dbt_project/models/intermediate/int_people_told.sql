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
        person['country'] as told_country,
        person['role'] as role,
        rule,
        confidence,
        extractor_version,
        evidence_start,
        evidence_end
    from participants

),

names as (

    -- The same few names are told again and again: each is put into its form of comparison once.
    select
        name,
        {{ normalised('name') }} as name_key
    from told
    where name is not null
    group by name

),

keyed as (

    select
        told.*,
        names.name_key
    from told
    left join names
        on told.name = names.name

),

countries_told as (

    select
        arrival_order,
        name_key,
        min(told_country) as country
    from keyed
    where told_country is not null
    group by
        arrival_order,
        name_key
    having min(told_country) = max(told_country)

),

final as (

    -- What an article tells of somebody's country in one place holds in all of it, unless it has
    -- two of that name. A name without a letter is none.
    select
        keyed.* exclude (name, name_key, told_country), -- noqa: RF02
        case when keyed.name_key != '' then keyed.name end as name,
        nullif(keyed.name_key, '') as name_key,
        case
            when keyed.told_country is not null then keyed.told_country
            when keyed.name_key = '' then null
            else countries_told.country
        end as country
    from keyed
    left join countries_told
        on
            keyed.arrival_order = countries_told.arrival_order
            and keyed.name_key is not distinct from countries_told.name_key

)

select * from final
