"""Opening the build database: one writer at a time, however runs are started.

DuckDB locks the whole file for one process. A file lock of our own stands before it, so that a
second run learns who holds the warehouse and can wait, instead of failing somewhere in the middle.

What belongs here: the lock, opening and closing. What does not: any statement about the data.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from warehouse.home import Home, HomeError
from warehouse.migrations import Migration, upgrade

LOCK_TIMEOUT_SECONDS = 1800.0
OPEN_ATTEMPTS = 240  # a minute: the dbt of a killed run may take that long to end
OPEN_PAUSE_SECONDS = 0.25


class WarehouseBusyError(RuntimeError):
    """Another process holds the warehouse; the message says which and since when."""


def _holder(path: Path) -> str:
    """Who wrote down that it holds the lock, in words."""
    try:
        note = json.loads(path.with_suffix(".holder").read_text(encoding="utf-8"))
        return f"process {note['pid']} ({note['what']}, since {note['since']})"
    except (OSError, ValueError, KeyError):
        return "another process"


def holder_of(path: Path) -> str | None:
    """Return who holds a lock, in words; None where it is free. Nothing is written or waited for.

    The operating system is asked, not the note: the note of a killed process stays.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _holder(path)
    finally:
        os.close(descriptor)
    return None


def settle(home: Home) -> dict[str, int]:
    """Bring what the log of the build database holds into its file; return rows by table.

    The folder is not upgraded and nothing else is changed: to be called before the file is copied,
    by whoever holds the right to write. Raises WarehouseBusyError where another program has the
    file open, HomeError where it is no database that this program can open.
    """
    try:
        connection = _open(home)
    except duckdb.Error as error:
        raise HomeError(f"{home.build_database} cannot be opened: {error}") from error
    try:
        connection.execute("checkpoint")
        return rows_by_table(connection)
    finally:
        connection.close()


def rows_by_table(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the number of rows of every table of a database, by `schema.table`."""
    found = connection.execute(
        "select schema_name, table_name from duckdb_tables() where not temporary order by all"
    ).fetchall()
    return {
        f"{schema}.{table}": connection.execute(
            f'select count(*) from "{schema}"."{table}"'
        ).fetchall()[0][0]
        for schema, table in found
    }


def writing(
    home: Home,
    what: str,
    timeout: float = LOCK_TIMEOUT_SECONDS,
    on_wait: Callable[[str], None] | None = None,
) -> AbstractContextManager[None]:
    """Hold the right to write to the warehouse, for one step; see `holding`."""
    return holding(home, home.lock, what, timeout, on_wait)


@contextmanager
def holding(
    home: Home,
    path: Path,
    what: str,
    timeout: float = LOCK_TIMEOUT_SECONDS,
    on_wait: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Hold a lock of a data folder; a process may take it again while it holds it.

    `what` is what the holder does, for others to read. `on_wait` is told once who holds it, where
    one has to wait. Raises WarehouseBusyError after `timeout` seconds. The lock belongs to the
    operating system: it is free again when a process is killed.
    """
    home.create()
    lock = FileLock(path, is_singleton=True, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if on_wait is not None:
            on_wait(_holder(path))
        try:
            lock.acquire(timeout=timeout)
        except Timeout:
            raise WarehouseBusyError(
                f"The warehouse {home.root} is in use by {_holder(path)}; "
                "wait until that run has ended, or stop it, and run again."
            ) from None
    try:
        if lock.lock_counter == 1:
            note = {
                "pid": os.getpid(),
                "what": what,
                "since": datetime.now(UTC).isoformat(timespec="seconds"),
            }
            path.with_suffix(".holder").write_text(json.dumps(note), encoding="utf-8")
        yield
    finally:
        if lock.lock_counter == 1:
            path.with_suffix(".holder").unlink(missing_ok=True)
        lock.release()


@contextmanager
def build_connection(
    home: Home,
    what: str,
    timeout: float = LOCK_TIMEOUT_SECONDS,
    on_wait: Callable[[str], None] | None = None,
    on_upgrade: Callable[[Migration], None] | None = None,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the build database for writing, with all tables in place; close it whatever happens.

    A folder of an earlier version is upgraded first; `on_upgrade` is told each step. Waits for
    other writers as `writing` does. Times are UTC. Raises WarehouseBusyError where another
    program has the file open.
    """
    with writing(home, what, timeout, on_wait):
        connection = _open(home)
        try:
            connection.execute("set timezone = 'UTC'")
            for migration in upgrade(home, connection):
                if on_upgrade is not None:
                    on_upgrade(migration)
            yield connection
        finally:
            connection.close()


def _open(home: Home) -> duckdb.DuckDBPyConnection:
    for attempt in range(1, OPEN_ATTEMPTS + 1):
        try:
            return duckdb.connect(str(home.build_database))
        except duckdb.IOException as error:
            if "lock" not in str(error).lower():
                raise
            if attempt == OPEN_ATTEMPTS:
                raise WarehouseBusyError(
                    f"{home.build_database} is open in another program: close it there and run "
                    "again (read the published marts instead: `entente sql`)."
                ) from error
            time.sleep(OPEN_PAUSE_SECONDS)
    raise AssertionError("unreachable")
