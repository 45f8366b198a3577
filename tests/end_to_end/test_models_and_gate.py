"""The language model and the gate, as the commands show them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.extraction.article import extractor_version
from pipelines.language.models import model_version
from tests.conftest import Installation
from warehouse.loads import stale_articles

TALKS = "Peru's foreign minister Ana Quispe Rojas met with the ambassador of Kenya in Lima."
CAKE = "Bake the cake for half an hour, says the baker, and let it cool before you cut it."
BUNDLED = model_version("bundled")


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    file = tmp_path / "feed.jsonl"
    texts = (TALKS, CAKE, TALKS + " They spoke about tea.")
    records = [{"doc_id": f"d{n}", "text": text} for n, text in enumerate(texts)]
    file.write_text("\n".join(map(json.dumps, records)))
    return file


def settings(installation: Installation, text: str) -> None:
    installation.home.root.mkdir(exist_ok=True)
    installation.home.settings.write_text(text)


def readings(installation: Installation) -> list[tuple[str, str, bool]]:
    """Each article that was read or turned away: id, model, whether it was turned away."""
    with duckdb.connect(str(installation.home.build_database), read_only=True) as connection:
        rows = connection.execute(
            "select article_id, extractor_version, turned_away from facts.readings order by 1"
        ).fetchall()
    return [
        (key.rpartition("#")[2], version.partition("+")[2], away) for key, version, away in rows
    ]


def run(installation: Installation, feed: Path) -> tuple[dict[str, Any], str]:
    """Run, which must succeed; return the summary and what was told about the reading."""
    done = installation.call("run", "--json", str(feed))
    assert done.returncode == 0, done.stdout + done.stderr
    told = re.findall(r"read [\d,]+ of [\d,]+ articles", done.stderr)
    return json.loads(done.stdout), told[-1] if told else ""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_extract_skips_what_the_gate_turns_away_and_says_so(
    installation: Installation, feed: Path, workers: str
) -> None:
    cake = json.dumps({"doc_id": "d3", "text": CAKE + " It is sweet."})
    feed.write_text(feed.read_text() + f"\n{cake}\n{{broken\n")
    arguments = ("--model", "blank", "--workers", workers, str(feed))
    done = installation.call("extract", "--gate", *arguments)
    assert done.returncode == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["doc_id"] for record in records] == ["d0", "d2"]
    assert "d1: skipped" in done.stderr
    assert "d3: skipped" in done.stderr
    assert "2 skipped (--gate)" in done.stderr
    assert "1 set aside" in done.stderr
    versions = {fact["extractor_version"] for record in records for fact in record["people"]}
    assert all(version.endswith("+blank") for version in versions)
    assert versions
    every = installation.call("extract", *arguments)
    assert "skipped" not in every.stderr
    assert [json.loads(line)["doc_id"] for line in every.stdout.splitlines()] == [
        "d0", "d1", "d2", "d3"
    ]  # fmt: skip
    assert [json.loads(line) for line in every.stdout.splitlines()][::2] == records
    assert not installation.home.root.exists()


def test_a_model_that_is_not_there_is_a_wrong_call(
    installation: Installation, feed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = installation.call("extract", "--model", "nosuch", str(feed))
    assert (done.returncode, done.stdout) == (2, "")
    [line] = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert line.startswith("Error: there is no language model 'nosuch'")
    assert done.stderr.endswith(f"{line}\n")
    assert line.endswith("(--model)")
    assert 'model = "bundled"' in line
    assert not installation.home.root.exists()

    monkeypatch.delenv("ENTENTE_READING__MODEL", raising=False)
    settings(installation, '[reading]\nmodel = "nosuch"\n')
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"doc_id": "one", "text": TALKS, "quotes": []}))
    for arguments in (
        ("extract", str(feed)),
        ("evaluate", "--json", "--errors", str(gold)),
    ):
        done = installation.call(*arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert "there is no language model 'nosuch'" in done.stderr
        assert "(the setting reading.model)" in done.stderr
        assert "Traceback" not in done.stderr
    assert [path.name for path in installation.home.root.iterdir()] == ["settings.toml"]
    named = installation.call("extract", "--model", "blank", str(feed))
    assert named.returncode == 0, "what is named goes before the settings"
    assert len(named.stdout.splitlines()) == 3
    scores = json.loads(
        installation.call("evaluate", "--json", "--model", "blank", str(gold)).stdout
    )
    assert scores["extractor_version"].endswith("+blank")


def test_the_settings_and_the_environment_choose_the_model_of_extract(
    installation: Installation, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def versions() -> set[str]:
        done = installation.call("extract", str(feed))
        assert done.returncode == 0, done.stderr
        records = [json.loads(line) for line in done.stdout.splitlines()]
        return {f["extractor_version"] for r in records for f in r["entities"] + r["people"]}

    monkeypatch.delenv("ENTENTE_READING__MODEL", raising=False)
    assert [version.partition("+")[2] for version in versions()] == [BUNDLED]
    settings(installation, '[reading]\nmodel = "blank"\n')
    assert [version.partition("+")[2] for version in versions()] == ["blank"]
    settings(installation, '[reading]\nmodel = "nosuch"\n')
    monkeypatch.setenv("ENTENTE_READING__MODEL", "blank")
    assert [version.partition("+")[2] for version in versions()] == ["blank"]


@pytest.mark.slow
def test_another_model_or_no_gate_reads_what_it_must(
    installation: Installation, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTENTE_CHECKS__OWN_GOLD", "off")
    monkeypatch.setenv("ENTENTE_READING__MODEL", "blank")
    first, told = run(installation, feed)
    assert (first["turned_away"], told) == (1, "read 3 of 3 articles")
    away = [("1", False), ("2", True), ("3", False)]
    assert readings(installation) == [(key, "blank", turned) for key, turned in away]
    published = installation.query("select count(*) from articles")
    assert published == [(3,)], "what was left unread is an article all the same"

    listed = json.loads(installation.call("quarantine", "--unread", "--json").stdout)
    assert [article["article_id"].rpartition("#")[2] for article in listed] == ["2"]

    # a model that cannot be used: nothing is read anew, and the marts stay
    monkeypatch.delenv("ENTENTE_READING__MODEL")
    settings(installation, '[reading]\nmodel = "nosuch"\n')
    before = installation.tables()
    failed = installation.call("run", "--json", str(feed))
    assert (failed.returncode, failed.stdout) == (2, "")
    assert "Error: there is no language model 'nosuch'" in failed.stderr
    assert failed.stderr.endswith("(the setting reading.model)\n")
    assert "Traceback" not in failed.stderr
    assert installation.tables() == before

    # another model reads everything anew, and what the gate turned away too where it is off
    settings(installation, '[reading]\nmodel = "bundled"\ngate = false\n')
    other, told = run(installation, feed)
    assert (other["turned_away"], told) == (0, "read 3 of 3 articles")
    assert readings(installation) == [(key, BUNDLED, False) for key, _ in away]
    told_by = installation.query("select distinct extractor_version from evidence")
    assert {version.partition("+")[2] for (version,) in told_by} <= {BUNDLED}
    with duckdb.connect(str(installation.home.build_database), read_only=True) as connection:
        for gate in (True, False):
            assert stale_articles(connection, [], extractor_version("bundled"), gate=gate) == []
    assert installation.call("quarantine", "--unread").stdout == "Nothing was left unread.\n"
