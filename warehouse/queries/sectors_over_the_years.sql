-- In which fields of cooperation do articles tell more of a pair from year to year?
pivot (
    select
        pair_id,
        sector,
        year,
        n_mentions
    from cooperation_sectors_by_year
)
on year
using coalesce(sum(n_mentions), 0)
order by pair_id, sector;
