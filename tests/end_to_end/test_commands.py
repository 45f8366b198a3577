"""The commands as their users call them: output, exit status, errors in one sentence."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from assets.cli import COMMANDS
from tests.conftest import Installation

TALKS = (
    "Peruvian Foreign Minister Ana Quispe Rojas met with Kenyan Foreign Minister Daniel Otieno "
    'in Lima on 4 March 2024. "We want more trade," Quispe Rojas said.'
)


def test_help_has_examples_and_names_every_command(installation: Installation) -> None:
    for name in COMMANDS:
        assert name in installation.call("--help").stdout
        done = installation.call(name, "--help")
        assert done.returncode == 0
        assert "Examples:" in done.stdout
        assert f"entente {name}" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "/no/such/file.txt"),
        ("run", "--date", "yesterday"),
        ("run", "--date", "2199-01-01"),
        ("run", "--date", "1999-12-31"),
        ("run", "--colour"),
        ("extract",),
        ("extract", "/no/such/file.txt"),
        ("sql", "--format", "xml", "select 1"),
        ("sql", "--example", "no_such_example"),
        ("sql", "select 1", "--example", "who_met_whom"),
        ("quarantine", "--no-such-option"),
        ("pair",),
        ("pair", "CUB"),
        ("pair", "CUB", "IRN", "ESP"),
        ("pair", "CUB", "Cuba"),
        ("pair", "CUB", "Atlantis"),
        ("config", "schedule.time"),
        ("evaluate", "/no/such/gold.jsonl"),
        ("nonsense",),
    ],
)
def test_a_wrong_call_exits_2_and_writes_nothing(
    installation: Installation, arguments: tuple[str, ...]
) -> None:
    done = installation.call(*arguments)
    assert done.returncode == 2
    assert "Error:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not installation.home.root.exists()


def test_wrong_settings_are_named_before_anything_is_written(installation: Installation) -> None:
    installation.home.root.mkdir(parents=True)
    installation.home.settings.write_text('[schedule]\ntime = "late"\n')
    done = installation.call("run")
    assert done.returncode == 2
    assert "schedule.time" in done.stderr
    assert [path.name for path in installation.home.root.iterdir()] == ["settings.toml"]


def test_before_the_first_run_sql_says_what_to_do(installation: Installation) -> None:
    done = installation.call("sql", "from meetings")
    assert done.returncode == 1
    assert "entente run" in done.stderr
    assert installation.call("quarantine").stdout.strip() == "Nothing is set aside."
    asked = installation.call("pair", "CUB", "IRN")
    assert asked.returncode == 1
    assert "entente run" in asked.stderr


def test_sql_in_every_form(samples: Installation, tmp_path: Path) -> None:
    ask = "select pair_id, sectors from country_pairs order by 1"
    expected = samples.query(ask)
    table = samples.call("sql", ask)
    assert table.returncode == 0
    assert all(pair in table.stdout for pair, _ in expected)
    rows = json.loads(samples.call("sql", "--format", "json", ask).stdout)
    assert [(row["pair_id"], row["sectors"]) for row in rows] == expected
    lines = list(csv.reader(io.StringIO(samples.call("sql", "--format", "csv", ask).stdout)))
    assert lines[0] == ["pair_id", "sectors"]
    assert [line[0] for line in lines[1:]] == [pair for pair, _ in expected]
    import subprocess

    from tests.conftest import ENTENTE

    file = tmp_path / "pairs.parquet"
    with file.open("wb") as stream:
        subprocess.run(
            [str(ENTENTE), "sql", "--format", "parquet", ask],
            env=samples.environment(),
            stdout=stream,
            check=True,
        )
    assert duckdb.sql(f"from '{file}' order by 1").fetchall() == expected


@pytest.mark.parametrize(
    "statement",
    [
        "drop table marts.meetings",
        "delete from meetings",
        "create table mine (i integer)",
        "select * from read_csv('/etc/passwd')",
        "attach '/tmp/other.duckdb'",
        "copy meetings to '/tmp/meetings.csv'",
        "set enable_external_access = true",
        "select no_such_column from meetings",
        "selct 1",
    ],
)
def test_sql_reads_the_marts_and_nothing_else(samples: Installation, statement: str) -> None:
    before = samples.home.published_database.read_bytes()
    done = samples.call("sql", statement)
    assert done.returncode == 2, done.stdout
    assert "Error" in done.stderr
    assert "Traceback" not in done.stderr
    assert samples.home.published_database.read_bytes() == before


def test_sql_without_a_statement_lists_marts_and_examples(samples: Installation) -> None:
    listed = samples.call("sql").stdout
    assert "meetings" in listed
    assert "last_commission_sessions" in listed
    assert samples.call("sql", "-", stdin="select 41 + 1 as answer").stdout.count("42") == 1


def test_extract_prints_one_object_an_article_in_order(
    installation: Installation, tmp_path: Path
) -> None:
    (tmp_path / "b.txt").write_text(TALKS)
    feed = [json.dumps({"doc_id": f"d{n}", "text": TALKS}) for n in range(3)]
    (tmp_path / "a.jsonl").write_text("\n".join([*feed[:2], "{broken", feed[2]]))
    done = installation.call("extract", str(tmp_path / "b.txt"), str(tmp_path / "a.jsonl"))
    assert done.returncode == 0
    articles = [json.loads(line) for line in done.stdout.splitlines()]
    assert [article["doc_id"] for article in articles] == ["b", "d0", "d1", "d2"]
    assert "bad_json_line" in done.stderr
    lists = ("entities", "people", "quotes", "meetings", "commissions", "sectors")
    for article in articles:
        assert {"doc_id", "source", "text", "agreements", "sector_mentions", *lists} <= set(article)
        assert article["text"] == TALKS
        assert [meeting["pair"] for meeting in article["meetings"]] == ["KEN-PER"]
        for name in (*lists, "sector_mentions", "agreements"):
            ids = [fact["id"] for fact in article[name]]
            assert len(ids) == len(set(ids))
            for fact in article[name]:
                assert {"confidence", "rule", "extractor_version", "evidence"} <= set(fact)
                assert 0 <= fact["evidence"]["start"] < fact["evidence"]["end"] <= len(TALKS)
        for quote in article["quotes"]:
            assert TALKS[quote["start"] : quote["end"]] == quote["text"]
    assert not installation.home.root.exists(), "extract needs no data folder"


def test_extract_reads_standard_input(installation: Installation) -> None:
    as_text = json.loads(installation.call("extract", "-", stdin=TALKS).stdout)
    assert (as_text["doc_id"], as_text["text"]) == ("stdin", TALKS)
    record = json.dumps({"doc_id": "one", "text": TALKS})
    assert json.loads(installation.call("extract", "-", stdin=record).stdout)["doc_id"] == "one"


def test_evaluate_scores_the_reading_against_gold(
    installation: Installation, tmp_path: Path
) -> None:
    gold = tmp_path / "gold.jsonl"
    meeting = {
        "pair": "KEN-PER",
        "kind": "talks",
        "status": "held",
        "date": "2024-03-04",
        "city": "Lima",
        "participants": [],
    }
    record = {"doc_id": "one", "text": TALKS, "meetings": [meeting], "commissions": []}
    gold.write_text(json.dumps(record))
    scores = json.loads(installation.call("evaluate", "--json", str(gold)).stdout)
    assert scores["meeting_pairs"]["f1"] == 1.0
    assert scores["people"] is None
    table = installation.call("evaluate", str(gold)).stdout
    assert "meeting_pairs" in table
    gold.write_text(json.dumps({**record, "meetings": [{**meeting, "pair": "PER-KEN"}]}))
    done = installation.call("evaluate", str(gold))
    assert done.returncode == 2
    assert "line 1" in done.stderr


def test_evaluate_lists_differences_and_compares(
    installation: Installation, tmp_path: Path
) -> None:
    gold = tmp_path / "gold.jsonl"
    quote = {"text": "We want more trade", "speaker": "Daniel Otieno"}
    gold.write_text(json.dumps({"doc_id": "one", "text": TALKS, "quotes": [quote], "people": []}))
    before = tmp_path / "before.json"
    before.write_text(installation.call("evaluate", "--errors", "--json", str(gold)).stdout)
    differences = json.loads(before.read_text())["differences"]
    assert [d["field"] for d in differences if d["score"] == "quotes"] == ["speaker"]
    told = installation.call("evaluate", "--errors", "--only", "quotes", str(gold)).stdout
    assert "speaker: gold 'Daniel Otieno'" in told
    assert '> "We want more trade,"' in told
    assert "people: " not in told
    gold.write_text(
        json.dumps({"doc_id": "one", "text": TALKS, "quotes": [{**quote, "speaker": "he"}]})
    )
    compared = installation.call("evaluate", "--against", str(before), str(gold)).stdout
    assert "NEW: 0 differences" in compared
    assert "GONE: 3 differences" in compared
    assert installation.call("evaluate", "--against", str(gold), str(gold)).returncode == 2


def test_the_brief_of_a_pair(samples: Installation) -> None:
    brief = samples.call("pair", "Peru", "Morocco")
    assert brief.returncode == 0, brief.stderr
    told = " ".join(brief.stdout.split())
    assert "Morocco and Peru (MAR-PER)" in told
    assert "The articles are invented" in told
    assert (
        "The 7th session of the Morocco-Peru Joint Commission for Economic Cooperation took place "
        "on 12 March 2024 in Rabat. Co-chaired by Lucía Ormeño Tello and Yassine Berkaoui." in told
    )
    assert "[1] sample, arrived" in told
    for typed in (("MAR-PER",), ("the Kingdom of Morocco/Peru",), ("Morocco", "and", "Peru")):
        assert samples.call("pair", *typed).stdout == brief.stdout, typed
    words = samples.call("pair", "Viet", "Nam", "Namibia")
    assert words.stdout.startswith("Namibia and Vietnam (NAM-VNM)")
    nothing = samples.call("pair", "MAR", "FJI")
    assert nothing.returncode == 0
    assert "Nothing is known of Fiji and Morocco together" in " ".join(nothing.stdout.split())
    unknown = samples.call("pair", "Maroco", "Peru")
    assert unknown.returncode == 2
    assert "Morocco (MAR)" in unknown.stderr


def test_last_words_come_first_and_undated_ones_last(samples: Installation, tmp_path: Path) -> None:
    from warehouse.brief import read_brief

    shutil.copy(samples.home.published_database, tmp_path / "entente.duckdb")
    with duckdb.connect(str(tmp_path / "entente.duckdb")) as connection:
        connection.execute("use entente.marts")
        connection.execute("update quotes set pairs = ['FJI-TON'] where speaker is not null")
        brief = read_brief(connection, "FJI-TON")
    days = [row["published_on"] for row in brief.quotes]
    dated = [day for day in days if day is not None]
    assert len(dated) > 10
    assert days == sorted(dated, reverse=True) + [None] * (len(days) - len(dated))
    assert None in days
    assert not {row["speaker"].lower() for row in brief.quotes} & {"he", "she", "they"}


def test_a_brief_needs_marts_of_this_version(tmp_path: Path) -> None:
    from warehouse.home import Home

    older = Home(tmp_path / "home")
    older.create()
    with duckdb.connect(str(older.published_database)) as connection:
        connection.execute("create schema marts; create table marts.meetings (meeting_id varchar)")
    asked = Installation(older).call("pair", "CUB", "IRN")
    assert asked.returncode == 1
    assert "entente run" in asked.stderr


def test_config_shows_what_holds_and_why(installation: Installation) -> None:
    shown = installation.call("config")
    assert shown.returncode == 0
    assert not installation.home.root.exists(), "config writes nothing"
    installation.home.root.mkdir(parents=True)
    installation.home.settings.write_text('[schedule]\ntime = "05:15"\n')
    rows = {row["key"]: row for row in json.loads(installation.call("config", "--json").stdout)}
    assert rows["schedule.time"]["value"] == "05:15"
    assert rows["schedule.time"]["from"].endswith("settings.toml line 2")
    assert rows["schedule.timezone"]["from"] == "default"
    installation.home.settings.write_text('[schedule]\ntim = "05:15"\n')
    wrong = installation.call("config")
    assert wrong.returncode == 2
    assert "settings.toml line 2: schedule.tim is no setting. Did you mean time?" in wrong.stderr


def test_a_newer_data_folder_is_refused_by_every_command(installation: Installation) -> None:
    installation.home.root.mkdir(parents=True)
    installation.home.version_file.write_text("999\n")
    for arguments in (
        ("run",),
        ("dev",),
        ("sql", "select 1"),
        ("pair", "CUB", "IRN"),
        ("quarantine",),
        ("config",),
    ):
        done = installation.call(*arguments)
        assert done.returncode == 2, arguments
        assert "newer" in done.stderr
    assert [path.name for path in installation.home.root.iterdir()] == ["version"]


def test_a_reader_that_goes_away_is_no_failure(installation: Installation, tmp_path: Path) -> None:
    import subprocess

    from tests.conftest import ENTENTE

    (tmp_path / "a.jsonl").write_text("\n".join([json.dumps({"text": TALKS * 50})] * 30))
    with subprocess.Popen(
        [str(ENTENTE), "extract", "--workers", "1", str(tmp_path / "a.jsonl")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        errors = process.stderr.read()
    assert process.returncode == 0, errors
    assert errors == b""


def test_a_data_folder_that_is_none_is_a_wrong_call(tmp_path: Path) -> None:
    from warehouse.home import Home

    (tmp_path / "file").write_text("no folder")
    done = Installation(Home(tmp_path / "file")).call("run")
    assert done.returncode == 2
    assert "ENTENTE_HOME" in done.stderr
    assert "Traceback" not in done.stderr
