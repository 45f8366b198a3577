from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from warehouse.connection import build_connection
from warehouse.home import Home
from warehouse.publishing import NothingToPublishError, Publication, publish

READER = """
import sys, duckdb
path, n = sys.argv[1], 0
seen = set()
print("ready", flush=True)
while not (seen and max(seen) >= 20):
    connection = duckdb.connect(path, read_only=True)
    lowest, highest = connection.execute("select min(i), max(i) from marts.numbers").fetchone()
    rows = connection.execute("select count(*) from marts.numbers").fetchone()[0]
    connection.close()
    assert lowest == highest and rows == 1000, (lowest, highest, rows)
    seen.add(highest)
"""


def make_mart(home: Home, value: int) -> dict[str, int]:
    with build_connection(home, "a test") as connection:
        connection.execute("create schema if not exists marts")
        connection.execute(
            f"create or replace table marts.numbers as select {value} as i from range(1000)"
        )
        connection.execute("comment on table marts.numbers is 'It''s numbers'")
        connection.execute("comment on column marts.numbers.i is 'a number'")
        return publish(connection, home).rows


def test_marts_are_published_with_their_descriptions(home: Home) -> None:
    assert make_mart(home, 7) == {"numbers": 1000}
    with duckdb.connect(str(home.published_database), read_only=True) as connection:
        assert connection.execute("select distinct i from marts.numbers").fetchall() == [(7,)]
        comments = connection.execute(
            "select t.comment, c.comment from duckdb_tables() t join duckdb_columns() c "
            "using (table_name)"
        ).fetchall()
        assert comments == [("It's numbers", "a number")]
        version = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where database_name = 'entente'"
        ).fetchall()[0][0]
        assert version.startswith("v1.5")
    parquet = duckdb.sql(f"from '{home.published}/numbers.parquet'").fetchall()
    assert len(parquet) == 1000


def test_leftovers_of_a_killed_run_and_of_former_marts_go(home: Home) -> None:
    home.published.mkdir(parents=True, exist_ok=True)
    (home.published / "entente.part.duckdb").write_bytes(b"half a file")
    (home.published / "numbers.part.parquet").write_bytes(b"half a file")
    (home.published / "former.parquet").write_bytes(b"a mart that is no more")
    make_mart(home, 1)
    names = sorted(path.name for path in home.published.iterdir())
    assert names == ["entente.duckdb", "numbers.parquet"]


def test_nothing_is_published_without_marts(home: Home) -> None:
    make_mart(home, 1)
    before = home.published_database.read_bytes()
    with build_connection(home, "a test") as connection:
        connection.execute("drop schema marts cascade")
        with pytest.raises(NothingToPublishError):
            publish(connection, home)
    assert home.published_database.read_bytes() == before


def test_readers_never_see_half_a_publication(home: Home) -> None:
    make_mart(home, 0)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(home.published_database)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout is not None
    assert reader.stdout.readline().strip() == "ready"
    for value in range(1, 21):
        make_mart(home, value)
    _, errors = reader.communicate(timeout=60)
    assert reader.returncode == 0, errors


def test_an_open_reader_keeps_what_it_opened(home: Home) -> None:
    make_mart(home, 1)
    reader = duckdb.connect(str(home.published_database), read_only=True)
    code = (
        "import sys; sys.path.insert(0, sys.argv[2]); from pathlib import Path;"
        "from warehouse.home import Home; from test_publishing import make_mart;"
        "make_mart(Home(Path(sys.argv[1])), 2)"
    )
    here = str(Path(__file__).parent)
    subprocess.run([sys.executable, "-c", code, str(home.root), here], check=True)
    assert reader.execute("select distinct i from marts.numbers").fetchall() == [(1,)]
    reader.close()
    with duckdb.connect(str(home.published_database), read_only=True) as again:
        assert again.execute("select distinct i from marts.numbers").fetchall() == [(2,)]


def publish_marts(home: Home, *statements: str) -> Publication:
    with build_connection(home, "a test") as connection:
        for statement in statements:
            connection.execute(statement)
        return publish(connection, home)


def states(home: Home) -> dict[str, tuple[int, bytes]]:
    return {
        path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in home.published.iterdir()
    }


def test_only_what_changed_is_written(home: Home) -> None:
    publish_marts(
        home,
        "create schema marts",
        "create table marts.kept as select i from range(10) as t(i)",
        "create table marts.changing as "
        "select 'a' || (i // 10) as article_id, i from range(60000) as t(i)",
    )
    before = states(home)
    assert publish_marts(home).written == ()
    assert states(home) == before
    done = publish_marts(
        home,
        "delete from marts.changing where article_id = 'a7' or i = 15",
        "insert into marts.changing values ('new', -1), ('a3', 30)",
        "create or replace table marts.kept as select i from range(10) as t(i) order by i desc",
    )
    assert done.written == ("changing",)
    after = states(home)
    assert after["kept.parquet"] == before["kept.parquet"]
    assert after["changing.parquet"] != before["changing.parquet"]
    wanted = "select count(*), sum(i), count(distinct article_id) from "
    with build_connection(home, "a test") as connection:
        expected = connection.execute(f"{wanted} marts.changing").fetchall()
    with duckdb.connect(str(home.published_database), read_only=True) as connection:
        assert connection.execute(f"{wanted} marts.changing").fetchall() == expected
    assert duckdb.sql(f"{wanted} '{home.published}/changing.parquet'").fetchall() == expected


def test_rows_of_no_article_are_replaced_each_by_itself(home: Home) -> None:
    publish_marts(
        home,
        "create schema marts",
        "create table marts.pairs as "
        "select 'p' || (i // 2) as pair_id, [i // 2] as years from range(60000) as t(i)",
    )
    done = publish_marts(
        home,
        "delete from marts.pairs where pair_id = 'p7' or rowid = 30",  # one of two alike
        "update marts.pairs set years = [1, 2] where pair_id = 'p9'",
        "insert into marts.pairs values (null, null), ('p11', [11])",
    )
    assert done.written == ("pairs",)
    counted = "select pair_id, years, count(*) from {} group by all order by all"
    with build_connection(home, "a test") as connection:
        expected = connection.execute(counted.format("marts.pairs")).fetchall()
    with duckdb.connect(str(home.published_database), read_only=True) as connection:
        assert connection.execute(counted.format("marts.pairs")).fetchall() == expected
    parquet = f"'{home.published}/pairs.parquet'"
    assert duckdb.sql(counted.format(parquet)).fetchall() == expected


def test_files_that_something_else_touched_are_written_anew(home: Home) -> None:
    make_mart(home, 1)
    before = states(home)["numbers.parquet"][1]
    (home.published / "numbers.parquet").write_bytes(b"spoilt")
    home.published_database.unlink()
    make_mart(home, 1)
    assert states(home)["numbers.parquet"][1] == before
    assert home.published_database.exists()
