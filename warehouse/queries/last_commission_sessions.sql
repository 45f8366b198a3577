-- When did two countries last hold their joint commission, where, and who chaired it?
select
    pair_id,
    body,
    ordinal,
    date,
    city,
    co_chairs,
    status
from commissions
where status in ('held', 'ongoing')
qualify row_number() over (
    partition by pair_id order by date desc nulls last, ordinal desc nulls last
) = 1
order by date desc nulls last, pair_id;
