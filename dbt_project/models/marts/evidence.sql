{#- Who is no official any more, for what other articles say, leaves no passage in any article. -#}
{{
    config(
        materialized='incremental',
        incremental_strategy='by_article',
        on_schema_change='fail',
        post_hook="delete from {{ this }} where fact_type = 'official' and fact_id not in (select person_id from {{ ref('officials') }})"
    )
}}
-- depends_on: {{ ref('int_article_states') }}

with

articles as (

    select * from {{ ref('stg_article_keys') }}

),

texts as (

    select * from {{ source('raw', 'articles') }}

),

meetings as (

    select * from {{ ref('int_meeting_reports') }}

),

commissions as (

    select * from {{ ref('int_commission_reports') }}

),

agreements as (

    select * from {{ ref('int_agreement_reports') }}

),

person_reports as (

    select * from {{ ref('int_person_reports') }}

),

officials as (

    select * from {{ ref('officials') }}

),

sector_mentions as (

    select * from {{ ref('stg_sector_mentions') }}

),

stg_quotes as (

    select * from {{ ref('stg_quotes') }}

),

quotes as (

    select * from {{ ref('quotes') }}

),

quote_reports as (

    select
        quotes.quote_id,
        stg_quotes.*
    from stg_quotes
    inner join quotes
        on
            stg_quotes.article_id = quotes.article_id
            and stg_quotes."start" = quotes."start"
            and stg_quotes."end" = quotes."end"

),

official_reports as (

    select person_reports.*
    from person_reports
    inner join officials
        on person_reports.person_id = officials.person_id
    where person_reports.is_report

),

touched as (

    -- Beside the articles that changed themselves, those of persons who became officials.
    {% if is_incremental() %}
    select article_id
    from {{ ref('int_article_states') }}
    where touched
    union
    select official_reports.article_id
    from official_reports
    anti join {{ this }} as earlier
        on
            earlier.fact_type = 'official'
            and official_reports.person_id = earlier.fact_id
    {% else %}
    select article_id
    from articles
    {% endif %}

),

reports as (

    {% for fact_type, table, fact_id in [
        ('meeting', 'meetings', 'meeting_id'),
        ('commission', 'commissions', 'session_id'),
        ('sector', 'sector_mentions', "pair_id || ':' || sector"),
        ('quote', 'quote_reports', 'quote_id'),
        ('agreement', 'agreements', 'agreement_id'),
        ('official', 'official_reports', 'person_id'),
    ] %}
    select
        '{{ fact_type }}' as fact_type,
        {{ fact_id }} as fact_id,
        article_id,
        revision,
        evidence_start,
        evidence_end,
        rule,
        extractor_version,
        confidence
    from {{ table }}
    {% if is_incremental() %}
    where article_id in (select article_id from touched) -- noqa: RF02
    {% endif %}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

passages as (

    -- A passage that tells a fact twice stands once, with the surer reading.
    select *
    from reports
    qualify
        row_number() over (
            partition by fact_type, fact_id, article_id, evidence_start, evidence_end
            order by confidence desc nulls last, rule asc
        ) = 1

),

final as (

    -- The text is joined after the window, which need not carry it then. Offsets count code points,
    -- and so does substring() (substring_grapheme() would not). Where the source's texts may not be
    -- published, the place is told without its words.
    select
        passages.fact_type,
        passages.fact_id,
        passages.article_id,
        passages.revision,
        passages.evidence_start as "start",
        passages.evidence_end as "end",
        case
            when articles.publish_text != 'none'
                then
                    substring(
                        texts.text,
                        passages.evidence_start + 1,
                        passages.evidence_end - passages.evidence_start
                    )
        end as sentence,
        passages.rule,
        passages.extractor_version,
        passages.confidence
    from passages
    inner join articles
        on passages.article_id = articles.article_id
    inner join texts
        on
            articles.article_id = texts.article_id
            and articles.revision = texts.revision

)

select * from final
