-- Who met whom, the latest first, each with the sentence that tells it.
select
    m.date,
    m.date_precision,
    p.name_a,
    p.name_b,
    m.kind,
    m.status,
    m.level,
    m.city,
    m.participants,
    any_value(e.sentence) as told_in
from meetings as m
inner join country_pairs as p on m.pair_id = p.pair_id
inner join evidence as e on e.fact_type = 'meeting' and e.fact_id = m.meeting_id
where m.status in ('held', 'ongoing')
group by all
order by m.date desc nulls last, p.name_a, p.name_b;
