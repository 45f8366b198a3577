"""Computes the scores of contract section 2 from gold and predicted facts.

All figures are summed over the articles first and divided once (micro-averaged), so that a long
article weighs as much as its facts. What belongs here: what counts as right. What does not: which
record stands for which (`matching`) and when two values are the same (`comparison`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.evaluation.comparison import (
    is_bare_pronoun,
    same_date,
    same_place,
    surname,
    trim_speech,
)
from pipelines.evaluation.gold import GoldDocument, PlainFact, read_gold
from pipelines.evaluation.matching import (
    Matching,
    match_agreements,
    match_commissions,
    match_meetings,
    match_quotes,
    surnames,
)
from pipelines.evaluation.scores import (
    F1,
    CommissionScores,
    MeetingScores,
    QuoteScores,
    Scores,
    Share,
)
from pipelines.records import Article, ArticleFacts, to_plain

__all__ = ["evaluate", "score"]

_SCORED_LISTS = ("meetings", "commissions", "sectors", "agreements", "people", "quotes")

_Lists = tuple[Sequence[PlainFact], Sequence[PlainFact]]
"""The facts of one article: gold's and the predicted ones."""

_Matched = tuple[PlainFact, PlainFact]
"""A record of gold and the predicted one that stands for it."""


def evaluate(gold_path: Path | str, extract: Callable[[Article], ArticleFacts]) -> Scores:
    """Read every text of a gold file with `extract` and score what it finds.

    Raises GoldError where the gold file is faulty and OSError where it cannot be opened; what
    `extract` raises goes through.
    """
    gold = read_gold(gold_path)
    return score(gold, (to_plain(extract(document.article)) for document in gold))


def score(gold: Sequence[GoldDocument], predicted: Iterable[Mapping[str, Any]]) -> Scores:
    """Score predicted facts against gold.

    `predicted` are the facts of each article as plain values, as `records.to_plain` gives them,
    with their `doc_id`, in any order; a missing list counts as empty. Raises ValueError where the
    facts of a gold article are not among them; facts of other articles are passed over.
    """
    facts = {record["doc_id"]: record for record in predicted}
    absent = [document.doc_id for document in gold if document.doc_id not in facts]
    if absent:
        raise ValueError(f"no facts of {len(absent)} gold articles, the first is {absent[0]!r}")
    lists: dict[str, list[_Lists]] = {
        name: [
            (document.lists[name], facts[document.doc_id].get(name) or ())
            for document in gold
            if name in document.lists
        ]
        for name in _SCORED_LISTS
    }
    return Scores(
        documents=len(gold),
        scored={name: len(articles) for name, articles in lists.items()},
        meeting_pairs=_meeting_pairs(lists["meetings"]) if lists["meetings"] else None,
        meetings=_meetings(lists["meetings"]) if lists["meetings"] else None,
        commissions=_commissions(lists["commissions"]) if lists["commissions"] else None,
        sectors=_sets(lists["sectors"], _sector_key) if lists["sectors"] else None,
        agreements=_agreements(lists["agreements"]) if lists["agreements"] else None,
        people=_sets(lists["people"], _person_key) if lists["people"] else None,
        quotes=_quotes(lists["quotes"]) if lists["quotes"] else None,
    )


def _meeting_pairs(articles: Sequence[_Lists]) -> F1:
    """Score the pairs that have any meeting; pairs with optional meetings alone do not count."""
    total = F1(0, 0, 0)
    for gold, predicted in articles:
        required = {fact["pair"] for fact in gold if not fact.get("session")}
        optional = {fact["pair"] for fact in gold if fact.get("session")} - required
        found = {fact["pair"] for fact in predicted} - optional
        total = _plus(total, F1(len(required & found), len(found), len(required)))
    return total


def _meetings(articles: Sequence[_Lists]) -> MeetingScores:
    """Score meetings one to one, then the fields of the matched ones."""
    records, matched = _matched(articles, match_meetings)
    participants = F1(0, 0, 0)
    for gold, predicted in matched:
        if gold.get("participants") is not None:
            ours, theirs = surnames(gold["participants"]), surnames(predicted.get("participants"))
            participants = _plus(participants, F1(len(ours & theirs), len(theirs), len(ours)))
    return MeetingScores(
        records=records,
        status=_equal(matched, "status"),
        level=_equal(matched, "level"),
        date=_right(matched, "date", same_date),
        date_invented=_invented(matched, "date"),
        city=_right(matched, "city", same_place),
        city_invented=_invented(matched, "city"),
        participants=participants,
    )


def _commissions(articles: Sequence[_Lists]) -> CommissionScores:
    """Score commissions one to one, then the fields of the matched ones."""
    records, matched = _matched(articles, match_commissions)
    return CommissionScores(
        records=records,
        status=_equal(matched, "status"),
        date=_right(matched, "date", same_date),
        date_invented=_invented(matched, "date"),
        city=_right(matched, "city", same_place),
        city_invented=_invented(matched, "city"),
    )


def _agreements(articles: Sequence[_Lists]) -> F1:
    """Score agreements one to one."""
    return _matched(articles, match_agreements)[0]


def _quotes(articles: Sequence[_Lists]) -> QuoteScores:
    """Score quotes one to one by their words, then their speakers, and the recall of each kind."""
    records, matched = _matched(articles, match_quotes)
    exact = F1(0, 0, 0)
    for gold, predicted in articles:
        ours = Counter(trim_speech(fact["text"]) for fact in gold)
        theirs = Counter(trim_speech(fact["text"]) for fact in predicted)
        exact = _plus(exact, F1((ours & theirs).total(), theirs.total(), ours.total()))
    of_kind = Counter(fact.get("kind") for gold, _ in articles for fact in gold)
    found = Counter(gold.get("kind") for gold, _ in matched)
    named = [
        (gold, predicted)
        for gold, predicted in matched
        if gold.get("speaker") and not is_bare_pronoun(gold["speaker"])
    ]
    return QuoteScores(
        records=records,
        exact=exact,
        speaker=Share(
            sum(surname(gold["speaker"]) == surname(other.get("speaker")) for gold, other in named),
            len(named),
        ),
        recall_direct=Share(found["direct"], of_kind["direct"]),
        recall_indirect=Share(found["indirect"], of_kind["indirect"]),
        recall_mixed=Share(found["mixed"], of_kind["mixed"]),
    )


def _sets(articles: Sequence[_Lists], key: Callable[[PlainFact], Hashable | None]) -> F1:
    """Score facts as a set of keys an article; a fact without a key does not count."""
    total = F1(0, 0, 0)
    for gold, predicted in articles:
        ours = {key(fact) for fact in gold} - {None}
        theirs = {key(fact) for fact in predicted} - {None}
        total = _plus(total, F1(len(ours & theirs), len(theirs), len(ours)))
    return total


def _sector_key(fact: PlainFact) -> Hashable:
    """Return what makes a sector of an article one."""
    return fact["pair"], fact["sector"]


def _person_key(fact: PlainFact) -> Hashable | None:
    """Return what makes a person of an article one; None for one without a name."""
    last = surname(fact.get("name"))
    return None if last is None else (last, fact.get("country"))


def _matched(
    articles: Sequence[_Lists],
    match: Callable[[Sequence[PlainFact], Sequence[PlainFact]], Matching],
) -> tuple[F1, list[_Matched]]:
    """Match the records of each article; return the counts and all pairs that were made."""
    total = F1(0, 0, 0)
    pairs: list[_Matched] = []
    for gold, predicted in articles:
        result = match(gold, predicted)
        n_pairs = len(result.pairs)
        total = _plus(
            total, F1(n_pairs, n_pairs + len(result.invented), n_pairs + len(result.missed))
        )
        pairs.extend((gold[row], predicted[column]) for row, column in result.pairs)
    return total, pairs


def _equal(matched: Iterable[_Matched], field: str) -> Share:
    """Return how many of the matched agree on a field, null included, where gold has the field."""
    verdicts = [gold[field] == other.get(field) for gold, other in matched if field in gold]
    return Share(sum(verdicts), len(verdicts))


def _right(
    matched: Iterable[_Matched], field: str, same: Callable[[str, str | None], bool]
) -> Share:
    """Return how many of the matched have gold's value, where gold has one."""
    verdicts = [
        same(gold[field], other.get(field))
        for gold, other in matched
        if gold.get(field) is not None
    ]
    return Share(sum(verdicts), len(verdicts))


def _invented(matched: Iterable[_Matched], field: str) -> Share:
    """Return how many of the matched have a value where gold says that there is none."""
    verdicts = [
        other.get(field) is not None
        for gold, other in matched
        if field in gold and gold[field] is None
    ]
    return Share(sum(verdicts), len(verdicts))


def _plus(first: F1, second: F1) -> F1:
    """Return the sum of the counts."""
    return F1(
        first.matched + second.matched,
        first.predicted + second.predicted,
        first.gold + second.gold,
    )
