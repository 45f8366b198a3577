"""Makes training examples anew with other people's names in them.

A small corpus knows few names, and a model learns those rather than what stands around a name.
Here the words of the persons' names are exchanged for words of other names, the same word for the
same word throughout an example, so that contexts are seen with names of the whole world.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

SHARE = 0.9
"""How many of an example's name words are exchanged."""


class Names:
    """First words and last words of names to draw from, each as often as it is borne."""

    def __init__(self, names: Iterable[str]) -> None:
        full = [name.split() for name in names]
        self.first = [words[0] for words in full if len(words) > 1]
        self.last = [words[-1] for words in full if words]


def renamed(docs: Iterable[Doc], names: Names, seed: int = 0) -> Iterator[Doc]:
    """Yield each Doc that names persons once more, with other names; labels stay where they are."""
    chance = random.Random(seed)
    for doc in docs:
        people = [span for span in doc.ents if span.label_ == "PERSON"]
        if not people:
            continue
        given = {span[0].text for span in people if len(span) > 1}
        instead: dict[str, str] = {}
        for span in people:
            for token in span:
                if not token.is_title or token.text in instead or token.text.endswith("."):
                    continue
                pool = names.first if token.text in given else names.last
                instead[token.text] = chance.choice(pool) if chance.random() < SHARE else token.text
        inside = {token.i for span in people for token in span}
        new = Doc(
            doc.vocab,
            words=[instead.get(t.text, t.text) if t.i in inside else t.text for t in doc],
            spaces=[bool(t.whitespace_) for t in doc],
        )
        new.from_array(["ENT_IOB", "ENT_TYPE"], doc.to_array(["ENT_IOB", "ENT_TYPE"]))  # type: ignore[arg-type]
        yield new
