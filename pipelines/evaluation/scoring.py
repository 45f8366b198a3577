"""Computes the scores of contract section 2 from gold and found facts.

All figures are summed over the articles first and divided once (micro-averaged), so that a long
article weighs as much as its facts. What belongs here: what counts as right. What does not: which
fact stands for which (`alignment`) and when two values are the same (`comparison`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.evaluation.alignment import SCORES, Aligned, align
from pipelines.evaluation.comparison import (
    is_bare_pronoun,
    same_date,
    same_place,
    surname,
    surnames,
    trim_speech,
)
from pipelines.evaluation.gold import GoldDocument, PlainFact, read_gold
from pipelines.evaluation.scores import (
    F1,
    CommissionScores,
    MeetingScores,
    QuoteScores,
    Scores,
    Share,
)
from pipelines.records import Article, ArticleFacts, to_plain

__all__ = ["aligned_articles", "evaluate", "score", "score_aligned"]

_Pair = tuple[PlainFact, PlainFact]
"""A fact of gold and the found one that stands for it."""


def evaluate(gold_path: Path | str, extract: Callable[[Article], ArticleFacts]) -> Scores:
    """Read every text of a gold file with `extract` and score what it finds.

    Raises GoldError where the gold file is faulty and OSError where it cannot be opened; what
    `extract` raises goes through.
    """
    gold = read_gold(gold_path)
    return score(gold, (to_plain(extract(document.article)) for document in gold))


def score(gold: Sequence[GoldDocument], found: Iterable[Mapping[str, Any]]) -> Scores:
    """Score found facts against gold.

    `found` are the facts of each article as plain values, as `records.to_plain` gives them, with
    their `doc_id`, in any order; a missing list counts as empty. Raises ValueError where the facts
    of a gold article are not among them; facts of other articles are passed over.
    """
    return score_aligned(aligned_articles(gold, found))


def score_aligned(articles: Sequence[tuple[GoldDocument, Mapping[str, Aligned]]]) -> Scores:
    """Score articles whose facts stand beside gold's already, as `aligned_articles` gives them."""
    aligned = {name: [lists[name] for _, lists in articles if name in lists] for name in SCORES}
    return Scores(
        documents=len(articles),
        scored={
            name: sum(name in document.lists for document, _ in articles)
            for name in dict.fromkeys(SCORES.values())
        },
        meeting_pairs=_f1(aligned["meeting_pairs"]) if aligned["meeting_pairs"] else None,
        meetings=_meetings(aligned["meetings"]) if aligned["meetings"] else None,
        commissions=_commissions(aligned["commissions"]) if aligned["commissions"] else None,
        sectors=_f1(aligned["sectors"]) if aligned["sectors"] else None,
        agreements=_f1(aligned["agreements"]) if aligned["agreements"] else None,
        people=_f1(aligned["people"]) if aligned["people"] else None,
        quotes=_quotes(aligned["quotes"]) if aligned["quotes"] else None,
    )


def aligned_articles(
    gold: Sequence[GoldDocument], found: Iterable[Mapping[str, Any]]
) -> list[tuple[GoldDocument, dict[str, Aligned]]]:
    """Set the found facts beside gold's, article by article and score by score.

    A list that a gold article lacks is left out of it. Raises ValueError as `score` does.
    """
    facts = {record["doc_id"]: record for record in found}
    absent = [document.doc_id for document in gold if document.doc_id not in facts]
    if absent:
        raise ValueError(f"no facts of {len(absent)} gold articles, the first is {absent[0]!r}")
    return [
        (
            document,
            {
                name: align(name, document.lists[source], facts[document.doc_id].get(source) or ())
                for name, source in SCORES.items()
                if source in document.lists
            },
        )
        for document in gold
    ]


def _f1(articles: Iterable[Aligned]) -> F1:
    """Count what the articles have in common with gold."""
    matched = missed = invented = 0
    for article in articles:
        matched += len(article.pairs)
        missed += len(article.missed)
        invented += len(article.invented)
    return F1(matched, matched + invented, matched + missed)


def _pairs(articles: Iterable[Aligned]) -> list[_Pair]:
    return [pair for article in articles for pair in article.pairs]


def _meetings(articles: Sequence[Aligned]) -> MeetingScores:
    """Score meetings one to one, then the fields of the matched ones."""
    pairs = _pairs(articles)
    matched = predicted = in_gold = 0
    for gold, found in pairs:
        if gold.get("participants") is not None:
            ours, theirs = surnames(gold["participants"]), surnames(found.get("participants"))
            matched += len(ours & theirs)
            predicted += len(theirs)
            in_gold += len(ours)
    return MeetingScores(
        records=_f1(articles),
        status=_equal(pairs, "status"),
        level=_equal(pairs, "level"),
        date=_right(pairs, "date", same_date),
        date_invented=_invented(pairs, "date"),
        city=_right(pairs, "city", same_place),
        city_invented=_invented(pairs, "city"),
        participants=F1(matched, predicted, in_gold),
    )


def _commissions(articles: Sequence[Aligned]) -> CommissionScores:
    """Score commissions one to one, then the fields of the matched ones."""
    pairs = _pairs(articles)
    return CommissionScores(
        records=_f1(articles),
        status=_equal(pairs, "status"),
        date=_right(pairs, "date", same_date),
        date_invented=_invented(pairs, "date"),
        city=_right(pairs, "city", same_place),
        city_invented=_invented(pairs, "city"),
    )


def _quotes(articles: Sequence[Aligned]) -> QuoteScores:
    """Score quotes one to one by their words, then their speakers, and the recall of each kind."""
    pairs = _pairs(articles)
    exact = predicted = in_gold = 0
    of_kind: Counter[str | None] = Counter()
    for article in articles:
        quotes = [*(gold for gold, _ in article.pairs), *article.missed]
        found = [*(other for _, other in article.pairs), *article.invented]
        ours = Counter(trim_speech(fact["text"]) for fact in quotes)
        theirs = Counter(trim_speech(fact["text"]) for fact in found)
        exact += (ours & theirs).total()
        predicted += theirs.total()
        in_gold += ours.total()
        of_kind.update(fact.get("kind") for fact in quotes)
    matched = Counter(gold.get("kind") for gold, _ in pairs)
    named = [
        (gold, found)
        for gold, found in pairs
        if gold.get("speaker") and not is_bare_pronoun(gold["speaker"])
    ]
    return QuoteScores(
        records=_f1(articles),
        exact=F1(exact, predicted, in_gold),
        speaker=Share(
            sum(surname(gold["speaker"]) == surname(found.get("speaker")) for gold, found in named),
            len(named),
        ),
        recall_direct=Share(matched["direct"], of_kind["direct"]),
        recall_indirect=Share(matched["indirect"], of_kind["indirect"]),
        recall_mixed=Share(matched["mixed"], of_kind["mixed"]),
    )


def _equal(pairs: Iterable[_Pair], field: str) -> Share:
    """Return how many of the matched agree on a field, null included, where gold has the field."""
    verdicts = [gold[field] == found.get(field) for gold, found in pairs if field in gold]
    return Share(sum(verdicts), len(verdicts))


def _right(pairs: Iterable[_Pair], field: str, same: Callable[[str, str | None], bool]) -> Share:
    """Return how many of the matched have gold's value, where gold has one."""
    verdicts = [
        same(gold[field], found.get(field)) for gold, found in pairs if gold.get(field) is not None
    ]
    return Share(sum(verdicts), len(verdicts))


def _invented(pairs: Iterable[_Pair], field: str) -> Share:
    """Return how many of the matched have a value where gold says that there is none."""
    verdicts = [
        found.get(field) is not None
        for gold, found in pairs
        if field in gold and gold[field] is None
    ]
    return Share(sum(verdicts), len(verdicts))
