-- What is planned: meetings, visits and sessions that had not taken place when they were told.
select
    pair_id,
    kind as what,
    status,
    date,
    date_precision,
    city,
    place_country
from meetings
where status in ('planned', 'proposed')
union all
select
    pair_id,
    coalesce('session ' || ordinal || ' of ', 'session of ') || body as what,
    status,
    date,
    date_precision,
    city,
    place_country
from commissions
where status in ('planned', 'proposed')
order by date nulls last, pair_id;
