"""A model on texts of any length: bounded pieces, the same sentences, nothing out of order."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipelines.language import annotation
from pipelines.language.annotation import ModelAnnotator, pieces
from pipelines.language.build import build_language

SENTENCE = "The minister of Peru met with Ana Lund in Lima, and they spoke of trade. "


def blank(text: str) -> Doc:
    return build_language("blank")(text)


@Language.component("test_marks_lund")
def mark_lund(doc: Doc) -> Doc:
    """Stands for a model: sees Lund, and hangs each word of a sentence on its first."""
    doc.set_ents([Span(doc, t.i, t.i + 1, label="PERSON") for t in doc if t.text == "Lund"])
    for sentence in doc.sents:
        for token in sentence:
            token.lemma_ = token.lower_
            token.tag_ = "NNP" if token.is_title else "NN"
    return doc


def annotator() -> ModelAnnotator:
    model = spacy.blank("en", vocab=build_language("blank").vocab)
    model.add_pipe("test_marks_lund")
    return ModelAnnotator().load(model)


def test_pieces_keep_sentences_whole_and_cover_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotation, "PIECE_TOKENS", 40)
    doc = blank(SENTENCE * 10)
    starts = {sentence.start for sentence in doc.sents} | {len(doc)}
    found = list(pieces(doc))
    assert [start for start, _ in found] == [0, *(end for _, end in found[:-1])]
    assert found[-1][1] == len(doc)
    assert all({start, end} <= starts and 0 < end - start <= 40 for start, end in found)


def test_what_no_model_reads_well_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotation, "LONGEST_SENTENCE", 30)
    listed = "\n\n" + "tea, " * 40 + "tea.\n\n"
    doc = blank(SENTENCE + listed + SENTENCE + "\n\n*** --- ***\n\n" + SENTENCE)
    read = "".join(doc[start:end].text_with_ws for start, end in pieces(doc))
    assert read.count("minister") == 3
    assert "tea" not in read
    assert "***" not in read


def test_only_so_much_of_a_text_is_given_to_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotation, "MOST_TOKENS", 50)
    doc = blank(SENTENCE * 10)
    assert max(end for _, end in pieces(doc)) <= 50


def test_a_text_in_pieces_is_read_as_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = annotator()(blank(SENTENCE * 8))
    monkeypatch.setattr(annotation, "PIECE_TOKENS", 40)
    cut = annotator()(blank(SENTENCE * 8))
    assert len(whole.ents) == len(cut.ents) == 8
    for first, second in zip(whole, cut, strict=True):
        assert (first.tag_, first.lemma_, first.ent_type_) == (
            second.tag_,
            second.lemma_,
            second.ent_type_,
        )
        assert first.is_sent_start == second.is_sent_start


@pytest.mark.parametrize("piece", [40, 5_000])
def test_a_model_moves_no_sentence_start(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotation, "PIECE_TOKENS", piece)
    text = "A heading\n\nBAKU, March 14 (Sample) - H.E. Dr. A. Lund left. “Why?” he asked.\n" + (
        SENTENCE * 6
    )
    expected = [sentence.text for sentence in blank(text).sents]
    assert [sentence.text for sentence in build_language("bundled")(text).sents] == expected


def test_a_batch_comes_back_in_order() -> None:
    texts = ["", SENTENCE, "\n", SENTENCE * 3, "tea " * 600, ""]
    docs = list(annotator().pipe([blank(text) for text in texts], batch_size=2))
    assert [doc.text for doc in docs] == texts
    assert [len(doc.ents) for doc in docs] == [0, 1, 0, 3, 0, 0]
