"""The commands that keep scores, patterns and confidence, and the one that times the components."""

from __future__ import annotations

import importlib.util
import json
import random
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipelines.evaluation import OWN_GOLD
from pipelines.language.build import build_language
from pipelines.language.read import read
from pipelines.sources.duplicates import Wording, likeness

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


@pytest.fixture
def patterns(quality: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command that counts patterns, on the articles of `quality` and a page of its own."""
    module = command("patterns", monkeypatch)
    monkeypatch.setattr(module, "OWN_GOLD", quality.OWN_GOLD)
    monkeypatch.setattr(module, "PAGE", tmp_path / "patterns.md")
    return module


@pytest.fixture
def confidence(patterns: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command that measures confidence, on the articles of `patterns`."""
    module = command("confidence", monkeypatch)
    monkeypatch.setattr(module, "PAGE", tmp_path / "confidence.md")
    return module


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


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")[1:-1]]


def test_patterns_are_counted_on_gold_and_corpus(
    patterns: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = "The president of Peru visited Chile on 4 May 2021."
    gold, corpus = tmp_path / "gold", tmp_path / "corpus"
    gold.mkdir()
    corpus.mkdir()
    visit = {"pair": "CHL-PER", "kind": "visit", "status": "held"}
    records = [
        {"doc_id": "right", "text": text, "meetings": [visit]},
        {"doc_id": "wrong", "text": text, "meetings": []},
        {"doc_id": "unjudged", "text": text, "people": []},
    ]
    (gold / "mine.jsonl").write_text("".join(f"{json.dumps(r)}\n" for r in records))
    (gold / "other.jsonl").write_text('{"record_id": 1}\n')
    (corpus / "relations.jsonl").write_text(json.dumps({"doc_id": "a", "text": text}) + "\n")
    (tmp_path / "own.jsonl").write_text('{"doc_id": "b", "text": "Nobody.", "meetings": []}\n')
    call(patterns, monkeypatch, "--keep", "--corpus", str(corpus), str(gold))
    told = capsys.readouterr()
    assert "other.jsonl line 1: doc_id" in told.err
    assert "gold 4 articles (own, mine); relations 1 articles." in told.out
    lines = told.out.splitlines()
    start = lines.index("### Meetings")
    assert cells(lines[start + 2]) == ["rule", "relations", "gold", "right", "share", "95 %"]
    (row,) = [cells(line) for line in lines[start:] if line.startswith("| visit-verb |")]
    assert row == ["visit-verb", "1", "3", "1 of 2", "0.50", "0.09-0.91"]
    page = patterns.PAGE.read_text()
    assert page.startswith("# Patterns\n")
    assert "*relations*, *gold*: how many" in page
    assert told.out.strip() in page


def test_quotes_that_gold_annotates_in_part_are_not_judged(patterns: ModuleType) -> None:
    text = 'Peru and Chile are friends. "We will open the pass," Minister Ana Vela of Peru said.'
    document = patterns.GoldDocument(patterns.Article("a", text), {"quotes": ()})
    for name, judged in (("quotes_gum", 0), ("mine", 1)):
        gold = patterns.Gold()
        outcomes = list(patterns.read_articles([document.article]))
        patterns.judge(name, [document], outcomes, gold)
        assert len(gold.judged) == judged
        assert sum(count for (kind, _), count in gold.fired.items() if kind == "quotes") == 1


def test_confidence_is_measured_in_bands(
    confidence: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "none").mkdir()
    call(confidence, monkeypatch, "--keep", str(tmp_path / "none"))
    told = capsys.readouterr().out
    rows = [cells(line) for line in told.splitlines() if line.startswith("| all |")]
    assert [row[1] for row in rows] == ["low", "middle", "high"]
    assert all(int(row[4]) <= int(row[3]) for row in rows)
    by_kind = [
        row for row in map(cells, told.splitlines()) if row[1:2] and row[1] in confidence.BANDS
    ]
    assert sum(int(row[3]) for row in by_kind) == 2 * sum(int(row[3]) for row in rows)
    assert confidence.PAGE.read_text().startswith("# Confidence\n")
    assert told.strip() in confidence.PAGE.read_text()


def test_bands_folds_and_rules_that_are_far_off(confidence: ModuleType) -> None:
    edges = (0.0, 0.64, 0.65, 0.84, 0.85, 1.0)
    assert [confidence.band(edge) for edge in edges] == 2 * ["low"] + 2 * ["middle"] + 2 * ["high"]
    # each article alike: half of the low ones are right, two in three of the middle, all the high
    facts = [
        confidence.Judged("people", f"rule-{sure}", sure, right, f"article {number}")
        for number in range(10)
        for sure, verdicts in ((0.6, (1, 0)), (0.7, (1, 1, 0)), (0.9, (1, 1)))
        for right in map(bool, verdicts)
    ]
    dealt = confidence.folds(facts)
    assert [len(fold) for fold in dealt] == [14] * 5
    assert sum(len({fact.article for fact in fold}) for fold in dealt) == 10
    told = confidence.cross_validation(facts)
    assert "Mean absolute difference 0.000 (low 0.000, middle 0.000, high 0.000)" in told
    assert "low < middle < high in 5 of 5 folds" in told
    assert told.endswith("it holds in 100% of the folds.")
    upside_down = [
        confidence.Judged("people", "rule", fact.confidence, not fact.right, fact.article)
        for fact in facts
    ]
    assert "in 0 of 5 folds" in confidence.cross_validation(upside_down)
    far = confidence.far_off(upside_down).splitlines()[2:]
    assert [cells(line)[2] for line in far] == ["middle", "high"], "0.6 may be a half"


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


def test_texts_are_edited_until_they_are_no_more_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    module = command("duplicates", monkeypatch)
    rng = random.Random(3)
    text = module.words(300, rng)
    for target in (0.6, 0.8, 0.95):
        copy = module.edited(text, target, rng)
        alike = likeness(Wording.of(" ".join(text)), Wording.of(" ".join(copy)))
        assert target - 0.05 < alike <= target


def test_an_article_is_told_anew_of_others_at_the_same_places(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = command("incremental", monkeypatch)
    text = "Minister Ana Ruiz of Peru met Tomas Berg of Norway. Ruiz spoke of cod."
    facts = {
        "people": [{"name": "Ana Ruiz", "country": "PER"}, {"name": "Tomas Berg"}],
        "meetings": [{"id": "m1", "pair": "NOR-PER", "participants": [{"name": "Ana Ruiz"}]}],
    }
    template = {"title": "Ruiz in Oslo", "text": text, "published": "2024-05-06", "facts": facts}
    new = module.told_anew(template, 7)
    (first, second), (meeting,) = new["facts"]["people"], new["facts"]["meetings"]
    assert first["name"] != "Ana Ruiz"
    assert new["text"].index(first["name"]) == text.index("Ana Ruiz")
    assert new["text"].index(second["name"]) == text.index("Tomas Berg")
    assert len(new["text"]) == len(text)
    assert meeting["participants"][0]["name"] == first["name"]
    countries = meeting["pair"].split("-")
    assert first["country"] in countries
    assert countries == sorted(countries)
    assert meeting["id"] == "m1"
    assert module.told_anew(template, 7) == new, "the same number tells the same"
    padded = module.told_anew(template, 7, padded=True)["text"]
    assert padded.startswith(new["text"])
    assert len(padded) >= module.MOVED_CHARACTERS
