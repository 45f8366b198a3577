"""Applying a language model to Docs of any length, in bounded time and memory.

What belongs here: which stretches of a Doc a model is given, and putting what it says back into
the Doc. What does not: loading a model (`models`), and what its annotation is used for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Self

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

PIECE_TOKENS = 5_000
"""The most tokens that a model is given at once; its memory grows with them (about 80 MB here)."""

LONGEST_SENTENCE = 400
"""Longer stretches without a full stop are lists and tables, which no model reads well."""

MOST_TOKENS = 250_000
"""How much of one text a model reads: a million characters of prose. The rest has rules alone."""

_ATTRIBUTES: list[int | str] = [
    "TAG",
    "POS",
    "MORPH",
    "LEMMA",
    "DEP",
    "HEAD",
    "ENT_IOB",
    "ENT_TYPE",
]


class ModelAnnotator:
    """A component that runs the components of a loaded model over a Doc.

    Docs of ordinary length go through as they are. Longer ones are cut where sentences begin;
    sentences that are longer than any sentence is are left without annotation.
    """

    NAME = "entente_model"

    def __init__(self) -> None:
        self.components: list[Any] = []

    def load(self, model: Language) -> Self:
        """Take over the components of a model whose vocabulary is that of the Docs to come."""
        self.components = [component for _, component in model.pipeline]
        return self

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc whose sentence starts are set."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """Annotate many Docs; small ones are given to the model together."""
        batch: list[Doc] = []
        size = 0
        for doc in docs:
            if batch and (size + len(doc) > PIECE_TOKENS or len(batch) >= batch_size):
                yield from self._annotate(batch)
                batch, size = [], 0
            batch.append(doc)
            size += len(doc)
        if batch:
            yield from self._annotate(batch)

    def _annotate(self, docs: list[Doc]) -> list[Doc]:
        ready = [doc for doc in docs if len(doc) and _fits(doc)]
        if ready:
            self._run(ready)
        for doc in docs:
            if len(doc) and not _fits(doc):
                self._annotate_pieces(doc)
        return docs

    def _run(self, docs: list[Doc]) -> None:
        for component in self.components:
            # `pipe` of a trainable component predicts for the batch and sets what it found in place
            if hasattr(component, "pipe"):
                for _ in component.pipe(iter(docs), batch_size=len(docs)):
                    pass
            else:
                for doc in docs:
                    component(doc)

    def _annotate_pieces(self, doc: Doc) -> None:
        values: Any = np.zeros((len(doc), len(_ATTRIBUTES)), dtype="uint64")
        starts: Any = doc.to_array(["SENT_START"])
        for start, end in pieces(doc):
            piece = doc[start:end].as_doc()
            self._run([piece])
            values[start:end] = piece.to_array(_ATTRIBUTES)
        doc.from_array(_ATTRIBUTES, values)
        doc.from_array(["SENT_START"], starts)


def _fits(doc: Doc) -> bool:
    if len(doc) > PIECE_TOKENS:
        return False
    return len(doc) <= LONGEST_SENTENCE or all(
        sentence.end - sentence.start <= LONGEST_SENTENCE for sentence in doc.sents
    )


def pieces(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the token ranges of a Doc that a model is given, in order.

    They begin and end with sentences, hold at most `PIECE_TOKENS`, and leave out sentences of
    more than `LONGEST_SENTENCE` tokens or without a word, and all that lies behind `MOST_TOKENS`.
    """
    start = last = 0  # the piece so far
    for sentence in doc.sents:
        if sentence.end > MOST_TOKENS:
            break
        left_out = sentence.end - sentence.start > LONGEST_SENTENCE or not _has_word(sentence)
        if last > start and (left_out or sentence.end - start > PIECE_TOKENS):
            yield start, last
            start = last
        last = sentence.end
        if left_out:
            start = last
    if last > start:
        yield start, last


def _has_word(sentence: Span) -> bool:
    return any(token.text[0].isalpha() for token in sentence)


@Language.factory(ModelAnnotator.NAME)
def _create(nlp: Language, name: str) -> ModelAnnotator:
    return ModelAnnotator()
