{#-
    Which names are a short form of a longer one: 'Cabrisas' of 'Ricardo Cabrisas Ruiz', 'Joint
    Commission' of 'Joint Commission for Economic Cooperation'.

    `names` is a relation with the columns group_key (names of different groups are never the same),
    name_key, tokens (a list of words) and, for names of one word only, `handles` (the words by which
    a longer name may be called alone). A select that gives name_key and full_key, a row a name that
    is short for exactly one longest name of its group: where two could be meant, neither is.
-#}
{%- macro short_forms(names) -%}
    select
        shorter.group_key,
        shorter.name_key,
        min(longer.name_key) as full_key
    from {{ names }} as shorter
    inner join {{ names }} as longer
        on
            shorter.group_key = longer.group_key
            and len(shorter.tokens) < len(longer.tokens)
            and list_has_all(longer.tokens, shorter.tokens)
            and (len(shorter.tokens) > 1 or list_has_all(longer.handles, shorter.tokens))
    where
        not exists (
            select 1
            from {{ names }} as longest
            where
                longest.group_key = longer.group_key
                and len(longest.tokens) > len(longer.tokens)
                and list_has_all(longest.tokens, longer.tokens)
        )
    group by
        shorter.group_key,
        shorter.name_key
    having count(*) = 1
{%- endmacro -%}
