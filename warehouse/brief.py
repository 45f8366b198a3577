"""What the published marts know of one pair of countries, gathered for a brief.

What belongs here: which rows a brief is made of, and their sources. What does not: its words
(`warehouse.brief_text`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

Row = dict[str, Any]

NEEDED = frozenset(
    {
        "agreements",
        "articles",
        "commission_bodies",
        "commissions",
        "cooperation_sectors",
        "country_pairs",
        "evidence",
        "meeting_participants",
        "meetings",
        "quotes",
    }
)


class OutdatedMartsError(RuntimeError):
    """The published marts lack what a brief needs: an earlier version of the program wrote them."""


@dataclass(frozen=True, slots=True)
class Brief:
    """The rows of one pair: each list from the latest down, undated rows last.

    Rows are those of the marts. Meetings carry `people` (name, role, country), and every row
    `article_ids`, the articles that tell it; `sources` are those articles. `pair` is None where
    nothing is known of the two. `neighbours` are the pairs of each country that are known.
    """

    pair_id: str
    pair: Row | None
    meetings: Sequence[Row]
    bodies: Sequence[Row]
    sessions: Sequence[Row]
    sectors: Sequence[Row]
    agreements: Sequence[Row]
    quotes: Sequence[Row]
    sources: dict[str, Row]
    n_articles_in_all: int
    neighbours: dict[str, list[str]]

    @property
    def is_invented(self) -> bool:
        """Whether any of it comes from the invented samples of the project."""
        return any(source["is_sample"] for source in self.sources.values())


def read_brief(connection: duckdb.DuckDBPyConnection, pair_id: str) -> Brief:
    """Gather what the published marts know of a pair. Raises OutdatedMartsError."""
    there = {
        name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()
    }
    if not there >= NEEDED:
        raise OutdatedMartsError(
            "The published marts were written by an earlier version of the program: "
            "`entente run` publishes them anew."
        )
    pairs = _rows(connection, "select * from country_pairs where pair_id = ?", pair_id)
    meetings = _rows(
        connection,
        f"""
        select
            meetings.*,
            {_told_by("meeting", "meeting_id")},
            coalesce(
                (
                    select list({{'name': name, 'role': role, 'country': country}} order by name)
                    from meeting_participants
                    where meeting_participants.meeting_id = meetings.meeting_id
                ),
                []
            ) as people
        from meetings
        where pair_id = ?
        order by date desc nulls last, kind, meeting_id
        """,
        pair_id,
    )
    bodies = _rows(
        connection,
        "select * from commission_bodies where pair_id = ? "
        "order by last_date desc nulls last, name",
        pair_id,
    )
    sessions = _rows(
        connection,
        f"""
        select *, {_told_by("commission", "session_id")} from commissions where pair_id = ?
        order by date desc nulls last, ordinal desc nulls last, session_id
        """,
        pair_id,
    )
    sectors = _rows(
        connection,
        f"""
        select *, {_told_by("sector", "pair_id || ':' || sector")} from cooperation_sectors
        where pair_id = ?
        order by last_date desc, n_articles desc, sector
        """,
        pair_id,
    )
    agreements = _rows(
        connection,
        f"""
        select *, {_told_by("agreement", "agreement_id")} from agreements where pair_id = ?
        order by date desc nulls last, title nulls last, agreement_id
        """,
        pair_id,
    )
    quotes = _rows(
        connection,
        """
        select
            quotes.*,
            [quotes.article_id] as article_ids,
            coalesce(articles.published_local_date, articles.arrived_on) as told_on,
            articles.published_local_date as published_on
        from quotes
        inner join articles on quotes.article_id = articles.article_id
        where
            list_contains(quotes.pairs, ?)
            and lower(quotes.speaker) not in ('he', 'she', 'they', 'it', 'we', 'i', 'who')
        -- the same words in another report are no other words
        qualify row_number() over (
            partition by quotes.speaker, quotes.text
            order by published_on desc nulls last, quotes.article_id
        ) = 1
        order by published_on desc nulls last, told_on desc, quotes.article_id, quotes."start" desc
        """,
        pair_id,
    )
    told = [
        article_id
        for rows in (meetings, sessions, sectors, agreements, quotes)
        for row in rows
        for article_id in row["article_ids"]
    ]
    sources = _rows(
        connection,
        "select *, coalesce(published_local_date, arrived_on) as told_on from articles "
        "where list_contains(?, article_id)",
        sorted(set(told)),
    )
    return Brief(
        pair_id=pair_id,
        pair=pairs[0] if pairs else None,
        meetings=meetings,
        bodies=bodies,
        sessions=sessions,
        sectors=sectors,
        agreements=agreements,
        quotes=quotes,
        sources={source["article_id"]: source for source in sources},
        n_articles_in_all=connection.execute("select count(*) from articles").fetchall()[0][0],
        neighbours={code: _neighbours(connection, code) for code in pair_id.split("-")},
    )


def _told_by(fact_type: str, fact_id: str) -> str:
    """The articles that tell a row."""
    return f"""coalesce(
        (
            select list(distinct evidence.article_id order by evidence.article_id)
            from evidence
            where evidence.fact_type = '{fact_type}' and evidence.fact_id = {fact_id}
        ),
        []
    ) as article_ids"""


def _neighbours(connection: duckdb.DuckDBPyConnection, code: str) -> list[str]:
    rows = connection.execute(
        "select pair_id from country_pairs where ? in (country_a, country_b) "
        "order by n_articles desc, pair_id limit 6",
        [code],
    ).fetchall()
    return [pair_id for (pair_id,) in rows]


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, value: Any) -> list[Row]:
    cursor = connection.execute(sql, [value])
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def is_past(row: Row, today: date) -> bool:
    """Whether the period of a row is over; False where no date is told."""
    last = row.get("date_end") or row.get("date")
    return last is not None and _period_end(last, row.get("date_precision")) < today


def _period_end(day: date, precision: str | None) -> date:
    if precision == "year":
        return date(day.year, 12, 31)
    if precision == "month":
        return date(day.year, day.month, monthrange(day.year, day.month)[1])
    return day
