"""The declared tables hold what the records of facts hold."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args, get_type_hints

import duckdb
import pytest

from pipelines.records import ArticleFacts
from warehouse.tables import FACT_TABLES, TABLES

CARRIED = {"article_id", "revision", "arrived_on", "evidence_start", "evidence_end"}


@pytest.mark.parametrize("name", [field.name for field in fields(ArticleFacts)][1:])
def test_every_field_of_a_fact_has_its_column(name: str) -> None:
    record = get_args(get_type_hints(ArticleFacts)[name])[0]
    expected = {field.name for field in fields(record)} - {"evidence"} | CARRIED
    assert set(FACT_TABLES[name].column_names) == expected


def test_all_tables_can_be_created_and_are_described() -> None:
    connection = duckdb.connect()
    for schema in {table.schema for table in TABLES}:
        connection.execute(f"create schema {schema}")
    for table in TABLES:
        connection.execute(table.ddl())
        assert table.description
        assert all(column.description for column in table.columns), table.qualified
        assert set(table.key) <= set(table.column_names)
    count = connection.execute("select count(*) from information_schema.tables").fetchall()
    assert count == [(len(TABLES),)]
