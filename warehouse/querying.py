"""Reading the published marts: read-only, without access to anything else.

What belongs here: opening the published file and running a statement on it. What does not: how a
result is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.home import Home

EXAMPLES_FOLDER = Path(__file__).resolve().parent / "queries"


class NotPublishedError(RuntimeError):
    """Nothing is published yet."""


class QueryError(ValueError):
    """The statement cannot be run; the message is the database's own."""


@contextmanager
def published_marts(
    home: Home, writable_file: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published marts, with schema `marts` as the default one.

    Statements can read the marts and nothing else: no files, no network, no settings; but for
    `writable_file`, where a result may be copied to. Raises NotPublishedError.
    """
    if not home.published_database.exists():
        raise NotPublishedError(
            f"Nothing is published in {home.published} yet: start with `entente run`."
        )
    connection = duckdb.connect(str(home.published_database), read_only=True)
    try:
        connection.execute("set timezone = 'UTC'")
        connection.execute("use entente.marts")
        if writable_file is not None:
            path = str(writable_file).replace("'", "''")
            connection.execute(f"set allowed_paths = ['{path}']")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection
    finally:
        connection.close()


def run_query(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyRelation:
    """Run a statement and return its result. Raises QueryError with the database's words."""
    try:
        relation = connection.sql(sql)
    except duckdb.Error as error:
        raise QueryError(str(error)) from error
    if relation is None:
        raise QueryError("The statement gives no rows: ask with select, from, describe or show.")
    return relation


def examples() -> dict[str, str]:
    """The example queries by name; the first line of each is a comment that says what it asks."""
    return {
        file.stem: file.read_text(encoding="utf-8")
        for file in sorted(EXAMPLES_FOLDER.glob("*.sql"))
    }
