"""`entente extract`: facts of articles as JSON Lines, without a database."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assets.commands.arguments import MODEL, PATHS, chosen_model

if TYPE_CHECKING:
    from pipelines.records import Article
    from pipelines.sources.records import Document, SetAside


@click.command(
    name="extract",
    short_help="Facts of articles as JSON Lines, without a database.",
    epilog="""\b
Examples:
  entente extract article.txt
  entente extract news/ > facts.jsonl
  entente extract --gate feed.jsonl > facts.jsonl
  cat articles.jsonl | entente extract - | jq '.meetings'""",
)
@click.argument("paths", nargs=-1, required=True, type=PATHS)
@click.option(
    "--gate", is_flag=True, help="Skip articles that cannot hold a fact between two states."
)
@MODEL
@click.option("--workers", type=click.IntRange(1), help="Processes to use (default: one a core).")
def command(paths: tuple[str, ...], *, gate: bool, model: str | None, workers: int | None) -> None:
    """Read articles and print their facts, one JSON object an article, in the order of the input.

    PATHS are files (.txt, .html, .json, .jsonl, .csv, .parquet, .warc, each also .gz), folders or
    patterns in quotes ('news/**/*.jsonl.gz'); `-` is standard input. What cannot be read is named
    on standard error with its reason, and the rest goes on.
    """
    try:
        _extract(paths, chosen_model(model), workers, gate=gate)
    except BrokenPipeError:  # the reader has enough: `entente extract news/ | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _extract(paths: tuple[str, ...], model: str, workers: int | None, *, gate: bool) -> None:
    from pipelines.extraction.batch import read_articles  # noqa: PLC0415
    from pipelines.records import to_plain  # noqa: PLC0415

    aside = 0

    def articles() -> Iterator[Article]:
        nonlocal aside
        for item in _documents(paths):
            article = _article(item)
            if article is None:
                aside += 1
            else:
                yield article

    failed = skipped = 0
    for outcome in read_articles(articles(), workers, model=model, gate=gate):
        article = outcome.article
        if outcome.turned_away:
            skipped += 1
            click.echo(f"{article.doc_id}: skipped (--gate)", err=True)
            continue
        if outcome.facts is None:
            failed += 1
            click.echo(f"{article.doc_id}: not read: {outcome.error}", err=True)
            continue
        plain = to_plain(outcome.facts)
        head = {
            "doc_id": article.doc_id,
            "source": article.source,
            "published": article.published,
            "title": article.title,
            "text": article.text,
        }
        sys.stdout.write(json.dumps(head | plain, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    if skipped:
        click.echo(
            f"{skipped} skipped (--gate): no word of dealings between two states.",
            err=True,
        )
    if aside or failed:
        click.echo(f"{aside + failed} set aside, see above.", err=True)


def _documents(paths: tuple[str, ...]) -> Iterator[Document | SetAside]:
    from pipelines.sources.files import (  # noqa: PLC0415
        Content,
        find_files,
        labels_of,
        open_file,
        parse_files,
        parse_stream,
    )
    from pipelines.sources.records import SetAside  # noqa: PLC0415

    broken: list[SetAside] = []

    def files(path: str, label: str) -> Iterator[tuple[None, str, Content]]:
        for file in find_files(Path(path), label):
            stream = open_file(file)
            if isinstance(stream, SetAside):
                broken.append(stream)
                continue
            with stream:
                yield None, file.path, stream

    labels = labels_of([Path(path) for path in paths])
    for path, label in zip(paths, labels, strict=True):
        if path == "-":
            yield from parse_stream(sys.stdin.buffer)
            continue
        for _, item in parse_files(files(path, label)):
            yield item
        yield from broken
        broken.clear()


def _article(item: Document | SetAside) -> Article | None:
    """Return the article of a document; name what is set aside on standard error."""
    from pipelines.records import Article  # noqa: PLC0415
    from pipelines.sources.records import SetAside  # noqa: PLC0415

    if isinstance(item, SetAside):
        place = item.path if item.record is None else f"{item.path}:{item.record}"
        click.echo(f"{place}: {item.reason}: {item.detail}", err=True)
        return None
    return Article(
        item.doc_id, item.text, item.source or item.path, item.url, item.title, item.published
    )
