"""Many articles to facts, on all cores and in order.

What belongs here: how the work is spread, and that one article's failure costs no other. What
does not: what is read from an article (`article`).
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context

from pipelines.extraction.article import extract_article
from pipelines.records import Article, ArticleFacts

CHUNK_CHARACTERS = 60_000
"""How much text a worker takes at a time."""

POOL_CHARACTERS = 400_000
"""From how much text on it pays to start workers, which takes seconds."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article: its facts, or the error that kept it from being read."""

    article: Article
    facts: ArticleFacts | None
    error: str | None = None


def read_article(article: Article) -> Outcome:
    """Read one article; an error in it is part of the outcome, never raised."""
    try:
        return Outcome(article, extract_article(article))
    except Exception as error:  # whatever it is, the other articles are still to be read
        return Outcome(article, None, f"{type(error).__name__}: {error}")


def read_articles(articles: Iterable[Article], workers: int | None = None) -> Iterator[Outcome]:
    """Yield the outcome of each article in the order given.

    Small inputs are read in this process. Larger ones go in chunks to `workers` processes (one a
    core by default), a bounded number at a time, so that endless input can be streamed.
    """
    workers = workers or os.cpu_count() or 1
    chunks = _chunks(articles)
    head: list[list[Article]] = []
    while workers > 1 and len(head) * CHUNK_CHARACTERS < POOL_CHARACTERS:
        chunk = next(chunks, None)
        if chunk is None:
            break
        head.append(chunk)
    if workers == 1 or len(head) * CHUNK_CHARACTERS < POOL_CHARACTERS:
        for chunk in chain(head, chunks):
            yield from map(read_article, chunk)
        return
    # spawned, not forked: the parent may hold threads and database handles
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[list[Outcome]]] = deque()
        for chunk in chain(head, chunks):
            waiting.append(pool.submit(_read_chunk, chunk))
            if len(waiting) > workers * 3:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _read_chunk(articles: list[Article]) -> list[Outcome]:
    return [read_article(article) for article in articles]


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
