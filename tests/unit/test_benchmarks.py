"""The command that keeps the table of scores."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipelines.evaluation import OWN_GOLD

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def quality(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command as a module, on a page of its own and a few articles of the own gold."""
    spec = importlib.util.spec_from_file_location("quality", ROOT / "benchmarks" / "quality.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "quality", module)
    spec.loader.exec_module(module)
    few = tmp_path / "own.jsonl"
    few.write_text("".join(OWN_GOLD.read_text(encoding="utf-8").splitlines(keepends=True)[:3]))
    monkeypatch.setattr(module, "OWN_GOLD", few)
    monkeypatch.setattr(module, "PAGE", tmp_path / "scores.md")
    return module


def call(quality: ModuleType, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr("sys.argv", ["quality.py", *arguments])
    assert quality.main() == 0


def test_a_column_a_file_and_others_are_left_out(
    quality: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "mine.jsonl").write_text('{"doc_id": "a", "text": "Nobody met.", "meetings": []}\n')
    (folder / "other.jsonl").write_text('{"record_id": 1}\n')
    call(quality, monkeypatch, str(folder))
    told = capsys.readouterr()
    assert "| | own | mine |" in told.out
    assert "other.jsonl line 1: doc_id" in told.err
    assert not quality.PAGE.exists()


def test_tables_are_kept_by_day_with_what_has_changed(
    quality: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "none").mkdir()
    arguments = ("--keep", "--note", "A note.", str(tmp_path / "none"))
    call(quality, monkeypatch, *arguments)
    call(quality, monkeypatch, *arguments)
    page = quality.PAGE.read_text()
    assert page.count("## 20") == 1, "one table a day"
    assert "A note." in page
    # as if it were of an earlier day, with another figure
    today = quality.sections_of(page)[0][3:13]
    marked = re.search(r"<!-- figures (.*) -->", page)
    assert marked is not None
    figures = json.loads(marked[1])
    figures["own"]["sectors"] -= 0.1
    earlier = page.replace(today, "2020-01-01").replace(marked[1], json.dumps(figures))
    quality.PAGE.write_text(earlier)
    call(quality, monkeypatch, *arguments)
    new, old = quality.sections_of(quality.PAGE.read_text())
    assert (new[3:13], old[3:13]) == (today, "2020-01-01")
    (sectors,) = [line for line in new.splitlines() if line.startswith("| sectors |")]
    assert "(+0.100)" in sectors
    (quotes,) = [line for line in new.splitlines() if line.startswith("| quotes |")]
    assert "(" not in quotes
