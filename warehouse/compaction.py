"""Writing the build database anew, so that nothing that was deleted is left in its file.

DuckDB marks the blocks of deleted rows as free and leaves what stood in them: measured, the text
of a deleted row is still in the file after CHECKPOINT and VACUUM. A copy holds only what is there.
"""

from __future__ import annotations

from datetime import date

import duckdb

from warehouse.connection import build_connection, writing
from warehouse.home import Home
from warehouse.swapping import swap
from warehouse.tables import TOMBSTONES
from warehouse.tombstones import purge_is_due


def purge_if_due(home: Home, on: date, timeout: float = 1800.0) -> bool:
    """Write the build database anew where it may still hold what was forgotten.

    To be called when the marts have been built and published without it. Returns whether that was
    done. The caller has no connection open. Raises WarehouseBusyError.
    """
    with writing(home, "overwriting what was forgotten", timeout):
        with build_connection(home, "overwriting what was forgotten") as connection:
            if not purge_is_due(connection):
                return False
        compact(home)
        with build_connection(home, "overwriting what was forgotten") as connection:
            connection.execute(
                f"update {TOMBSTONES.qualified} set purged_on = ? where purged_on is null", [on]
            )
        return True


def compact(home: Home) -> None:
    """Copy the build database into a new file and put that in its place.

    The caller holds the right to write, and no connection. A kill leaves the old file or the new.
    """
    partial = home.build_database.with_suffix(".part.duckdb")
    log = partial.with_name(f"{partial.name}.wal")
    for leftover in (partial, log):
        leftover.unlink(missing_ok=True)
    with duckdb.connect(str(home.build_database)) as connection:
        (name,) = connection.execute("select current_database()").fetchall()[0]
        path = str(partial).replace("'", "''")
        connection.execute(f"attach '{path}' as compacted")
        connection.execute(f'copy from database "{name}" to compacted')
        connection.execute("checkpoint compacted")
        connection.execute("detach compacted")
        connection.execute("checkpoint")
    swap(partial, home.build_database)
    home.build_database.with_name(f"{home.build_database.name}.wal").unlink(missing_ok=True)
