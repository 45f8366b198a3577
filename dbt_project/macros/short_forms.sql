{#-
    Which names are a short form of a longer one: 'Cabrisas' of 'Ricardo Cabrisas Ruiz', 'Joint
    Commission' of 'Joint Commission for Economic Cooperation'.

    `names` is a relation with the columns group_key (names of different groups are never the same),
    name_key, tokens (a list of words) and, for names of one word only, `handles` (the words by which
    a longer name may be called alone). A select that gives group_key, name_key and full_key, a row a
    name that is short for exactly one longest name of its group: where two could be meant, neither is.

    Names are compared only where the longer one holds the last word of the shorter one, which is a
    join by value: the work grows with the names that share a word, not with the square of all.
-#}
{%- macro short_forms(names) -%}
    with

    words_of_names as (

        select
            *,
            unnest(list_distinct(tokens)) as word
        from {{ names }}

    ),

    pairs as (

        select
            shorter.group_key,
            shorter.name_key,
            longer.name_key as longer_key
        from {{ names }} as shorter
        inner join words_of_names as longer
            on
                shorter.group_key = longer.group_key
                and shorter.tokens[-1] = longer.word
                and len(shorter.tokens) < len(longer.tokens)
                and list_has_all(longer.tokens, shorter.tokens)
                and (len(shorter.tokens) > 1 or list_has_all(longer.handles, shorter.tokens))

    )

    select
        pairs.group_key,
        pairs.name_key,
        min(pairs.longer_key) as full_key
    from pairs
    anti join pairs as longer_than_it
        on
            pairs.group_key = longer_than_it.group_key
            and pairs.longer_key = longer_than_it.name_key
    group by
        pairs.group_key,
        pairs.name_key
    having count(*) = 1
{%- endmacro -%}
