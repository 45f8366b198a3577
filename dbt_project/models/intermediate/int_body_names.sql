with

commissions as (

    select * from {{ ref('stg_commissions') }}

),

countries as (

    select * from {{ source('reference', 'countries') }}

),

told as (

    select
        pair_id,
        body_key,
        first(body order by arrival_order, body) as body,
        min(arrival_order) as first_told
    from commissions
    group by
        pair_id,
        body_key

),

country_words as (

    select
        iso3,
        {{ words(normalised("array_to_string(words, ' ')")) }} as words
    from countries

),

worded as (

    select
        told.pair_id,
        told.body_key,
        told.body,
        told.first_told,
        {{ words('told.body_key') }} as all_words,
        list_concat(
            {{ general_words_of_bodies() }},
            coalesce(first_country.words, []),
            coalesce(second_country.words, [])
        ) as empty_words
    from told
    left join country_words as first_country
        on split_part(told.pair_id, '-', 1) = first_country.iso3
    left join country_words as second_country
        on split_part(told.pair_id, '-', 2) = second_country.iso3

),

bare as (

    -- The names of the two countries, and words that every such name has, do not tell bodies apart.
    select
        *,
        list_sort(
            list_distinct(
                list_filter(all_words, lambda word: not list_contains(empty_words, word))
            )
        ) as tokens
    from worded

),

classed as (

    select
        pair_id,
        body_key,
        body,
        first_told,
        tokens,
        case
            when list_has_any(all_words, ['consultation', 'consultations']) then 'consultations'
            when list_has_any(all_words, ['dialogue', 'dialog']) then 'dialogue'
            when list_has_any(all_words, ['business', 'forum']) then 'business'
            when list_contains(all_words, 'working') then 'working group'
            else 'commission'
        end as body_class,
        concat_ws('|', pair_id, body_class) as group_key,
        case when len(tokens) = 0 then body_key else array_to_string(tokens, ' ') end as name_key
    from bare

),

names as (

    select distinct
        group_key,
        name_key,
        tokens,
        tokens as handles
    from classed

),

short_forms as (

    {{ short_forms('names') }}

),

grouped as (

    select
        classed.*,
        coalesce(short_forms.full_key, classed.name_key) as full_key
    from classed
    left join short_forms
        on
            classed.group_key = short_forms.group_key
            and classed.name_key = short_forms.name_key

),

final as (

    -- The id is made from the name by which the body was first told, and stays when a fuller one
    -- comes.
    select
        pair_id,
        body_key,
        body,
        body_class,
        first_value(body_key) over founding as founding_body_key,
        md5(concat_ws('|', pair_id, founding_body_key)) as body_id,
        first_value(body) over fullest as body_name
    from grouped
    window
        founding as (partition by group_key, full_key order by first_told, body_key),
        fullest as (
            partition by group_key, full_key
            order by (name_key = full_key) desc, length(body) desc, body_key
        )

)

select * from final
