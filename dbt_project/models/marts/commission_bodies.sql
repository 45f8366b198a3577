with

sessions as (

    select * from {{ ref('commissions') }}

),

reports as (

    select * from {{ ref('int_commission_reports') }}

),

names as (

    select
        body_id,
        {{ sorted_set('told_name') }} as told_names
    from reports
    group by body_id

),

told as (

    -- A body that is only mentioned, without number or date, tells of no session; and one that is
    -- still planned has not sat.
    select
        *,
        {{ is_session() }} as is_session,
        status in ('held', 'ongoing')
        or (status = 'mentioned' and (ordinal is not null or date is not null)) as has_sat
    from sessions

),

counted as (

    select
        body_id,
        pair_id,
        any_value(body) as name,
        count(*) filter (where is_session)::integer as n_sessions,
        max(ordinal) filter (where has_sat) as last_ordinal,
        list(distinct ordinal) filter (where ordinal is not null) as ordinals,
        max(coalesce(date_end, date)) filter (where has_sat) as last_date
    from told
    group by
        body_id,
        pair_id

),

named as (

    select
        counted.*,
        names.told_names
    from counted
    inner join names
        on counted.body_id = names.body_id

),

final as (

    select
        body_id,
        pair_id,
        name,
        list_filter(
            told_names,
            lambda alias: {{ normalised('alias') }} != {{ normalised('name') }}
        ) as aliases,
        n_sessions,
        last_ordinal,
        coalesce(
            list_filter(
                generate_series(1, last_ordinal),
                lambda number: not list_contains(ordinals, number)
            ),
            []
        )::integer[] as missing_ordinals,
        last_date
    from named

)

select * from final
