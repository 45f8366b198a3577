"""Forgetting, the quarantine and the sources, on a temporary warehouse and without dbt."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assets import rereading
from assets.articles import ingest
from assets.cli import group
from assets.days import today
from assets.facts import extract
from pipelines.sources import records
from pipelines.sources.files import parse_file
from pipelines.sources.stored import Remainder
from tests.assets.test_ingest_and_extract import materialize, rows
from warehouse.connection import build_connection
from warehouse.home import Home

TALKS = (
    "LIMA (Invented Agency) - Peruvian Foreign Minister Ana Quispe Rojas met with Kenyan Foreign "
    'Minister Daniel Otieno in Lima on 4 March 2024. "We want more trade," Quispe Rojas said at '
    "the old customs house, which is painted in zebraquagga stripes."
)
OTHER = TALKS.replace("Lima", "Cusco").replace("zebraquagga", "plain")
URL = "https://news.example/talks?id=4"


@pytest.fixture
def entente(home: Home, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Call `entente` in this process, on the data folder of the test."""
    monkeypatch.setenv("ENTENTE_HOME", str(home.root))
    monkeypatch.setattr("sys.argv", ["entente"])

    def call(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(group, arguments)
        assert result.exit_code == code, (result.output, result.exception)
        return result

    return call


@pytest.fixture
def news(tmp_path: Path, home: Home) -> Path:
    """A source of two articles in one file, the first with an address."""
    folder = tmp_path / "news"
    folder.mkdir()
    write(folder, {"url": f"{URL}&utm_source=x", "title": "Talks", "text": TALKS}, {"text": OTHER})
    home.settings.write_text(f'[sources.mine]\npath = "{folder}"\n')
    return folder


def write(folder: Path, *items: dict[str, Any] | str, name: str = "feed.jsonl") -> None:
    lines = [item if isinstance(item, str) else json.dumps(item) for item in items]
    (folder / name).write_text("\n".join(lines) + "\n")


def take_in(home: Home) -> dict[str, Any]:
    """Take in what the sources have, and return what is told of it."""
    told = materialize(home, assets=(ingest,))
    return {**told["raw.articles"], **told["raw.quarantine"]}


def stored(home: Home) -> list[str]:
    return [gzip.decompress(path.read_bytes()).decode() for path in home.raw.rglob("*.gz")]


def holds_the_word(home: Home) -> list[str]:
    """Every table of the build database, and every stored file, that holds the unique word."""
    found = [f"raw bytes: {text[:40]}" for text in stored(home) if "zebraquagga" in text]
    for schema, table in rows(
        home,
        "select schema_name, table_name from duckdb_tables() "
        "where database_name = current_database()",
    ):
        whole = rows(home, f'from "{schema}"."{table}"')
        found += [f"{schema}.{table}"] if "zebraquagga" in repr(whole) else []
    return found


def _is_hashable(value: Any) -> bool:
    return not isinstance(value, list)


def test_what_is_forgotten_is_gone_and_stays_away(
    home: Home, news: Path, entente: Callable[..., Result]
) -> None:
    materialize(home, assets=(ingest, extract))
    assert len(holds_the_word(home)) >= 2, "bytes and articles at least"
    told = entente("forget", f"{URL}#top", "--yes", "--no-publish", "--reason", "asked to")
    assert "Forgot 1 article." in told.output
    assert "written anew" in told.output
    assert str(news / "feed.jsonl") in told.output
    assert "entente run" in told.output
    assert holds_the_word(home) == []
    ((other, raw_hash),) = rows(home, "select article_id, raw_hash from raw.articles")
    assert other == "mine/feed.jsonl#2"
    assert (home.raw / raw_hash[:2] / f"{raw_hash}.gz").exists(), "points to the new bytes"
    assert rows(home, "select distinct article_id from facts.quotes") == [(other,)]
    (tombstone,) = rows(home, "from raw.tombstones")
    assert {"article", "mine", "asked to", today()} <= {*filter(_is_hashable, tombstone)}
    assert "Talks" not in repr(tombstone)
    assert "news.example" not in repr(tombstone)
    again = take_in(home)
    assert (again["new"], again["unchanged"], again["forgotten"]) == (0, 1, 1)
    assert holds_the_word(home) == [], "the file of the source still has it"
    # under another address, with another title and other spaces
    write(news, {"url": "https://b.example/x", "title": "T", "text": f" {TALKS}\n"}, name="b.jsonl")
    assert take_in(home)["forgotten"] == 2
    assert holds_the_word(home) == []
    # a changed text at the same address
    write(news, {"url": URL, "text": f"{TALKS} Corrected."}, {"text": OTHER})
    assert take_in(home)["forgotten"] == 2
    assert len(rows(home, "from raw.articles")) == 1
    assert "was forgotten on" in entente("forget", URL).output


def test_a_place_in_a_file_may_hold_something_else_tomorrow(
    home: Home, news: Path, entente: Callable[..., Result]
) -> None:
    (news / "talks.txt").write_text(TALKS)
    (news / "feed.jsonl").unlink()
    take_in(home)
    assert (
        "stored file removed"
        in entente("forget", "mine/talks.txt#1", "--yes", "--no-publish").output
    )
    assert stored(home) == []
    told = take_in(home)
    assert (told["new"], told["forgotten"], stored(home)) == (0, 1, [])
    (news / "talks.txt").write_text(OTHER)
    told = take_in(home)
    assert (told["new"], told["forgotten"]) == (1, 0)


def test_all_revisions_and_copies_go(
    home: Home, news: Path, entente: Callable[..., Result]
) -> None:
    take_in(home)
    write(news, {"url": URL, "text": f"{TALKS} Revised."}, {"text": OTHER})
    (news / "copy.txt").write_text(f"{TALKS} Revised.\n")
    (news / "quote.txt").write_text(f"{OTHER} It was also written: {TALKS}")
    told = materialize(home, assets=(ingest,), paths=(news,))["raw.articles"]
    assert told["new"] == 3, "the copy, the quoting one, and the one of the file without address"
    output = entente("forget", URL, "--dry-run").output
    assert "2 revisions" in output
    assert "the same text" in output
    assert len(rows(home, f"from raw.articles where article_id = '{URL}'")) == 2, "a dry run"
    assert len(stored(home)) == 4
    entente("forget", URL, "--yes", "--no-publish")
    left = [article for (article,) in rows(home, "select article_id from raw.articles order by 1")]
    assert left == ["files/news/feed.jsonl#2", "files/news/quote.txt#1", "mine/feed.jsonl#2"]
    assert [text[:4] for text in stored(home) if "zebraquagga" in text] == ["LIMA"], "the quote"


def test_bytes_that_came_again_and_changed_nothing_are_searched(
    home: Home, news: Path, entente: Callable[..., Result]
) -> None:
    take_in(home)
    # the same articles in another order: other bytes, which no row points to
    write(news, {"text": OTHER}, {"url": URL, "title": "Talks", "text": TALKS}, name="again.jsonl")
    (news / "again.jsonl").replace(news / "feed.jsonl")
    home.settings.write_text(f'[sources.mine]\npath = "{news}"\n')
    take_in(home)
    assert sum("zebraquagga" in text for text in stored(home)) == 2
    entente("forget", URL, "--yes", "--no-publish")
    assert holds_the_word(home) == []


def test_forgetting_asks_and_refuses_what_is_not_there(
    home: Home, news: Path, entente: Callable[..., Result]
) -> None:
    assert "nothing to forget" in entente("forget", URL, code=2).output
    take_in(home)
    with build_connection(home, "a test") as connection:
        connection.execute("create schema if not exists builds")
        connection.execute("create table if not exists builds.notes (name varchar, note varchar)")
        connection.execute("insert into builds.notes values ('built', 'up to date')")
    assert "There is no article" in entente("forget", "https://no.example/", code=2).output
    assert "--yes" in entente("forget", URL, code=2).output
    assert len(rows(home, "from raw.articles")) == 2
    entente("forget", URL, "--yes", "--no-publish")
    assert rows(home, "from builds.notes") == [], "models and files are to be made anew"


def test_the_quarantine_shows_what_stands_there(
    home: Home, news: Path, entente: Callable[..., Result]
) -> None:
    write(news, {"text": OTHER}, '{"text": "broken \x1b[31m')
    (news / "picture.png").write_bytes(bytes(range(256)))
    take_in(home)
    entries = json.loads(entente("quarantine", "--json").output)
    broken, picture = sorted(entries, key=lambda entry: str(entry["path"]))
    assert broken["parser_version"] == records.PARSER_VERSION
    told = entente("quarantine", "show", broken["quarantine_id"][:4]).output
    assert '{"text": "broken' in told
    assert "\x1b" not in told
    assert "record 2" in told
    told = entente("quarantine", "show", picture["quarantine_id"], "--characters", "4").output
    assert told.endswith("0001 0203\n")
    told = entente("quarantine", "show", broken["quarantine_id"], "--json").output
    assert json.loads(told)["excerpt"].startswith('{"text": "broken')
    assert "no entry" in entente("quarantine", "show", "zz", code=2).output
    assert "2 set aside" in entente("quarantine").output
    assert "1 set aside" in entente("quarantine", "--reason", "bad_json_line").output
    assert "stand behind it" in entente("quarantine", "--all", "retry", code=2).output


def test_what_the_settings_mend_comes_in_when_it_is_retried(
    home: Home, news: Path, entente: Callable[..., Result]
) -> None:
    write(news, {"text": OTHER, "published": "03/04/2024"}, {"text": TALKS, "published": "soon"})
    take_in(home)
    (news / "feed.jsonl").unlink()
    assert "0 mended, 2 still" in entente("quarantine", "retry").output
    home.settings.write_text(home.settings.read_text() + 'date_order = "DMY"\n')
    told = entente("quarantine", "retry", "--reason", "bad_published").output
    assert "2 read again: 1 mended, 1 still set aside." in told
    assert rows(
        home, "select article_id, published_local_date::varchar, arrived_on from raw.articles"
    ) == [("mine/feed.jsonl#1", "2024-04-03", today())]
    assert rows(home, "select record, resolved_on from raw.quarantine order by 1") == [
        (1, today()),
        (2, None),
    ]
    told = materialize(home, assets=(ingest, extract))["facts.readings"]
    assert told["articles_read"] == 1


def test_a_run_reads_again_what_a_former_parser_set_aside_once(
    home: Home, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(news, "first line", {"text": OTHER})
    (news / "talks.odd").write_text(TALKS)
    (news / "other.odd").write_text("odd")
    take_in(home)
    for path in news.glob("*"):
        path.unlink()
    real, calls = rereading.parse_file, []

    def parse(path: str, content: Any, **known: Any) -> Any:
        calls.append(path)
        return real(path.replace("talks.odd", "talks.txt"), content, **known)

    monkeypatch.setattr(rereading, "parse_file", parse)
    assert take_in(home)["mended"] == 0
    assert calls == [], "the parser is the same"
    monkeypatch.setattr("assets.articles.PARSER_VERSION", "9")
    monkeypatch.setattr("assets.intake.PARSER_VERSION", "9")
    monkeypatch.setattr("assets.rereading.PARSER_VERSION", "9")
    assert take_in(home)["mended"] == 1
    assert sorted(calls) == ["feed.jsonl", "other.odd", "talks.odd"]
    assert rows(
        home, "select path, resolved_on, parser_version from raw.quarantine order by 1"
    ) == [
        ("feed.jsonl", None, "9"),
        ("other.odd", None, "9"),
        ("talks.odd", today(), "9"),
    ]
    calls.clear()
    assert take_in(home)["mended"] == 0
    assert calls == []


def test_what_is_dropped_is_not_set_aside_again(
    home: Home, news: Path, entente: Callable[..., Result]
) -> None:
    write(news, {"text": OTHER}, '{"text": "zebraquagga')
    (news / "odd.bin").write_bytes(b"zebraquagga")
    assert take_in(home)["set_aside"] == 2
    ids = [entry["quarantine_id"] for entry in json.loads(entente("quarantine", "--json").output)]
    assert "--yes" in entente("quarantine", "drop", *ids, code=2).output
    told = entente("quarantine", "drop", *ids, "--yes", "--reason", "no news").output
    assert "2 dropped; 1 stored files removed, 1 written anew" in told
    assert holds_the_word(home) == []
    told = take_in(home)
    assert (told["set_aside"], told["unchanged"]) == (0, 1)
    assert entente("quarantine").output == "Nothing is set aside.\n"
    assert holds_the_word(home) == [], "the file of the source still has it"
    write(news, {"text": OTHER}, '{"text": "another broken line')
    assert take_in(home)["set_aside"] == 1, "something else in the same place"


def test_the_sources_tell_what_they_have(
    home: Home, news: Path, tmp_path: Path, entente: Callable[..., Result]
) -> None:
    write(news, "{", name="bad.jsonl")
    home.settings.write_text(
        f'[sources.mine]\npath = "{news}/*.jsonl"\nterms = "https://news.example/terms"\n'
        f'licence = "ask first"\ndate_order = "MDY"\nlanguage = "EN"\n'
        f'[sources.gone]\npath = "{tmp_path}/gone"\nenabled = false\n'
    )
    mine, gone, sample = json.loads(entente("sources", "--json").output)
    assert (mine["files"], mine["bytes"] > 0, mine["exists"], mine["articles"]) == (
        2,
        True,
        True,
        0,
    )
    assert (mine["terms"], mine["licence"]) == ("https://news.example/terms", "ask first")
    assert (mine["date_order"], mine["language"]) == ("MDY", "en")
    assert (gone["enabled"], gone["exists"], sample["enabled"]) == (False, False, False)
    told = entente("sources", "--check", "mine").output
    assert "2 articles would come in, 1 be set aside" in told
    assert "1 bad_json_line, as bad.jsonl record 1" in told
    assert not home.build_database.exists(), "nothing is written"
    home.settings.write_text(f'[sources.mine]\npath = "{news}"\n[sources.gone]\npath = "gone"\n')
    assert "CANNOT BE READ" in entente("sources", "--check", code=1).output
    entente("sources", "--check", "mine")
    assert "no source" in entente("sources", "other", code=2).output
    take_in(home)
    mine, *_ = json.loads(entente("sources", "--json", "mine").output)
    assert (mine["articles"], mine["set_aside"]) == (2, 1)
    assert mine["last_arrival"] == today().isoformat()


def test_terms_stand_beside_what_is_published(home: Home) -> None:
    from warehouse.loads import load_reference

    with build_connection(home, "a test") as connection:
        notes = {"a": {"terms": "https://a.example/terms", "licence": None}}
        load_reference(connection, {"a": "full", "b": "none"}, notes)
        assert connection.execute("from reference.sources order by 1").fetchall() == [
            ("a", "full", "https://a.example/terms", None),
            ("b", "none", None, None),
        ]


@pytest.mark.parametrize("indent", [None, 1])
def test_one_of_two_articles_in_an_object_is_forgotten_without_the_other(
    home: Home, news: Path, entente: Callable[..., Result], indent: int | None
) -> None:
    (news / "feed.jsonl").unlink()
    wrapped = {"status": "ok", "articles": [{"url": URL, "text": TALKS}, {"text": OTHER}]}
    (news / "feed.json").write_text(json.dumps(wrapped, indent=indent))
    take_in(home)
    told = entente("forget", URL, "--yes", "--no-publish").output
    assert "written anew" in told
    assert holds_the_word(home) == []
    ((article, raw_hash),) = rows(home, "select article_id, raw_hash from raw.articles")
    assert article == "mine/feed.json#2"
    content = gzip.decompress((home.raw / raw_hash[:2] / f"{raw_hash}.gz").read_bytes())
    kept = {item.record: item for item in parse_file("feed.json", content)}
    assert isinstance(kept[2], records.Document)
    assert kept[2].text == OTHER


def test_a_broken_element_of_a_list_is_dropped_without_the_others(
    home: Home, news: Path, entente: Callable[..., Result]
) -> None:
    (news / "feed.jsonl").unlink()
    listed = [{"text": TALKS}, {"text": "two", "doc_id": "two"}, {"text": OTHER}]
    content = json.dumps(listed, indent=1).replace('"doc_id": "two"', '"doc_id": two')
    (news / "feed.json").write_text(content)
    take_in(home)
    (entry,) = json.loads(entente("quarantine", "--json").output)
    assert '"doc_id": two' in entente("quarantine", "show", entry["quarantine_id"]).output
    told = entente("quarantine", "drop", entry["quarantine_id"], "--yes").output
    assert "1 written anew" in told
    (written,) = stored(home)
    assert [item and item["text"] for item in json.loads(written)] == [TALKS, None, OTHER]


def test_bytes_stay_where_others_would_be_lost(
    home: Home, news: Path, entente: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(home)
    (before,) = stored(home)
    monkeypatch.setattr(
        "assets.stored_bytes.without_records",
        lambda path, content, gone: Remainder(b"[null]", int(gone(1, {"text": TALKS})), 0),
    )
    told = entente("forget", URL, "--yes", "--no-publish", code=1).output
    assert "without a loss to 1 other record" in told
    assert stored(home) == [before]
    assert rows(home, "select article_id from raw.articles") == [("mine/feed.jsonl#2",)]
