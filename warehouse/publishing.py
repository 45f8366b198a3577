"""Publishing the marts: one DuckDB file, swapped in whole, and a Parquet file a mart.

Readers keep the file that they opened and see the next one when they open it again; a run that is
killed leaves what was published before. Each file is whole at any time; the Parquet files are
swapped first, one by one, so that a kill in that moment can leave some of them newer than the
DuckDB file, until the next run. The file is written in a storage version that older clients open.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from warehouse.home import Home

SCHEMA = "marts"
STORAGE_VERSION = "v1.5.0"
"""Of DuckDB: clients from 1.5 on open the file; for older ones there are the Parquet files."""

KEY_COLUMNS = 5
"""By how many of its first columns a mart is sorted: the same rows give the same file."""


class NothingToPublishError(RuntimeError):
    """The build database has no marts."""


def publish(connection: duckdb.DuckDBPyConnection, home: Home) -> dict[str, int]:
    """Copy all marts of the build database to the published folder. Returns rows by mart.

    Descriptions of tables and columns go with them. Raises NothingToPublishError.
    """
    marts = [
        name
        for (name,) in connection.execute(
            "select table_name from information_schema.tables "
            "where table_schema = ? and table_catalog = current_database() order by 1",
            [SCHEMA],
        ).fetchall()
    ]
    if not marts:
        raise NothingToPublishError("there are no marts to publish: did dbt run?")
    home.published.mkdir(parents=True, exist_ok=True)
    for leftover in home.published.glob("*.part*"):
        leftover.unlink()  # of a run that was killed
    partial = home.published_database.with_suffix(".part.duckdb")
    counts: dict[str, int] = {}
    connection.execute(
        f"attach {_literal(str(partial))} as publication (storage_version '{STORAGE_VERSION}')"
    )
    try:
        connection.execute(f"create schema publication.{SCHEMA}")
        for mart in marts:
            connection.execute(
                f'create table publication.{SCHEMA}."{mart}" as {_sorted(connection, mart)}'
            )
            # from the copy, whose rows are sorted already
            connection.execute(
                f'copy publication.{SCHEMA}."{mart}" to {_literal(str(_part(home, mart)))} '
                "(format parquet, compression zstd)"
            )
            counts[mart] = connection.execute(
                f'select count(*) from publication.{SCHEMA}."{mart}"'
            ).fetchall()[0][0]
        _copy_comments(connection)
    finally:
        connection.execute("detach publication")
    for mart in marts:
        _swap(_part(home, mart), home.published / f"{mart}.parquet")
    _swap(partial, home.published_database)
    for stale in home.published.glob("*.parquet"):
        if stale.stem not in counts:
            stale.unlink()
    return counts


def _sorted(connection: duckdb.DuckDBPyConnection, mart: str) -> str:
    """Return the query of all rows of a mart, in the order of its key."""
    (count,) = connection.execute(
        "select count(*) from duckdb_columns() where schema_name = ? and table_name = ? "
        "and database_name = current_database()",
        [SCHEMA, mart],
    ).fetchall()[0]
    order = ", ".join(str(number) for number in range(1, min(KEY_COLUMNS, count) + 1))
    return f'select * from {SCHEMA}."{mart}" order by {order}'


def _part(home: Home, mart: str) -> Path:
    return home.published / f"{mart}.part.parquet"


def _copy_comments(connection: duckdb.DuckDBPyConnection) -> None:
    for table, comment in connection.execute(
        "select table_name, comment from duckdb_tables() "
        "where schema_name = ? and database_name = current_database() and comment is not null",
        [SCHEMA],
    ).fetchall():
        connection.execute(
            f'comment on table publication.{SCHEMA}."{table}" is {_literal(comment)}'
        )
    for table, column, comment in connection.execute(
        "select table_name, column_name, comment from duckdb_columns() "
        "where schema_name = ? and database_name = current_database() and comment is not null",
        [SCHEMA],
    ).fetchall():
        connection.execute(
            f'comment on column publication.{SCHEMA}."{table}"."{column}" is {_literal(comment)}'
        )


def _swap(partial: Path, final: Path) -> None:
    """Put a finished file in the place of an older one, so that no reader sees half of it."""
    with partial.open("rb+") as stream:
        os.fsync(stream.fileno())
    partial.replace(final)
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
