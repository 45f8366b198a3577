with

agreements as (

    select * from {{ ref('stg_agreements') }}

),

titled as (

    -- A title of nothing but general words ('a new cooperation agreement') names no document.
    select
        *,
        case
            when not list_has_all({{ general_words_of_documents() }}, {{ words('title_key') }})
                then title_key
        end as telling_title
    from agreements

),

in_order as (

    select
        *,
        row_number() over (
            partition by article_id, canonical_id, pair_id, kind, telling_title
            order by evidence_start, length(fact_id), fact_id
        ) as nth_told
    from titled

),

dated as (

    -- A copy without a date of publication may not tell when, and one of the next day another day.
    select
        *,
        {{ told_when(
            ['date', 'date_precision'], ['pair_id', 'kind', 'telling_title'], 'nth_told'
        ) }} as key_when,
        key_when['date'] as key_date,
        coalesce(key_when, {{ when_told(['date', 'date_precision']) }}) as told_when
    from in_order

),

counted as (

    select
        *,
        count(distinct year(key_date)) over document as n_years,
        min(year(key_date)) over document as only_year
    from dated
    window document as (partition by pair_id, kind, telling_title)

),

keyed as (

    -- One title of one kind is one document; signed in two years, it is two. Without a title that
    -- tells, the day does; without both each article tells its own.
    select
        *,
        concat_ws(
            '|',
            pair_id,
            kind,
            telling_title,
            case
                when telling_title is not null and n_years <= 1 then coalesce(only_year, 0)::varchar
                when telling_title is not null and key_date is not null
                    then year(key_date)::varchar
                when key_date is not null then 'date ' || key_date
                else 'article ' || canonical_id
            end
        ) as document_key
    from counted

),

numbered as (

    -- Two untitled documents of one kind, told by one article, are two.
    select
        *,
        case
            when telling_title is not null then 1
            else
                row_number() over (
                    partition by article_id, document_key
                    order by evidence_start, length(fact_id), fact_id
                )
        end as nth
    from keyed

),

founded as (

    select
        *,
        first_value(canonical_id) over founding as founding_article_id,
        first_value(date) over founding as founding_date
    from numbered
    window
        founding as (
            partition by document_key, nth
            order by arrival_order, evidence_start, length(fact_id), fact_id
        )

),

final as (

    select
        article_id,
        fact_id,
        revision,
        canonical_id,
        arrival_order,
        md5(
            concat_ws(
                '|',
                founding_article_id,
                pair_id,
                kind,
                coalesce(telling_title, ''),
                coalesce(founding_date::varchar, ''),
                nth
            )
        ) as agreement_id,
        pair_id,
        kind,
        status,
        title,
        sectors,
        told_when['date'] as date,
        told_when['date_precision'] as date_precision,
        meeting_fact_ids,
        commission_fact_ids,
        rule,
        confidence,
        extractor_version,
        evidence_start,
        evidence_end
    from founded

)

select * from final
