"""The language model and the gate, as the commands show them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Installation

TALKS = "Peru's foreign minister Ana Quispe Rojas met with the ambassador of Kenya in Lima."
CAKE = "Bake the cake for half an hour, says the baker, and let it cool before you cut it."


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    file = tmp_path / "feed.jsonl"
    records = [{"doc_id": f"d{n}", "text": text} for n, text in enumerate((TALKS, CAKE, TALKS))]
    file.write_text("\n".join(map(json.dumps, records)))
    return file


def test_extract_skips_what_the_gate_turns_away_and_says_so(
    installation: Installation, feed: Path
) -> None:
    done = installation.call("extract", "--gate", "--model", "blank", str(feed))
    assert done.returncode == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["doc_id"] for record in records] == ["d0", "d2"]
    assert "1 skipped (--gate)" in done.stderr
    versions = {fact["extractor_version"] for record in records for fact in record["people"]}
    assert all(version.endswith("+blank") for version in versions)
    assert versions


def test_a_model_that_is_not_there_is_a_wrong_call(installation: Installation, feed: Path) -> None:
    done = installation.call("extract", "--model", "nosuch", str(feed))
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no language model 'nosuch'" in done.stderr
    assert "Traceback" not in done.stderr
    installation.home.create()
    installation.home.settings.write_text('[reading]\nmodel = "nosuch"\n')
    done = installation.call("evaluate", str(feed))
    assert done.returncode == 2


def test_another_model_or_no_gate_reads_what_it_must(
    installation: Installation, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTENTE_READING__MODEL", "blank")
    monkeypatch.setenv("ENTENTE_CHECKS__OWN_GOLD", "off")
    first = installation.run(str(feed))
    assert first["turned_away"] == 1
    published = installation.query("select count(*) from articles")
    assert published == [(3,)]
    monkeypatch.setenv("ENTENTE_READING__MODEL", "nosuch")
    failed = installation.call("run", str(feed))
    assert failed.returncode == 1
    assert "there is no language model 'nosuch'" in failed.stdout + failed.stderr
    assert installation.query("select count(*) from articles") == published
    monkeypatch.setenv("ENTENTE_READING__MODEL", "bundled")
    monkeypatch.setenv("ENTENTE_READING__GATE", "false")
    again = installation.run(str(feed))
    assert again["turned_away"] == 0
    versions = installation.query("select distinct extractor_version from evidence")
    assert [v.partition("+")[2] for (v,) in versions] == ["en_entente-1.0.0"]
