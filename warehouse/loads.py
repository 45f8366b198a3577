"""Loading records into the tables: idempotent, whole or not at all.

What belongs here: what a load does to the tables. What does not: where records come from.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from pipelines.lexicons import read_lexicon
from pipelines.records import ArticleFacts, to_plain
from warehouse.copies import release
from warehouse.rows import insert_rows
from warehouse.tables import (
    ARTICLES,
    COPY_BANDS,
    COUNTRIES,
    FACT_TABLES,
    NEAR_COPIES,
    QUARANTINE,
    READINGS,
    SECTOR_CODES,
    SOURCES,
    Table,
)
from warehouse.tombstones import Tombstones
from warehouse.transactions import transaction

UNREAD_REASONS = frozenset({"unreadable", "bomb", "truncated_gzip", "truncated_warc"})
"""Reasons that stop the reading of a file: nothing is known of the records behind."""


@dataclass(frozen=True, slots=True)
class ArticleCounts:
    """What came of a load of articles; `kept_out` are the rows that were forgotten before."""

    new: int = 0
    revised: int = 0
    unchanged: int = 0
    kept_out: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """A revision of an article as it waits to be read."""

    article_id: str
    revision: int
    arrived_on: date
    content_hash: str
    source: str
    url: str | None
    title: str | None
    text: str
    published: str | None


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What was read from one stored article; `error` says why nothing could be read.

    `turned_away` says that it was not read since it cannot hold a fact between two states.
    """

    article: StoredArticle
    extractor_version: str
    n_words: int
    facts: ArticleFacts | None
    error: str | None = None
    turned_away: bool = False


def load_articles(
    connection: duckdb.DuckDBPyConnection,
    rows: Sequence[Mapping[str, Any]],
    *,
    coming: Container[str] = (),
    tombstones: Tombstones | None = None,
) -> ArticleCounts:
    """Take in articles: rows with the columns of `raw.articles` but `revision`.

    A row whose `article_id` is unknown is new; one whose `content_hash` differs from the latest
    revision's becomes the next revision; any other is unchanged and keeps its first arrival day.
    Where an id comes several times in one load, each text of it is a revision, in that order, and
    loading the same again changes nothing. A load may be made in batches: `coming` are the ids of
    which more texts follow in later ones. What was forgotten (`raw.tombstones`, which a caller of
    many loads may give) is left out.
    """
    tombstones = tombstones or Tombstones(connection)
    kept_out = tuple(row for row in rows if tombstones.keeps_out_article(row))
    if kept_out:
        gone = {id(row) for row in kept_out}
        rows = [row for row in rows if id(row) not in gone]
    known: dict[str, list[str]] = {}
    for article_id, hashes in connection.execute(
        f"select article_id, list(content_hash order by revision) from {ARTICLES.qualified} "
        "where list_contains(?, article_id) group by 1",
        [sorted({row["article_id"] for row in rows})],
    ).fetchall():
        known[article_id] = hashes
    last = {row["article_id"]: index for index, row in enumerate(rows)}
    fresh: list[dict[str, Any]] = []
    revised = 0
    for index, row in enumerate(rows):
        hashes = known.setdefault(row["article_id"], [])
        # an earlier text of an id that comes several times is compared with all revisions, so that
        # reading the same file again finds it known
        is_last = last[row["article_id"]] == index and row["article_id"] not in coming
        compared = hashes[-1:] if is_last else hashes
        if row["content_hash"] in compared:
            continue
        revised += bool(hashes)
        hashes.append(row["content_hash"])
        fresh.append({**row, "revision": len(hashes)})
    with transaction(connection):
        insert_rows(connection, ARTICLES, fresh)
    return ArticleCounts(
        new=len(fresh) - revised,
        revised=revised,
        unchanged=len(rows) - len(fresh),
        kept_out=kept_out,
    )


def load_quarantine(
    connection: duckdb.DuckDBPyConnection,
    rows: Sequence[Mapping[str, Any]],
    files_read: Iterable[tuple[str, str]],
    on: date,
    *,
    parser_version: str | None = None,
    tombstones: Tombstones | None = None,
) -> int:
    """Set input aside: rows with the columns of `raw.quarantine`. Returns how many they are.

    `files_read` are source and path of all files of the same load: what was set aside in one of
    them before, and is not again, is marked as resolved on the day `on`. What is set aside again
    stays under its first day of arrival. What was dropped (`raw.tombstones`) is left out.
    `parser_version` is the version of the parser that set it aside.
    """
    tombstones = tombstones or Tombstones(connection)
    unique = {
        row["quarantine_id"]: {**row, "parser_version": parser_version}
        for row in rows
        if not tombstones.keeps_out_entry(row)
    }
    with transaction(connection):
        known = {
            quarantine_id
            for (quarantine_id,) in connection.execute(
                f"select quarantine_id from {QUARANTINE.qualified} "
                "where list_contains(?, quarantine_id)",
                [list(unique)],
            ).fetchall()
        }
        connection.execute(
            f"update {QUARANTINE.qualified} set resolved_on = null, parser_version = ? "
            "where list_contains(?, quarantine_id)",
            [parser_version, list(unique)],
        )
        # of a file that cannot be opened, or breaks off, nothing is known to be mended
        broken = {
            (row["source"], row["path"])
            for row in unique.values()
            if row["record"] is None and row["reason"] in UNREAD_REASONS
        }
        read = set(files_read) - broken
        resolved = [
            quarantine_id
            for quarantine_id, source, path in connection.execute(
                f"select quarantine_id, source, path from {QUARANTINE.qualified} "
                "where resolved_on is null"
            ).fetchall()
            if (source, path) in read and quarantine_id not in unique
        ]
        connection.execute(
            f"update {QUARANTINE.qualified} set resolved_on = ? "
            "where list_contains(?, quarantine_id)",
            [on, resolved],
        )
        insert_rows(connection, QUARANTINE, [r for k, r in unique.items() if k not in known])
    return len(unique)


def remove_source(connection: duckdb.DuckDBPyConnection, source: str) -> int:
    """Remove a source with everything that was read from it. Returns its number of articles."""
    article_ids = [
        article_id
        for (article_id,) in connection.execute(
            f"select distinct article_id from {ARTICLES.qualified} where source = ?", [source]
        ).fetchall()
    ]
    if article_ids:
        release(connection, article_ids)
    with transaction(connection):
        for table in (NEAR_COPIES, COPY_BANDS, READINGS, *FACT_TABLES.values()):
            connection.execute(
                f"delete from {table.qualified} where article_id in "
                f"(select article_id from {ARTICLES.qualified} where source = ?)",
                [source],
            )
        for table in (ARTICLES, QUARANTINE):
            connection.execute(f"delete from {table.qualified} where source = ?", [source])
    return len(article_ids)


def stale_articles(
    connection: duckdb.DuckDBPyConnection,
    days: Iterable[date],
    extractor_version: str,
    *,
    everything: bool = False,
    gate: bool = True,
) -> list[StoredArticle]:
    """Return the articles that are still to be read, in a fixed order.

    Stale is what was never read, or was read with another version of the rules, on whatever day
    it arrived: a run that was killed yesterday leaves nothing unread. Without the `gate`, what it
    turned away is still to be read too. `everything` adds the articles of these days that are not
    stale.
    """
    rows = connection.execute(
        f"""
        select a.article_id, a.revision, a.arrived_on, a.content_hash, a.source, a.url, a.title,
            a.text, coalesce(a.published_local_date, a.published_at::date)::varchar
        from {ARTICLES.qualified} as a
        left join {READINGS.qualified} as r
            on a.article_id = r.article_id and a.revision = r.revision
                and a.content_hash = r.content_hash and r.extractor_version = ?
        where r.article_id is null
            or (? and list_contains(?, a.arrived_on))
            or (r.turned_away and not ?)
        order by a.arrived_on, a.article_id, a.revision
        """,
        [extractor_version, everything, list(days), gate],
    ).fetchall()
    return [StoredArticle(*row) for row in rows]


def load_readings(
    connection: duckdb.DuckDBPyConnection, readings: Sequence[ArticleReading]
) -> dict[str, int]:
    """Replace the facts of the articles read, in one transaction. Returns the rows by table."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in FACT_TABLES}
    ledger: list[dict[str, Any]] = []
    keys: list[tuple[str, int]] = []
    for reading in readings:
        article = reading.article
        common = {
            "article_id": article.article_id,
            "revision": article.revision,
            "arrived_on": article.arrived_on.isoformat(),
        }
        keys.append((article.article_id, article.revision))
        ledger.append(
            {
                **common,
                "content_hash": article.content_hash,
                "extractor_version": reading.extractor_version,
                "n_words": reading.n_words,
                "error": reading.error,
                "turned_away": reading.turned_away,
            }
        )
        if reading.facts is not None:
            for name in FACT_TABLES:
                rows[name] += [_fact_row(common, fact) for fact in getattr(reading.facts, name)]
    with transaction(connection):
        connection.execute(
            "create or replace temp table keys_read (article_id varchar, revision integer)"
        )
        if keys:
            connection.executemany("insert into keys_read values (?, ?)", keys)
        for table in (READINGS, *FACT_TABLES.values()):
            connection.execute(
                f"delete from {table.qualified} as t using keys_read as k "
                "where t.article_id = k.article_id and t.revision = k.revision"
            )
        insert_rows(connection, READINGS, ledger)
        for name, table in FACT_TABLES.items():
            insert_rows(connection, table, rows[name])
    return {name: len(facts) for name, facts in rows.items()}


def _fact_row(common: Mapping[str, Any], fact: Any) -> dict[str, Any]:
    row = {**common, **to_plain(fact)}
    evidence = row.pop("evidence")
    row["evidence_start"], row["evidence_end"] = evidence["start"], evidence["end"]
    return row


def row_counts(connection: duckdb.DuckDBPyConnection, tables: Iterable[Table]) -> dict[str, int]:
    """Return how many rows each table holds, by its name."""
    return {
        table.name: connection.execute(f"select count(*) from {table.qualified}").fetchall()[0][0]
        for table in tables
    }


def load_reference(
    connection: duckdb.DuckDBPyConnection,
    publish_text: Mapping[str, str],
    notes: Mapping[str, Mapping[str, str | None]] | None = None,
) -> dict[str, int]:
    """Bring the reference tables up to the lexicons of this project and to the settings.

    `publish_text` says of each source what of its texts is published, `notes` its `terms` and
    `licence` where the user noted them. Returns rows by table.
    """
    countries = [
        {
            "iso3": entry["iso3"],
            "name": entry["name"],
            "words": [
                word
                for column in ("name", "names", "adjectives", "people")
                for word in entry[column].split("|")
                if word
            ],
        }
        for entry in read_lexicon("countries")
    ]
    sectors = [
        {
            "sector": e["code"],
            "label": e["label"],
            "crs_codes": [code for code in e["crs"].split("|") if code],
        }
        for e in read_lexicon("sectors")
    ]
    sources = [
        {"source": source, "publish_text": extent, **(notes or {}).get(source, {})}
        for source, extent in publish_text.items()
    ]
    tables: dict[Table, Sequence[Mapping[str, Any]]] = {
        COUNTRIES: countries,
        SECTOR_CODES: sectors,
        SOURCES: sources,
    }
    with transaction(connection):
        for table, rows in tables.items():
            connection.execute(f"delete from {table.qualified}")
            insert_rows(connection, table, rows)
    return {table.qualified: len(rows) for table, rows in tables.items()}
