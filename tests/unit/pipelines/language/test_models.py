"""Language models: the bundled one, none, another's; and what is said where one cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy

from pipelines.language.build import build_language
from pipelines.language.models import BUNDLED_FOLDER, ModelError, model_version
from pipelines.language.syntax import has_syntax

TEXT = "Foreign Minister Ana Quispe Rojas met with her Kenyan counterpart in Lima."


def saved(folder: Path, lang: str = "en", **meta: str) -> str:
    """A tiny pipeline that sees one person, as a folder."""
    nlp = spacy.blank(lang)
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Ana Quispe Rojas"}])  # type: ignore[attr-defined]
    nlp.meta["name"] = "tiny"
    nlp.to_disk(folder)
    if meta:
        path = folder / "meta.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | meta))
    return str(folder)


def test_the_bundled_model_gives_names_lemmas_and_trees() -> None:
    doc = build_language("bundled")(TEXT)
    assert has_syntax(doc)
    assert all(token.tag_ and token.lemma_ for token in doc)
    assert doc.ents


def test_blank_gives_sentences_alone() -> None:
    doc = build_language("blank")(TEXT)
    assert not has_syntax(doc)
    assert not doc.ents
    assert len(list(doc.sents)) == 1


def test_a_folder_is_a_model(tmp_path: Path) -> None:
    doc = build_language(saved(tmp_path / "tiny"))(TEXT)
    assert [(span.text, span.label_) for span in doc.ents] == [("Ana Quispe Rojas", "PERSON")]


def test_models_share_a_process(tmp_path: Path) -> None:
    first = build_language("blank")(TEXT)
    own = build_language(saved(tmp_path / "tiny"))
    second = build_language("bundled")(TEXT)
    assert [t.text for t in first] == [t.text for t in second] == [t.text for t in own(TEXT)]
    assert first.vocab is second.vocab


def test_facts_can_be_marked_with_the_model(tmp_path: Path) -> None:
    assert model_version("blank") == "blank"
    assert model_version("bundled") == "en_entente-1.0.0"
    assert model_version(saved(tmp_path / "tiny", version="2.3")) == "en_tiny-2.3"


def broken(folder: Path, case: str) -> str:
    if case == "missing":
        return str(folder / "nosuch")
    if case == "no pipeline":
        folder.mkdir()
        return str(folder)
    if case == "other spaCy":
        return saved(folder, spacy_version=">=2.0,<2.1")
    if case == "other language":
        return saved(folder, lang="de")
    name = saved(folder)
    config = folder / "config.cfg"
    if case == "broken config":
        config.write_text("[nlp\nlang = ")
    elif case == "broken meta":
        (folder / "meta.json").write_text("{")
    else:
        config.write_text(config.read_text().replace('"entity_ruler"', '"curated_transformer_x"'))
    return name


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("missing", "there is no language model"),
        ("no pipeline", "is no spaCy pipeline"),
        ("other spaCy", "is for spaCy >=2.0,<2.1"),
        ("other language", "is for 'de'"),
        ("broken config", "cannot be loaded"),
        ("broken meta", "has no readable meta.json"),
        ("unknown component", "cannot be loaded"),
    ],
)
def test_a_model_that_cannot_be_used_is_told_in_one_line(
    tmp_path: Path, case: str, words: str
) -> None:
    with pytest.raises(ModelError) as told:
        build_language(broken(tmp_path / "model", case))
    message = str(told.value)
    assert words in message
    assert 'model = "bundled"' in message
    assert "\n" not in message


def test_the_weights_are_small_and_have_a_card() -> None:
    files = [file for file in BUNDLED_FOLDER.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) <= 12_000_000
    card = (BUNDLED_FOLDER / "README.md").read_text(encoding="utf-8")
    assert "CC BY-SA 4.0" in card
    assert json.loads((BUNDLED_FOLDER / "meta.json").read_text())["license"] == "CC BY-SA 4.0"
