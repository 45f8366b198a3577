"""The project's own gold: complete, true to the samples, and read as well as its floors say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import pipelines
from assets.commands import evaluate as evaluate_command
from pipelines.evaluation import (
    OWN_GOLD,
    SCORES,
    GoldDocument,
    Scores,
    aligned_articles,
    evaluate,
    find_differences,
    read_gold,
)
from pipelines.evaluation.own_gold import floors, shortfalls
from pipelines.evaluation.scores import F1
from pipelines.extraction.article import extract_article
from pipelines.records import to_plain
from pipelines.sources.files import find_files, parse_file
from pipelines.sources.records import Document

SAMPLES = Path(pipelines.__file__).parent / "samples"


@pytest.fixture(scope="module")
def gold() -> list[GoldDocument]:
    return read_gold(OWN_GOLD)


@pytest.fixture(scope="module")
def scores() -> Scores:
    return evaluate(OWN_GOLD, extract_article)


def documents() -> dict[str, Document]:
    found: dict[str, Document] = {}
    for file in find_files(SAMPLES):
        for item in parse_file(file.path, file.location):
            if isinstance(item, Document):
                found[item.doc_id] = item
    return found


def test_every_sample_is_annotated_as_it_is_read(gold: list[GoldDocument]) -> None:
    samples = documents()
    assert {document.doc_id for document in gold} == set(samples)
    for document in gold:
        sample, article = samples[document.doc_id], document.article
        days = [published and published[:10] for published in (article.published, sample.published)]
        assert (article.text, article.title, days[0]) == (
            sample.text,
            sample.title,
            days[1],  # pages tell the time, too
        ), document.doc_id


def test_every_list_is_annotated_in_every_article(gold: list[GoldDocument]) -> None:
    for document in gold:
        assert set(document.lists) == set(SCORES.values()), document.doc_id


def test_the_articles_are_of_many_kinds(gold: list[GoldDocument]) -> None:
    assert len(gold) >= 15
    words = [len(document.article.text.split()) for document in gold]
    assert sum(count >= 400 for count in words) >= 3, "long ones"
    assert sum(count <= 200 for count in words) >= 5, "short ones"
    nothing = [
        document
        for document in gold
        if not any(document.lists[name] for name in ("meetings", "commissions", "sectors"))
    ]
    assert nothing, "articles that hold no fact between countries"
    kinds = {meeting["kind"] for document in gold for meeting in document.lists["meetings"]}
    assert kinds >= {"talks", "visit", "call", "signing", "consultation"}
    statuses = {meeting["status"] for document in gold for meeting in document.lists["meetings"]}
    assert statuses == {"held", "ongoing", "planned", "proposed", "cancelled"}


def test_every_article_says_that_it_is_invented(gold: list[GoldDocument]) -> None:
    assert all("This article is invented" in document.article.text for document in gold)


def test_the_rules_read_it_as_well_as_they_must(scores: Scores) -> None:
    assert shortfalls(scores) == []


def test_the_floors_are_close_to_what_is_reached(scores: Scores) -> None:
    """A floor far below lets the rules break unseen: raise it when a score rises."""
    plain = scores.to_plain()
    for name, floor in floors().items():
        assert floor > plain[name]["f1"] - 0.06, name


def test_differences_add_up_to_the_scores_field_by_field(
    gold: list[GoldDocument], scores: Scores
) -> None:
    facts = [to_plain(extract_article(document.article)) for document in gold]
    listed = Counter(
        (difference.score, difference.field)
        for difference in find_differences(aligned_articles(gold, facts))
        if difference.verdict == "wrong"
    )
    assert scores.meetings is not None
    assert scores.commissions is not None
    assert scores.quotes is not None
    for name, part in (("meetings", scores.meetings), ("commissions", scores.commissions)):
        assert listed[name, "status"] == part.status.of - part.status.count
        for field, right, invented in (
            ("date", part.date, part.date_invented),
            ("city", part.city, part.city_invented),
        ):
            assert listed[name, field] == right.of - right.count + invented.count
    level, speaker = scores.meetings.level, scores.quotes.speaker
    assert listed["meetings", "level"] == level.of - level.count
    assert listed["quotes", "speaker"] == speaker.of - speaker.count


def test_the_command_offers_every_score() -> None:
    assert tuple(SCORES) == evaluate_command.SCORES


def test_a_score_below_its_floor_is_told(scores: Scores) -> None:
    worse = replace(scores, sectors=F1(1, 100, 100), people=None)
    assert [short.score for short in shortfalls(worse)] == ["sectors", "people"]
    assert "sectors F1 0.010, floor 0." in str(shortfalls(worse)[0])
