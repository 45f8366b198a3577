"""What was deleted is no longer in the file of the build database."""

from __future__ import annotations

from datetime import date

import duckdb

from warehouse.compaction import compact, purge_if_due
from warehouse.connection import build_connection
from warehouse.home import Home
from warehouse.rows import insert_rows
from warehouse.tables import ARTICLES, TOMBSTONES

DAY = date(2024, 6, 1)
WORD = b"zebraquagga"


def filled(home: Home) -> None:
    """A database with a view, comments, and one text in plain bytes, which is deleted again."""
    with build_connection(home, "a test") as connection:
        connection.execute("pragma force_compression = 'uncompressed'")
        rows = [
            {"article_id": f"a{number}", "revision": 1, "text": f"Text number {number}. " * 50}
            for number in range(200)
        ]
        rows[50]["text"] = f"{WORD.decode()} {rows[50]['text']}"
        insert_rows(connection, ARTICLES, rows)
        connection.execute("create schema staging")
        connection.execute("create view staging.stg as select article_id from raw.articles")
        connection.execute("comment on table raw.articles is 'what came in'")
        connection.execute("checkpoint")
        connection.execute("delete from raw.articles where article_id = 'a50'")
        connection.execute("checkpoint")


def files_with_the_word(home: Home) -> list[str]:
    return [
        path.name
        for path in sorted(home.root.rglob("*"))
        if path.is_file() and WORD in path.read_bytes()
    ]


def test_a_deleted_text_stays_in_the_file_until_it_is_written_anew(home: Home) -> None:
    filled(home)
    assert files_with_the_word(home) == ["build.duckdb"], "DuckDB frees blocks, no more"
    compact(home)
    assert files_with_the_word(home) == []
    with duckdb.connect(str(home.build_database)) as connection:
        assert connection.execute("select count(*) from staging.stg").fetchall() == [(199,)]
        ((comment,),) = connection.execute(
            "select comment from duckdb_tables() where table_name = 'articles'"
        ).fetchall()
        assert comment == "what came in"
        keys = connection.execute(
            "select count(*) from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
        ).fetchall()
        assert keys > [(10,)]
    assert sorted(path.name for path in home.root.glob("build*")) == ["build.duckdb", "build.lock"]


def test_it_is_done_once_for_each_tombstone(home: Home) -> None:
    filled(home)
    assert not purge_if_due(home, DAY), "nothing was forgotten"
    with build_connection(home, "a test") as connection:
        insert_rows(connection, TOMBSTONES, [{"tombstone_id": "x", "kind": "article"}])
    assert purge_if_due(home, DAY)
    assert files_with_the_word(home) == []
    assert not purge_if_due(home, DAY)
    with build_connection(home, "a test") as connection:
        assert connection.execute("select purged_on from raw.tombstones").fetchall() == [(DAY,)]
