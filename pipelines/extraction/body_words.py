"""The words that names of bilateral bodies are made of, and ordinal numbers, by token.

What belongs here: the match against the lexicons `bodies` and `ordinals`. What does not: which
words make up a name (`body_names`), and what is said of a body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from pipelines.language.build import build_language
from pipelines.language.mentions import Reading
from pipelines.language.models import BLANK
from pipelines.lexicons import read_lexicon

_FIGURE = re.compile(r"(\d{1,3})(?:st|nd|rd|th)", re.IGNORECASE)
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True)
class BodyWords:
    """What each token of a text can be in the name of a body.

    `heads` are the tokens (half-open) that a name can be built on, with their part of the lexicon;
    `ordinals` maps the last token of a number to its first token and its value; `country_starts`
    and `country_ends` map the first token of a country to the end, and the last to the first.
    """

    heads: tuple[tuple[int, int, str], ...]
    part: dict[int, frozenset[str]]
    ordinals: dict[int, tuple[int, int]]
    country_starts: dict[int, int]
    country_ends: dict[int, int]

    def parts_of(self, token: int) -> frozenset[str]:
        """The parts of the lexicon that a token belongs to, none where it is not in it."""
        return self.part.get(token, frozenset())


@cache
def _matcher() -> PhraseMatcher:
    nlp = build_language(BLANK)
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    parts: dict[str, list[Doc]] = {}
    for entry in read_lexicon("bodies"):
        parts.setdefault(entry["part"], []).append(nlp.make_doc(entry["text"]))
    for entry in read_lexicon("ordinals"):
        label = f"ordinal {entry['number']}"
        parts.setdefault(label, []).append(nlp.make_doc(entry["text"]))
    for part, patterns in parts.items():
        matcher.add(part, patterns)
    return matcher


def find_body_words(reading: Reading) -> BodyWords:
    """Return what each token of a text can be in the name of a body."""
    part: dict[int, set[str]] = {}
    whole: set[int] = set()  # tokens of 'Bi-National': 'National' alone would tell against it
    heads: list[Span] = []
    numbers: list[Span] = []
    for span in _matcher()(reading.doc, as_spans=True):
        if span.label_.startswith("ordinal "):
            numbers.append(span)
            continue
        for index in range(span.start, span.end):
            part.setdefault(index, set()).add(span.label_)
        if span.label_ == "mark" and len(span) > 1:
            whole.update(range(span.start, span.end))
        if span.label_ in {"head", "dialogue"}:
            heads.append(span)
    ordinals = {s.end - 1: (s.start, int(s.label_.split()[1])) for s in filter_spans(numbers)}
    for token in reading.doc:
        number = _figure(token)
        if number is not None:
            ordinals[token.i] = (token.i, number)
    return BodyWords(
        heads=tuple((s.start, s.end, s.label_) for s in filter_spans(heads)),
        part={
            index: frozenset(labels - {"stop"} if index in whole else labels)
            for index, labels in part.items()
        },
        ordinals=ordinals,
        country_starts={m.start: m.end for m in reading.countries},
        country_ends={m.end - 1: m.start for m in reading.countries},
    )


def _figure(token: Token) -> int | None:
    """The number that a token stands for as an ordinal: '18th', 'XIV'."""
    match = _FIGURE.fullmatch(token.text)
    if match:
        return int(match.group(1)) or None
    text = token.text
    if len(text) <= 7 and text.isupper() and _ROMAN.fullmatch(text):
        if text == "I" and (token.i == 0 or token.nbor(-1).lower_ != "the"):
            return None
        total = 0
        for here, following in zip(text, f"{text[1:]} ", strict=True):
            value = _ROMAN_VALUES[here]
            total += -value if _ROMAN_VALUES.get(following, 0) > value else value
        return total
    return None
