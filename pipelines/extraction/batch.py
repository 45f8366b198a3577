"""Many articles to facts, on all cores and in order.

What belongs here: how the work is spread, and that one article's failure costs no other. What
does not: what is read from an article (`article`), and which articles are worth it (`relevance`).
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context

from spacy.tokens import Doc
from threadpoolctl import threadpool_limits

from pipelines.extraction.article import (
    extract_article,
    extractor_version,
    facts_of,
    readable,
)
from pipelines.extraction.relevance import may_hold_facts
from pipelines.language.build import build_language, default_model
from pipelines.language.models import ModelError
from pipelines.records import Article, ArticleFacts

CHUNK_CHARACTERS = 60_000
"""How much text a worker takes at a time."""

POOL_CHARACTERS = 400_000
"""From how much text on it pays to start workers, which takes seconds."""

BATCH_ARTICLES = 32
"""How many articles the language model is given together at most."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article: its facts, the error that kept it from being read, or neither.

    `turned_away` says that it was not read since it cannot hold a bilateral fact.
    """

    article: Article
    facts: ArticleFacts | None
    error: str | None = None
    turned_away: bool = False


def read_article(article: Article, model: str | None = None) -> Outcome:
    """Read one article; an error in it is part of the outcome, never raised.

    Only a model that cannot be used raises (ModelError): no article could be read with it.
    """
    try:
        return Outcome(article, extract_article(article, model=model))
    except ModelError:
        raise
    except Exception as error:  # whatever it is, the other articles are still to be read
        return Outcome(article, None, f"{type(error).__name__}: {error}")


def read_articles(
    articles: Iterable[Article],
    workers: int | None = None,
    *,
    model: str | None = None,
    gate: bool = False,
) -> Iterator[Outcome]:
    """Yield the outcome of each article in the order given.

    `model` is what the setting `reading.model` can be; with `gate`, articles that cannot hold a
    bilateral fact are turned away unread. Small inputs are read in this process. Larger ones go in
    chunks to `workers` processes (one a core by default), a bounded number at a time, so that
    endless input can be streamed. Raises ModelError before anything is read.
    """
    model = model or default_model()
    build_language(model)
    return _outcomes(articles, workers or os.cpu_count() or 1, model, gate=gate)


def _outcomes(
    articles: Iterable[Article], workers: int, model: str, *, gate: bool
) -> Iterator[Outcome]:
    chunks = _chunks(articles)
    head: list[list[Article]] = []
    while workers > 1 and len(head) * CHUNK_CHARACTERS < POOL_CHARACTERS:
        chunk = next(chunks, None)
        if chunk is None:
            break
        head.append(chunk)
    if workers == 1 or len(head) * CHUNK_CHARACTERS < POOL_CHARACTERS:
        for chunk in chain(head, chunks):
            yield from _read_chunk(chunk, model, gate=gate)
        return
    # spawned, not forked: the parent may hold threads and database handles
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(model,)
    ) as pool:
        waiting: deque[Future[list[Outcome]]] = deque()
        for chunk in chain(head, chunks):
            waiting.append(pool.submit(_read_chunk, chunk, model, gate=gate))
            if len(waiting) > workers * 3:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _start_worker(model: str) -> None:
    # one core a worker: matrix products of several workers would fight for all of them
    threadpool_limits(1)
    build_language(model)


def _read_chunk(articles: Sequence[Article], model: str, *, gate: bool) -> list[Outcome]:
    turned = [gate and _is_turned_away(article) for article in articles]
    read = iter(_read([a for a, away in zip(articles, turned, strict=True) if not away], model))
    return [
        Outcome(article, None, turned_away=True) if away else next(read)
        for article, away in zip(articles, turned, strict=True)
    ]


def _is_turned_away(article: Article) -> bool:
    try:
        return not may_hold_facts(article.title, article.text)
    except Exception:  # better read than lost
        return False


def _read(articles: Sequence[Article], model: str) -> list[Outcome]:
    version = extractor_version(model)
    ready = [readable(article) for article in articles]
    try:
        # a model is nearly twice as fast on several texts at once
        docs = list(build_language(model).pipe((a.text for a in ready), batch_size=BATCH_ARTICLES))
    except Exception:  # one of them cannot be read: which one shows when each is read alone
        return [read_article(article, model) for article in articles]
    return [
        _outcome(doc, own, article, version)
        for doc, own, article in zip(docs, ready, articles, strict=True)
    ]


def _outcome(doc: Doc, own: Article, article: Article, version: str) -> Outcome:
    try:
        return Outcome(article, facts_of(doc, own, version))
    except Exception as error:  # whatever it is, the other articles are still to be read
        return Outcome(article, None, f"{type(error).__name__}: {error}")


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    chunk: list[Article] = []
    size = 0
    for article in articles:
        chunk.append(article)
        size += len(article.text)
        if size >= CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
