"""What every asset of this project shows: owner, kinds, group, column schema.

What belongs here: turning declarations into Dagster metadata. What does not: the declarations
(`warehouse.tables`, dbt's yml files).
"""

from __future__ import annotations

from collections.abc import Iterable

import dagster as dg

from warehouse.tables import ARTICLES, Table

POOL = "warehouse"
"""The pool, of limit 1, of all steps that write to the warehouse."""

OWNERS = ("team:entente",)


def table_spec(
    table: Table, *, group: str, deps: Iterable[dg.AssetKey | dg.AssetSpec] = ()
) -> dg.AssetSpec:
    """Return the asset of a table that Python writes, under the key `schema/name`."""
    columns = [
        dg.TableColumn(
            column.name,
            column.type,
            description=column.description,
            constraints=dg.TableColumnConstraints(nullable=column.name not in table.key),
        )
        for column in table.columns
    ]
    return dg.AssetSpec(
        dg.AssetKey([table.schema, table.name]),
        deps=list(deps),
        description=table.description,
        group_name=group,
        owners=list(OWNERS),
        kinds={"python", "duckdb"},
        metadata={
            "dagster/column_schema": dg.TableSchema(columns=columns),
            "dagster/table_name": table.qualified,
        },
    )


_KNOWN_BEFORE = ("article_id", "revision", "arrived_on", "content_hash")
_RESOLVED_AGAINST = {"date": "published_local_date", "date_end": "published_local_date"}
_OF_THE_RULES = ("rule", "confidence", "extractor_version", "error", "turned_away")


def read_from_articles(table: Table) -> dg.TableColumnLineage:
    """Return from which columns of the articles a table's columns are read."""
    articles = dg.AssetKey([ARTICLES.schema, ARTICLES.name])

    def before(column: str) -> list[str]:
        if column in _KNOWN_BEFORE:
            return [column]
        if column in _OF_THE_RULES:
            return []
        also = [_RESOLVED_AGAINST[column]] if column in _RESOLVED_AGAINST else []
        return ["text", *also]

    return dg.TableColumnLineage(
        deps_by_column={
            column: [dg.TableColumnDep(articles, name) for name in before(column)]
            for column in table.column_names
        }
    )
