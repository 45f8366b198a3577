{{ config(materialized='incremental', incremental_strategy='all_rows', on_schema_change='fail') }}

with

articles as (

    select * from {{ ref('stg_article_keys') }}

),

countries as (

    select * from {{ source('reference', 'countries') }}

),

person_reports as (

    select * from {{ ref('int_person_reports') }}

),

meeting_reports as (

    select * from {{ ref('int_meeting_reports') }}

),

commission_reports as (

    select * from {{ ref('int_commission_reports') }}

),

agreement_reports as (

    select * from {{ ref('int_agreement_reports') }}

),

stg_commissions as (

    select * from {{ ref('stg_commissions') }}

),

body_names as (

    select * from {{ ref('int_body_names') }}

),

lexicon as (

    select sum(hash(countries)::hugeint) as sum_of_countries
    from countries

),

parts as (

    select
        articles.article_id,
        hash(
            articles.revision,
            articles.canonical_id,
            articles.reading_id,
            articles.passages,
            articles.told_on,
            articles.publish_text,
            articles.content_hash,
            lexicon.sum_of_countries
        )::hugeint as part
    from articles
    cross join lexicon
    {% for table in [
        'entities', 'people', 'quotes', 'meetings', 'commissions', 'sectors', 'sector_mentions',
        'agreements'
    ] %}
    union all
    select
        article_id,
        sum(hash('{{ table }}', facts)::hugeint) as part
    from {{ source('facts', table) }} as facts -- noqa: AL05
    group by article_id
    {% endfor %}
    union all
    select
        article_id,
        sum(
            hash(
                'person', told_as, is_report, fact_id, person_id, person_name, name_key, country
            )::hugeint
        ) as part
    from person_reports
    group by article_id
    union all
    select
        article_id,
        sum(hash('meeting', fact_id, meeting_id)::hugeint) as part
    from meeting_reports
    group by article_id
    union all
    select
        article_id,
        sum(hash('commission', fact_id, session_id)::hugeint) as part
    from commission_reports
    group by article_id
    union all
    select
        article_id,
        sum(hash('agreement', fact_id, agreement_id)::hugeint) as part
    from agreement_reports
    group by article_id
    union all
    select
        stg_commissions.article_id,
        sum(
            hash(
                'body',
                body_names.pair_id,
                body_names.body_key,
                body_names.body_id,
                body_names.body_name
            )::hugeint
        ) as part
    from stg_commissions
    inner join body_names
        on
            stg_commissions.pair_id = body_names.pair_id
            and stg_commissions.body_key = body_names.body_key
    group by stg_commissions.article_id

),

states as (

    select
        article_id,
        sum(part) as state
    from parts
    group by article_id

),

final as (

    -- After a full build everything counts as touched.
    {% if is_incremental() %}
    select
        states.article_id,
        states.state,
        coalesce(states.state != earlier.state, true) as touched
    from states
    left join {{ this }} as earlier
        on states.article_id = earlier.article_id
    {% else %}
    select
        article_id,
        state,
        true as touched
    from states
    {% endif %}

)

select * from final
