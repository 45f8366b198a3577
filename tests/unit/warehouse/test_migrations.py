"""Data folders of earlier versions become folders of this one, and newer ones stay as they are."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from tests.conftest import folder_of_version_1
from warehouse.connection import build_connection
from warehouse.home import DATA_VERSION, Home, HomeError
from warehouse.migrations import MIGRATIONS, Migration, upgrade


def columns(home: Home) -> list[tuple[str, ...]]:
    """Every column of the tables that Python writes, with its type, and every key."""
    with duckdb.connect(str(home.build_database), read_only=True) as connection:
        ours = "schema_name in ('raw', 'facts', 'reference')"
        return [
            *connection.execute(
                "select schema_name, table_name, column_name, data_type from duckdb_columns() "
                f"where {ours} order by all"
            ).fetchall(),
            *connection.execute(
                "select schema_name, table_name, constraint_type, "
                f"constraint_column_names::varchar from duckdb_constraints() where {ours} "
                "order by all"
            ).fetchall(),
        ]


READ = "select article_id, revision, arrived_on, content_hash, extractor_version, n_words, error"
SET_ASIDE = (
    "select quarantine_id, source, path, record, reason, detail, size_bytes, raw_hash, arrived_on, "
    "resolved_on"
)


def kept(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """What cannot be made anew, in the columns that the first version had."""
    selects = {
        "raw.articles": "select columns(lambda c: not list_contains("
        "['author', 'published_precision', 'published_from'], c)) from raw.articles",
        "raw.quarantine": f"{SET_ASIDE} from raw.quarantine",
        "facts.quotes": "from facts.quotes",
        "facts.readings": f"{READ} from facts.readings",
    }
    with duckdb.connect(str(home.build_database), read_only=True) as connection:
        return {
            name: connection.execute(f"{select} order by all").fetchall()
            for name, select in selects.items()
        }


@pytest.fixture
def old(tmp_path: Path) -> Home:
    return folder_of_version_1(tmp_path)


def test_an_upgraded_folder_is_like_a_new_one(old: Home, home: Home) -> None:
    before = kept(old)
    assert old.version() == 1
    with build_connection(old, "a test"), build_connection(home, "a test"):
        pass
    assert old.version() == home.version() == DATA_VERSION
    assert columns(old) == columns(home)
    assert kept(old) == before
    assert len(before["raw.articles"]) == 8


def test_a_folder_of_this_version_is_left_alone(home: Home) -> None:
    with build_connection(home, "a test") as connection:
        assert upgrade(home, connection) == ()


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [migration.number for migration in MIGRATIONS] == list(range(2, DATA_VERSION + 1))
    assert all(migration.description for migration in MIGRATIONS)


def test_a_migration_can_be_run_again(old: Home) -> None:
    """The file of the version may be lost, or the run killed before it was written."""
    with build_connection(old, "a test"):
        pass
    after = columns(old)
    old.version_file.unlink()
    with build_connection(old, "a test"):
        pass
    assert columns(old) == after
    assert old.version() == DATA_VERSION


def test_what_fails_half_way_takes_nothing_with_it(old: Home) -> None:
    def fails(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("delete from raw.articles")
        raise ZeroDivisionError

    before = kept(old)
    with duckdb.connect(str(old.build_database)) as connection:
        first = Migration(2, "does nothing", lambda _: None)
        with pytest.raises(ZeroDivisionError):
            upgrade(old, connection, (first, Migration(3, "fails", fails)))
    assert old.version() == 2, "the one before has been done"
    assert kept(old) == before


def test_a_newer_folder_is_refused_untouched(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with build_connection(home, "a test"):
        pass
    home.write_version(DATA_VERSION + 1)
    before = {path: path.stat() for path in home.root.rglob("*") if path.is_file()}
    monkeypatch.setenv("ENTENTE_HOME", str(home.root))
    for attempt in (
        Home.from_environment,
        home.create,
        lambda: build_connection(home, "a test").__enter__(),
    ):
        with pytest.raises(HomeError, match="newer"):
            attempt()
    after = {path: path.stat() for path in home.root.rglob("*") if path.is_file()}
    assert {path: (stat.st_size, stat.st_mtime_ns) for path, stat in after.items()} == {
        path: (stat.st_size, stat.st_mtime_ns) for path, stat in before.items()
    }


@pytest.mark.parametrize("told", ["", "two", "-1", "0", "2.0", "9" * 5000, "\udcff"])
def test_a_version_that_is_none_is_refused(home: Home, told: str) -> None:
    home.version_file.write_bytes(os.fsencode(told))
    with pytest.raises(HomeError, match="version"):
        home.create()


def test_a_new_folder_has_no_version_until_something_is_kept_in_it(home: Home) -> None:
    assert home.version() is None
    with build_connection(home, "a test"):
        pass
    assert home.version_file.read_text() == f"{DATA_VERSION}\n"
