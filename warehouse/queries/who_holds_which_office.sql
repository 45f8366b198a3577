-- Who is told in which office, how often did they meet others, and how often are they quoted?
select
    name,
    country,
    list_transform(roles, lambda r: r.role) as offices,
    list_max(list_transform(roles, lambda r: r.last_date)) as last_told,
    n_meetings,
    n_quotes
from officials
order by n_meetings desc, n_quotes desc, name;
