from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from warehouse.connection import WarehouseBusyError, build_connection, writing
from warehouse.home import Home
from warehouse.tables import TABLES
from warehouse.transactions import transaction

HOLD = """
import sys, time
from pathlib import Path
from warehouse.connection import writing
from warehouse.home import Home
with writing(Home(Path(sys.argv[1])), "a test that holds on"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(home: Home) -> subprocess.Popen[str]:
    """Another process that holds the warehouse."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home.root)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "held"
    yield process
    process.kill()
    process.wait()


def test_the_tables_are_there_and_times_are_utc(home: Home) -> None:
    with build_connection(home, "a test") as connection:
        count = connection.execute(
            "select count(*) from information_schema.tables where table_schema in "
            "('raw', 'facts', 'reference')"
        ).fetchall()
        assert count == [(len(TABLES),)]
        assert connection.execute("select current_setting('timezone')").fetchall() == [("UTC",)]


def test_a_process_may_take_the_lock_again_while_it_holds_it(home: Home) -> None:
    with writing(home, "outer"), build_connection(home, "inner") as connection:
        assert connection.execute("select 1").fetchall() == [(1,)]
    with writing(home, "later"):
        assert home.lock.with_suffix(".holder").exists()
    assert not home.lock.with_suffix(".holder").exists()


def test_a_second_writer_learns_who_holds_the_warehouse(
    home: Home, holder: subprocess.Popen[str]
) -> None:
    told: list[str] = []
    with (
        pytest.raises(WarehouseBusyError, match="a test that holds on"),
        writing(home, "second", timeout=0.3, on_wait=told.append),
    ):
        raise AssertionError("two writers at once")
    assert len(told) == 1
    assert str(holder.pid) in told[0]


def test_the_lock_of_a_killed_process_is_free(home: Home, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with writing(home, "after the kill", timeout=5):
        assert "after the kill" in home.lock.with_suffix(".holder").read_text()


def test_the_database_is_closed_when_work_fails(home: Home) -> None:
    with pytest.raises(ZeroDivisionError), build_connection(home, "a failing test") as connection:
        connection.execute("create table left_over (i integer)")
        raise ZeroDivisionError
    # another process can open the file at once: nothing lingers
    code = "import duckdb, sys; duckdb.connect(sys.argv[1]).execute('from left_over')"
    subprocess.run([sys.executable, "-c", code, str(home.build_database)], check=True)


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    connection = duckdb.connect()
    connection.execute("create table t (i integer)")
    with pytest.raises(ZeroDivisionError), transaction(connection):
        connection.execute("insert into t values (1)")
        raise ZeroDivisionError
    assert connection.execute("select count(*) from t").fetchall() == [(0,)]
    with transaction(connection):
        connection.execute("insert into t values (2)")
    assert connection.execute("from t").fetchall() == [(2,)]
