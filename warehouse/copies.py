"""What is kept of near copies: bands to find them by, and the group that each article belongs to.

`raw.copy_bands` is scanned and not indexed: at 12 million rows a join with a day's keys takes a
fraction of a second, while an index makes the file four times as large and every load slower.
Bands of earlier revisions stay, and are passed over. `raw.near_copies` has one row an article: that
of its latest revision that was compared.

What belongs here: which articles are to be compared, the candidates, and the links. What does not:
how texts are compared and grouped (`pipelines.sources`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from warehouse.rows import insert_rows
from warehouse.tables import ARTICLES, COPY_BANDS, NEAR_COPIES
from warehouse.transactions import transaction

MOST_CANDIDATES = 300
"""With how many others an article is compared: those it shares most bands with. Bulletins and price
lists made from one template meet by the thousand, and are no copies."""


@dataclass(frozen=True, slots=True)
class Awaiting:
    """The latest revision of an article that is still to be compared, and its place in the order.

    `has_bands` says that its bands are kept already: only its group changed.
    """

    article_id: str
    revision: int
    first_arrived_on: date
    first_fetched_at: datetime
    has_bands: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that shares a band with `article_id`, and how it is linked.

    `place` is its day and time of arrival, null for one that is still to be compared itself.
    `original_place` is the place of the article that it is a copy of.
    """

    article_id: str
    other_id: str
    other_revision: int
    place: tuple[date, datetime] | None
    first_id: str | None
    original_place: tuple[date, datetime, str] | None


def release(connection: duckdb.DuckDBPyConnection, article_ids: Iterable[str]) -> int:
    """Have the groups of these articles made anew by the next run. Returns how many rows change.

    To be called before articles are removed: of their copies another becomes the first then.
    """
    rows = [(name,) for name in article_ids]
    if not rows:
        return 0
    connection.execute("create or replace temp table released (article_id varchar)")
    _fill(connection, "released", rows)
    changed = connection.execute(
        f"""
        update {NEAR_COPIES.qualified} set is_settled = false
        where is_settled and coalesce(first_id, article_id) in (
            select coalesce(c.first_id, c.article_id)
            from {NEAR_COPIES.qualified} as c
            inner join released on c.article_id = released.article_id
        )
        """
    ).fetchall()
    return int(changed[0][0])


def start_anew_where_the_method_changed(connection: duckdb.DuckDBPyConnection, method: str) -> None:
    """Forget all bands and links if any was made with another method than `method`."""
    with transaction(connection):
        if connection.execute(
            f"select 1 from {NEAR_COPIES.qualified} where method <> ? limit 1", [method]
        ).fetchall():
            for table in (NEAR_COPIES, COPY_BANDS):
                connection.execute(f"delete from {table.qualified}")


def awaiting(connection: duckdb.DuckDBPyConnection) -> list[Awaiting]:
    """Return what is to be compared, in order of arrival: new articles and revisions, and groups
    that changed.

    The groups of articles that have a new revision, and those whose first report is gone, are
    released first.
    """
    found = _uncompared(connection)
    changed = connection.execute(
        f"""
        select l.article_id from latest as l
        inner join {NEAR_COPIES.qualified} as c on l.article_id = c.article_id
        where c.is_settled and c.revision <> l.revision
        union
        select c.article_id from {NEAR_COPIES.qualified} as c
        semi join (
            select first_id from (
                select distinct first_id from {NEAR_COPIES.qualified}
                where is_settled and first_id is not null
            ) as firsts
            anti join {NEAR_COPIES.qualified} as f on firsts.first_id = f.article_id
        ) as gone on c.first_id = gone.first_id
        where c.is_settled
        """
    ).fetchall()
    if changed:
        release(connection, [name for (name,) in changed])
        found = _uncompared(connection)
    return found


def _uncompared(connection: duckdb.DuckDBPyConnection) -> list[Awaiting]:
    """Latest revisions without a settled row; the temporary table `latest` has them afterwards."""
    # an earlier revision that was never compared comes up each time, and is dropped in the end
    connection.execute(
        f"""
        create or replace temp table latest as
        with uncompared as (
            select distinct a.article_id
            from {ARTICLES.qualified} as a
            anti join {NEAR_COPIES.qualified} as c
                on a.article_id = c.article_id and a.revision = c.revision and c.is_settled
        )
        select
            a.article_id,
            max(a.revision) as revision,
            coalesce(min(a.arrived_on), date '9999-12-31') as first_arrived_on,
            coalesce(min(a.fetched_at), timestamp '9999-12-31') as first_fetched_at
        from {ARTICLES.qualified} as a
        semi join uncompared as u on a.article_id = u.article_id
        group by 1
        """
    )
    rows = connection.execute(
        f"""
        select l.*, c.article_id is not null as has_bands
        from latest as l
        left join {NEAR_COPIES.qualified} as c
            on l.article_id = c.article_id and l.revision = c.revision
        where c.article_id is null or not c.is_settled
        order by l.first_arrived_on, l.first_fetched_at, l.article_id
        """
    ).fetchall()
    return [Awaiting(*row) for row in rows]


def texts(
    connection: duckdb.DuckDBPyConnection, revisions: Iterable[tuple[str, int]]
) -> dict[str, str]:
    """Return the texts of these revisions by article; those that are gone are left out."""
    connection.execute("create or replace temp table wanted (article_id varchar, revision integer)")
    _fill(connection, "wanted", list(revisions))
    # rows are found by their short columns first, so that no other text is read
    found = connection.execute(
        f"select a.rowid from {ARTICLES.qualified} as a "
        "semi join wanted as w on a.article_id = w.article_id and a.revision = w.revision"
    ).fetchall()
    if not found:
        return {}
    numbers = ", ".join(str(number) for (number,) in found)
    return dict(
        connection.execute(
            f"select article_id, text from {ARTICLES.qualified} where rowid in ({numbers})"
        ).fetchall()
    )


def add_bands(
    connection: duckdb.DuckDBPyConnection,
    articles: Sequence[Awaiting],
    keys: Sequence[Sequence[int]],
) -> None:
    """Keep the bands of articles, of those that have none yet, and ready them for `candidates`."""
    rows = [
        {"band_key": key, "article_id": article.article_id, "revision": article.revision}
        for article, found in zip(articles, keys, strict=True)
        if not article.has_bands
        for key in found
    ]
    insert_rows(connection, COPY_BANDS, rows)
    connection.execute("create or replace temp table keys (band_key ubigint, article_id varchar)")
    _fill(
        connection,
        "keys",
        [
            (key, article.article_id)
            for article, found in zip(articles, keys, strict=True)
            for key in found
        ],
    )


def candidates(connection: duckdb.DuckDBPyConnection) -> list[Candidate]:
    """Return the articles that share a band with those whose bands were added last."""
    # few are met: the rows of these are found first, so that no join has to carry all of them
    for table, query in (
        (
            "met",
            "select k.article_id, b.article_id as other_id, b.revision "
            f"from {COPY_BANDS.qualified} as b inner join keys as k on b.band_key = k.band_key "
            "where b.article_id <> k.article_id group by 1, 2, 3 qualify row_number() over ("
            "partition by k.article_id order by count(*) desc, b.article_id, b.revision) "
            f"<= {MOST_CANDIDATES}",
        ),
        (
            "linked",
            f"select * exclude (passages) from {NEAR_COPIES.qualified} "
            "where article_id in (select other_id from met)",
        ),
        (
            "originals",
            f"select * exclude (passages) from {NEAR_COPIES.qualified} "
            "where article_id in (select copy_of from linked)",
        ),
    ):
        connection.execute(f"create or replace temp table {table} as {query}")
    rows = connection.execute(
        """
        select m.article_id, m.other_id, m.revision, c.first_arrived_on, c.first_fetched_at,
            c.first_id, coalesce(c.is_settled, false) as settled,
            o.first_arrived_on, o.first_fetched_at, o.article_id
        from met as m
        left join linked as c on m.other_id = c.article_id and m.revision = c.revision
        left join originals as o on c.copy_of = o.article_id
        """
    ).fetchall()
    return [
        Candidate(
            article_id=row[0],
            other_id=row[1],
            other_revision=row[2],
            place=(row[3], row[4]) if row[6] else None,
            first_id=row[5],
            original_place=(row[7], row[8], row[9]) if row[9] else None,
        )
        for row in rows
    ]


def groups(
    connection: duckdb.DuckDBPyConnection, first_ids: Iterable[str]
) -> list[tuple[str, str, int, date, datetime]]:
    """Return the settled articles of groups: first report, article, revision, day and time.

    The first report itself is one of them.
    """
    connection.execute("create or replace temp table firsts (first_id varchar)")
    _fill(connection, "firsts", [(name,) for name in first_ids])
    return connection.execute(
        "select coalesce(c.first_id, c.article_id), c.article_id, c.revision, "
        f"c.first_arrived_on, c.first_fetched_at from {NEAR_COPIES.qualified} as c "
        "semi join firsts as f on coalesce(c.first_id, c.article_id) = f.first_id "
        "where c.is_settled"
    ).fetchall()


def settle(connection: duckdb.DuckDBPyConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Replace the rows of articles in `raw.near_copies`, given as dictionaries of its columns."""
    connection.execute("create or replace temp table settling (article_id varchar)")
    _fill(connection, "settling", [(row["article_id"],) for row in rows])
    connection.execute(
        f"delete from {NEAR_COPIES.qualified} where article_id in (select article_id from settling)"
    )
    insert_rows(connection, NEAR_COPIES, rows)


def counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the numbers of rows, copies and groups."""
    rows = connection.execute(
        f"select count(*), count(first_id), count(distinct first_id) from {NEAR_COPIES.qualified}"
    ).fetchall()
    (bands,) = connection.execute(f"select count(*) from {COPY_BANDS.qualified}").fetchall()[0]
    return {"compared": rows[0][0], "copies": rows[0][1], "groups": rows[0][2], "bands": bands}


def _fill(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Fill a temporary table: whole columns at once, since row-wise inserts are slow."""
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        unnested = ", ".join("unnest(?)" for _ in columns)
        connection.execute(f"insert into {table} select {unnested}", columns)
