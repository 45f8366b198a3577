"""Reading what was set aside."""

from __future__ import annotations

from typing import Any

from warehouse.connection import build_connection
from warehouse.home import Home
from warehouse.tables import QUARANTINE


def list_quarantine(home: Home, *, resolved_too: bool = False) -> list[dict[str, Any]]:
    """Return what is set aside, oldest first, as dictionaries with the columns of the table.

    `resolved_too` adds what has been mended since. Empty where no run has taken place. Raises
    WarehouseBusyError while a run holds the warehouse.
    """
    if not home.build_database.exists():
        return []
    with build_connection(home, "listing the quarantine", timeout=5.0) as connection:
        rows = connection.execute(
            f"select * from {QUARANTINE.qualified} where ? or resolved_on is null "
            "order by arrived_on, source, path, record nulls first, quarantine_id",
            [resolved_too],
        ).fetchall()
    return [dict(zip(QUARANTINE.column_names, row, strict=True)) for row in rows]
