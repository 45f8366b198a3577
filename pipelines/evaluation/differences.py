"""Writes out where facts and gold differ: each miss, each invention, each wrong field.

It is the tool for work on the rules: every difference comes with the sentence that it stands in
and the rule that made the fact, and a table says of each rule how often it was right.

What belongs here: differences as records and as text. What does not: which fact stands for which
(`alignment`); the figures (`scoring`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipelines.evaluation.alignment import Aligned
from pipelines.evaluation.comparison import (
    is_bare_pronoun,
    same_date,
    same_place,
    surname,
    surnames,
    trim_speech,
)
from pipelines.evaluation.gold import GoldDocument, PlainFact

__all__ = ["Difference", "RuleRecord", "find_differences", "rule_records"]

Verdict = Literal["missed", "invented", "wrong"]

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-ZÀ-ÞΑ-ΩА-Я0-9])|\n+")
_LONGEST_SENTENCE = 400

_Check = Callable[[PlainFact, PlainFact], tuple[Any, Any] | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `fact` names what is missed, invented or wrong in a few words.

    `field`, `gold` and `found` are of a wrong field. `sentence` is where gold or the fact stands
    in the text, None where neither tells. `rule` and `confidence` are those of the found fact.
    """

    score: str
    verdict: Verdict
    doc_id: str
    fact: str
    field: str | None = None
    gold: Any = None
    found: Any = None
    sentence: str | None = None
    rule: str | None = None
    confidence: float | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What makes a difference the same one in two evaluations of one file."""
        return (self.score, self.verdict, self.doc_id, self.fact, self.field or "")

    def to_plain(self) -> dict[str, Any]:
        """Return the difference as a dictionary for JSON."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """How often a rule made a fact of a score, and how often gold has one that it is matched with.

    A matched fact may still have wrong fields: they are differences of their own.
    """

    score: str
    rule: str
    right: int
    made: int


def find_differences(
    articles: Iterable[tuple[GoldDocument, Mapping[str, Aligned]]],
) -> Iterator[Difference]:
    """Yield every difference, article by article, in the order of the scores.

    `articles` is what `scoring.aligned_articles` gives.
    """
    for document, lists in articles:
        for score, aligned in lists.items():
            yield from _of_article(document, score, aligned)


def rule_records(
    articles: Iterable[tuple[GoldDocument, Mapping[str, Aligned]]],
) -> list[RuleRecord]:
    """Return how each rule did, by score, those that are wrong most often first.

    Pairs that met are counted with their meetings.
    """
    counts: dict[tuple[str, str], list[int]] = {}
    for _, lists in articles:
        for score, aligned in lists.items():
            if score == "meeting_pairs":
                continue
            for found, right in (
                *((found, True) for _, found in aligned.pairs),
                *((found, False) for found in aligned.invented),
            ):
                count = counts.setdefault((score, str(found.get("rule"))), [0, 0])
                count[0] += right
                count[1] += 1
    records = [RuleRecord(score, rule, *count) for (score, rule), count in counts.items()]
    order = list(dict.fromkeys(record.score for record in records))
    return sorted(records, key=lambda r: (order.index(r.score), r.right - r.made, r.rule))


def _of_article(document: GoldDocument, score: str, aligned: Aligned) -> Iterator[Difference]:
    text = document.article.text
    for fact in aligned.missed:
        yield Difference(
            score, "missed", document.doc_id, _words(score, fact), sentence=_sentence(text, fact)
        )
    for fact in aligned.invented:
        yield Difference(
            score,
            "invented",
            document.doc_id,
            _words(score, fact),
            sentence=_sentence(text, fact),
            rule=fact.get("rule"),
            confidence=fact.get("confidence"),
        )
    for gold, found in aligned.pairs:
        for field, check in _CHECKS.get(score, {}).items():
            wrong = check(gold, found)
            if wrong is not None:
                yield Difference(
                    score,
                    "wrong",
                    document.doc_id,
                    _words(score, gold),
                    field,
                    *wrong,
                    sentence=_sentence(text, found) or _sentence(text, gold),
                    rule=found.get("rule"),
                    confidence=found.get("confidence"),
                )


def _equal(field: str) -> _Check:
    def check(gold: PlainFact, found: PlainFact) -> tuple[Any, Any] | None:
        if field not in gold or gold[field] == found.get(field):
            return None
        return gold[field], found.get(field)

    return check


def _told(field: str, same: Callable[[str, str | None], bool]) -> _Check:
    """The same rule for values that are wrong and values that are invented."""

    def check(gold: PlainFact, found: PlainFact) -> tuple[Any, Any] | None:
        if field not in gold:
            return None
        ours, theirs = gold[field], found.get(field)
        right = theirs is None if ours is None else same(ours, theirs)
        return None if right else (ours, theirs)

    return check


def _participants(gold: PlainFact, found: PlainFact) -> tuple[Any, Any] | None:
    if gold.get("participants") is None:
        return None
    ours, theirs = surnames(gold["participants"]), surnames(found.get("participants"))
    return None if ours == theirs else (sorted(ours), sorted(theirs))


def _speaker(gold: PlainFact, found: PlainFact) -> tuple[Any, Any] | None:
    ours, theirs = gold.get("speaker"), found.get("speaker")
    if not ours or is_bare_pronoun(ours) or surname(ours) == surname(theirs):
        return None
    return ours, theirs


def _boundaries(gold: PlainFact, found: PlainFact) -> tuple[Any, Any] | None:
    ours, theirs = trim_speech(gold["text"]), trim_speech(found["text"])
    return None if ours == theirs else (ours, theirs)


_EVENT: Mapping[str, _Check] = {
    "status": _equal("status"),
    "date": _told("date", same_date),
    "city": _told("city", same_place),
}
_CHECKS: Mapping[str, Mapping[str, _Check]] = {
    "meetings": {**_EVENT, "level": _equal("level"), "participants": _participants},
    "commissions": _EVENT,
    "quotes": {"text": _boundaries, "speaker": _speaker},
}
"""The fields of matched facts that a score counts, each with what is wrong about it."""

_SHOWN: Mapping[str, Sequence[str]] = {
    "meeting_pairs": ("pair",),
    "meetings": ("pair", "kind", "status", "date", "city"),
    "commissions": ("pair", "ordinal", "status", "date", "city", "name"),
    "sectors": ("pair", "sector", "stance"),
    "agreements": ("pair", "kind", "status", "date", "title"),
    "people": ("country", "name", "role"),
    "quotes": ("kind", "speaker", "text"),
}


def _words(score: str, fact: PlainFact) -> str:
    """Return a fact in a few words: the fields that make it this one."""
    values = (fact.get(field) for field in _SHOWN[score])
    return " · ".join(str(value) for value in values if value is not None)


def _sentence(text: str, fact: PlainFact) -> str | None:
    """Return the sentence of the text that a fact stands in; None where it does not tell where."""
    start = _place(text, fact)
    if start is None:
        return None
    begin, end = 0, len(text)
    for match in _SENTENCE_END.finditer(text):
        if match.end() <= start:
            begin = match.end()
        else:
            end = match.start() + 1
            break
    sentence = " ".join(text[begin:end].split())
    return sentence if len(sentence) <= _LONGEST_SENTENCE else f"{sentence[:_LONGEST_SENTENCE]}…"


def _place(text: str, fact: PlainFact) -> int | None:
    """Return the offset of a fact: of its span, its evidence, or its words."""
    evidence = fact.get("evidence")
    if isinstance(fact.get("start"), int):
        return int(fact["start"])
    if isinstance(evidence, Mapping):
        return int(evidence["start"])
    for words in (evidence, fact.get("text"), fact.get("title"), fact.get("name")):
        if isinstance(words, str) and words in text:
            return text.index(words)
    return None
