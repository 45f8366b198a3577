-- When did two countries last hold their joint commission, where, who chaired it, what was signed?
select
    c.pair_id,
    c.body,
    c.ordinal,
    c.date,
    c.date_precision,
    c.city,
    c.co_chairs,
    c.status,
    (
        select list(coalesce(a.title, a.kind) order by a.title)
        from links as l
        inner join agreements as a on l.from_id = a.agreement_id
        where l.to_id = c.session_id and l.relation = 'signed_at'
    ) as signed
from commissions as c
where c.status in ('held', 'ongoing')
qualify row_number() over (
    partition by c.body_id order by c.date desc nulls last, c.ordinal desc nulls last
) = 1
order by c.date desc nulls last, c.pair_id;
