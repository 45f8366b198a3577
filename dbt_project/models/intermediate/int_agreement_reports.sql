with

agreements as (

    select * from {{ ref('stg_agreements') }}

),

titles as (

    -- A title of nothing but general words ('a new cooperation agreement') names no document.
    select
        title_key,
        case
            when not list_has_all({{ general_words_of_documents() }}, {{ words('title_key') }})
                then title_key
        end as telling_title
    from agreements
    group by title_key

),

titled as (

    select
        agreements.*,
        titles.telling_title
    from agreements
    left join titles
        on agreements.title_key = titles.title_key

),

copied as (

    select distinct canonical_id
    from titled
    where article_id != canonical_id

),

in_order as (

    select
        titled.*,
        row_number() over (
            partition by
                titled.arrival_order, titled.canonical_id, titled.pair_id, titled.kind,
                titled.telling_title
            order by titled.evidence_start, length(titled.fact_id), titled.fact_id
        ) as nth_told
    from titled
    semi join copied
        on titled.canonical_id = copied.canonical_id

),

dated as (

    -- A copy without a date of publication may not tell when, and one of the next day another day.
    select
        * exclude (nth_told),
        {{ told_when(
            ['date', 'date_precision'], ['pair_id', 'kind', 'telling_title'], 'nth_told'
        ) }} as key_when,
        key_when['date'] as key_date,
        coalesce(key_when, {{ when_told(['date', 'date_precision']) }}) as told_when
    from in_order
    union all
    select
        titled.*,
        {{ when_told(['date', 'date_precision']) }} as key_when,
        key_when['date'] as key_date,
        key_when as told_when
    from titled
    anti join copied
        on titled.canonical_id = copied.canonical_id

),

years as (

    select
        pair_id,
        kind,
        telling_title,
        min(year(key_date)) as first_year,
        max(year(key_date)) as last_year
    from dated
    where telling_title is not null
    group by
        pair_id,
        kind,
        telling_title

),

keyed as (

    -- One title of one kind is one document; signed in two years, it is two. Without a title that
    -- tells, the day does; without both each article tells its own.
    select
        dated.*,
        concat_ws(
            '|',
            dated.pair_id,
            dated.kind,
            dated.telling_title,
            case
                when
                    dated.telling_title is not null
                    and years.first_year is not distinct from years.last_year
                    then coalesce(years.first_year, 0)::varchar
                when dated.telling_title is not null and dated.key_date is not null
                    then year(dated.key_date)::varchar
                when dated.key_date is not null then 'date ' || dated.key_date
                else 'article ' || dated.canonical_id
            end
        ) as document_key
    from dated
    left join years
        on
            dated.pair_id = years.pair_id
            and dated.kind = years.kind
            and dated.telling_title = years.telling_title

),

numbered as (

    -- Two untitled documents of one kind, told by one article, are two.
    select
        *,
        row_number() over (
            partition by arrival_order, document_key
            order by evidence_start, length(fact_id), fact_id
        ) as nth
    from keyed
    where telling_title is null
    union all
    select
        *,
        1 as nth
    from keyed
    where telling_title is not null

),

founders as (

    select
        document_key,
        nth,
        arg_min(
            struct_pack(article_id := canonical_id, date := date),
            (arrival_order, evidence_start, length(fact_id), fact_id)
        ) as founding
    from numbered
    group by
        document_key,
        nth

),

founded as (

    select
        numbered.*,
        founders.founding
    from numbered
    inner join founders
        on
            numbered.document_key = founders.document_key
            and numbered.nth = founders.nth

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
                founding['article_id'],
                pair_id,
                kind,
                coalesce(telling_title, ''),
                coalesce(founding['date']::varchar, ''),
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
