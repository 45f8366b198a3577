"""Building what changed gives what building everything gives, whatever changed."""

from __future__ import annotations

import json
import os
import random
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assets.marts import PROJECT_DIR
from assets.near_copies import compare_articles
from pipelines.evaluation import OWN_GOLD
from pipelines.extraction.article import extract_article
from pipelines.records import Article, ArticleFacts
from warehouse.connection import build_connection
from warehouse.copies import release
from warehouse.home import Home
from warehouse.loads import (
    ArticleReading,
    load_articles,
    load_readings,
    load_reference,
    stale_articles,
)
from warehouse.publishing import publish
from warehouse.tables import ARTICLES, COPY_BANDS, FACT_TABLES, NEAR_COPIES, READINGS

STEPS = 3
ADDED = "The foreign ministers of Peru and Kenya met in Lima on 4 March 2024 to discuss fisheries."
"""What a copy tells beyond the first report."""


@pytest.fixture(scope="module")
def readings() -> list[tuple[str, ArticleFacts]]:
    """Texts, near copies of them, and what the rules read in all."""
    lines = OWN_GOLD.read_text(encoding="utf-8").splitlines()[:10]
    texts = [json.loads(line)["text"] for line in lines]
    texts += [f"{text}\n\n{ADDED}" for text in texts[:5]]
    texts += [f"(Wire) - {text}" for text in texts[3:6]]
    return [(text, extract_article(Article("a", text, published="2024-03-05"))) for text in texts]


def build(database: Path, *arguments: str) -> None:
    """Build the models, and run the test that reads only what was touched."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    places = ["--project-dir", str(PROJECT_DIR), "--profiles-dir", str(PROJECT_DIR)]
    places += ["--target-path", str(database.parent), "--log-path", str(database.parent)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENTENTE_BUILD_DB", str(database))
        choice = ["--exclude", "resource_type:unit_test", "test_type:generic"]
        done = dbtRunner().invoke(["--quiet", "build", *choice, *arguments, *places])
        DuckDBConnectionManager.close_all_connections()
    assert done.success, done.exception or done.result


def rows(database: Path) -> dict[str, list[str]]:
    """All rows of all models but the states of articles, which say what was touched."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute(
            "select table_schema, table_name from information_schema.tables "
            "where table_schema in ('intermediate', 'marts') and table_name != 'int_article_states'"
        ).fetchall()
        return {
            f"{schema}.{table}": sorted(
                map(repr, connection.execute(f'from "{schema}"."{table}"').fetchall())
            )
            for schema, table in tables
        }


class News:
    """A warehouse in which articles come, change, go and are read again by chance."""

    def __init__(self, home: Home, seed: int, texts: list[tuple[str, ArticleFacts]]) -> None:
        self.home, self.chance, self.texts = home, random.Random(seed), texts
        self.known: list[str] = []
        self.facts = dict(texts)

    def change(self) -> None:
        with build_connection(self.home, "a test") as connection:
            load_reference(connection, {"open": "full", "closed": "none"})
            for _ in range(3):
                self.known.append(f"article {len(self.known)}")
                self._take(connection, self.known[-1])
            self._take(connection, self.chance.choice(self.known))
            compare_articles(connection)
            gone = self.chance.sample(self.known, 2 if len(self.known) > 3 else 0)
            release(connection, gone)
            for table in (ARTICLES, NEAR_COPIES, COPY_BANDS, READINGS, *FACT_TABLES.values()):
                connection.execute(
                    f"delete from {table.qualified} where list_contains(?, article_id)", [gone]
                )
            compare_articles(connection)
            self._read(connection, stale_articles(connection, [], "1"))
            again = stale_articles(connection, [], "2")
            self._read(connection, self.chance.sample(again, 1), forgetful=True)

    def _take(self, connection: duckdb.DuckDBPyConnection, article_id: str) -> None:
        day = date(2024, 1, 1) + timedelta(self.chance.randrange(30))
        # the first ones and their copies most of the time
        number = self.chance.choice([self.chance.randrange(len(self.texts)), 3, 4, 13, 14, 15])
        row: dict[str, Any] = {
            "article_id": article_id,
            "source": self.chance.choice(["open", "closed", "other"]),
            "text": self.texts[number][0],
            "arrived_on": day,
            "fetched_at": f"{day} 08:00:00",
            "content_hash": str(number),
            "is_sample": False,
        }
        load_articles(connection, [row])

    def _read(
        self, connection: duckdb.DuckDBPyConnection, stale: list[Any], *, forgetful: bool = False
    ) -> None:
        done = []
        for article in stale:
            facts = self.facts[article.text]
            if forgetful:
                facts = replace(facts, quotes=(), people=facts.people[:1])
            done.append(ArticleReading(article, "1", 1, facts))
        load_readings(connection, done)


@pytest.fixture
def news(tmp_path: Path, readings: list[tuple[str, ArticleFacts]]) -> News:
    # other seeds give other news: each must pass
    return News(Home(tmp_path / "home"), int(os.environ.get("ENTENTE_TEST_SEED", "11")), readings)


@pytest.mark.slow
def test_increments_give_what_a_full_build_gives(news: News, tmp_path: Path) -> None:
    database = news.home.build_database
    whole = tmp_path / "whole" / "build.duckdb"
    whole.parent.mkdir()
    touched: list[tuple[int, int]] = []
    copies: list[int] = []
    for step in range(STEPS):
        news.change()
        build(database)
        with duckdb.connect(str(database), read_only=True) as connection:
            touched += connection.execute(
                "select count(*) filter (touched), count(*) from intermediate.int_article_states"
            ).fetchall()
        if step == STEPS - 1:
            shutil.copy(database, whole)
            build(whole, "--full-refresh")
            assert rows(database) == rows(whole)
        with build_connection(news.home, "a test") as connection:
            publish(connection, news.home)
        with duckdb.connect(str(database), read_only=True) as connection:
            [(n_copies,)] = connection.execute(
                "select count(*) from marts.articles where duplicate_of is not null"
            ).fetchall()
            copies.append(n_copies)
    assert any(count < of for count, of in touched), touched
    assert any(copies), "some articles are copies of others"
    with duckdb.connect(str(news.home.published_database), read_only=True) as connection:
        for mart in ("entity_mentions", "evidence", "quotes", "meetings"):
            published = sorted(map(repr, connection.execute(f"from marts.{mart}").fetchall()))
            assert published == rows(database)[f"marts.{mart}"]
            parquet = duckdb.sql(f"from '{news.home.published}/{mart}.parquet'").fetchall()
            assert sorted(map(repr, parquet)) == published
