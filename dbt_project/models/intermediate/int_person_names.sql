with

told as (

    select * from {{ ref('int_people_told') }}

),

names as (

    select
        country,
        coalesce(country, '') as group_key,
        name_key,
        {{ words('name_key') }} as tokens,
        len(tokens) as n,
        arg_min(name, (arrival_order, name)) as name,
        min(arrival_order) as first_told
    from told
    where name_key is not null
    group by
        country,
        name_key

),

forms as (

    -- The first words, the last words, and the first with the last. A father's name does not stand
    -- for his son, nor a particle or an initial for anybody; a given name does not, unless the
    -- family name goes first. Nothing tells that two namesakes without a country are one.
    select
        group_key,
        name_key,
        unnest(
            list_concat(
                list_transform(
                    generate_series(2, n - 1), lambda i: array_to_string(tokens[:i], ' ')
                ),
                list_transform(
                    list_filter(
                        generate_series(2, n - 1),
                        lambda i: not list_contains({{ filiations() }}, tokens[i])
                        and not list_contains({{ filiations() }}, tokens[i - 1])
                    ),
                    lambda i: array_to_string(tokens[i:], ' ')
                ),
                case when n > 2 then [tokens[1] || ' ' || tokens[n]] else [] end,
                list_transform(
                    list_filter(
                        generate_series(
                            case when country in ('CHN', 'KOR', 'PRK', 'TWN') then 1 else 2 end, n
                        ),
                        lambda i: len(tokens[i]) > 1
                        and not list_contains({{ filiations() }}, tokens[i])
                        and not list_contains({{ particles() }}, tokens[i])
                        and not list_contains({{ filiations() }}, coalesce(tokens[i - 1], ''))
                    ),
                    lambda i: tokens[i]
                )
            )
        ) as form
    from names
    where
        country is not null
        and n > 1

),

short_forms as (

    {{ short_forms('names', 'forms') }}

),

bearers as (

    {{ founding_names('names', 'short_forms') }}

),

final as (

    select
        names.country,
        names.name_key,
        names.name,
        md5(concat_ws('|', names.group_key, bearers.founding_key)) as person_id,
        fullest.name as person_name
    from names
    inner join bearers
        on
            names.group_key = bearers.group_key
            and names.name_key = bearers.name_key
    inner join names as fullest
        on
            bearers.group_key = fullest.group_key
            and bearers.full_key = fullest.name_key

)

select * from final
