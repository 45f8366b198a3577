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

    -- The names of the two countries, and words that every such name has, do not tell bodies apart;
    -- nor does the order of the others.
    select
        *,
        list_sort(
            list_distinct(
                list_filter(all_words, lambda word: not list_contains(empty_words, word))
            )
        ) as tokens,
        list_filter(tokens, lambda word: list_contains({{ nouns_of_bodies() }}, word)) as nouns
    from worded

),

classed as (

    select
        *,
        case
            when list_has_any(all_words, ['consultation', 'consultations']) then 'consultations'
            when list_has_any(all_words, ['dialogue', 'dialog']) then 'dialogue'
            when list_has_any(all_words, ['business', 'forum']) then 'business'
            when list_contains(all_words, 'working') then 'working group'
            else 'commission'
        end as body_class,
        concat_ws('|', pair_id, body_class) as group_key,
        case when len(tokens) = 0 then body_key else array_to_string(tokens, ' ') end as name_key,
        list_has_all(
            list_concat({{ words_of_general_bodies() }}, {{ nouns_of_bodies() }}), tokens
        ) as is_general
    from bare

),

names as (

    select
        group_key,
        name_key,
        min(first_told) as first_told
    from classed
    group by
        group_key,
        name_key

),

forms as (

    -- 'The Joint Commission' can be short for any commission of the pair.
    select distinct
        group_key,
        name_key,
        array_to_string(nouns, ' ') as form
    from classed
    where
        len(nouns) > 0
        and len(nouns) < len(tokens)

),

short_forms as (

    {{ short_forms('names', 'forms') }}

),

bearers as (

    {{ founding_names('names', 'short_forms') }}

),

founders as (

    -- The name as it was first written, of several spellings of one.
    select
        group_key,
        name_key,
        arg_min(body_key, (first_told, body_key)) as body_key
    from classed
    group by
        group_key,
        name_key

),

final as (

    select
        classed.pair_id,
        classed.body_key,
        classed.body,
        classed.body_class,
        classed.is_general,
        md5(concat_ws('|', bearers.group_key, bearers.full_key)) as bearer_key,
        md5(
            concat_ws(
                '|',
                classed.pair_id,
                founders.body_key,
                case when bearers.founding_key != founders.name_key then 'alone' end
            )
        ) as body_id,
        first_value(classed.body) over (
            partition by bearers.group_key, bearers.full_key
            order by
                (classed.name_key = bearers.full_key) desc, length(classed.body), classed.body_key
        ) as body_name
    from classed
    inner join bearers
        on
            classed.group_key = bearers.group_key
            and classed.name_key = bearers.name_key
    inner join founders
        on
            bearers.group_key = founders.group_key
            and replace(bearers.founding_key, '|alone', '') = founders.name_key

)

select * from final
