"""What came in and what was read day by day: the numbers that checks compare.

What belongs here: counting. What does not: what is too much or too little (`assets.checks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import duckdb

from warehouse.tables import ARTICLES, QUARANTINE, READINGS, Table

DAYS = 14
"""How many days before a day it is compared with."""

ONE_DAY_LATER = 1
"""Days after its publication on which an article may still tell of something held: time zones."""


@dataclass(frozen=True, slots=True)
class DatedFact:
    """A fact that is told as held, with a date that its article could not know yet."""

    article_id: str
    pair: str
    told_date: str
    published: date


@dataclass(frozen=True, slots=True)
class AfterPublication:
    """How many facts are held and dated, and those of them that are dated after publication."""

    n_dated: int
    n_after: int
    fresh: tuple[DatedFact, ...]
    """Of those, the ones of articles that are named as read just now."""


def articles_by_source(
    connection: duckdb.DuckDBPyConnection, day: date
) -> dict[str, dict[date, int]]:
    """Return how many articles each source brought, by day, on a day and the DAYS before it.

    Days without any are left out; a later revision of an article is no new one.
    """
    found: dict[str, dict[date, int]] = {}
    for source, arrived_on, count in connection.execute(
        f"select source, arrived_on, count(*) from {ARTICLES.qualified} "
        "where revision = 1 and arrived_on between ? and ? group by all",
        [day - timedelta(days=DAYS), day],
    ).fetchall():
        found.setdefault(source, {})[arrived_on] = count
    return found


def articles_read(connection: duckdb.DuckDBPyConnection, day: date) -> dict[date, int]:
    """Return how many articles were read to the end, by day of arrival, as above."""
    return dict(
        connection.execute(
            f"select arrived_on, count(*) from {READINGS.qualified} "
            "where error is null and turned_away is not true "
            "and arrived_on between ? and ? group by all",
            [day - timedelta(days=DAYS), day],
        ).fetchall()
    )


def facts_by_day(connection: duckdb.DuckDBPyConnection, table: Table, day: date) -> dict[date, int]:
    """Return how many facts of a table there are, by day of arrival of their articles."""
    return dict(
        connection.execute(
            f"select arrived_on, count(*) from {table.qualified} "
            "where arrived_on between ? and ? group by all",
            [day - timedelta(days=DAYS), day],
        ).fetchall()
    )


def newly_set_aside(connection: duckdb.DuckDBPyConnection, day: date) -> tuple[int, int]:
    """Return how much was set aside on a day for the first time, and how many articles came."""
    [(aside, taken)] = connection.execute(
        f"select (select count(*) from {QUARANTINE.qualified} where arrived_on = $day), "
        f"(select count(*) from {ARTICLES.qualified} where arrived_on = $day)",
        {"day": day},
    ).fetchall()
    return aside, taken


def last_arrivals(connection: duckdb.DuckDBPyConnection) -> dict[str, datetime]:
    """Return when each source last brought a new text (UTC)."""
    return {
        source: moment.replace(tzinfo=UTC)
        for source, moment in connection.execute(
            f"select source, max(fetched_at) from {ARTICLES.qualified} group by 1"
        ).fetchall()
    }


def source_totals(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int]]:
    """Return the articles of each source, and what of it is set aside and not mended yet."""
    return {
        source: (articles, aside)
        for source, articles, aside in connection.execute(
            f"select source, sum(taken)::bigint, sum(aside)::bigint from ("
            f"select source, 1 as taken, 0 as aside from {ARTICLES.qualified} where revision = 1 "
            f"union all select source, 0, 1 from {QUARANTINE.qualified} where resolved_on is null"
            ") group by 1"
        ).fetchall()
    }


def held_after_publication(
    connection: duckdb.DuckDBPyConnection, table: Table, read: Sequence[str]
) -> AfterPublication:
    """Return what is told as held on a day after publication, of the latest revisions.

    `table` has status, date, pair and evidence; `read` are the ids of articles read just now.
    Articles without a date of publication do not count. A month or year counts by its first day.
    """
    dated = f"""
        with latest as (
            select article_id, max(revision) as revision from {ARTICLES.qualified} group by 1
        ),
        dated as (
            select f.article_id, f.pair, f.date, a.published_local_date as published,
                try_cast(case length(f.date) when 4 then f.date || '-01-01'
                    when 7 then f.date || '-01' else f.date end as date) as first_day
            from {table.qualified} as f
            inner join latest using (article_id, revision)
            inner join {ARTICLES.qualified} as a using (article_id, revision)
            where f.status = 'held' and f.date is not null and a.published_local_date is not null
        )
    """
    late = f"first_day > published + {ONE_DAY_LATER}"
    [(n_dated, n_after)] = connection.execute(
        f"{dated} select count(*), count(*) filter ({late}) from dated"
    ).fetchall()
    rows = connection.execute(
        f"{dated} select article_id, pair, date, published from dated "
        f"where {late} and list_contains(?, article_id) order by all",
        [list(read)],
    ).fetchall()
    return AfterPublication(n_dated, n_after, tuple(DatedFact(*row) for row in rows))
