"""Publishing the marts: one DuckDB file, swapped in whole, and a Parquet file a mart.

Readers keep the file that they opened and see the next one when they open it again; a run that is
killed leaves what was published before. Each file is whole at any time; the Parquet files are
swapped first, one by one, so that a kill in that moment can leave some of them newer than the
DuckDB file, until the next run. The file is written in a storage version that older clients open.

Only what changed is written: a mart whose rows are those published before keeps its Parquet file,
and the next DuckDB file begins as a copy of the last one, in which the changed rows are replaced.
What stands in the files is known by a note in the build database (`warehouse.builds`), which holds
for files of that size and time alone: whatever else wrote to them, everything is written anew.

What belongs here: how the published files are written. What does not: what the marts hold.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from warehouse.builds import PUBLISHED, note, noted
from warehouse.home import Home
from warehouse.swapping import swap
from warehouse.tombstones import purge_is_due

SCHEMA = "marts"
STORAGE_VERSION = "v1.5.0"
"""Of DuckDB: clients from 1.5 on open the file; for older ones there are the Parquet files."""

FORMAT = 1
"""Of what is published; raised when this module writes files otherwise, so that all are written."""

KEY_COLUMNS = 5
"""By how many of its first columns a mart is sorted that is written whole."""

ARTICLE = "article_id"
"""The column by which rows are replaced, in marts that have it; in others each by itself."""

WHOLE_ROWS = 50_000
"""Up to how many rows a changed mart is written whole."""


class NothingToPublishError(RuntimeError):
    """The build database has no marts."""


@dataclass(frozen=True, slots=True)
class Mart:
    """What a mart holds: hashes of its columns with descriptions and of its rows; their number."""

    shape: str
    content: str
    rows: int


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published: its marts, its files (size and time of each), what it was built from."""

    build: str | None
    marts: dict[str, Mart]
    files: dict[str, tuple[int, int]]
    written: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> dict[str, int]:
        """The number of rows by mart."""
        return {name: mart.rows for name, mart in self.marts.items()}


def published_before(connection: duckdb.DuckDBPyConnection, home: Home) -> Publication | None:
    """Return what was published last; None where there is none, or files were touched since."""
    text = noted(connection, PUBLISHED)
    told = json.loads(text) if text else {}
    if told.get("format") != f"{FORMAT} {duckdb.__version__} {STORAGE_VERSION}":
        return None
    files = {name: (size, time) for name, (size, time) in told["files"].items()}
    marts = {name: Mart(**mart) for name, mart in told["marts"].items()}
    if files != _files(home, marts):
        return None
    return Publication(told["build"], marts, files)


def up_to_date(
    connection: duckdb.DuckDBPyConnection, home: Home, build: str | None
) -> Publication | None:
    """Return what is published, where it was made from this build; None where it is to be made."""
    before = published_before(connection, home)
    return before if before is not None and build is not None and before.build == build else None


def publish(
    connection: duckdb.DuckDBPyConnection, home: Home, *, build: str | None = None
) -> Publication:
    """Bring the published folder up to the marts of the build database, and return what it holds.

    `build` is noted with it: what the marts were built from, where that is known. Descriptions of
    tables and columns go with the marts. Raises NothingToPublishError.
    """
    marts = _marts(connection)
    if not marts:
        raise NothingToPublishError("there are no marts to publish: did dbt run?")
    home.published.mkdir(parents=True, exist_ok=True)
    for leftover in home.published.glob("*.part*"):
        leftover.unlink()  # of a run that was killed
    # freed blocks of a file that was published before may hold what was forgotten since
    before = None if purge_is_due(connection) else published_before(connection, home)
    known = before.marts if before else {}
    changed = tuple(name for name, mart in marts.items() if known.get(name) != mart)
    note(connection, PUBLISHED, None)  # until all files are in place
    if changed or known.keys() != marts.keys():
        _write(connection, home, marts, known, changed)
    for stale in home.published.glob("*.parquet"):
        if stale.stem not in marts:
            stale.unlink()
    publication = Publication(build, marts, _files(home, marts), changed)
    told = {key: value for key, value in asdict(publication).items() if key != "written"}
    told["format"] = f"{FORMAT} {duckdb.__version__} {STORAGE_VERSION}"
    note(connection, PUBLISHED, json.dumps(told))
    return publication


def _marts(connection: duckdb.DuckDBPyConnection) -> dict[str, Mart]:
    """Return what each mart of the build database holds."""
    found: dict[str, Mart] = {}
    for name, shape in connection.execute(
        "select c.table_name, md5(string_agg(concat_ws(' ', c.column_name, c.data_type, "
        "coalesce(c.comment, ''), coalesce(t.comment, v.comment, '')), chr(10) "
        "order by c.column_index)) from duckdb_columns() as c "
        "left join duckdb_tables() as t using (database_name, schema_name, table_name) "
        "left join duckdb_views() as v on c.database_name = v.database_name "
        "and c.schema_name = v.schema_name and c.table_name = v.view_name "
        "where c.schema_name = ? and c.database_name = current_database() group by 1 order by 1",
        [SCHEMA],
    ).fetchall():
        rows, content = connection.execute(
            f'select count(*), sum(hash(mart)::hugeint) from {SCHEMA}."{name}" as mart'
        ).fetchall()[0]
        found[name] = Mart(shape, str(content), rows)
    return found


def _files(home: Home, marts: dict[str, Mart]) -> dict[str, tuple[int, int]]:
    """Return size and time of the published files of these marts; (0, 0) for what is not there."""
    found = {}
    for path in (home.published_database, *(_parquet(home, mart) for mart in marts)):
        try:
            state = path.stat()
            found[path.name] = (state.st_size, state.st_mtime_ns)
        except FileNotFoundError:
            found[path.name] = (0, 0)
    return found


def _write(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    marts: dict[str, Mart],
    known: dict[str, Mart],
    changed: tuple[str, ...],
) -> None:
    """Write the changed marts' Parquet files, and the DuckDB file beginning from the last one."""
    partial = home.published_database.with_suffix(".part.duckdb")
    if known:
        shutil.copyfile(home.published_database, partial)
    connection.execute(
        f"attach {_literal(str(partial))} as publication (storage_version '{STORAGE_VERSION}')"
    )
    try:
        connection.execute(f"create schema if not exists publication.{SCHEMA}")
        for former in known.keys() - marts.keys():
            connection.execute(f'drop table publication.{SCHEMA}."{former}"')
        for mart in changed:
            same_shape = mart in known and known[mart].shape == marts[mart].shape
            if same_shape and marts[mart].rows > WHOLE_ROWS:
                _replace_rows(connection, mart)
            else:
                _write_whole(connection, mart)
            connection.execute(
                f'copy publication.{SCHEMA}."{mart}" to {_literal(str(_part(home, mart)))} '
                "(format parquet, compression zstd, compression_level 1)"
            )
    finally:
        connection.execute("detach publication")
    for mart in changed:
        swap(_part(home, mart), _parquet(home, mart))
    swap(partial, home.published_database)


def _columns(connection: duckdb.DuckDBPyConnection, mart: str) -> list[str]:
    return [
        name
        for (name,) in connection.execute(
            "select column_name from duckdb_columns() where schema_name = ? and table_name = ? "
            "and database_name = current_database() order by column_index",
            [SCHEMA, mart],
        ).fetchall()
    ]


def _write_whole(connection: duckdb.DuckDBPyConnection, mart: str) -> None:
    """Write a mart anew, in the order of its key, with its descriptions."""
    order = ", ".join(
        str(n) for n in range(1, min(KEY_COLUMNS, len(_columns(connection, mart))) + 1)
    )
    connection.execute(
        f'create or replace table publication.{SCHEMA}."{mart}" as '
        f'select * from {SCHEMA}."{mart}" order by {order}'
    )
    for (comment,) in connection.execute(
        "select comment from duckdb_tables() where schema_name = ? and table_name = ? "
        "and database_name = current_database() and comment is not null",
        [SCHEMA, mart],
    ).fetchall():
        connection.execute(f'comment on table publication.{SCHEMA}."{mart}" is {_literal(comment)}')
    for column, comment in connection.execute(
        "select column_name, comment from duckdb_columns() where schema_name = ? "
        "and table_name = ? and database_name = current_database() and comment is not null",
        [SCHEMA, mart],
    ).fetchall():
        connection.execute(
            f'comment on column publication.{SCHEMA}."{mart}"."{column}" is {_literal(comment)}'
        )


def _replace_rows(connection: duckdb.DuckDBPyConnection, mart: str) -> None:
    """Replace the rows that are others than those published: by article, else each by its hash."""
    part = f"mart.{ARTICLE}" if ARTICLE in _columns(connection, mart) else "hash(mart)"
    now, before = f'{SCHEMA}."{mart}"', f'publication.{SCHEMA}."{mart}"'
    content = f"select {part} as part, sum(hash(mart)::hugeint) as content, count(*) as n"
    connection.execute(
        f"""
        create or replace temp table parts_changed as
        select part
        from ({content} from {now} as mart group by 1) as now
        full join ({content} from {before} as mart group by 1) as before using (part)
        where (now.content, now.n) is distinct from (before.content, before.n)
        """
    )
    chosen = f"where {part} in (select part from parts_changed)"
    connection.execute(f"delete from {before} as mart {chosen}")
    connection.execute(f"insert into {before} select mart.* from {now} as mart {chosen}")
    connection.execute("drop table parts_changed")


def _parquet(home: Home, mart: str) -> Path:
    return home.published / f"{mart}.parquet"


def _part(home: Home, mart: str) -> Path:
    return home.published / f"{mart}.part.parquet"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
