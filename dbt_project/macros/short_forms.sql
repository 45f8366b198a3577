{#-
    Which names are a short form of a longer one: 'Cabrisas' of 'Ricardo Cabrisas Ruiz', 'Joint
    Commission' of 'Joint Commission for Economic Cooperation'.

    `names` has the columns group_key (names of different groups are never the same), name_key and
    first_told; `forms` the shorter ways in which a longer name may be told: group_key, name_key (of
    the longer name) and form (a name_key). A select of a row a name that is a form of another:

    full_key   the longest name that it is short for; null where it can be two
    heir_key   of these the one that was told first: it keeps the id that the short name had before
               the second one came, so that no id ever passes to somebody else

    It joins by value, so that the work grows with the number of names and not with its square.
-#}
{%- macro short_forms(names, forms) -%}
    with

    pairs as (

        select distinct
            shorter.group_key,
            shorter.name_key,
            longer.name_key as longer_key
        from {{ names }} as shorter
        inner join {{ forms }} as longer
            on
                shorter.group_key = longer.group_key
                and shorter.name_key = longer.form
                and shorter.name_key != longer.name_key

    )

    select
        pairs.group_key,
        pairs.name_key,
        case when count(*) = 1 then min(pairs.longer_key) end as full_key,
        arg_min(pairs.longer_key, (longest.first_told, longest.name_key)) as heir_key
    from pairs
    anti join pairs as longer_than_it
        on
            pairs.group_key = longer_than_it.group_key
            and pairs.longer_key = longer_than_it.name_key
    inner join {{ names }} as longest
        on
            pairs.group_key = longest.group_key
            and pairs.longer_key = longest.name_key
    group by
        pairs.group_key,
        pairs.name_key
{%- endmacro -%}

{#-
    The id of each name's bearer: made from the name that was told first, of all names of the bearer and
    of short names that could only mean this one when they were told. `names` as above, `short_forms`
    what the macro gives; a select of group_key, name_key, full_key and founding_key.
-#}
{%- macro founding_names(names, short_forms) -%}
    with

    bearers as (

        select
            names.group_key,
            names.name_key,
            names.first_told,
            coalesce(short.full_key, names.name_key) as full_key,
            case when short.full_key is null then short.heir_key end as heir_key
        from {{ names }} as names
        left join {{ short_forms }} as short
            on
                names.group_key = short.group_key
                and names.name_key = short.name_key

    ),

    founders as (

        select
            group_key,
            full_key,
            arg_min(name_key, (first_told, name_key)) as founding_key
        from (
            select
                group_key,
                full_key,
                name_key,
                first_told
            from bearers
            where heir_key is null
            union all
            select
                group_key,
                heir_key as full_key,
                name_key,
                first_told
            from bearers
            where heir_key is not null
        )
        group by
            group_key,
            full_key

    )

    select
        bearers.group_key,
        bearers.name_key,
        bearers.full_key,
        case
            when bearers.heir_key is not null then bearers.name_key || '|alone'
            else founders.founding_key
        end as founding_key
    from bearers
    left join founders
        on
            bearers.group_key = founders.group_key
            and bearers.full_key = founders.full_key
            and bearers.heir_key is null
{%- endmacro -%}
