"""A model on texts of any length: bounded pieces, the same sentences, nothing out of order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

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
    doc.set_ents([Span(doc, t.i - 1, t.i + 1, label="PERSON") for t in doc if t.text == "Lund"])
    for sentence in doc.sents:
        for token in sentence:
            token.lemma_ = token.lower_
            token.tag_ = "NNP" if token.is_title else "NN"
            token.pos_ = "PROPN" if token.is_title else "NOUN"
            token.set_morph("Number=Plur" if token.text.endswith("s") else "Number=Sing")
            token.head = sentence[0]
            token.dep_ = "ROOT" if token.i == sentence.start else "dep"
    return doc


class Recorder:
    """Stands for a model that keeps which batches of texts it was given."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def pipe(self, docs: Iterable[Doc], batch_size: int) -> Iterator[Doc]:
        given = list(docs)
        assert len(given) <= batch_size
        self.batches.append([doc.text for doc in given])
        yield from given


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


def test_a_sentence_longer_than_a_piece_is_a_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotation, "PIECE_TOKENS", 5)
    doc = blank(SENTENCE + "It rained. They left. " + SENTENCE)
    given = [doc[start:end].text for start, end in pieces(doc)]
    assert given == [SENTENCE.strip(), "It rained.", "They left.", SENTENCE.strip()]


def test_pieces_hold_all_but_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotation, "PIECE_TOKENS", 40)
    monkeypatch.setattr(annotation, "LONGEST_SENTENCE", 20)
    listed, marks = "tea, " * 15 + "tea.", "*** --- 12 ***"
    for text in (
        "\n\n".join([listed, SENTENCE * 3, marks, marks, listed, "A heading", SENTENCE, listed]),
        "\n\n".join([marks, listed, marks]),
        "\n\n".join([SENTENCE, marks]),
    ):
        doc = blank(text)
        given = {i for start, end in pieces(doc) for i in range(start, end)}
        wanted = {
            token.i
            for sentence in doc.sents
            if "tea" not in sentence.text and "***" not in sentence.text
            for token in sentence
        }
        assert given == wanted


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
    [(start, end)] = pieces(doc)
    whole = [sentence.end for sentence in doc.sents if sentence.end <= 50]
    assert (start, end) == (0, whole[-1])


def told(doc: Doc) -> list[tuple[object, ...]]:
    """All that a model says of a Doc, token by token, and where its sentences begin."""
    return [
        (
            t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_,
            t.is_sent_start,
        )
        for t in doc
    ]  # fmt: skip


def test_a_text_in_pieces_is_read_as_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    text = SENTENCE * 4 + "\n\nA heading\n\n" + SENTENCE * 4
    whole = annotator()(blank(text))
    monkeypatch.setattr(annotation, "PIECE_TOKENS", 40)
    cut = annotator()(blank(text))
    assert len(list(pieces(cut))) > 3
    assert [span.text for span in cut.ents] == ["Ana Lund"] * 8
    assert told(cut) == told(whole)


def test_what_is_left_out_has_its_sentences_and_no_annotation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(annotation, "LONGEST_SENTENCE", 30)
    text = SENTENCE + "\n\n" + "Ana Lund, " * 20 + "Ana Lund.\n\n" + SENTENCE
    doc = annotator()(blank(text))
    assert [s.text for s in doc.sents] == [s.text for s in blank(text).sents]
    assert [span.sent.text.startswith("The minister") for span in doc.ents] == [True, True]
    listed = next(s for s in doc.sents if s.text.startswith("Ana Lund, Ana"))
    assert {(t.tag_, t.dep_, t.lemma_, t.ent_type_, t.head == t) for t in listed} == {
        ("", "", "", "", True)
    }


TEXTS = {
    "news": "A heading\n\nBAKU, March 14 (Sample) - H.E. Dr. A. Lund left. “Why?” he asked.\n"
    + SENTENCE * 6,
    "wrapped": "The envoys met\nin the U.S. and\nleft. He stayed, e.g. for No. 5. Why not\n" * 4,
    "list": "Agenda:\n1. Trade\n2. Ports.\n\na) Visas\nb) Fish\n" * 4,
    "capitals": "MINISTERS MEET IN LIMA. THEY LEAVE! WHY? " * 6,
    "marks": '"Yes." "No," he said. (They sat.) ... — …[1] Then: !!! ?' * 4,
    "blanks": "\n\n  \n He left.  \n\n\t She stayed. \n\n",
}


@pytest.mark.parametrize("piece", [10, 40, 5_000])
@pytest.mark.parametrize("name", TEXTS)
def test_a_model_moves_no_sentence_start(
    name: str, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotation, "PIECE_TOKENS", piece)
    text = TEXTS[name]
    expected = [(sentence.start, sentence.end) for sentence in blank(text).sents]
    doc = build_language("bundled")(text)
    assert [(sentence.start, sentence.end) for sentence in doc.sents] == expected
    for sentence in doc.sents:
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)
    assert all(span.sent.start <= span.start < span.end <= span.sent.end for span in doc.ents)


def test_a_batch_comes_back_in_order() -> None:
    texts = ["", SENTENCE, "\n", SENTENCE * 3, "tea " * 600, ""]
    docs = list(annotator().pipe([blank(text) for text in texts], batch_size=2))
    assert [doc.text for doc in docs] == texts
    assert [len(doc.ents) for doc in docs] == [0, 1, 0, 3, 0, 0]


def test_a_model_is_given_batches_of_bounded_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotation, "PIECE_TOKENS", 40)
    recorder = Recorder()
    own = ModelAnnotator()
    own.components = [recorder]
    texts = ["One.", "", "Two.", "Three.", SENTENCE * 2, SENTENCE, SENTENCE * 5, "Four."]
    assert [doc.text for doc in own.pipe(map(blank, texts), batch_size=3)] == texts
    given = [text for batch in recorder.batches for text in batch]
    assert "".join(given).split() == "".join(texts).split()
    assert all(len(batch) <= 3 and all(batch) for batch in recorder.batches)
    assert all(sum(len(blank(text)) for text in batch) <= 40 for batch in recorder.batches)
    assert recorder.batches[0] == ["One.", "Two."], "small texts are given together"


def test_texts_are_annotated_as_they_come() -> None:
    taken = count()
    endless = (blank(SENTENCE) for _ in taken)
    assert len(next(annotator().pipe(endless, batch_size=4)).ents) == 1
    assert next(taken) < 10


def test_nothing_is_asked_of_a_model_for_texts_without_a_token() -> None:
    recorder = Recorder()
    own = ModelAnnotator()
    own.components = [recorder]
    assert list(own.pipe([])) == []
    assert [len(doc) for doc in own.pipe([blank(""), blank("")])] == [0, 0]
    assert len(own(blank(""))) == 0
    assert recorder.batches == []
