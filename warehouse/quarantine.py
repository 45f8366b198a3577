"""What was set aside, and what the gate left unread: reading it, and what becomes of entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb

from warehouse.connection import build_connection
from warehouse.home import Home
from warehouse.rows import insert_rows
from warehouse.tables import ARTICLES, QUARANTINE, READINGS
from warehouse.tombstones import Tombstones
from warehouse.transactions import transaction


class NoEntryError(LookupError):
    """An id names no entry of the quarantine, or several."""


def list_quarantine(home: Home, *, resolved_too: bool = False) -> list[dict[str, Any]]:
    """Return what is set aside, oldest first, as dictionaries with the columns of the table.

    `resolved_too` adds what has been mended since. Empty where no run has taken place. Raises
    WarehouseBusyError while a run holds the warehouse.
    """
    if not home.build_database.exists():
        return []
    with build_connection(home, "listing the quarantine", timeout=5.0) as connection:
        return entries_in(connection, resolved_too=resolved_too)


def entries_in(
    connection: duckdb.DuckDBPyConnection, *, resolved_too: bool = False
) -> list[dict[str, Any]]:
    """Return what is set aside in an open warehouse, as `list_quarantine` does."""
    rows = connection.execute(
        f"select {', '.join(QUARANTINE.column_names)} from {QUARANTINE.qualified} "
        "where ? or resolved_on is null "
        "order by arrived_on, source, path, record nulls first, quarantine_id",
        [resolved_too],
    ).fetchall()
    return [dict(zip(QUARANTINE.column_names, row, strict=True)) for row in rows]


def entries_named(
    entries: Iterable[Mapping[str, Any]], ids: Sequence[str]
) -> list[Mapping[str, Any]]:
    """Return the entries that these ids, or their beginnings, name; each once.

    Raises NoEntryError where one names none or several.
    """
    known = {entry["quarantine_id"]: entry for entry in entries}
    found: dict[str, Mapping[str, Any]] = {}
    for name in ids:
        matches = [key for key in known if key.startswith(name.lower())] if name else []
        if name in known:
            matches = [name]
        if not matches:
            raise NoEntryError(f"there is no entry '{name}' (entente quarantine --all lists them)")
        if len(matches) > 1:
            raise NoEntryError(f"'{name}' may be {', '.join(sorted(matches))}: give more of it")
        found[matches[0]] = known[matches[0]]
    return list(found.values())


def entries_of_older_parsers(
    connection: duckdb.DuckDBPyConnection, parser_version: str
) -> list[dict[str, Any]]:
    """Return what is set aside by another version of the parser, and has its bytes."""
    return [
        entry
        for entry in entries_in(connection)
        if entry["parser_version"] != parser_version and entry["raw_hash"] is not None
    ]


def settle(
    connection: duckdb.DuckDBPyConnection,
    *,
    read: Sequence[str],
    mended: Sequence[str],
    replaced: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    on: date,
    parser_version: str,
) -> None:
    """Write down what came of reading entries again.

    `read` are all that were read; `mended` are resolved on the day `on`; `rows` is what was set
    aside in them this time. `replaced` were set aside too, and go where none of the rows has their
    id: the row that tells the new reason takes their place.
    """
    tombstones = Tombstones(connection)
    again = {row["quarantine_id"]: row for row in rows if not tombstones.keeps_out(row)}
    with transaction(connection):
        known = {
            quarantine_id
            for (quarantine_id,) in connection.execute(
                f"select quarantine_id from {QUARANTINE.qualified}"
            ).fetchall()
        }
        connection.execute(
            f"update {QUARANTINE.qualified} set resolved_on = ? "
            "where list_contains(?, quarantine_id)",
            [on, list(mended)],
        )
        connection.execute(
            f"update {QUARANTINE.qualified} set parser_version = ? "
            "where list_contains(?, quarantine_id)",
            [parser_version, list(read)],
        )
        connection.execute(
            f"delete from {QUARANTINE.qualified} where list_contains(?, quarantine_id)",
            [[key for key in replaced if key not in again]],
        )
        for key, row in again.items():
            if key in known:
                connection.execute(
                    f"update {QUARANTINE.qualified} set detail = ?, resolved_on = null "
                    "where quarantine_id = ?",
                    [row["detail"], key],
                )
        fresh = [
            {**row, "parser_version": parser_version}
            for key, row in again.items()
            if key not in known
        ]
        insert_rows(connection, QUARANTINE, fresh)


def list_unread(home: Home) -> list[dict[str, Any]]:
    """Return the articles that the gate left unread, oldest first: id, day, source, url, title.

    Empty where no run has taken place. Raises WarehouseBusyError while a run holds the warehouse.
    """
    if not home.build_database.exists():
        return []
    columns = ("article_id", "revision", "arrived_on", "source", "url", "title")
    with build_connection(home, "listing what was left unread", timeout=5.0) as connection:
        rows = connection.execute(
            f"select {', '.join(f'a.{column}' for column in columns)} "
            f"from {READINGS.qualified} as r "
            f"join {ARTICLES.qualified} as a using (article_id, revision) "
            "where r.turned_away order by a.arrived_on, a.article_id, a.revision"
        ).fetchall()
    return [dict(zip(columns, row, strict=True)) for row in rows]


def taken_by_source(home: Home) -> dict[str, dict[str, Any]]:
    """Return by source how many articles came in, the last day of arrival, what is set aside.

    Empty where no run has taken place. Raises WarehouseBusyError while a run holds the warehouse.
    """
    if not home.build_database.exists():
        return {}
    with build_connection(home, "listing the sources", timeout=5.0) as connection:
        rows = connection.execute(
            "with taken as (select source, count(distinct article_id) as articles, "
            f"max(arrived_on) as last_arrival from {ARTICLES.qualified} group by source), "
            f"aside as (select source, count(*) as set_aside from {QUARANTINE.qualified} "
            "where resolved_on is null group by source) "
            "select source, coalesce(articles, 0), last_arrival, coalesce(set_aside, 0) "
            "from taken full join aside using (source)"
        ).fetchall()
    return {
        source: {"articles": articles, "last_arrival": last, "set_aside": aside}
        for source, articles, last, aside in rows
    }
