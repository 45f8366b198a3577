"""From which columns each column of a model is made, read from the SQL that dbt has compiled.

Each model is parsed once and kept beside dbt's manifest until its SQL or the columns of a table
change. A column that is made of none (a constant, a count of rows) has none.

What belongs here: columns of dbt's models. What does not: tables that Python writes
(`assets.metadata`), and when this is shown (`assets.marts`).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import dagster as dg

from warehouse.home import Home

DIALECT = "duckdb"

KEPT = Path(__file__).resolve().parent.parent / "dbt_project" / "target" / "column_lineage.json"
"""What was found, by a digest of the SQL: the same for all data folders of a checkout."""

MOST_KEPT = 300
"""Some models have different SQL on the first build and on later ones."""

Columns = dict[str, list[tuple[str, str, str]]]
"""For each column of a model, the columns before it: schema, table, column."""


def column_lineage(home: Home) -> dict[tuple[str, str], dg.TableColumnLineage]:
    """Return the lineage of all models that dbt compiled last, by schema and name.

    A model whose SQL cannot be followed is left out: what it shows is not worth a failed run.
    """
    manifest_path = home.dbt_target / "manifest.json"
    if not manifest_path.exists():
        return {}
    manifest: dict[str, Any] = json.loads(manifest_path.read_text(encoding="utf-8"))
    tables = _tables(manifest)
    names = json.dumps(tables, sort_keys=True)
    kept = _kept()
    before = set(kept)
    found: dict[tuple[str, str], Columns] = {}
    for model in _models(manifest):
        sql = _compiled(home.dbt_target, model)
        if sql is None:
            continue
        digest = hashlib.sha256(f"{names}\0{sql}".encode()).hexdigest()
        columns = kept.pop(digest, None)
        if columns is None:
            columns = _followed(sql, tables)
        kept[digest] = columns  # behind those that were not asked for
        found[model["schema"], model["alias"]] = columns
    if set(kept) != before:
        _keep(kept)
    return {table: _as_dagster(table, columns) for table, columns in found.items() if columns}


def in_words(lineage: dg.TableColumnLineage) -> dg.MarkdownMetadataValue:
    """Return a lineage as a table for people: the open-source UI draws none of columns."""
    rows = []
    for column, deps in lineage.deps_by_column.items():
        before = [f"`{'/'.join(dep.asset_key.path)}.{dep.column_name}`" for dep in deps]
        rows.append(f"| `{column}` | {', '.join(before) or '-'} |")
    return dg.MetadataValue.md("\n".join(["| column | made of |", "|---|---|", *rows]))


def _kept() -> dict[str, Columns]:
    try:
        kept: dict[str, Columns] = json.loads(KEPT.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept


def _keep(kept: dict[str, Columns]) -> None:
    partial = KEPT.with_suffix(f".{os.getpid()}.part")
    newest = dict(list(kept.items())[-MOST_KEPT:])
    with suppress(OSError):  # a checkout that cannot be written to: it is found anew next time
        KEPT.parent.mkdir(exist_ok=True)
        partial.write_text(json.dumps(newest), encoding="utf-8")
        partial.replace(KEPT)


def _models(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (node for node in manifest["nodes"].values() if node["resource_type"] == "model")


def _tables(manifest: dict[str, Any]) -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    """The columns of all tables as sqlglot takes them, by database, schema and name."""
    tables: dict[str, dict[str, dict[str, dict[str, str]]]] = {}
    for node in (*_models(manifest), *manifest["sources"].values()):
        name = node.get("alias") or node["identifier"]
        columns = dict.fromkeys(node["columns"], "unknown")
        tables.setdefault(node["database"], {}).setdefault(node["schema"], {})[name] = columns
    return tables


def _compiled(target: Path, model: dict[str, Any]) -> str | None:
    """The SQL of a model; that of one of its parts where dbt has built it in parts."""
    file = target / "compiled" / model["package_name"] / model["original_file_path"]
    parts = sorted(file.with_suffix("").glob("*.sql"))
    for candidate in (file, *parts[-1:]):
        if candidate.is_file():
            return str(candidate.read_text(encoding="utf-8"))
    return None


def _followed(sql: str, tables: dict[str, Any]) -> Columns:
    # only needed when a model has changed
    from sqlglot import MappingSchema, exp, parse_one  # noqa: PLC0415
    from sqlglot.errors import SqlglotError  # noqa: PLC0415
    from sqlglot.lineage import lineage  # noqa: PLC0415
    from sqlglot.optimizer.qualify import qualify  # noqa: PLC0415
    from sqlglot.optimizer.scope import build_scope  # noqa: PLC0415

    schema = MappingSchema(tables, dialect=DIALECT)
    columns: Columns = {}
    try:
        query = qualify(
            parse_one(sql, dialect=DIALECT),
            schema=schema,
            dialect=DIALECT,
            validate_qualify_columns=False,
            identify=False,
        )
        scope = build_scope(query)
        for column in query.named_selects:  # type: ignore[attr-defined]
            node = lineage(column, query, schema=schema, dialect=DIALECT, scope=scope)
            columns[column] = sorted(
                {
                    (leaf.expression.db, leaf.expression.name, leaf.name.rpartition(".")[2])
                    for leaf in node.walk()
                    if not leaf.downstream and isinstance(leaf.expression, exp.Table)
                }
            )
    except (SqlglotError, ValueError, KeyError, RecursionError):
        return {}
    return columns


def _as_dagster(table: tuple[str, str], columns: Columns) -> dg.TableColumnLineage:
    return dg.TableColumnLineage(
        deps_by_column={
            column: [
                dg.TableColumnDep(dg.AssetKey([schema, name]), before)
                for schema, name, before in sources
                if (schema, name) != table  # a model that looks at what it already holds
            ]
            for column, sources in columns.items()
        }
    )
