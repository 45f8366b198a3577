"""Many articles: order, streaming, and one failure that costs no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from spacy.tokens import Doc

from pipelines.extraction import batch
from pipelines.extraction.batch import CHUNK_CHARACTERS, read_article, read_articles
from pipelines.language.build import build_language
from pipelines.language.models import ModelError
from pipelines.records import EXTRACTOR_VERSION, Article, ArticleFacts

TEXT = "The Peruvian foreign minister, Ana Quispe Rojas, met with the ambassador of Kenya in Lima. "


def articles(count: int, repeat: int = 1) -> Iterator[Article]:
    for number in range(count):
        yield Article(f"a{number}", TEXT * repeat)


def test_small_inputs_are_read_in_order_in_this_process() -> None:
    outcomes = list(read_articles(articles(5), workers=2))
    assert [outcome.article.doc_id for outcome in outcomes] == [f"a{n}" for n in range(5)]
    assert all(o.facts is not None and o.facts.meetings for o in outcomes)


def test_large_inputs_come_back_in_order_from_several_processes() -> None:
    longer = CHUNK_CHARACTERS // len(TEXT) // 8
    count = 9 * batch.POOL_CHARACTERS // CHUNK_CHARACTERS
    outcomes = list(read_articles(articles(count, longer), workers=2, model="blank"))
    assert [outcome.article.doc_id for outcome in outcomes] == [f"a{n}" for n in range(count)]
    assert all(outcome.error is None for outcome in outcomes)


def test_endless_input_is_streamed() -> None:
    taken = 0

    def endless() -> Iterator[Article]:
        nonlocal taken
        while True:
            taken += 1
            yield Article("a", "x " * CHUNK_CHARACTERS)

    stream = read_articles(endless(), workers=1)
    assert next(stream).error is None
    assert taken < 10


def test_an_article_that_fails_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    real = batch.facts_of

    def failing(doc: Doc, article: Article, version: str) -> ArticleFacts:
        if article.doc_id == "a1":
            raise RuntimeError("a text that no rule has foreseen")
        return real(doc, article, version)

    monkeypatch.setattr(batch, "facts_of", failing)
    outcomes = list(read_articles(articles(3), workers=1))
    assert [o.error for o in outcomes] == [
        None,
        "RuntimeError: a text that no rule has foreseen",
        None,
    ]
    assert outcomes[1].facts is None
    assert read_article(Article("b", TEXT)).facts is not None


def test_texts_that_cannot_be_made_into_docs_together_are_read_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> Iterator[Doc]:
        raise ValueError("a component fell over one of the texts")

    monkeypatch.setattr(build_language(), "pipe", broken)
    outcomes = list(read_articles(articles(3), workers=1))
    assert all(outcome.facts is not None and outcome.facts.meetings for outcome in outcomes)


@pytest.mark.parametrize("workers", [1, 2])
def test_the_gate_turns_articles_away_and_keeps_the_order(workers: int) -> None:
    texts = [TEXT, "Bake the cake for half an hour and let it cool.", TEXT]
    given = [Article(f"a{n}", text) for n, text in enumerate(texts)]
    outcomes = list(read_articles(given, workers, gate=True))
    assert [o.article.doc_id for o in outcomes] == ["a0", "a1", "a2"]
    assert [o.turned_away for o in outcomes] == [False, True, False]
    assert [o.facts is None for o in outcomes] == [False, True, False]
    assert not any(o.turned_away for o in read_articles(given, workers))


def test_a_model_that_is_not_there_is_told_before_anything_is_read() -> None:
    def unread() -> Iterator[Article]:
        raise AssertionError("an article was asked for")
        yield

    with pytest.raises(ModelError, match="nosuch"):
        read_articles(unread(), model="nosuch")


def test_facts_are_marked_with_rules_and_model() -> None:
    (outcome,) = read_articles([Article("a", TEXT)], model="blank")
    assert outcome.facts is not None
    versions = {fact.extractor_version for fact in outcome.facts.people + outcome.facts.meetings}
    assert versions == {f"{EXTRACTOR_VERSION}+blank"}
