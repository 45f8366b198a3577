-- What do two countries want to do together? Sectors by pair, the firmest stance first.
select
    p.name_a,
    p.name_b,
    s.sector,
    s.stance_strongest,
    s.has_obstacle,
    s.n_mentions,
    s.n_articles
from cooperation_sectors as s
inner join country_pairs as p on s.pair_id = p.pair_id
order by
    p.name_a,
    p.name_b,
    list_position(
        ['agreed', 'existing', 'proposed', 'discussed', 'obstacle'], s.stance_strongest
    ),
    s.sector;
