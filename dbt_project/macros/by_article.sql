{#-
    Models whose rows each belong to one article, and change only where that article's state does
    (int_article_states): of these only the rows of touched articles are made anew. Such a model says

    {{ config(materialized='incremental', incremental_strategy='by_article', on_schema_change='fail') }}
    -- depends_on: {{ ref('int_article_states') }}

    and reads its inputs with touched_only(). All rows are made anew where the last build was not
    finished or the models changed since: the asset asks dbt for a full refresh then.
-#}

{#- The condition, where one applies, that a row belongs to an article that was touched. -#}
{%- macro touched_only() -%}
    {% if is_incremental() %}
    where article_id in (select article_id from {{ ref('int_article_states') }} where touched)
    {% endif %}
{%- endmacro -%}

{#- The same for tests of such models: what was not made anew has passed before. -#}
{%- macro where_touched(by_article) -%}
    {% if by_article %}
    where article_id in (select article_id from {{ ref('int_article_states') }} where touched)
    {% endif %}
{%- endmacro -%}

{#- Rows of articles that are gone go too; and those of any other article that is made anew. -#}
{%- macro get_incremental_by_article_sql(arg_dict) -%}
    {%- set columns = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
    delete from {{ arg_dict['target_relation'] }}
    where
        article_id not in (
            select article_id from {{ ref('int_article_states') }} where not touched
        )
        or article_id in (select article_id from {{ arg_dict['temp_relation'] }});
    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arg_dict['temp_relation'] }}
{%- endmacro -%}

{#- A model that compares itself with what it was before, and replaces all of it. -#}
{%- macro get_incremental_all_rows_sql(arg_dict) -%}
    {%- set columns = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
    delete from {{ arg_dict['target_relation'] }};
    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arg_dict['temp_relation'] }}
{%- endmacro -%}
