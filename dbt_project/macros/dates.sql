{#-
    Dates as articles tell them: text of the form YYYY-MM-DD, YYYY-MM or YYYY. Text of another form,
    or a day that no calendar has, is no date: null, never an error.
-#}

{#- The first day of the period that the text tells. -#}
{%- macro period_start(text) -%}
    case
        when regexp_full_match({{ text }}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') then try_cast({{ text }} as date)
        when regexp_full_match({{ text }}, '[0-9]{4}-[0-9]{2}') then try_cast({{ text }} || '-01' as date)
        when regexp_full_match({{ text }}, '[0-9]{4}') then try_cast({{ text }} || '-01-01' as date)
    end
{%- endmacro -%}

{#- The last day of a period that is told as its first and its last part; null where none is told. -#}
{%- macro period_end(first, last) -%}
    case
        when {{ _last_day(last) }} >= {{ period_start(first) }} then {{ _last_day(last) }}
    end
{%- endmacro -%}

{%- macro _last_day(text) -%}
    case
        when regexp_full_match({{ text }}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') then try_cast({{ text }} as date)
        when regexp_full_match({{ text }}, '[0-9]{4}-[0-9]{2}') then last_day(try_cast({{ text }} || '-01' as date))
        when regexp_full_match({{ text }}, '[0-9]{4}') then try_cast({{ text }} || '-12-31' as date)
    end
{%- endmacro -%}

{#- How exact the text is: day, month or year; null where it is no date. -#}
{%- macro period_precision(text) -%}
    case
        when {{ period_start(text) }} is null then null
        when length({{ text }}) = 10 then 'day'
        when length({{ text }}) = 7 then 'month'
        else 'year'
    end
{%- endmacro -%}
