{#-
    Near copies tell each fact once. An article of a group of copies (`raw.near_copies`) tells anew
    what stands in its own passages; the rest was told before, by the article that these name.
    Both macros are for staging models that join `stg_articles` as `articles`.
-#}

{#-
    The article that told the passage from `start` to `end` first: that of the copy's own passage
    that most of it lies in, else the first of the group that was read.
-#}
{%- macro told_first_by(start, end) -%}
    coalesce(
        list_filter(
            articles.passages,
            lambda passage: 2 * (
                least(passage['end'], {{ end }}) - greatest(passage['start'], {{ start }})
            ) > {{ end }} - {{ start }}
        )[1]['article_id'],
        articles.reading_id
    )
{%- endmacro -%}

{#- Whether a copy tells the passage in the very words of the first report. -#}
{%- macro is_word_for_word(start, end) -%}
    articles.reading_id != articles.article_id
    and len(
        list_filter(
            coalesce(articles.passages, []),
            lambda passage: passage['start'] < {{ end }} and passage['end'] > {{ start }}
        )
    ) = 0
{%- endmacro -%}

{#-
    When an event was, so that the reports of a group of copies agree: a struct of the columns
    `parts`, null where there is no date; the first of them is null where a report tells none.
    `fact` are columns that are the same where two articles tell of the same thing, and `nth` counts
    such facts in an article.

    A copy that tells no date, or the same words on another day ('on Tuesday'), tells the first
    report's event, unless that tells of such a one too.
-#}
{%- macro told_when(parts, fact, nth) -%}
    {%- set group = 'canonical_id, ' ~ fact | join(', ') -%}
    case
        when
            article_id != canonical_id
            and ({{ parts[0] }} is null or is_word_for_word)
            and not list_contains(
                coalesce(
                    list(coalesce({{ parts[0] }}::varchar, ''))
                        filter (where article_id = canonical_id)
                        over (partition by {{ group }}),
                    []
                ),
                coalesce({{ parts[0] }}::varchar, '')
            )
            then first_value({{ when_told(parts) }}) over (
                partition by {{ group }}, {{ nth }} order by arrival_order
            )
        else {{ when_told(parts) }}
    end
{%- endmacro -%}

{#- What a report itself tells of that. -#}
{%- macro when_told(parts) -%}
    case
        when {{ parts[0] }} is not null
            then struct_pack(
                {%- for part in parts %}{{ part }} := {{ part }}{{ ', ' if not loop.last }}{% endfor -%}
            )
    end
{%- endmacro -%}
