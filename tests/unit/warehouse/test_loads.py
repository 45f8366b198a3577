from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import duckdb
import pytest

from pipelines.records import ArticleFacts, Meeting, Participant, Quote, Span
from warehouse.connection import build_connection
from warehouse.home import Home
from warehouse.loads import (
    ArticleCounts,
    ArticleReading,
    StoredArticle,
    load_articles,
    load_quarantine,
    load_readings,
    load_reference,
    remove_source,
    stale_articles,
)
from warehouse.rows import insert_rows
from warehouse.tables import TOMBSTONES

MONDAY, TUESDAY = date(2024, 5, 6), date(2024, 5, 7)


@pytest.fixture
def connection(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with build_connection(home, "a test") as opened:
        yield opened


def row(article_id: str, text: str, day: date = MONDAY, source: str = "news") -> dict[str, Any]:
    return {
        "article_id": article_id,
        "source": source,
        "path": f"news/{article_id}.txt",
        "record": 1,
        "text": text,
        "arrived_on": day,
        "fetched_at": datetime(2024, 5, 6, 7, 8, 9),
        "content_hash": f"hash of {text}",
        "is_sample": source == "sample",
    }


def aside(quarantine_id: str, record: int | None = None) -> dict[str, Any]:
    return {
        "quarantine_id": quarantine_id,
        "source": "news",
        "path": "news/a.txt",
        "record": record,
        "reason": "empty_text",
        "arrived_on": MONDAY,
    }


def reading(article: StoredArticle, pair: str, version: str = "1") -> ArticleReading:
    meeting = Meeting(
        id="m1",
        evidence=Span(0, 4),
        rule="test",
        confidence=0.5,
        extractor_version=version,
        pair=pair,
        kind="talks",
        status="held",
        participants=(Participant("Ana Ruiz", "minister", "CUB"), Participant(None, "envoy")),
    )
    quote = Quote(
        id="q1",
        evidence=Span(0, 4),
        rule="test",
        confidence=0.5,
        extractor_version=version,
        start=0,
        end=4,
        text='“Añ"',
        kind="direct",
        parts=(Span(0, 2), Span(3, 4)),
        meetings=("m1",),
    )
    facts = ArticleFacts(article.article_id, meetings=(meeting,), quotes=(quote,))
    return ArticleReading(article, version, 2, facts)


def test_an_article_is_new_once_and_keeps_its_first_day(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert load_articles(connection, [row("a", "one"), row("b", "two")]) == ArticleCounts(2, 0, 0)
    again = load_articles(connection, [row("a", "one", TUESDAY), row("b", "two", TUESDAY)])
    assert again == ArticleCounts(0, 0, 2)
    days = connection.execute("select distinct arrived_on from raw.articles").fetchall()
    assert days == [(MONDAY,)]


def test_a_changed_text_is_a_revision(connection: duckdb.DuckDBPyConnection) -> None:
    load_articles(connection, [row("a", "one")])
    assert load_articles(connection, [row("a", "changed", TUESDAY)]) == ArticleCounts(0, 1, 0)
    assert connection.execute(
        "select revision, text, arrived_on from raw.articles order by 1"
    ).fetchall() == [(1, "one", MONDAY), (2, "changed", TUESDAY)]
    # an address that goes back to its first text has changed again
    assert load_articles(connection, [row("a", "one", TUESDAY)]) == ArticleCounts(0, 1, 0)


def test_an_id_that_comes_twice_in_one_load_loses_no_text_and_settles(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    both = [row("a", "first"), row("a", "second")]
    assert load_articles(connection, both) == ArticleCounts(1, 1, 0)
    assert load_articles(connection, both) == ArticleCounts(0, 0, 2)
    texts = connection.execute("select text from raw.articles order by revision").fetchall()
    assert texts == [("first",), ("second",)]


def test_what_is_mended_leaves_the_quarantine_list(connection: duckdb.DuckDBPyConnection) -> None:
    assert load_quarantine(connection, [aside("x"), aside("y", 3)], [], MONDAY) == 2
    load_quarantine(connection, [aside("y", 3)], [("news", "news/a.txt")], TUESDAY)
    assert connection.execute(
        "select quarantine_id, resolved_on, arrived_on from raw.quarantine order by 1"
    ).fetchall() == [("x", TUESDAY, MONDAY), ("y", None, MONDAY)]
    load_quarantine(connection, [aside("x")], [], TUESDAY)  # broken again
    open_entries = connection.execute(
        "select count(*) from raw.quarantine where resolved_on is null"
    ).fetchall()
    assert open_entries == [(2,)]


def test_what_cannot_be_opened_mends_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    load_quarantine(connection, [aside("x", 3)], [], MONDAY)
    whole = {**aside("y"), "record": None, "reason": "unreadable"}
    load_quarantine(connection, [whole], [("news", "news/a.txt")], TUESDAY)
    assert connection.execute(
        "select quarantine_id, resolved_on from raw.quarantine order by 1"
    ).fetchall() == [("x", None), ("y", None)]


def test_the_file_of_a_forgotten_article_is_not_set_aside_either(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    insert_rows(
        connection,
        TOMBSTONES,
        [{"tombstone_id": "t", "kind": "article", "raw_hashes": ["gone"]}],
    )
    entries = [{**aside("x"), "raw_hash": "gone"}, {**aside("y", 2), "raw_hash": "other"}]
    assert load_quarantine(connection, entries, [], MONDAY) == 1


def test_only_what_is_stale_is_read_again(connection: duckdb.DuckDBPyConnection) -> None:
    load_articles(connection, [row("a", "one"), row("b", "two", TUESDAY)])
    # what an earlier day left unread is read whichever day is run
    waiting = stale_articles(connection, [TUESDAY], "1")
    assert [article.article_id for article in waiting] == ["a", "b"]
    load_readings(connection, [reading(article, "CUB-IRN") for article in waiting])
    assert stale_articles(connection, [MONDAY, TUESDAY], "1") == []
    again = stale_articles(connection, [MONDAY], "1", everything=True)
    assert [article.article_id for article in again] == ["a"]
    assert len(stale_articles(connection, [TUESDAY], "2")) == 2


def test_what_the_gate_turned_away_is_read_when_there_is_no_gate(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    load_articles(connection, [row("a", "talks"), row("b", "cake", TUESDAY)])
    talks, cake = stale_articles(connection, [MONDAY], "1")
    away = ArticleReading(cake, "1", 1, None, turned_away=True)
    assert load_readings(connection, [reading(talks, "CUB-IRN"), away])["meetings"] == 1
    assert stale_articles(connection, [MONDAY, TUESDAY], "1", gate=True) == []
    for days in ([], [MONDAY], [TUESDAY]):
        assert stale_articles(connection, days, "1", gate=False) == [cake]
    assert stale_articles(connection, [TUESDAY], "1", everything=True, gate=False) == [cake]
    assert stale_articles(connection, [], "2", gate=True) == [talks, cake]
    load_readings(connection, [reading(cake, "PER-TUR")])
    assert stale_articles(connection, [MONDAY, TUESDAY], "1", gate=False) == []
    assert connection.execute(
        "select article_id, turned_away from facts.readings order by 1"
    ).fetchall() == [("a", False), ("b", False)]


def test_an_article_that_the_gate_now_turns_away_loses_its_facts(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    load_articles(connection, [row("a", "talks"), row("b", "more talks")])
    a, b = stale_articles(connection, [MONDAY], "1")
    load_readings(connection, [reading(a, "CUB-IRN"), reading(b, "CUB-IRN")])
    load_readings(connection, [ArticleReading(a, "1", 1, None, turned_away=True)])
    for table in ("facts.meetings", "facts.quotes"):
        ids = connection.execute(f"select article_id from {table}").fetchall()
        assert ids == [("b",)], table


def test_readings_of_before_the_gate_were_read(connection: duckdb.DuckDBPyConnection) -> None:
    """A data folder of an earlier version has no word on the gate in its ledger."""
    load_articles(connection, [row("a", "talks")])
    (article,) = stale_articles(connection, [MONDAY], "1")
    load_readings(connection, [reading(article, "CUB-IRN")])
    connection.execute("update facts.readings set turned_away = null")
    assert stale_articles(connection, [MONDAY], "1", gate=False) == []


def test_reading_again_replaces_the_facts_of_that_article_only(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    load_articles(connection, [row("a", "one"), row("b", "two")])
    a, b = stale_articles(connection, [MONDAY], "1")
    load_readings(connection, [reading(a, "CUB-IRN"), reading(b, "PER-TUR")])
    counts = load_readings(connection, [reading(a, "CUB-VNM", "2")])
    assert (counts["meetings"], counts["quotes"], counts["people"]) == (1, 1, 0)
    assert connection.execute(
        "select article_id, pair, extractor_version from facts.meetings order by 1"
    ).fetchall() == [("a", "CUB-VNM", "2"), ("b", "PER-TUR", "1")]


def test_nested_values_survive_the_way_into_the_table(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    load_articles(connection, [row("a", "one")])
    load_readings(connection, [reading(stale_articles(connection, [MONDAY], "1")[0], "CUB-IRN")])
    assert connection.execute("select participants from facts.meetings").fetchall()[0][0] == [
        {"name": "Ana Ruiz", "role": "minister", "country": "CUB"},
        {"name": None, "role": "envoy", "country": None},
    ]
    text, parts, meetings, start = connection.execute(
        "select text, parts, meetings, evidence_start from facts.quotes"
    ).fetchall()[0]
    assert (text, meetings, start) == ('“Añ"', ["m1"], 0)
    assert parts == [{"start": 0, "end": 2}, {"start": 3, "end": 4}]


def test_a_failed_load_of_readings_changes_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    load_articles(connection, [row("a", "one")])
    article = stale_articles(connection, [MONDAY], "1")[0]
    load_readings(connection, [reading(article, "CUB-IRN")])
    with pytest.raises(duckdb.ConstraintException):
        load_readings(connection, [reading(article, "CUB-VNM"), reading(article, "CUB-VNM")])
    assert connection.execute("select pair from facts.meetings").fetchall() == [("CUB-IRN",)]


def test_a_source_goes_with_everything_read_from_it(connection: duckdb.DuckDBPyConnection) -> None:
    load_articles(connection, [row("a", "one"), row("s", "sample", source="sample")])
    load_readings(
        connection, [reading(x, "CUB-IRN") for x in stale_articles(connection, [MONDAY], "1")]
    )
    assert remove_source(connection, "sample") == 1
    for table in ("raw.articles", "facts.readings", "facts.meetings", "facts.quotes"):
        ids = connection.execute(f"select distinct article_id from {table}").fetchall()
        assert ids == [("a",)], table
    assert remove_source(connection, "sample") == 0


def test_reference_tables_follow_the_lexicons(connection: duckdb.DuckDBPyConnection) -> None:
    counts = load_reference(connection, {"mine": "full"})
    assert load_reference(connection, {"mine": "full"}) == counts
    assert (counts["reference.sectors"], counts["reference.sources"]) == (30, 1)
    assert connection.execute(
        "select name from reference.countries where iso3 in ('CUB', 'XKX') order by 1"
    ).fetchall() == [("Cuba",), ("Kosovo",)]
