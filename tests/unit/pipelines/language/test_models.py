"""Language models: the bundled one, none, another's; and what is said where one cannot be used."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import spacy
from spacy.matcher import PhraseMatcher

from pipelines.language.build import build_language
from pipelines.language.models import BUNDLED_FOLDER, ModelError, load_model, model_version
from pipelines.language.syntax import has_syntax

TEXT = "Foreign Minister Ana Quispe Rojas met with her Kenyan counterpart in Lima."


def saved(
    folder: Path,
    lang: str = "en",
    *,
    sees: str = "Ana Quispe Rojas",
    as_: str = "PERSON",
    **meta: str,
) -> str:
    """A tiny pipeline that sees one name, as a folder."""
    nlp = spacy.blank(lang)
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": as_, "pattern": sees}])  # type: ignore[attr-defined]
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


def test_a_folder_below_the_home_folder_or_the_working_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(tmp_path / "tiny", version="4.5")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for name in ("~/tiny", "./tiny", f"{tmp_path}/tiny/"):
        assert model_version(name) == model_version(str(tmp_path / "tiny"))
        assert [span.text for span in build_language(name)(TEXT).ents] == ["Ana Quispe Rojas"]


def test_a_model_decides_no_sentence(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "stops")
    text = "Dr. Lund met H.E. Ana Quispe Rojas. A heading\n\n1. Trade. They left."
    own = build_language(str(tmp_path / "stops"))
    assert [s.text for s in own(text).sents] == [
        s.text for s in build_language("blank")(text).sents
    ]


def test_a_model_is_built_once(tmp_path: Path) -> None:
    name = saved(tmp_path / "tiny")
    assert build_language(name) is build_language(name)
    assert build_language(name) is not build_language("blank")


def test_models_share_a_process(tmp_path: Path) -> None:
    first = build_language("blank")(TEXT)
    own = build_language(saved(tmp_path / "tiny"))
    second = build_language("bundled")(TEXT)
    assert [t.text for t in first] == [t.text for t in second] == [t.text for t in own(TEXT)]
    assert first.vocab is second.vocab


def test_loading_a_model_disturbs_nothing_that_was_made_before(tmp_path: Path) -> None:
    """Docs, phrase lists and other models go on as if they were alone."""
    person = build_language(saved(tmp_path / "one"))
    before = build_language("bundled")(TEXT)
    said = [(t.text, t.tag_, t.lemma_, t.dep_, t.head.i, t.ent_type_) for t in before]
    named = person(TEXT)
    phrases = PhraseMatcher(before.vocab, attr="LOWER")
    phrases.add("OFFICE", [build_language("blank")("foreign minister")])
    found = phrases(before)
    assert found

    place = build_language(saved(tmp_path / "two", sees="Lima", as_="HARBOUR"))
    assert [(span.text, span.label_) for span in place(TEXT).ents] == [("Lima", "HARBOUR")]
    assert [(t.text, t.tag_, t.lemma_, t.dep_, t.head.i, t.ent_type_) for t in before] == said
    assert [(span.text, span.label_) for span in named.ents] == [("Ana Quispe Rojas", "PERSON")]
    assert [span.text for span in person(TEXT).ents] == ["Ana Quispe Rojas"]
    again = build_language("bundled")(TEXT)
    assert [(t.text, t.tag_, t.lemma_, t.dep_, t.head.i, t.ent_type_) for t in again] == said
    for doc in (before, again, named, place(TEXT), build_language("blank")(TEXT)):
        assert phrases(doc) == found


def test_facts_can_be_marked_with_the_model(tmp_path: Path) -> None:
    assert model_version("blank") == "blank"
    version = json.loads((BUNDLED_FOLDER / "meta.json").read_text())["version"]
    assert model_version("bundled") == f"en_entente-{version}"
    first = model_version(saved(tmp_path / "tiny", version="2.3"))
    other = model_version(saved(tmp_path / "other", version="2.3", description="other"))
    assert first.startswith("en_tiny-2.3-")
    assert other.startswith("en_tiny-2.3-")
    assert first != other
    with pytest.raises(ModelError, match="there is no language model 'nosuch'"):
        model_version("nosuch")


def broken(folder: Path, case: str) -> str:
    """What a model can be named that is none, or not one that can be used."""
    factory = 'factory = "entity_ruler"'
    if case in {"missing", "no pipeline", "a file", "no model but a package"}:
        if case == "no pipeline":
            folder.mkdir()
        elif case == "a file":
            folder.write_text("weights")
        return "pytest" if case == "no model but a package" else str(folder)
    if case == "half its weights":
        shutil.copytree(BUNDLED_FOLDER, folder)
        weights = folder / "ner" / "model"
        weights.write_bytes(weights.read_bytes()[:1000])
        return str(folder)
    saved(
        folder,
        lang="de" if case == "other language" else "en",
        **({"spacy_version": ">=2.0,<2.1"} if case == "other spaCy" else {}),
    )
    config, meta = folder / "config.cfg", folder / "meta.json"
    written = {
        "broken config": (config, "[nlp\nlang = "),
        "broken meta": (meta, "{"),
        "unknown setting": (config, config.read_text().replace(factory, f"{factory}\ncolour = 1")),
        "unknown component": (config, config.read_text().replace(factory, 'factory = "nosuch_x"')),
    }
    gone = {"no config": config, "no meta": meta, "a part is gone": folder / "entity_ruler/cfg"}
    if case in written:
        path, text = written[case]
        path.write_text(text)
    elif case in gone:
        gone[case].unlink()
    return str(folder)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("missing", "there is no language model"),
        ("no model but a package", "has no readable meta.json"),
        ("a file", "is no spaCy pipeline"),
        ("no pipeline", "is no spaCy pipeline"),
        ("no config", "is no spaCy pipeline"),
        ("no meta", "is no spaCy pipeline"),
        ("other spaCy", f"is for spaCy >=2.0,<2.1, and this is {spacy.__version__}"),
        ("other language", "is for 'de'"),
        ("broken config", "cannot be loaded"),
        ("broken meta", "has no readable meta.json"),
        ("half its weights", "cannot be loaded"),
        ("a part is gone", "cannot be loaded"),
        ("unknown setting", "entity_ruler"),
        ("unknown component", "nosuch_x"),
    ],
)
def test_a_model_that_cannot_be_used_is_told_in_one_line(
    tmp_path: Path, case: str, words: str
) -> None:
    name = broken(tmp_path / "model", case)
    for _ in range(2):  # a failure is not kept as if it were a model
        with pytest.raises(ModelError) as told:
            build_language(name)
        message = str(told.value)
        assert name in message
        assert words in message
        assert 'model = "bundled"' in message
        assert "\n" not in message


def test_a_model_that_was_mended_is_loaded(tmp_path: Path) -> None:
    name = broken(tmp_path / "model", "broken config")
    with pytest.raises(ModelError):
        build_language(name)
    saved(tmp_path / "model")
    assert [span.text for span in build_language(name)(TEXT).ents] == ["Ana Quispe Rojas"]


def test_a_component_that_no_rule_asks_for_is_not_loaded(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    topic = nlp.add_pipe("textcat")
    topic.add_label("TRADE")  # type: ignore[attr-defined]
    topic.add_label("SPORT")  # type: ignore[attr-defined]
    nlp.initialize()
    nlp.to_disk(tmp_path / "topics")
    model = load_model(str(tmp_path / "topics"), build_language("blank").vocab)
    assert model.component_names == []


def test_the_weights_are_small_and_have_a_card() -> None:
    files = [file for file in BUNDLED_FOLDER.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) <= 12_000_000
    card = (BUNDLED_FOLDER / "README.md").read_text(encoding="utf-8")
    assert "CC BY-SA 4.0" in card
    assert json.loads((BUNDLED_FOLDER / "meta.json").read_text())["license"] == "CC BY-SA 4.0"
