"""The assets of Python on a temporary warehouse, without dbt."""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest
from spacy.tokens import Doc

from assets.articles import ingest
from assets.days import today
from assets.facts import extract
from assets.resources import Warehouse
from pipelines import records
from pipelines.extraction.article import extractor_version
from pipelines.sources.files import parse_file
from pipelines.sources.records import Document, SetAside
from warehouse.home import Home

TALKS = (
    "LIMA (Invented Agency) - Peruvian Foreign Minister Ana Quispe Rojas met with Kenyan Foreign "
    'Minister Daniel Otieno in Lima on 4 March 2024. "We want more trade," Quispe Rojas said.'
)
TODAY = today().isoformat()


def materialize(
    home: Home,
    *,
    paths: tuple[Path, ...] = (),
    day: str = TODAY,
    again: bool = False,
    assets: tuple[dg.AssetsDefinition, ...] = (ingest, extract),
) -> dict[str, dict[str, Any]]:
    """Materialize the assets and return their metadata."""
    ops: dict[str, Any] = {"ingest": {"config": {"paths": [str(path) for path in paths]}}}
    if extract in assets:
        ops["extract"] = {"config": {"again": again}}
    result = dg.materialize(
        list(assets),
        partition_key=day,
        resources={"warehouse": Warehouse(home_path=str(home.root))},
        run_config={"ops": ops},
    )
    assert result.success
    return {
        ".".join(event.asset_key.path): {
            name: value.value for name, value in event.materialization.metadata.items()
        }
        for event in result.get_asset_materialization_events()
    }


def rows(home: Home, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home.build_database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "talks.txt").write_text(TALKS)
    (folder / "empty.txt").write_text("")
    (folder / "feed.jsonl").write_text(json.dumps({"text": TALKS.replace("Lima", "Cusco")}) + "\n{")
    return folder


def test_what_comes_in_is_kept_loaded_and_counted(home: Home, news: Path) -> None:
    told = materialize(home, paths=(news,))
    articles = told["raw.articles"]
    assert (articles["new"], articles["unchanged"], articles["dagster/row_count"]) == (2, 0, 2)
    assert told["raw.quarantine"]["set_aside"] == 2
    assert told["facts.readings"]["articles_read"] == 2
    assert told["facts.meetings"]["added"] == 2
    assert rows(home, "select article_id from raw.articles order by 1") == [
        ("files/news/feed.jsonl#1",),
        ("files/news/talks.txt#1",),
    ]
    assert rows(home, "select path, record, reason from raw.quarantine order by 1") == [
        ("news/empty.txt", None, "empty_text"),
        ("news/feed.jsonl", 2, "bad_json_line"),
    ]
    store = Warehouse(home_path=str(home.root)).raw_store
    for (raw_hash,) in rows(home, "select raw_hash from raw.articles"):
        assert TALKS[:4].encode() in store.get(raw_hash)


def test_doing_it_again_reads_nothing_and_changes_nothing(home: Home, news: Path) -> None:
    materialize(home, paths=(news,))
    before = rows(home, "from facts.meetings order by all"), rows(home, "from raw.articles")
    told = materialize(home, paths=(news,))
    assert told["raw.articles"]["unchanged"] == 2
    assert told["facts.readings"]["articles_read"] == 0
    assert before == (
        rows(home, "from facts.meetings order by all"),
        rows(home, "from raw.articles"),
    )


def test_an_older_day_never_fetches_and_reads_only_its_own(home: Home, news: Path) -> None:
    yesterday = (today() - timedelta(days=1)).isoformat()
    materialize(home, paths=(news / "talks.txt",), day=yesterday)
    materialize(home, paths=(news / "feed.jsonl",))
    told = materialize(home, day=yesterday, again=True)
    assert told["raw.articles"]["new"] == 0
    assert told["facts.readings"]["articles_read"] == 1
    days = rows(home, "select distinct arrived_on from facts.meetings order by 1")
    assert days == [(date.fromisoformat(yesterday),), (today(),)]


def test_a_new_version_of_the_rules_reads_again(
    home: Home, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    materialize(home, paths=(news,))
    monkeypatch.setattr("pipelines.extraction.article.EXTRACTOR_VERSION", "9.9.9")
    told = materialize(home, paths=(news,))
    assert told["raw.articles"]["unchanged"] == 2
    assert told["facts.readings"]["articles_read"] == 2
    [(version,)] = rows(home, "select distinct extractor_version from facts.readings")
    assert version == extractor_version()
    assert version.startswith("9.9.9+")


def test_an_article_that_cannot_be_read_is_told_and_costs_no_other(
    home: Home, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines.extraction import batch

    real = batch.facts_of

    def failing(doc: Doc, article: records.Article, version: str) -> records.ArticleFacts:
        if article.doc_id.endswith("talks.txt#1"):
            raise RuntimeError("unforeseen")
        return real(doc, article, version)

    monkeypatch.setattr(batch, "facts_of", failing)
    told = materialize(home, paths=(news,))
    assert told["facts.readings"]["articles_failed"] == 1
    assert rows(home, "select article_id, error from facts.readings where error is not null") == [
        ("files/news/talks.txt#1", "RuntimeError: unforeseen")
    ]
    assert rows(home, "select count(*) from facts.meetings") == [(1,)]


def test_the_first_real_source_takes_the_place_of_the_samples(home: Home, news: Path) -> None:
    told = materialize(home, assets=(ingest,))
    assert told["raw.articles"]["new"] >= 8
    assert rows(home, "select distinct is_sample from raw.articles") == [(True,)]
    home.settings.write_text(f'[sources.mine]\npath = "{news}"\n')
    told = materialize(home)
    assert told["raw.articles"]["samples_removed"] >= 8
    assert rows(home, "select distinct source, is_sample from raw.articles") == [("mine", False)]
    assert rows(home, "select distinct source from raw.quarantine") == [("mine",)]


def test_a_source_that_is_not_there_is_set_aside_and_the_run_goes_on(
    home: Home, news: Path, tmp_path: Path
) -> None:
    home.settings.write_text(
        f'[sources.gone]\npath = "{tmp_path}/gone"\n[sources.mine]\npath = "{news}"\n'
    )
    told = materialize(home, assets=(ingest,))
    assert told["raw.articles"]["new"] == 2
    assert told["raw.articles"]["missing_sources"] == ["gone"]
    assert ("gone", "unreadable") in rows(home, "select source, reason from raw.quarantine")


def test_a_backfill_is_one_run(home: Home, news: Path) -> None:
    for offset in range(3):
        day = (today() - timedelta(days=offset)).isoformat()
        (news / f"day{offset}.txt").write_text(TALKS + f" It was day {offset}.")
        materialize(home, paths=(news / f"day{offset}.txt",), day=day, assets=(ingest,))
    first, last = today() - timedelta(days=2), today()
    result = dg.materialize(
        [extract],
        resources={"warehouse": Warehouse(home_path=str(home.root))},
        tags={
            "dagster/asset_partition_range_start": first.isoformat(),
            "dagster/asset_partition_range_end": last.isoformat(),
        },
    )
    assert result.success
    assert rows(home, "select count(distinct arrived_on) from facts.meetings") == [(3,)]


def test_what_comes_several_times_in_one_run_is_known_when_it_comes_again(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the batches: the same address in two files, and twice in one."""
    monkeypatch.setattr("assets.spool.BATCH_ROWS", 2)
    address = "https://news.example/talks"
    for name, texts in (("a", ("one", "two", "three")), ("b", ("two", "four", "one"))):
        lines = [json.dumps({"url": address, "text": f"{TALKS} Part {text}."}) for text in texts]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines))
    paths = (tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    first = materialize(home, paths=paths, assets=(ingest,))["raw.articles"]
    assert (first["new"], first["revised"]) == (1, 4)
    before = rows(home, "from raw.articles order by revision")
    again = materialize(home, paths=paths, assets=(ingest,))["raw.articles"]
    assert (again["new"], again["revised"], again["unchanged"]) == (0, 0, 6)
    assert rows(home, "from raw.articles order by revision") == before


def test_files_of_every_format_come_in_by_a_pattern(home: Home, tmp_path: Path) -> None:
    page = f"""<html><head><title>Talks</title><meta name="author" content="Ana Lum">
    <meta property="article:published_time" content="2024-03-04T09:30:00Z"></head>
    <body><article><p>{TALKS}</p><p>{TALKS.replace("met", "spoke")}</p></article></body></html>"""
    folder = tmp_path / "news" / "2024-03"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text(page)
    (folder / "lines.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": TALKS}).encode()))
    (folder / "table.csv").write_text(
        f'text,date\n"{TALKS.replace(chr(34), chr(34) * 2)}",2024-03-04'
    )
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.encode()
    head = f"WARC-Target-URI: https://news.example/1\r\nContent-Length: {len(http)}\r\n\r\n"
    warc = b"WARC/1.0\r\nWARC-Type: response\r\n" + head.encode() + http + b"\r\n\r\n"
    (folder / "web.warc").write_bytes(warc + b"WARC/1.0\r\nWARC-Type: request\r\n" + head.encode())
    (tmp_path / "news" / "later.txt").write_text(TALKS)
    told = materialize(home, paths=(tmp_path / "news" / "2024-*" / "*",), assets=(ingest,))
    assert told["raw.articles"]["new"] == 4
    assert rows(
        home,
        "select article_id, author, published_precision, published_from "
        "from raw.articles order by 1",
    ) == [
        ("files/news/2024-03/lines.jsonl.gz#1", None, None, None),
        ("files/news/2024-03/page.html#1", "Ana Lum", "second", "meta"),
        ("files/news/2024-03/table.csv#1", None, "day", "record"),
        ("https://news.example/1", "Ana Lum", "second", "meta"),
    ]
    assert rows(home, "select path, record, reason from raw.quarantine") == [
        ("news/2024-03/web.warc", 2, "truncated_warc")
    ]
    store = Warehouse(home_path=str(home.root)).raw_store
    for raw_hash, path in rows(home, "select raw_hash, path from raw.articles"):
        with store.open(raw_hash) as kept:
            assert kept.read() == (tmp_path / path).read_bytes()


def test_what_is_set_aside_can_be_read_from_what_is_kept(home: Home, tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text("{broken\n" + json.dumps({"text": TALKS}))
    materialize(home, paths=(tmp_path / "feed.jsonl",), assets=(ingest,))
    [(path, raw_hash)] = rows(home, "select path, raw_hash from raw.quarantine")
    store = Warehouse(home_path=str(home.root)).raw_store
    first, second = parse_file(path, store.get(raw_hash))
    assert isinstance(first, SetAside)
    assert isinstance(second, Document)
