"""Where sentences begin.

spaCy's punctuation sentencizer does well on diplomatic prose but for what this module mends: a
paragraph break always begins a sentence; the full stop of an abbreviation ('H.E.', 'Dr.',
initials), of a number that counts ('1. Trade') or inside a dateline does not end one; closing
quotation marks and footnote marks belong to the sentence that they close; and the report behind a
dateline is a sentence of its own.

`sentence_starts` is the match, a pure function of a Doc; `mark_sentences` is the pipeline
component that sets what it found. It runs before the language model, whose names and trees keep
to these sentences.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from pipelines.language.datelines import find_dateline
from pipelines.lexicons import read_lexicon

COMPONENT = "entente_sentences"
BULLETS = ("•", "●", "▪", "‣")
"""Marks that begin an item of a list, whether or not a line begins with them."""

_TERMINAL = frozenset({".", "!", "?", "…", "...", "?!", "!!"})
_CLOSING = frozenset({'"', "”", "’", "'", "''", "»", ")", "]", "“"})
_OPENING = frozenset({'"', "“", "‘", "'", "``", "«", "„", "(", "["})
_ROMAN = re.compile(r"[IVX]{1,5}$")
_LISTED = re.compile(r"[a-z][.)]$")
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}$")
_OF_THE_DISTRICT = frozenset(
    {"Mayor", "Council", "Circuit", "Court", "Superior", "Metropolitan", "Police", "Department",
     "Metro", "National", "Area"}
)  # fmt: skip
"""What 'Washington, D.C.' has of its own: there it ends no sentence."""
_NUMBERS = frozenset({"no", "nos"})


@cache
def _abbreviations() -> dict[str, bool]:
    """Abbreviations in lower case; True where one can be the last word of a sentence."""
    return {
        entry["text"].lower(): entry["ends"] == "yes" for entry in read_lexicon("abbreviations")
    }


@cache
def _particles() -> frozenset[str]:
    entries = read_lexicon("name_particles")
    return frozenset(entry["particle"].lower() for entry in entries if entry["opens"])


def sentence_starts(doc: Doc) -> list[int]:
    """Return the token indices at which sentences begin, in order; 0 is always one of them."""
    starts: list[int] = []
    open_end = True  # a sentence has ended and the next has not yet begun
    straight_quotes = 0
    for token in doc:
        if token.is_space:
            if "\n" in token.text and (token.text.count("\n") > 1 or _line_is_closed(doc, token.i)):
                open_end = True
                straight_quotes = 0
            continue
        open_end = open_end or token.text in BULLETS
        if open_end and _closes(token, straight_quotes):
            straight_quotes += token.text == '"'
            continue  # a closing mark stays with the sentence before
        if open_end and (not starts or _may_begin(token) or _after_break(doc, token.i)):
            starts.append(token.i)
        open_end = False
        straight_quotes += token.text == '"'
        if _ends_sentence(token, starts[-1] if starts else 0):
            open_end = True
    if not starts or starts[0] != 0:
        starts = [0, *starts[1:]] if starts and doc[0].is_space else [0, *starts]
    body, _ = find_dateline(doc)
    if not 0 < body < len(doc):
        return starts
    # a heading before the dateline keeps its own sentence
    before = [start for start in starts if start < body]
    head = max((s for s in before if _after_break(doc, s)), default=0)
    kept = [start for start in before if start <= head]
    return [*kept, body, *(start for start in starts if start > body)]


def _ends_sentence(token: Token, start: int) -> bool:
    """Whether a token is a stop (or holds one) that ends the sentence that began at `start`."""
    text = token.text
    if text not in _TERMINAL:
        may_end = _abbreviations().get(token.lower_, _ACRONYM.match(text) is not None)
        opens = text.endswith(".") and may_end and _opens_sentence(token.doc, token.i + 1)
        return opens or _closes_washington(token)
    if text != "." or token.i == 0 or token.nbor(-1).whitespace_:
        return True
    before = token.nbor(-1)
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if before.lower_ in _NUMBERS:  # an abbreviation before a number only
        return after is None or not after.like_num
    ends = _abbreviations().get(f"{before.lower_}.")
    if ends is not None:
        return ends and _opens_sentence(token.doc, token.i + 1)
    # '1. Trade', 'a. Energy', 'II. Talks'
    counts = before.like_num or len(before.text) == 1 or _ROMAN.match(before.text)
    if before.i == start and counts and token.whitespace_:
        return False
    # an initial whose full stop the tokenizer split off: 'George W . Bush'
    initial = len(before.text) == 1 and before.text.isupper()
    return not initial or _opens_sentence(token.doc, token.i + 1)


def _closes_washington(token: Token) -> bool:
    """'met in Washington, D.C. President Reyes said', but not 'Washington, D.C. Mayor'."""
    if token.text != "D.C." or token.i == 0 or token.nbor(-1).text != ",":
        return False
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return after is not None and after.is_title and after.text not in _OF_THE_DISTRICT


def _opens_sentence(doc: Doc, index: int) -> bool:
    """Whether a sentence plainly begins at a token: a capitalised word of grammar ('The', 'He').

    Marks that close what went before are passed over.
    """
    while (
        index < len(doc)
        and not doc[index - 1].whitespace_
        and (doc[index].text in _CLOSING or _is_footnote_mark(doc[index]))
    ):
        index += 1
    if index >= len(doc):
        return True
    token = doc[index]
    if token.text in _OPENING and index + 1 < len(doc):
        return doc[index + 1].text[0].isupper()
    return token.is_title and token.is_stop and not token.like_num


def _line_is_closed(doc: Doc, index: int) -> bool:
    """Whether the line before a single line break ended as a sentence or heading does.

    Hard-wrapped text breaks lines in mid-sentence: there, the next line begins in lower case, or
    the line ends with a comma or a word of grammar. A line of a list ('a) Trade') is always new.
    """
    after = next((t for t in doc[index + 1 : index + 4] if not t.is_space), None)
    if after is None:
        return True
    if after.text[0].islower():
        marked = after.i + 1 < len(doc) and doc[after.i + 1].text in {")", "."}
        return (len(after.text) == 1 and marked) or _LISTED.match(after.text) is not None
    before = doc[index - 1] if index else None
    return before is None or not (before.text == "," or (before.is_lower and before.is_stop))


def _after_break(doc: Doc, index: int) -> bool:
    return index > 0 and doc[index - 1].is_space and "\n" in doc[index - 1].text


def _closes(token: Token, straight_quotes: int) -> bool:
    """Whether a mark behind a full stop closes what went before it rather than opens anew."""
    if token.i == 0 or _after_break(token.doc, token.i):
        return False
    if not token.nbor(-1).whitespace_ and _is_footnote_mark(token):
        return True
    if token.text not in _CLOSING:
        return False
    if token.text == '"':
        return straight_quotes % 2 == 1
    return not token.nbor(-1).whitespace_ or token.text not in _OPENING


def _is_footnote_mark(token: Token) -> bool:
    """Whether a token belongs to '[1]' right behind a full stop."""
    doc, at = token.doc, token.i
    if token.text == "[":
        return at + 2 < len(doc) and doc[at + 1].text.isdigit() and doc[at + 2].text == "]"
    return token.text.isdigit() and doc[at - 1].text == "["


def _may_begin(token: Token) -> bool:
    """Whether a token can begin a sentence: not in lower case ('approx. five') nor mere stops.

    A name may begin in lower case: 'al-Quint', 'de Silva'.
    """
    if token.text in _TERMINAL:
        return False
    return not token.text[0].islower() or (token.text in _particles() and _leads_name(token))


def _leads_name(particle: Token) -> bool:
    doc, after = particle.doc, particle.i + 1
    if after < len(doc) and doc[after].text in {"-", "’", "'"}:
        after += 1
    return after < len(doc) and doc[after].text[0].isupper()


@Language.component(COMPONENT)
def mark_sentences(doc: Doc) -> Doc:
    """Set the sentence starts of a Doc."""
    if len(doc):
        # in one go: setting it token by token scans the Doc for a parse each time
        values: Any = np.full((len(doc), 1), -1, dtype="int64")
        values[sentence_starts(doc)] = 1
        doc.from_array(["SENT_START"], values.astype("uint64"))
    return doc
