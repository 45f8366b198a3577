{#-
    The columns together make a row one, and none of them is null. Rows are told apart by a hash
    first, which is quicker than by their words; only those that share one are compared.

    `by_article` is for models whose rows are made anew by article (macros/by_article.sql), and whose
    key has the article: what was not made anew has passed before.
-#}
{% test unique_combination(model, columns, by_article=false) %}

with rows_of_model as (
    select {{ columns | join(', ') }}
    from {{ model }} {{ where_touched(by_article) }}
),

alike as (
    select hash({{ columns | join(', ') }}) as hash_of_row
    from rows_of_model
    group by hash_of_row
    having count(*) > 1
)

select
    {{ columns | join(', ') }},
    count(*) as n_rows
from rows_of_model
where
    hash({{ columns | join(', ') }}) in (select hash_of_row from alike)
{%- for column in columns %}
    or {{ column }} is null
{%- endfor %}
group by all
having
    count(*) > 1
{%- for column in columns %}
    or {{ column }} is null
{%- endfor %}

{% endtest %}
