"""How the data folder of an earlier version becomes one of this version.

Each migration has a number: the version that a folder has when it is done. It runs once, in one
transaction, while the warehouse is held for writing; the folder's `version` file is written after
each. A kill in between leaves the folder at the last version that was finished, and the next start
goes on from there: a migration must therefore bear being run again on what it has already done.

What cannot be rebuilt is never dropped here: raw bytes, articles, ids, corrections. What can be
(facts, dbt's models) is left to the next run, which reads and builds it anew where it is stale.

What belongs here: what a version changed in tables that exist already. What does not: new tables,
which come by themselves from their declaration (`warehouse.tables`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb

from warehouse.home import DATA_VERSION, Home
from warehouse.tables import SOURCES, TABLES
from warehouse.transactions import transaction


@dataclass(frozen=True, slots=True)
class Migration:
    """A step to version `number`: what changes, in words, and how."""

    number: int
    description: str
    migrate: Callable[[duckdb.DuckDBPyConnection], None]


def _names_of_countries(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("alter table reference.countries add column if not exists words varchar[]")


def _turned_away(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("alter table facts.readings add column if not exists turned_away boolean")


def _parsers_and_terms(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("alter table raw.quarantine add column if not exists parser_version varchar")
    # a folder of the first version has no such table yet: it comes from its declaration
    connection.execute(SOURCES.ddl())
    for column in ("terms", "licence"):
        connection.execute(
            f"alter table reference.sources add column if not exists {column} varchar"
        )


def _how_pages_tell(connection: duckdb.DuckDBPyConnection) -> None:
    for column in ("author", "published_precision", "published_from"):
        connection.execute(f"alter table raw.articles add column if not exists {column} varchar")


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        2,
        "The table of countries knows the words by which the names of joint bodies tell the two "
        "countries, so that one body under two names is one.",
        _names_of_countries,
    ),
    Migration(
        3,
        "The table of readings knows which articles the gate turned away.",
        _turned_away,
    ),
    Migration(
        4,
        "What is set aside knows the version of the parser that did it, so that a mended parser "
        "reads it again; sources know their terms and licence.",
        _parsers_and_terms,
    ),
    Migration(
        5,
        "The table of articles knows the author, how exact the time of publication is, and where "
        "it was told.",
        _how_pages_tell,
    ),
)
"""All migrations in order; the last one's number is DATA_VERSION."""


def upgrade(
    home: Home,
    connection: duckdb.DuckDBPyConnection,
    migrations: Sequence[Migration] = MIGRATIONS,
) -> tuple[Migration, ...]:
    """Bring an open build database up to this program's version, and create what is missing.

    Returns the migrations that were run: none on a folder that is new or up to date. The caller
    holds the right to write. Raises HomeError on a folder that is newer than this program.
    """
    home.refuse_newer()
    version = home.version() if _has_tables(connection) else None
    run = []
    if version is not None:
        for migration in migrations:
            if migration.number > version:
                with transaction(connection):
                    migration.migrate(connection)
                home.write_version(migration.number)
                run.append(migration)
    _create_tables(connection)
    if version is None:
        home.write_version(DATA_VERSION)
    return tuple(run)


def _has_tables(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the database was filled before: opening a file that is not there makes one."""
    return bool(connection.execute("select 1 from duckdb_tables() limit 1").fetchall())


def _create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    for schema in sorted({table.schema for table in TABLES}):
        connection.execute(f"create schema if not exists {schema}")
    for table in TABLES:
        connection.execute(table.ddl())
