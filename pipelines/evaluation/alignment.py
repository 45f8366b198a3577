"""Sets the facts of one article beside gold's: which stand for one another, which stand alone.

Scores are counts of these, and the list of differences is these written out, so that the two can
never disagree. What belongs here: the unit that each score counts. What does not: counting
(`scoring`), showing (`differences`), and the matching itself (`matching`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.evaluation.comparison import surname
from pipelines.evaluation.gold import PlainFact
from pipelines.evaluation.matching import (
    Matching,
    match_agreements,
    match_commissions,
    match_meetings,
    match_quotes,
)

__all__ = ["SCORES", "Aligned", "align"]

SCORES: Mapping[str, str] = {
    "meeting_pairs": "meetings",
    "meetings": "meetings",
    "commissions": "commissions",
    "sectors": "sectors",
    "agreements": "agreements",
    "people": "people",
    "quotes": "quotes",
}
"""Each score in the order of the contract, and the list of facts that it is computed from."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """The facts of one article and one score: `pairs` are (gold, found)."""

    pairs: tuple[tuple[PlainFact, PlainFact], ...]
    missed: tuple[PlainFact, ...]
    invented: tuple[PlainFact, ...]


def align(score: str, gold: Sequence[PlainFact], found: Sequence[PlainFact]) -> Aligned:
    """Set the facts of one article beside gold's, as the score of that name counts them.

    Of facts that count as a set (pairs that met, sectors, people) the first of each key stands for
    all. Raises KeyError where there is no such score.
    """
    return _ALIGN[score](gold, found)


def _matched(
    match: Callable[[Sequence[PlainFact], Sequence[PlainFact]], Matching],
) -> Callable[[Sequence[PlainFact], Sequence[PlainFact]], Aligned]:
    def aligned(gold: Sequence[PlainFact], found: Sequence[PlainFact]) -> Aligned:
        result = match(gold, found)
        return Aligned(
            pairs=tuple((gold[row], found[column]) for row, column in result.pairs),
            missed=tuple(gold[row] for row in result.missed),
            invented=tuple(found[column] for column in result.invented),
        )

    return aligned


def _sets(
    key: Callable[[PlainFact], Hashable | None],
) -> Callable[[Sequence[PlainFact], Sequence[PlainFact]], Aligned]:
    def aligned(gold: Sequence[PlainFact], found: Sequence[PlainFact]) -> Aligned:
        ours, theirs = _first_by(key, gold), _first_by(key, found)
        return Aligned(
            pairs=tuple((fact, theirs[name]) for name, fact in ours.items() if name in theirs),
            missed=tuple(fact for name, fact in ours.items() if name not in theirs),
            invented=tuple(fact for name, fact in theirs.items() if name not in ours),
        )

    return aligned


def _first_by(
    key: Callable[[PlainFact], Hashable | None], facts: Sequence[PlainFact]
) -> dict[Hashable, PlainFact]:
    """Return the first fact of each key; a fact without a key does not count."""
    first: dict[Hashable, PlainFact] = {}
    for fact in facts:
        name = key(fact)
        if name is not None:
            first.setdefault(name, fact)
    return first


def _pairs_that_met(gold: Sequence[PlainFact], found: Sequence[PlainFact]) -> Aligned:
    """Pairs with optional meetings alone do not count, on either side."""
    required = [fact for fact in gold if not fact.get("session")]
    pairs = {fact["pair"] for fact in required}
    optional = {fact["pair"] for fact in gold} - pairs
    return _sets(_pair)(required, [fact for fact in found if fact["pair"] not in optional])


def _pair(fact: PlainFact) -> Hashable:
    return (fact["pair"],)


def _sector(fact: PlainFact) -> Hashable:
    return fact["pair"], fact["sector"]


def _person(fact: PlainFact) -> Hashable | None:
    last = surname(fact.get("name"))
    return None if last is None else (last, fact.get("country"))


_ALIGN: Mapping[str, Callable[[Sequence[PlainFact], Sequence[PlainFact]], Aligned]] = {
    "meeting_pairs": _pairs_that_met,
    "meetings": _matched(match_meetings),
    "commissions": _matched(match_commissions),
    "sectors": _sets(_sector),
    "agreements": _matched(match_agreements),
    "people": _sets(_person),
    "quotes": _matched(match_quotes),
}
