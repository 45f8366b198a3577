"""Removing articles for good: their rows in every table, and a tombstone in their place.

What belongs here: statements about rows, and which stored bytes are needed by whom. What does not:
the bytes themselves (`assets.stored_bytes`) and the freed blocks of database files
(`warehouse.compaction`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from warehouse.builds import BLOCKED
from warehouse.copies import release
from warehouse.rows import insert_rows
from warehouse.tables import ARTICLES, FACT_TABLES, QUARANTINE, TABLES, TOMBSTONES
from warehouse.tombstones import ARTICLE, SET_ASIDE, text_hash, tombstone_id
from warehouse.transactions import transaction

_NORMAL_TEXT = r"lower(trim(regexp_replace({}.text, '\s+', ' ', 'g')))"


@dataclass(frozen=True, slots=True)
class Need:
    """A row that needs stored bytes: the article's or entry's id, and its place in the file."""

    item: str
    source: str
    path: str
    record: int | None


def revisions_of(
    connection: duckdb.DuckDBPyConnection, article_ids: Sequence[str]
) -> list[dict[str, Any]]:
    """Return all revisions of these articles, as dictionaries with the columns of the table."""
    rows = connection.execute(
        f"select {', '.join(ARTICLES.column_names)} from {ARTICLES.qualified} "
        "where list_contains(?, article_id) order by article_id, revision",
        [list(article_ids)],
    ).fetchall()
    return [dict(zip(ARTICLES.column_names, row, strict=True)) for row in rows]


def copies_of(connection: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> list[str]:
    """Return other articles with the same text as one of these, but for case and spaces."""
    ids = list(article_ids)
    return [
        article_id
        for (article_id,) in connection.execute(
            f"select distinct other.article_id from {ARTICLES.qualified} as other "
            f"where not list_contains(?, other.article_id) and {_NORMAL_TEXT.format('other')} in "
            f"(select {_NORMAL_TEXT.format('it')} from {ARTICLES.qualified} as it "
            "where list_contains(?, it.article_id)) order by 1",
            [ids, ids],
        ).fetchall()
    ]


def count_facts(
    connection: duckdb.DuckDBPyConnection, article_ids: Sequence[str]
) -> dict[str, int]:
    """Return how many facts were read from each of these articles."""
    counts = dict.fromkeys(article_ids, 0)
    for table in FACT_TABLES.values():
        for article_id, count in connection.execute(
            f"select article_id, count(*) from {table.qualified} "
            "where list_contains(?, article_id) group by 1",
            [list(article_ids)],
        ).fetchall():
            counts[article_id] += count
    return counts


def needs(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Need]]:
    """Return which rows need which stored bytes, by their hash."""
    found: dict[str, list[Need]] = {}
    for raw_hash, *place in connection.execute(
        f"select raw_hash, article_id, source, path, record from {ARTICLES.qualified} "
        "where raw_hash is not null union all "
        f"select raw_hash, quarantine_id, source, path, record from {QUARANTINE.qualified} "
        "where raw_hash is not null"
    ).fetchall():
        found.setdefault(raw_hash, []).append(Need(*place))
    return found


def entries_of(
    connection: duckdb.DuckDBPyConnection, revisions: Iterable[Mapping[str, Any]]
) -> list[str]:
    """Return the entries of the quarantine that are the same records of the same bytes."""
    places = {(row["raw_hash"], row["path"], row["record"]) for row in revisions}
    return [
        quarantine_id
        for quarantine_id, raw_hash, path, record in connection.execute(
            f"select quarantine_id, raw_hash, path, record from {QUARANTINE.qualified} "
            "where list_contains(?, raw_hash)",
            [sorted({str(place[0]) for place in places})],
        ).fetchall()
        if (raw_hash, path, record) in places or (raw_hash, path, record or 1) in places
    ]


def repoint(connection: duckdb.DuckDBPyConnection, old: str, new: str | None) -> None:
    """Say that what was read from the bytes `old` is kept in the bytes `new`."""
    with transaction(connection):
        for table in (ARTICLES, QUARANTINE):
            connection.execute(
                f"update {table.qualified} set raw_hash = ? where raw_hash = ?", [new, old]
            )


def remove_articles(
    connection: duckdb.DuckDBPyConnection,
    revisions: Sequence[Mapping[str, Any]],
    *,
    reason: str | None,
    on: date,
    files: Mapping[str, Sequence[str]],
) -> int:
    """Remove articles, given by all their revisions, and leave tombstones. Returns rows removed.

    Every table with a column `article_id` is cleared, those that dbt made too. `files` are, by
    article, the hashes of files that held nothing else.
    """
    by_article: dict[str, list[Mapping[str, Any]]] = {}
    for row in revisions:
        by_article.setdefault(row["article_id"], []).append(row)
    tombstones = [
        {
            "tombstone_id": tombstone_id(ARTICLE, article_id),
            "kind": ARTICLE,
            "source": rows[-1]["source"],
            "reason": reason,
            "forgotten_on": on,
            "content_hashes": sorted({row["content_hash"] for row in rows}),
            "text_hashes": sorted({text_hash(row["text"]) for row in rows}),
            "raw_hashes": sorted(files.get(article_id, ())),
        }
        for article_id, rows in by_article.items()
    ]
    entries = entries_of(connection, revisions)
    removed = 0
    with transaction(connection):
        release(connection, list(by_article))  # of their copies another becomes the first
        for schema, table in _tables_of_articles(connection):
            (count,) = connection.execute(
                f'delete from "{schema}"."{table}" where list_contains(?, article_id)',
                [list(by_article)],
            ).fetchall()[0]
            removed += count if schema in {t.schema for t in TABLES} else 0
        connection.execute(
            f"delete from {QUARANTINE.qualified} where list_contains(?, quarantine_id)", [entries]
        )
        _bury(connection, tombstones)
        for (table,) in connection.execute(
            "select table_name from duckdb_tables() "
            "where schema_name = 'builds' and database_name = current_database()"
        ).fetchall():
            # what says that models and published files are up to date, so that both are made
            # anew from nothing: a published file that is only changed would keep freed blocks
            kept = f" where not starts_with(name, '{BLOCKED}')" if table == "notes" else ""
            connection.execute(f'delete from builds."{table}"{kept}')
    return removed


def drop_entries(
    connection: duckdb.DuckDBPyConnection,
    entries: Sequence[Mapping[str, Any]],
    *,
    reason: str | None,
    on: date,
) -> None:
    """Remove entries of the quarantine, and leave tombstones: they are not set aside again."""
    tombstones = [
        {
            "tombstone_id": tombstone_id(SET_ASIDE, entry["quarantine_id"]),
            "kind": SET_ASIDE,
            "source": entry["source"],
            "reason": reason,
            "forgotten_on": on,
            "size_bytes": entry["size_bytes"],
            "purged_on": on,  # an entry holds no text
        }
        for entry in entries
    ]
    with transaction(connection):
        connection.execute(
            f"delete from {QUARANTINE.qualified} where list_contains(?, quarantine_id)",
            [[entry["quarantine_id"] for entry in entries]],
        )
        _bury(connection, tombstones)


def _bury(connection: duckdb.DuckDBPyConnection, tombstones: Sequence[Mapping[str, Any]]) -> None:
    connection.execute(
        f"delete from {TOMBSTONES.qualified} where list_contains(?, tombstone_id)",
        [[row["tombstone_id"] for row in tombstones]],
    )
    insert_rows(connection, TOMBSTONES, tombstones)


def _tables_of_articles(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return schema and name of every table that has a row an article, whoever made it."""
    return connection.execute(
        "select distinct t.schema_name, t.table_name from duckdb_tables() as t "
        "join duckdb_columns() as c using (database_name, schema_name, table_name) "
        "where c.column_name = 'article_id' and t.database_name = current_database() order by all"
    ).fetchall()
