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


def test_the_gate_keeps_the_order_in_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "POOL_CHARACTERS", 1)
    monkeypatch.setattr(batch, "CHUNK_CHARACTERS", 300)
    cake = "Bake the cake for half an hour and let it cool."
    given = [Article(f"a{n}", TEXT if n % 3 else cake) for n in range(30)]
    outcomes = list(read_articles(given, workers=2, model="blank", gate=True))
    assert [outcome.article for outcome in outcomes] == given
    assert not any(o.article is a for o, a in zip(outcomes, given, strict=True)), "read elsewhere"
    assert [o.turned_away for o in outcomes] == [n % 3 == 0 for n in range(30)]
    assert [o.facts is None for o in outcomes] == [n % 3 == 0 for n in range(30)]
    assert {o.error for o in outcomes} == {None}


def test_the_gate_takes_the_title_into_account_and_may_turn_all_away() -> None:
    text = "They met on Tuesday and spoke about fishing."
    titled = Article("a", text, title="Norway and Peru look at quotas")
    outcomes = list(read_articles([titled, Article("b", text)], gate=True, model="blank"))
    assert [outcome.turned_away for outcome in outcomes] == [False, True]
    (outcome,) = read_articles([Article("b", text)], gate=True, model="blank")
    assert (outcome.turned_away, outcome.facts, outcome.error) == (True, None, None)
    assert list(read_articles([], gate=True, model="blank")) == []


@pytest.mark.parametrize("gate", [False, True])
@pytest.mark.parametrize("workers", [1, 2, None])
def test_a_model_that_is_not_there_is_told_before_anything_is_read(
    workers: int | None, gate: bool
) -> None:
    def unread() -> Iterator[Article]:
        raise AssertionError("an article was asked for")
        yield

    with pytest.raises(ModelError, match="nosuch"):
        read_articles(unread(), workers, model="nosuch", gate=gate)
    with pytest.raises(ModelError, match="nosuch"):
        read_article(Article("a", TEXT), "nosuch")


def test_a_text_that_no_doc_can_be_made_of_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    language = build_language("blank")
    real = language.tokenizer

    def failing(text: str) -> Doc:
        if "poison" in text:
            raise RuntimeError("no tokens")
        return real(text)

    monkeypatch.setattr(language, "tokenizer", failing)
    given = [*articles(3), Article("poison", TEXT + "poison"), *articles(2)]
    outcomes = list(read_articles(given, workers=1, model="blank"))
    assert [outcome.article for outcome in outcomes] == given
    assert [o.error for o in outcomes] == [None] * 3 + ["RuntimeError: no tokens"] + [None] * 2
    assert [bool(o.facts and o.facts.meetings) for o in outcomes] == [
        article.doc_id != "poison" for article in given
    ]


def test_facts_are_marked_with_rules_and_model() -> None:
    (outcome,) = read_articles([Article("a", TEXT)], model="blank")
    assert outcome.facts is not None
    versions = {fact.extractor_version for fact in outcome.facts.people + outcome.facts.meetings}
    assert versions == {f"{EXTRACTOR_VERSION}+blank"}
