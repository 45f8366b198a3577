"""Reading, parsing and writing the annotated corpora that the model is trained on.

What belongs here: DocBins in and out, and giving a corpus the annotation that it lacks. What does
not: where labels come from (`silver`, `renaming`), and the order of the steps (`recipe`).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

ALL_LAYERS = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE"]
ENTITIES = ["ENT_IOB", "ENT_TYPE"]


def read_docs(path: Path, vocab: Vocab) -> list[Doc]:
    """Return the Docs of a DocBin file."""
    return list(DocBin().from_disk(path).get_docs(vocab))


def write_docs(docs: Iterable[Doc], path: Path) -> Path:
    """Store Docs with all their layers."""
    DocBin(attrs=ALL_LAYERS, docs=docs).to_disk(path)
    return path


def parsed(docs: Iterable[Doc], teacher: Language, *, keep_sentences: bool) -> Iterator[Doc]:
    """Yield Docs anew with the teacher's tags, lemmas and trees, and their own entities.

    Every training example must have every layer: a parser that learns from examples without heads
    learns nothing. `keep_sentences` holds the teacher to the sentence starts that a Doc has.
    """

    def bare() -> Iterator[Doc]:
        for doc in docs:
            starts = [bool(t.is_sent_start) for t in doc] if keep_sentences else None
            new = Doc(
                teacher.vocab,
                words=[token.text for token in doc],
                spaces=[bool(token.whitespace_) for token in doc],
                sent_starts=starts,  # type: ignore[arg-type]
            )
            new.from_array(ENTITIES, doc.to_array(ENTITIES))  # type: ignore[arg-type]
            yield new

    yield from teacher.pipe(bare(), batch_size=32)


def shuffled(docs: list[Doc], seed: int = 0) -> list[Doc]:
    """Return Docs in an order that mixes the corpora, the same for the same seed."""
    random.Random(seed).shuffle(docs)
    return docs
