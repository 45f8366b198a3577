"""dbt's sources list the tables that Python writes, column by column and type by type."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from warehouse.tables import TABLES

SOURCES = Path(__file__).parents[2] / "dbt_project" / "models" / "staging" / "_sources.yml"


def _declared() -> dict[str, dict[str, Any]]:
    sources = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))["sources"]
    return {f"{s['name']}.{table['name']}": table for s in sources for table in s["tables"]}


DECLARED = _declared()
WRITTEN = {table.qualified: table for table in TABLES}


def test_sources_are_declared() -> None:
    assert {"raw.articles", "facts.meetings", "reference.countries"} <= DECLARED.keys()


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_source_is_a_table_that_python_writes(name: str) -> None:
    assert name in WRITTEN


@pytest.mark.parametrize("name", sorted(DECLARED.keys() & WRITTEN.keys()))
def test_source_has_the_columns_and_types_of_its_table(name: str) -> None:
    declared = [(column["name"], column["data_type"]) for column in DECLARED[name]["columns"]]
    assert declared == [(column.name, column.type) for column in WRITTEN[name].columns]


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_source_and_its_columns_are_described(name: str) -> None:
    table = DECLARED[name]
    assert table["description"]
    assert [column["name"] for column in table["columns"] if not column.get("description")] == []
