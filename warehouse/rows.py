"""Rows of Python on their way into a table.

Rows travel as JSON Lines through a temporary file, which DuckDB reads with the declared column
types: nested values included, and many times faster than row-wise inserts.

What belongs here: appending rows to a declared table. What does not: which rows (`warehouse.loads`,
`warehouse.copies`).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from warehouse.tables import Table


def insert_rows(
    connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Append rows, given as dictionaries with the table's columns; missing ones become null."""
    if not rows:
        return
    columns = "{" + ", ".join(f"'{c.name}': '{_quoted(c.type)}'" for c in table.columns) + "}"
    names = ", ".join(f'"{name}"' for name in table.column_names)
    with tempfile.TemporaryDirectory(prefix="entente-") as folder:
        path = Path(folder) / "rows.jsonl"
        with path.open("w", encoding="utf-8") as stream:
            for row in rows:
                stream.write(json.dumps(row, ensure_ascii=False, default=str))
                stream.write("\n")
        connection.execute(
            f"insert into {table.qualified} ({names}) select {names} from read_json(?, "
            f"format = 'newline_delimited', columns = {columns}, "
            "maximum_object_size = 134217728)",
            [str(path)],
        )


def _quoted(sql_type: str) -> str:
    return sql_type.replace("'", "''")
