"""The command that keeps the table of scores, and the one that times the components."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipelines.evaluation import OWN_GOLD
from pipelines.language.build import build_language
from pipelines.language.read import read

ROOT = Path(__file__).resolve().parents[2]


def command(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A command of benchmarks/ as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def quality(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command as a module, on a page of its own and a few articles of the own gold."""
    module = command("quality", monkeypatch)
    few = tmp_path / "own.jsonl"
    few.write_text("".join(OWN_GOLD.read_text(encoding="utf-8").splitlines(keepends=True)[:3]))
    monkeypatch.setattr(module, "OWN_GOLD", few)
    monkeypatch.setattr(module, "PAGE", tmp_path / "scores.md")
    return module


@pytest.fixture
def components(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command that times the components, as a module."""
    return command("components", monkeypatch)


def call(module: ModuleType, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr("sys.argv", [f"{module.__name__}.py", *arguments])
    assert module.main() == 0


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


COMPONENTS = [
    *("gate", "tokenizer and sentence rules", "countries", "dateline", "places", "dates"),
    *("context", "people", "quotes", "meetings", "commissions", "sectors", "agreements"),
    *("entities", "all of them"),
]


def test_each_component_is_timed(
    components: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call(components, monkeypatch, "--model", "blank", "--articles", "3", "--rounds", "2")
    told = capsys.readouterr().out
    assert re.match(r"3 articles, [\d,]+ words, best of 2\n", told)
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in told.splitlines()[4:]]
    assert [row[0] for row in rows] == COMPONENTS, "blank has no model to be timed"
    ratios = [float(row[4]) for row in rows[:-1]]
    assert max(ratios) == 1
    assert sum(float(row[3].rstrip("%")) for row in rows[:-1]) == pytest.approx(100, abs=1)


def test_components_read_as_a_reading_does(components: ModuleType) -> None:
    """What is timed is what `read` gives, on the texts of the file in turn."""
    articles = components.read_articles(OWN_GOLD, 30)
    assert len(articles) == 30
    assert articles[24] == articles[0]
    nlp = build_language("blank")
    docs = components.parse(components.Clock(), articles[:3], nlp)
    assert [doc.to_bytes() for doc in docs] == [nlp(a.text).to_bytes() for a in articles[:3]]
    found = components.read(components.Clock(), docs, articles[:3])
    assert found == [read(doc, a) for doc, a in zip(docs, articles[:3], strict=True)]


def test_texts_that_are_not_there_are_told(
    components: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    call(components, monkeypatch, "--texts", str(tmp_path / "none.jsonl"))
    assert "nothing measured" in capsys.readouterr().out
