"""The whole way on the articles that the project ships: what a first `entente run` gives."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import duckdb
import pytest

from tests.conftest import Installation

CONTRACT = {
    "meeting_participants": "meeting_id person_id name role country",
    "commission_bodies": "body_id pair_id name aliases n_sessions last_ordinal missing_ordinals "
    "last_date",
    "cooperation_sectors_by_year": "pair_id sector year n_mentions n_articles stance_strongest",
    "agreements": "agreement_id pair_id kind status title sectors date date_precision n_articles "
    "confidence",
    "officials": "person_id name aliases country roles n_meetings n_quotes",
    "entities": "entity_id type name country n_articles n_mentions first_date last_date",
    "entity_mentions": "entity_id article_id revision start end text type",
    "links": "from_type from_id relation to_type to_id",
    "article_texts": "article_id revision text",
    "country_pairs": "pair_id country_a country_b name_a name_b n_meetings n_commission_sessions "
    "n_agreements n_quotes n_articles first_date last_date sectors",
    "meetings": "meeting_id encounter_id parent_id pair_id kind status date date_end "
    "date_precision city place_country host_country level multilateral participants sectors "
    "n_articles confidence",
    "commissions": "session_id body_id pair_id body ordinal status date date_end date_precision "
    "city place_country co_chairs sectors n_articles confidence",
    "cooperation_sectors": "pair_id sector stance_strongest stance_latest has_obstacle n_mentions "
    "n_articles first_date last_date",
    "quotes": "quote_id article_id revision speaker person_id speaker_role speaker_country kind "
    "cue polarity text start end pairs",
    "evidence": "fact_type fact_id article_id revision start end sentence rule extractor_version "
    "confidence",
    "articles": "article_id source url title language published_at published_local_date "
    "arrived_on fetched_at content_hash revision duplicate_of is_sample",
}


@pytest.mark.parametrize("mart", sorted(CONTRACT))
def test_a_mart_has_the_columns_of_the_contract(samples: Installation, mart: str) -> None:
    columns = {name for name, *_ in samples.query(f'describe "{mart}"')}
    assert columns >= set(CONTRACT[mart].split())


@pytest.mark.parametrize("mart", sorted(CONTRACT))
def test_a_parquet_file_holds_the_same_rows(samples: Installation, mart: str) -> None:
    path = samples.home.published / f"{mart}.parquet"
    parquet = duckdb.sql(f"select * from '{path}' order by all").fetchall()
    assert parquet == samples.query(f'select * from "{mart}" order by all')
    assert parquet, "an empty mart proves nothing"


def test_the_summary_says_what_came_in_and_out(
    sample_run: tuple[Installation, dict[str, Any]],
) -> None:
    installation, summary = sample_run
    assert summary["success"] is True
    assert summary["articles"] == {"new": 24, "revised": 0, "unchanged": 0, "set_aside": 1}
    for mart, rows in summary["marts"].items():
        assert installation.query(f'select count(*) from "{mart}"') == [(rows,)]
    assert summary["facts"]["meetings"] > 0
    assert summary["published"] == str(installation.home.published_database)


def test_samples_are_marked_and_say_that_they_are_invented(samples: Installation) -> None:
    assert samples.query("select distinct is_sample from articles") == [(True,)]
    with duckdb.connect(str(samples.home.build_database), read_only=True) as connection:
        texts = connection.execute("select text from raw.articles").fetchall()
    assert all("invented" in text for (text,) in texts)


def test_the_article_that_holds_nothing_gives_nothing(samples: Installation) -> None:
    facts = samples.query(
        "select fact_type from evidence where article_id like '%market-report%' "
        "and fact_type <> 'quote'"
    )
    assert facts == []
    assert samples.query(
        "select count(*) from articles where article_id like '%market-report%'"
    ) == [(1,)]


def test_who_met_whom(samples: Installation) -> None:
    talks = samples.query(
        "select date, city, level, participants, status from meetings "
        "where pair_id = 'MAR-PER' and kind = 'talks'"
    )
    assert (date(2024, 3, 12), "Rabat", "minister") in [row[:3] for row in talks]
    visit = samples.query(
        "select status, date, place_country, level from meetings "
        "where pair_id = 'EST-GHA' and kind = 'visit'"
    )
    assert ("EST", "leader") in [row[2:] for row in visit]
    planned = samples.query(
        "select date, city from meetings where pair_id = 'OMN-TZA' and status = 'planned' "
        "and kind = 'visit'"
    )
    assert planned == [(date(2024, 6, 24), "Dar es Salaam")]
    call = samples.query("select kind from meetings where pair_id = 'CHL-VNM'")
    assert call == [("call",)]


def test_three_countries_make_three_pairs_of_one_encounter(samples: Installation) -> None:
    rows = samples.query(
        "select pair_id, encounter_id, multilateral from meetings "
        "where pair_id in ('CYP-GRC', 'CYP-JOR', 'GRC-JOR') order by 1"
    )
    assert [row[0] for row in rows] == ["CYP-GRC", "CYP-JOR", "GRC-JOR"]
    assert len({row[1] for row in rows}) == 1
    assert {row[2] for row in rows} == {False}


def test_which_commissions_sat(samples: Installation) -> None:
    sessions = samples.query(
        "select pair_id, ordinal, status, date, city from commissions where ordinal is not null "
        "order by 1, 2"
    )
    assert ("MAR-PER", 7, "held", date(2024, 3, 12), "Rabat") in sessions
    assert ("MAR-PER", 6, "held", date(2021, 10, 1), "Lima") in sessions
    assert ("KAZ-SVN", 10, "planned", date(2024, 10, 8), "Ljubljana") in sessions
    chairs = samples.query(
        "select co_chairs from commissions where pair_id = 'MAR-PER' and ordinal = 7"
    )[0][0]
    assert chairs == ["Lucía Ormeño Tello", "Yassine Berkaoui"]


def test_what_the_two_sides_want_to_do_together(samples: Installation) -> None:
    sectors = {
        sector
        for (sector,) in samples.query(
            "select sector from cooperation_sectors where pair_id = 'MAR-PER'"
        )
    }
    assert sectors >= {"agriculture", "fisheries", "tourism", "energy"}


def test_who_said_what(samples: Installation) -> None:
    said = samples.query("select speaker, speaker_country, text from quotes where kind = 'direct'")
    assert (
        "Haitham Zawati",
        "JOR",
        '"Water does not ask for a passport,"',
    ) in said


def test_every_fact_leads_to_its_sentence(samples: Installation) -> None:
    orphans = samples.query(
        """
        select 'meeting', meeting_id from meetings
        where meeting_id not in (select fact_id from evidence where fact_type = 'meeting')
        union all
        select 'session', session_id from commissions
        where session_id not in (select fact_id from evidence where fact_type = 'commission')
        union all
        select 'quote', quote_id from quotes
        where quote_id not in (select fact_id from evidence where fact_type = 'quote')
        union all
        select 'sector', sector from cooperation_sectors
        where pair_id || ':' || sector
            not in (select fact_id from evidence where fact_type = 'sector')
        """
    )
    assert orphans == []


def test_offsets_point_at_the_text(samples: Installation) -> None:
    with duckdb.connect(str(samples.home.build_database), read_only=True) as connection:
        texts = dict(connection.execute("select article_id, text from raw.articles").fetchall())
    quotes = samples.query('select article_id, "start", "end", text from quotes')
    passages = samples.query('select article_id, "start", "end", sentence from evidence')
    assert quotes
    assert passages
    for article_id, start, end, text in quotes + passages:
        assert texts[article_id][start:end] == text


def test_what_is_broken_is_listed_with_its_reason(samples: Installation) -> None:
    done = samples.call("quarantine")
    assert done.returncode == 0
    assert "bad_json_line" in done.stdout
    assert "wire.jsonl record 3" in done.stdout
    assert "1 set aside" in done.stdout
    (entry,) = json.loads(samples.call("quarantine", "--json").stdout)
    assert (entry["source"], entry["record"], entry["resolved_on"]) == ("sample", 3, None)


def test_example_queries_all_run_and_answer(samples: Installation) -> None:
    from warehouse.querying import examples

    assert examples()
    for name, sql in examples().items():
        assert sql.startswith("-- "), f"{name}: the first line says what is asked"
        rows = json.loads(samples.call("sql", "--example", name, "--format", "json").stdout)
        assert isinstance(rows, list)
        assert rows, name
