"""Reading what was set aside, and what the gate left unread."""

from __future__ import annotations

from typing import Any

from warehouse.connection import build_connection
from warehouse.home import Home
from warehouse.tables import ARTICLES, QUARANTINE, READINGS


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
