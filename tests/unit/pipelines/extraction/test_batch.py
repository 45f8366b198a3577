"""Many articles: order, streaming, and one failure that costs no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipelines.extraction import batch
from pipelines.extraction.batch import CHUNK_CHARACTERS, read_article, read_articles
from pipelines.records import Article, ArticleFacts

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
    outcomes = list(read_articles(articles(count, longer), workers=2))
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
    real = batch.extract_article

    def failing(article: Article) -> ArticleFacts:
        if article.doc_id == "a1":
            raise RuntimeError("a text that no rule has foreseen")
        return real(article)

    monkeypatch.setattr(batch, "extract_article", failing)
    outcomes = list(read_articles(articles(3), workers=1))
    assert [o.error for o in outcomes] == [
        None,
        "RuntimeError: a text that no rule has foreseen",
        None,
    ]
    assert outcomes[1].facts is None
    assert read_article(Article("b", TEXT)).facts is not None
