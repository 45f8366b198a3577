with

people as (

    select * from {{ ref('stg_people') }}

),

meetings as (

    select * from {{ ref('stg_meetings') }}

),

participants as (

    select
        arrival_order,
        unnest(participants) as person
    from meetings

),

told as (

    select
        name,
        name_key,
        country,
        arrival_order
    from people
    union all
    select
        person['name'] as name,
        {{ normalised("person['name']") }} as name_key,
        person['country'] as country,
        arrival_order
    from participants
    where person['name'] is not null

),

names as (

    -- Where the family name goes first, it is the first word that stands for the person.
    select
        country,
        coalesce(country, '') as group_key,
        name_key,
        {{ words('name_key') }} as tokens,
        case
            when country in ('CHN', 'KOR', 'PRK', 'TWN') then tokens
            else tokens[2:]
        end as handles,
        first(name order by arrival_order, name) as name,
        min(arrival_order) as first_told
    from told
    where name_key != ''
    group by
        country,
        name_key

),

names_of_countries as (

    -- Nothing tells that two namesakes without a country are one.
    select * from names
    where country is not null

),

short_forms as (

    {{ short_forms('names_of_countries') }}

),

grouped as (

    select
        names.country,
        names.group_key,
        names.name_key,
        names.name,
        names.first_told,
        coalesce(short_forms.full_key, names.name_key) as full_key
    from names
    left join short_forms
        on
            names.group_key = short_forms.group_key
            and names.name_key = short_forms.name_key

),

final as (

    -- The id is made from the name by which the person was first told, and stays when a fuller one
    -- comes.
    select
        country,
        name_key,
        name,
        md5(concat_ws('|', group_key, first_value(name_key) over founding)) as person_id,
        first_value(name) over fullest as person_name
    from grouped
    window
        founding as (partition by group_key, full_key order by first_told, name_key),
        fullest as (partition by group_key, full_key order by (name_key = full_key) desc, name_key)

)

select * from final
