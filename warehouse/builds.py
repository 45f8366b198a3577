"""What the last build and the last publication were made from, so that neither is made twice.

A fingerprint is taken of the rows that the models read. It is a sum of hashes of whole rows, so
that it tells whatever was changed, by whomever; only the texts themselves are not read for it,
which their own hash stands for.

What belongs here: the fingerprint of the tables, and the notes on builds. What does not: what a
build does with them (`assets.marts`, `warehouse.publishing`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

import duckdb

from warehouse.tables import ARTICLES, COPY_BANDS, QUARANTINE, TABLES, TOMBSTONES

SCHEMA = "builds"

BUILT, PUBLISHED = "built", "published"
"""Names of the notes: what the models were last built from, and what was last published."""

BLOCKED = "blocked:"
"""Begins the names of the notes on days that a check has stopped."""

_NOT_READ = (QUARANTINE, TOMBSTONES, COPY_BANDS)
"""Tables that no model reads."""

_HASHED_ALREADY = {ARTICLES: ("text",)}


def tables_fingerprint(connection: duckdb.DuckDBPyConnection) -> str:
    """Return a fingerprint of all rows that the models are built from.

    It holds for one version of DuckDB: another one may hash otherwise, and everything counts as
    changed then.
    """
    parts = [duckdb.__version__]
    for table in TABLES:
        if table in _NOT_READ:
            continue
        left_out = _HASHED_ALREADY.get(table, ())
        columns = ", ".join(f'"{name}"' for name in table.column_names if name not in left_out)
        count, total = connection.execute(
            f"select count(*), sum(hash({columns})::hugeint) from {table.qualified}"
        ).fetchall()[0]
        parts.append(f"{table.qualified} {columns} {count} {total}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def noted(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """Return the note of a name (`built`, `published`); None where there is none."""
    _create(connection)
    rows = connection.execute(f"select note from {SCHEMA}.notes where name = ?", [name]).fetchall()
    return str(rows[0][0]) if rows else None


def note(connection: duckdb.DuckDBPyConnection, name: str, text: str | None) -> None:
    """Write a note, in the place of an earlier one of that name; None removes it."""
    _create(connection)
    connection.execute(f"delete from {SCHEMA}.notes where name = ?", [name])
    if text is not None:
        connection.execute(f"insert into {SCHEMA}.notes values (?, ?)", [name, text])


def blocked_days(connection: duckdb.DuckDBPyConnection, check: str) -> set[date]:
    """Return the days that a check has stopped and that are not found well since."""
    kept = noted(connection, f"{BLOCKED}{check}")
    return {date.fromisoformat(day) for day in kept.split()} if kept else set()


def keep_blocked_days(
    connection: duckdb.DuckDBPyConnection, check: str, days: Iterable[date]
) -> None:
    """Keep the days that a check stops: runs that follow look at them again, and stop too."""
    kept = " ".join(day.isoformat() for day in sorted(days))
    note(connection, f"{BLOCKED}{check}", kept or None)


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"create schema if not exists {SCHEMA}")
    connection.execute(f"create table if not exists {SCHEMA}.notes (name varchar, note varchar)")
