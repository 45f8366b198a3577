"""`entente forget` on a copy of the samples: nothing of the article is left anywhere."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Installation
from warehouse.home import Home

FORGOTTEN = {
    "https://presidency.example/2025/readout-tamayo-zarebski": "Zarębski",
    "https://wire.example/2024/06/11/call": "Trần Quốc Lâm",
}
"""Articles of the samples, one with a page of its own and one of many in a file, and a name that
only this one has."""


def tables_with(database: Path, word: str) -> list[str]:
    """Every table and view of a database in which a word stands."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return [
            f"{database.name}: {schema}.{table}"
            for schema, table in connection.execute(
                "select table_schema, table_name from information_schema.tables"
            ).fetchall()
            if word in repr(connection.execute(f'from "{schema}"."{table}"').fetchall())
        ]


def places_with(home: Home, word: str) -> list[str]:
    """Every place below the data folder in which a word stands, whatever packs it."""
    found = []
    for path in sorted(home.root.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        if word.encode() in content:
            found.append(str(path.relative_to(home.root)))
        if path.suffix == ".duckdb":
            found += tables_with(path, word)
        elif path.suffix == ".parquet" and word in repr(
            duckdb.sql(f"from read_parquet('{path}')").fetchall()
        ):
            found.append(path.name)
    return found


@pytest.mark.slow
def test_nothing_of_a_forgotten_article_is_left(samples: Installation, tmp_path: Path) -> None:
    shutil.copytree(samples.home.root, tmp_path / "home")
    installation = Installation(Home(tmp_path / "home"))
    before = [
        place for word in FORGOTTEN.values() for place in places_with(installation.home, word)
    ]
    assert {"article_texts.parquet", "entente.duckdb: marts.article_texts"} <= set(before)
    assert sum(place.startswith("raw/") for place in before) == 2
    articles = {key for (key,) in installation.query("select article_id from articles")}
    done = installation.call("forget", *FORGOTTEN, "--yes", "--reason", "a test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Forgot 2 articles." in done.stdout
    assert "published without it" in done.stdout
    for word in FORGOTTEN.values():
        assert places_with(installation.home, word) == []
    assert {key for (key,) in installation.query("select article_id from articles")} == (
        articles - FORGOTTEN.keys()
    )
    with duckdb.connect(str(installation.home.build_database), read_only=True) as connection:
        assert (
            connection.execute(
                "select reason, purged_on = forgotten_on from raw.tombstones"
            ).fetchall()
            == [("a test", True)] * 2
        )
