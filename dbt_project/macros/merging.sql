{#- How the reports of one event become one row. They are aggregates. -#}

{#- What the most confident report tells that tells it at all; of equals the first to arrive. -#}
{%- macro first_told(column, told=none) -%}
    first({{ column }} order by confidence desc nulls last, arrival_order, fact_id)
        filter (where {{ told or column }} is not null)
{%- endmacro -%}

{#- The value that comes first in `order`, a list from the strongest to the weakest. -#}
{%- macro strongest(column, order) -%}
    min_by({{ column }}, list_position({{ order }}, {{ column }}))
{%- endmacro -%}

{#- All values of a column, or of a column of lists, each once, in alphabetical order. -#}
{%- macro sorted_set(column) -%}
    coalesce(list_sort(list_distinct(list({{ column }}))), [])
{%- endmacro -%}

{%- macro sorted_union(column) -%}
    coalesce(list_sort(list_distinct(flatten(list({{ column }})))), [])
{%- endmacro -%}

{#-
    Whether a row of commissions tells of a session: a body that is founded, or only mentioned without
    number and date, has none.
-#}
{%- macro is_session() -%}
    (
        status not in ('established', 'mentioned')
        or ordinal is not null
        or (status = 'mentioned' and date is not null)
    )
{%- endmacro -%}

{#- From the strongest to the weakest. -#}
{%- macro status_order() -%}
    ['held', 'ongoing', 'cancelled', 'planned', 'proposed', 'established', 'mentioned']
{%- endmacro -%}

{%- macro stance_order() -%}
    ['agreed', 'existing', 'proposed', 'discussed', 'obstacle']
{%- endmacro -%}
