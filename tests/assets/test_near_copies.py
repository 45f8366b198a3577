"""Which articles are linked as near copies, whatever came in when and was removed or rewritten."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import dagster as dg
import duckdb
import pytest

from assets import near_copies as subject
from assets.days import today
from assets.near_copies import Compared, compare_articles, near_copies
from assets.resources import Warehouse
from pipelines.sources.duplicates import Wording, are_copies
from warehouse.connection import build_connection
from warehouse.copies import release
from warehouse.home import Home
from warehouse.loads import load_articles, remove_source

MONDAY = date(2024, 5, 6)
NOON = datetime(2024, 5, 6, 12)
RNG = random.Random(20240506)
STORY = [f"w{RNG.randrange(10**6)}" for _ in range(120)]


def story(*changed: int, words: list[str] = STORY) -> str:
    """The story with the words at these places exchanged."""
    return " ".join(f"x{n}" if n in changed else word for n, word in enumerate(words))


def row(article_id: str, text: str, day: int = 0, source: str = "news") -> dict[str, Any]:
    return {
        "article_id": article_id,
        "source": source,
        "text": text,
        "arrived_on": MONDAY + timedelta(days=day),
        "fetched_at": NOON + timedelta(days=day),
        "content_hash": f"hash of {text}",
    }


def links(connection: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    """The first report of the group of every article."""
    found = connection.execute("select article_id, first_id, is_settled from raw.near_copies")
    rows = found.fetchall()
    assert all(settled for *_, settled in rows)
    return {article_id: first_id for article_id, first_id, _ in rows}


def copies(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return {name: first for name, first in links(connection).items() if first}


@pytest.fixture
def connection(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with build_connection(home, "a test") as opened:
        yield opened


def test_copies_are_linked_to_the_report_that_came_first(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    other = " ".join(reversed(STORY))
    load_articles(
        connection,
        [row("z", story()), row("b", story(3), 1), row("a", story(50, 51), 1), row("o", other, 1)],
    )
    assert compare_articles(connection) == Compared(articles=4, copies=2)
    assert links(connection) == {"z": None, "a": "z", "b": "z", "o": None}
    start = story(3).index("x3")
    assert connection.execute(
        "select copy_of, jaccard, passages from raw.near_copies where article_id = 'b'"
    ).fetchall() == [("z", 115 / 121, [{"start": start, "end": start + 2, "article_id": "b"}])]


def test_comparing_again_does_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    load_articles(connection, [row("a", story()), row("b", story(3))])
    compare_articles(connection)
    before = connection.execute("from raw.near_copies order by all").fetchall()
    assert compare_articles(connection) == Compared(0, 0)
    assert connection.execute("from raw.near_copies order by all").fetchall() == before


def test_a_copy_of_a_copy_belongs_to_the_group_in_any_batch(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    few, many = range(10, 50, 10), range(10, 90, 10)
    assert not are_copies(Wording.of(story()), Wording.of(story(*many)))
    load_articles(
        connection,
        [row("c", story(*many), 2), row("b", story(*few), 1), row("a", story(), 0)],
    )
    compare_articles(connection)
    assert copies(connection) == {"b": "a", "c": "a"}
    assert connection.execute(
        "select copy_of from raw.near_copies where article_id = 'c'"
    ).fetchall() == [("b",)]


def test_when_the_first_report_is_removed_the_next_is_the_first(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    load_articles(
        connection,
        [row("a", story(), 0, "gone"), row("b", story(3), 1), row("c", story(60), 2)],
    )
    compare_articles(connection)
    assert copies(connection) == {"b": "a", "c": "a"}
    assert remove_source(connection, "gone") == 1
    assert connection.execute(
        "select count(*) from raw.copy_bands where article_id = 'a'"
    ).fetchall() == [(0,)]
    compare_articles(connection)
    assert links(connection) == {"b": None, "c": "b"}


def test_an_article_that_was_deleted_without_notice_leaves_no_link(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    load_articles(connection, [row("a", story()), row("b", story(3), 1), row("c", story(60), 2)])
    compare_articles(connection)
    for table in ("raw.articles", "raw.near_copies", "raw.copy_bands"):
        connection.execute(f"delete from {table} where article_id = 'a'")
    compare_articles(connection)
    assert links(connection) == {"b": None, "c": "b"}


def test_a_revision_ends_or_makes_a_link(connection: duckdb.DuckDBPyConnection) -> None:
    other = " ".join(reversed(STORY))
    load_articles(connection, [row("a", story()), row("b", story(3), 1), row("c", other, 2)])
    compare_articles(connection)
    assert copies(connection) == {"b": "a"}
    load_articles(connection, [row("b", f"{other} entirely", 3), row("c", story(5), 3)])
    compare_articles(connection)
    # `b` tells now what `c` told, and `c` what `a` told; both are older than their new texts
    assert copies(connection) == {"c": "a"}
    assert connection.execute(
        "select article_id, revision from raw.near_copies order by 1"
    ).fetchall() == [("a", 1), ("b", 2), ("c", 2)]
    load_articles(connection, [row("a", "Something else altogether.", 4)])
    compare_articles(connection)
    assert copies(connection) == {}


def test_a_correction_does_not_make_the_first_report_a_copy(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    load_articles(connection, [row("a", story()), row("b", story(3), 1)])
    compare_articles(connection)
    load_articles(connection, [row("a", story(60), 2)])
    compare_articles(connection)
    assert copies(connection) == {"b": "a"}


def test_an_article_taken_in_for_an_earlier_day_becomes_the_first(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    load_articles(connection, [row("b", story(3), 1), row("c", story(60), 2)])
    compare_articles(connection)
    load_articles(connection, [row("a", story(), 0), row("d", story(90), 3)])
    compare_articles(connection)
    assert copies(connection) == {"b": "a", "c": "a", "d": "a"}


def test_releasing_says_how_many_are_compared_anew(connection: duckdb.DuckDBPyConnection) -> None:
    load_articles(connection, [row("a", story()), row("b", story(3)), row("c", "Alone.")])
    compare_articles(connection)
    assert release(connection, ["b", "unknown"]) == 2
    assert compare_articles(connection).articles == 2
    assert connection.execute(
        "select count(*) from raw.copy_bands group by article_id order by 1"
    ).fetchall() == [(1,), (12,), (12,)]


def test_another_method_makes_all_bands_anew(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_articles(connection, [row("a", story()), row("b", story(3))])
    compare_articles(connection)
    monkeypatch.setattr(subject, "method", lambda: "another")
    assert compare_articles(connection) == Compared(2, 1)
    assert connection.execute(
        "select count(*), (select count(*) from raw.copy_bands) from raw.near_copies "
        "where method = 'another'"
    ).fetchall() == [(2, 24)]


def expected(texts: dict[str, str], order: list[str]) -> dict[str, str]:
    """The rule as it is told, comparing every article with every other."""
    wordings = {name: Wording.of(text) for name, text in texts.items()}
    firsts: dict[str, str] = {}
    for number, name in enumerate(order):
        for earlier in order[:number]:
            if are_copies(wordings[name], wordings[earlier]):
                firsts[name] = firsts.get(earlier, earlier)
                break
    return firsts


@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_size_of_batches_gives_the_same(seed: int, home: Home) -> None:
    rng = random.Random(seed)
    stories = [[f"{number}s{n}" for n in range(100)] for number in range(3)]
    texts: dict[str, str] = {}
    days = {f"n{number:02}": rng.randrange(6) for number in range(40)}
    with build_connection(home, "a test") as connection:
        for _ in range(5):
            for name in rng.sample(sorted(days), 9):  # new, or revised, for any day
                changed = rng.sample(range(5, 95, 5), rng.randrange(7))
                texts[name] = story(*changed, words=rng.choice(stories))
            load_articles(connection, [row(name, texts[name], days[name]) for name in texts])
            if rng.random() < 0.4:
                gone = rng.choice(sorted(texts))
                del texts[gone]
                release(connection, [gone])
                for table in ("raw.articles", "raw.near_copies", "raw.copy_bands"):
                    connection.execute(f"delete from {table} where article_id = ?", [gone])
            compare_articles(connection, batch_articles=rng.choice([2, 9, 1000]))
            order = sorted(texts, key=lambda name: (days[name], name))
            assert copies(connection) == expected(texts, order)
        step_by_step = connection.execute(
            "select * exclude (revision) from raw.near_copies order by article_id"
        ).fetchall()
        for table in ("raw.near_copies", "raw.copy_bands"):
            connection.execute(f"delete from {table}")
        compare_articles(connection)
        at_once = connection.execute(
            "select * exclude (revision) from raw.near_copies order by article_id"
        ).fetchall()
    assert step_by_step == at_once


def test_the_asset_tells_what_it_found(home: Home) -> None:
    with build_connection(home, "a test") as connection:
        load_articles(connection, [row("a", story()), row("b", story(3))])
    result = dg.materialize(
        [near_copies],
        partition_key=today().isoformat(),
        resources={"warehouse": Warehouse(home_path=str(home.root))},
    )
    told = {
        event.asset_key.path[-1]: {
            name: value.value for name, value in event.materialization.metadata.items()
        }
        for event in result.get_asset_materialization_events()
    }
    assert told["near_copies"].pop("seconds") >= 0
    assert told["near_copies"] == {
        "dagster/row_count": 2,
        "articles_compared": 2,
        "new_links": 1,
        "copies": 1,
        "groups": 1,
    }
    assert told["copy_bands"] == {"dagster/row_count": 24}
