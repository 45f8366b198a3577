"""The whole way of one article: all facts, their links, and that no text is too odd."""

from __future__ import annotations

import json

import pytest

from pipelines.extraction.article import extract_article
from pipelines.records import Article, ArticleFacts, to_plain

TEXT = (
    "Peruvian Foreign Minister Ana Ruiz visited Nairobi on Monday.\n\n"
    "In a meeting with Kenyan President John Otieno, Ruiz called for cooperation between Peru and "
    'Kenya in agriculture. "We want more trade," Ruiz said.'
)


def facts(text: str) -> ArticleFacts:
    return extract_article(Article(doc_id="a", text=text, published="2024-05-16"))


def test_all_facts_have_unique_ids_and_lie_in_the_text() -> None:
    found = facts(TEXT)
    groups = (found.entities, found.people, found.quotes, found.meetings, found.sector_mentions)
    listed = [fact for group in groups for fact in group]
    assert len({fact.id for fact in listed}) == len(listed)
    assert all(0 <= f.evidence.start <= f.evidence.end <= len(TEXT) for f in listed)
    assert {m.kind for m in found.meetings} == {"visit", "talks"}


def test_a_quote_is_linked_to_the_talks_it_was_said_at() -> None:
    found = facts(TEXT)
    talks = next(m.id for m in found.meetings if m.kind == "talks")
    quote = next(q for q in found.quotes if q.kind == "direct")
    assert quote.meetings == (talks,)


def test_a_mention_of_a_sector_is_linked_to_its_encounter() -> None:
    found = facts(TEXT)
    talks = next(m.id for m in found.meetings if m.kind == "talks")
    mention = next(m for m in found.sector_mentions if m.sector == "agriculture")
    assert mention.meetings == (talks,)


def test_a_speaker_of_a_third_country_was_not_there() -> None:
    found = facts(
        "Peruvian Foreign Minister Ana Ruiz met with Kenyan President John Otieno. "
        '"We watch it closely," Omani Foreign Minister Salim Harthy said.'
    )
    assert [q.meetings for q in found.quotes if q.speaker_country == "OMN"] == [()]


def test_what_is_said_at_talks_is_not_said_at_the_session_told_elsewhere() -> None:
    found = facts(
        TEXT + "\n\nThe 4th session of the Kenya-Peru Joint Commission was held in Nairobi."
    )
    quote = next(q for q in found.quotes if q.kind == "direct")
    assert len(found.commissions) == 1
    assert quote.meetings
    assert quote.commissions == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "a" * 20_000,
        TEXT.upper(),
        "“" * 50 + TEXT,
        TEXT.replace(" ", "\u00a0"),
        "\x00 met \ud800 with the minister",
        "He met with her in " * 500,
    ],
    ids=["empty", "blank", "one-word", "capitals", "marks", "no-break", "control", "endless"],
)
def test_odd_texts_are_read_without_error(text: str) -> None:
    found = facts(text)
    assert found.doc_id == "a"


def test_facts_are_plain_values() -> None:
    plain = to_plain(facts(TEXT))
    assert json.loads(json.dumps(plain))["doc_id"] == "a"
