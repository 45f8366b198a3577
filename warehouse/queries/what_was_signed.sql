-- What did two countries sign, and at which meeting or session?
select
    p.name_a,
    p.name_b,
    a.kind,
    a.title,
    a.status,
    a.date,
    a.date_precision,
    a.sectors,
    (
        select
            list(
                distinct coalesce(m.kind || coalesce(' in ' || m.city, ''), c.body)
                order by coalesce(m.kind || coalesce(' in ' || m.city, ''), c.body)
            )
        from links as l
        left join meetings as m on l.to_id = m.meeting_id
        left join commissions as c on l.to_id = c.session_id
        where l.from_id = a.agreement_id and l.relation = 'signed_at'
    ) as signed_at
from agreements as a
inner join country_pairs as p on a.pair_id = p.pair_id
where a.status in ('signed', 'in_force')
order by a.date desc nulls last, p.name_a, p.name_b, a.title nulls last;
