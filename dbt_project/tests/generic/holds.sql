{#-
    Every rule holds for every row. `rules` maps the name of a rule to a SQL expression that is
    true (or null) where it holds; a failing row is shown with the names of the rules it breaks.
    One scan of a table for all of its rules keeps the build quick; `by_article` as in
    unique_combination.
-#}
{% test holds(model, rules, by_article=false) %}

{%- set broken_rules = [] -%}
{%- for rule, expression in rules.items() -%}
    {%- do broken_rules.append("case when not (" ~ expression ~ ") then '" ~ rule ~ "' end") -%}
{%- endfor %}

with checked as (
    select
        *,
        list_filter([{{ broken_rules | join(', ') }}], lambda rule: rule is not null) as broken_rules
    from {{ model }} {{ where_touched(by_article) }}
)

select *
from checked
where len(broken_rules) > 0

{% endtest %}
