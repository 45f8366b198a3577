"""Where sentences begin.

spaCy's punctuation sentencizer does well on diplomatic prose but for three things that this
module mends: a paragraph break always begins a sentence; the full stop of an abbreviation
('H.E.', 'Dr.', initials) does not end one; and closing quotation marks belong to the sentence
that they close.

`sentence_starts` is the match, a pure function of a Doc; `mark_sentences` is the pipeline
component that sets what it found.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from pipelines.lexicons import read_lexicon

COMPONENT = "entente_sentences"

_TERMINAL = frozenset({".", "!", "?", "…", "...", "?!", "!!"})
_CLOSING = frozenset({'"', "”", "’", "'", "''", "»", ")", "]", "“"})
_OPENING = frozenset({'"', "“", "‘", "'", "``", "«", "„", "(", "["})


def _abbreviations() -> frozenset[str]:
    return frozenset(entry["text"].lower() for entry in read_lexicon("abbreviations"))


def _ends_sentence(token: Token, abbreviations: frozenset[str]) -> bool:
    """Whether a token is a full stop (or holds one) that can end a sentence."""
    text = token.text
    if text in _TERMINAL:
        # an initial whose full stop the tokenizer split off: 'George W . Bush'
        before = token.nbor(-1) if token.i > 0 else None
        if text == "." and before is not None and not before.whitespace_:
            if len(before.text) == 1 and before.text.isupper():
                return False
            if before.lower_ in {"no", "nos"}:  # an abbreviation before a number only
                after = token.nbor(1) if token.i + 1 < len(token.doc) else None
                return after is None or not after.like_num
            return f"{before.lower_}." not in abbreviations
        return True
    return False


def sentence_starts(doc: Doc) -> list[int]:
    """Return the token indices at which sentences begin, in order; 0 is always one of them."""
    abbreviations = _abbreviations()
    starts: list[int] = []
    open_end = True  # a sentence has ended and the next has not yet begun
    straight_quotes = 0
    for token in doc:
        if token.is_space:
            if "\n" in token.text and (token.text.count("\n") > 1 or _line_is_closed(doc, token.i)):
                open_end = True
                straight_quotes = 0
            continue
        if open_end and _closes(token, straight_quotes):
            straight_quotes += token.text == '"'
            continue  # a closing mark stays with the sentence before
        if open_end and (not starts or _may_begin(token) or _after_break(doc, token.i)):
            starts.append(token.i)
        open_end = False
        straight_quotes += token.text == '"'
        if _ends_sentence(token, abbreviations):
            open_end = True
    if not starts or starts[0] != 0:
        starts = [0, *starts[1:]] if starts and doc[0].is_space else [0, *starts]
    return starts


def _line_is_closed(doc: Doc, index: int) -> bool:
    """Whether the line before a single line break ended as a sentence or heading does.

    Hard-wrapped text breaks lines in mid-sentence: there, the next line begins in lower case.
    """
    after = next((t for t in doc[index + 1 :] if not t.is_space), None)
    return after is None or not after.text[0].islower()


def _after_break(doc: Doc, index: int) -> bool:
    return index > 0 and doc[index - 1].is_space and "\n" in doc[index - 1].text


def _closes(token: Token, straight_quotes: int) -> bool:
    """Whether a mark behind a full stop closes what went before it rather than opens anew."""
    if token.text not in _CLOSING or token.i == 0 or _after_break(token.doc, token.i):
        return False
    if token.text == '"':
        return straight_quotes % 2 == 1
    return not token.nbor(-1).whitespace_ or token.text not in _OPENING


def _may_begin(token: Token) -> bool:
    """Whether a token can begin a sentence: not in lower case ('approx. five') nor mere stops."""
    return not token.text[0].islower() and token.text not in _TERMINAL


@Language.component(COMPONENT)
def mark_sentences(doc: Doc) -> Doc:
    """Set the sentence starts of a Doc."""
    if len(doc):
        # in one go: setting it token by token scans the Doc for a parse each time
        values: Any = np.full((len(doc), 1), -1, dtype="int64")
        values[sentence_starts(doc)] = 1
        doc.from_array(["SENT_START"], values.astype("uint64"))
    return doc
