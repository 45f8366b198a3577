"""`entente sql`: SQL over the published marts."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from warehouse.home import Home

if TYPE_CHECKING:
    import duckdb

FORMATS = ("table", "csv", "json", "parquet")
TERMINAL_ROWS = 60


@click.command(
    name="sql",
    short_help="SQL over the published marts, read-only.",
    epilog="""\b
Examples:
  entente sql "select * from commissions where pair_id = 'CUB-IRN'"
  entente sql --example last_commission_sessions
  entente sql --format csv "from meetings" > meetings.csv
  entente sql            (lists the marts and the examples)""",
)
@click.argument("statement", required=False)
@click.option("--example", metavar="NAME", help="Run one of the example queries.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", help="Form of the result."
)
def command(statement: str | None, example: str | None, form: str) -> None:
    """Run a SQL STATEMENT over the published marts.

    Nothing can be written, and a run that goes on meanwhile is not disturbed. `-` reads the
    statement from standard input; without one, the marts and the examples are listed.
    """
    from warehouse.querying import (  # noqa: PLC0415
        NotPublishedError,
        QueryError,
        examples,
        published_marts,
        run_query,
    )

    if statement is not None and example is not None:
        raise click.UsageError("Give a statement or --example, not both.")
    known = examples()
    if example is not None and example not in known:
        raise click.BadParameter(
            f"no example '{example}'; there are: {', '.join(known)}.", param_hint="--example"
        )
    if statement == "-":
        statement = sys.stdin.read()
    sql = known[example] if example is not None else statement
    if form == "parquet" and sys.stdout.isatty():
        raise click.UsageError("Parquet is binary: send it to a file with > marts.parquet")
    file: Path | None = None
    with tempfile.TemporaryDirectory(prefix="entente-") as folder:
        if form in ("csv", "parquet"):
            file = Path(folder) / f"result.{form}"
        try:
            with published_marts(Home.from_environment(), file) as connection:
                if sql is None or not sql.strip():
                    _list(connection, known)
                    return
                _write(run_query(connection, sql), form, file)
        except NotPublishedError as error:
            raise click.ClickException(str(error)) from error
        except QueryError as error:
            raise click.UsageError(str(error)) from error


def _write(relation: duckdb.DuckDBPyRelation, form: str, file: Path | None) -> None:
    import duckdb  # noqa: PLC0415

    from warehouse.querying import QueryError  # noqa: PLC0415

    try:
        if form == "table":
            terminal = sys.stdout.isatty()
            width = shutil.get_terminal_size().columns if terminal else 100_000
            relation.show(max_rows=TERMINAL_ROWS if terminal else 1_000_000, max_width=width)
        elif form == "json":
            names = relation.columns
            rows = [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
            click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=_plain))
        elif file is not None:
            if form == "csv":
                relation.write_csv(str(file))
            else:
                relation.write_parquet(str(file))
            with file.open("rb") as stream:
                shutil.copyfileobj(stream, sys.stdout.buffer)
            sys.stdout.buffer.flush()
    except duckdb.Error as error:  # found only when the rows are made
        raise QueryError(str(error)) from error


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return str(value)


def _list(connection: duckdb.DuckDBPyConnection, examples: dict[str, str]) -> None:
    marts = connection.execute(
        "select table_name, estimated_size, comment from duckdb_tables() "
        "where schema_name = 'marts' order by 1"
    ).fetchall()
    width = max(len(name) for name, *_ in marts)
    click.echo("Marts:")
    for name, rows, comment in marts:
        grain = re.split(r"[:;.(]", comment or "", maxsplit=1)[0].strip()
        click.echo(f"  {name:<{width}}  {rows:>8,} rows   {grain.removeprefix('One row ')}")
    click.echo("\nExamples (entente sql --example NAME):")
    for name, text in examples.items():
        click.echo(f"  {name:<{width}}  {text.partition(chr(10))[0].lstrip('- ')}")
