-- Which sessions of a joint body were not found in the articles read?
select
    pair_id,
    name,
    last_ordinal,
    missing_ordinals,
    last_date
from commission_bodies
where len(missing_ordinals) > 0
order by len(missing_ordinals) desc, pair_id, name;
