with

reports as (

    select * from {{ ref('int_agreement_reports') }}

),

final as (

    -- The day and its precision come from one report, so that they fit together.
    select
        agreement_id,
        pair_id,
        kind,
        {{ strongest('status', "['in_force', 'signed', 'planned', 'proposed']") }} as status,
        {{ first_told('title') }} as title,
        {{ sorted_union('sectors') }} as sectors,
        {{ first_told('date') }} as date,
        {{ first_told('date_precision', told='date') }} as date_precision,
        count(distinct article_id)::integer as n_articles,
        max(confidence) as confidence
    from reports
    group by all

)

select * from final
