"""Checks of what came in and what was read, on a warehouse with a history."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from assets.articles import ingest
from assets.checks import stopping
from assets.days import today
from assets.fact_checks import checked_facts
from assets.facts import extract
from assets.resources import Warehouse
from assets.settings import load_settings
from pipelines.extraction.article import extractor_version
from warehouse.connection import build_connection
from warehouse.home import Home
from warehouse.loads import insert_rows
from warehouse.tables import ARTICLES, MEETINGS, READINGS

TODAY = today()


@pytest.fixture(autouse=True)
def without_own_gold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the project's own gold takes seconds, and is tested elsewhere."""
    monkeypatch.setenv("ENTENTE_CHECKS__OWN_GOLD", "off")


@pytest.fixture
def news(home: Home, tmp_path: Path) -> Path:
    """The folder of the only source."""
    folder = tmp_path / "news"
    folder.mkdir()
    home.settings.write_text(f'[sources.agency]\npath = "{folder}"\n')
    return folder


def write(folder: Path, count: int, text: str = "", **values: Any) -> None:
    """Write a file of articles, each with a text of its own."""
    talks = (
        "Peruvian Foreign Minister Ana Quispe Rojas met with Kenyan Foreign Minister Daniel "
        "Otieno in Lima on 4 March 2024."
    )
    (folder / "feed.jsonl").write_text(
        "".join(
            json.dumps({"text": f"{text or talks} This is report {n}.", **values}) + "\n"
            for n in range(count)
        )
    )


def remember(home: Home, per_day: int, days: int = 6, meetings: int = 0) -> None:
    """Put articles of earlier days into the warehouse, with as many facts each as told."""
    articles, readings, facts = [], [], []
    version = extractor_version()  # nothing of it is read again
    for back in range(1, days + 1):
        day = TODAY - timedelta(days=back)
        for n in range(per_day):
            key = {"article_id": f"agency/{day}#{n}", "revision": 1, "arrived_on": day}
            moment = datetime.combine(day, datetime.min.time())
            articles.append(
                {**key, "source": "agency", "text": "Old.", "fetched_at": moment, "record": n}
                | {"content_hash": f"{day}{n}"}
            )
            readings.append({**key, "content_hash": f"{day}{n}", "extractor_version": version})
            facts += [{**key, "id": str(number)} for number in range(meetings)]
    with build_connection(home, "a test") as connection:
        insert_rows(connection, ARTICLES, articles)
        insert_rows(connection, READINGS, readings)
        insert_rows(connection, MEETINGS, facts)


def run(home: Home, *assets: Any, **config: Any) -> dict[str, dg.AssetCheckEvaluation]:
    """Materialize and return the checks by asset and name."""
    result = dg.materialize(
        list(assets) or [ingest],
        partition_key=TODAY.isoformat(),
        resources={"warehouse": Warehouse(home_path=str(home.root))},
        run_config={"ops": {"ingest": {"config": config}}},
        raise_on_error=False,
    )
    found = {
        f"{check.asset_key.path[-1]}.{check.check_name}": check
        for check in result.get_asset_check_evaluations()
    }
    blocked = any(
        not c.passed and c.severity == dg.AssetCheckSeverity.ERROR for c in found.values()
    )
    assert result.success != blocked
    return found


def reason(check: dg.AssetCheckEvaluation) -> str:
    return str(check.metadata["reason"].value)


def test_a_sudden_drop_of_a_source_is_told(home: Home, news: Path) -> None:
    remember(home, per_day=40)
    write(news, 4)
    check = run(home)["articles.usual_number"]
    assert not check.passed, check.metadata
    assert check.severity == dg.AssetCheckSeverity.WARN
    assert f"agency brought 4 articles on {TODAY}, fewer than usual (40" in reason(check)


def test_a_jump_stops_the_run_where_the_settings_say_so(
    home: Home, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTENTE_CHECKS__USUAL", "block")
    remember(home, per_day=5)
    write(news, 45)
    found = run(home, ingest, extract)
    assert found["articles.usual_number"].severity == dg.AssetCheckSeverity.ERROR
    assert "more than usual" in reason(found["articles.usual_number"])
    assert "readings" not in {key.partition(".")[0] for key in found}, "nothing is read"


def test_a_usual_day_passes_and_a_short_history_says_nothing(home: Home, news: Path) -> None:
    write(news, 30)
    remember(home, per_day=2, days=4)
    assert run(home)["articles.usual_number"].passed


def test_a_silent_source_is_told_even_when_nothing_came(home: Home, news: Path) -> None:
    remember(home, per_day=1, days=6)
    with build_connection(home, "a test") as connection:
        connection.execute(
            "delete from raw.articles where arrived_on > ?", [TODAY - timedelta(days=5)]
        )
    check = run(home)["articles.fresh_sources"]
    assert not check.passed, check.metadata
    assert "source agency brought nothing new since" in reason(check)
    assert "expect_every_hours (now 72" in reason(check)
    with home.settings.open("a") as settings:
        settings.write("expect_every_hours = 0\n")
    assert run(home)["articles.fresh_sources"].passed


def test_a_source_that_never_brought_anything_is_told(home: Home, news: Path) -> None:
    assert "never brought an article" in reason(run(home)["articles.fresh_sources"])


def test_what_is_named_on_the_command_line_is_no_habit(home: Home, news: Path) -> None:
    remember(home, per_day=40)
    write(news, 4)
    found = run(home, paths=[str(news)])
    assert found["articles.usual_number"].passed
    assert "not looked at" in reason(found["articles.fresh_sources"])


def test_a_large_share_set_aside_is_told(home: Home, news: Path) -> None:
    write(news, 12)
    with (news / "feed.jsonl").open("a") as feed:
        feed.write('{"text": \n' * 10)
    check = run(home)["articles.set_aside"]
    assert not check.passed, check.metadata
    assert "10 of 22 files and records" in reason(check)
    assert check.metadata["set_aside_percent"].value == pytest.approx(45.5)


def held(home: Home, count: int, day: str) -> None:
    """Put meetings into the warehouse that are told as held on a day, published on 2 March 2024.

    The rules make such a meeting a planned one; whatever they overlook is what the check is for.
    """
    text = "The ministers met in Lima."
    keys = [{"article_id": f"agency/{n}", "revision": 1, "arrived_on": TODAY} for n in range(count)]
    published = date(2024, 3, 2)
    span = {"evidence_start": 0, "evidence_end": len(text)}
    fact = {"id": "m1", "pair": "KEN-PER", "status": "held", "date": day, **span}
    with build_connection(home, "a test") as connection:
        article = {"text": text, "published_local_date": published}
        insert_rows(connection, ARTICLES, [{**key, **article} for key in keys])
        insert_rows(connection, MEETINGS, [{**key, **fact} for key in keys])


def checked(home: Home, read: list[str]) -> dg.AssetCheckResult:
    with build_connection(home, "a test") as connection:
        results = checked_facts(connection, load_settings(home), TODAY, read)
    of_meetings = [r for r in results if r.asset_key == dg.AssetKey(["facts", "meetings"])]
    (found,) = [r for r in of_meetings if r.check_name == "held_before_told"]
    return found


def test_a_date_that_an_article_could_not_know_is_shown_once(home: Home) -> None:
    held(home, 1, "2024-03-04")
    found = checked(home, ["agency/0"])
    assert (found.passed, found.severity) == (False, dg.AssetCheckSeverity.WARN)
    told = {name: str(value.value) for name, value in found.metadata.items()}
    assert "such as KEN-PER on 2024-03-04 in agency/0 of 2024-03-02" in told["reason"]
    assert "The ministers met in Lima." not in told["facts"], "texts are not kept in Dagster"
    later = checked(home, [])
    assert later.passed
    assert later.metadata["reason"].value == "1 of 1, none of them new"


@pytest.mark.parametrize("day", ["2024-03-03", "2024-03", "2024"])
def test_time_zones_and_vague_dates_are_no_fault(home: Home, day: str) -> None:
    held(home, 1, day)
    assert checked(home, ["agency/0"]).passed


def test_many_such_dates_are_an_error_and_stop_the_step(home: Home) -> None:
    held(home, 20, "2024-04")
    found = checked(home, [])
    assert (found.passed, found.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert "20 of 20 meetings that are told as held" in str(found.metadata["reason"].value)
    with pytest.raises(dg.Failure, match="stopped by the check held_before_told"):
        list(stopping([found]))


def test_a_kind_of_fact_that_becomes_rare_is_told(home: Home, news: Path) -> None:
    remember(home, per_day=10, meetings=5)
    write(news, 12)
    found = run(home, ingest, extract)
    check = found["meetings.usual_number"]
    assert not check.passed, check.metadata
    assert f"100 articles of {TODAY} gave 100 meetings, fewer than usual (500)" in reason(check)
    assert found["quotes.usual_number"].passed


def test_what_a_check_stopped_is_not_let_through_by_another_run(
    home: Home, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTENTE_CHECKS__SET_ASIDE", "block")
    write(news, 8)
    (news / "bad.jsonl").write_text('{"text": "broken\n' * 30)
    assert not run(home)["articles.set_aside"].passed
    for config in ({"fetch": False}, {"fetch": True}, {"fetch": False}):
        found = run(home, ingest, extract, **config)
        assert found["articles.set_aside"].severity == dg.AssetCheckSeverity.ERROR
        assert "30 of 38" in reason(found["articles.set_aside"])
    # let through where the user says so, or when it is mended
    monkeypatch.setenv("ENTENTE_CHECKS__SET_ASIDE", "warn")
    assert run(home, fetch=False)["articles.set_aside"].severity == dg.AssetCheckSeverity.WARN
    monkeypatch.setenv("ENTENTE_CHECKS__SET_ASIDE", "block")
    assert run(home, fetch=False)["articles.set_aside"].passed


def test_a_source_that_is_not_there_is_told(home: Home, news: Path) -> None:
    news.rmdir()
    check = run(home)["articles.fresh_sources"]
    assert not check.passed
    assert "agency is not there" in reason(check)
