-- Who said what: direct and indirect speech with its speaker, office and source.
select
    q.speaker,
    q.speaker_role,
    q.speaker_country,
    q.kind,
    q.cue,
    q.text,
    a.title,
    a.published_local_date
from quotes as q
inner join articles as a on q.article_id = a.article_id
order by a.published_local_date desc nulls last, q.article_id, q."start";
