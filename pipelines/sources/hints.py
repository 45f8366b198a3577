"""Reading a file with what the user knows of its source: language, and order of day and month.

What belongs here: what such a hint changes in what the parser gives. What does not: the parser
(`pipelines.sources.files`), and how dates are read (`pipelines.sources.written_dates`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from pipelines.sources.files import parse_file
from pipelines.sources.language import assuming
from pipelines.sources.records import Document, SetAside
from pipelines.sources.stored import records_of
from pipelines.sources.written_dates import read_published


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a source's texts: `language` (ISO 639-1), `date_order` (DMY, MDY, YMD)."""

    language: str | None = None
    date_order: str | None = None


NO_HINTS = Hints()


def parse_with_hints(
    path: str, content: bytes, hints: Hints = NO_HINTS
) -> Iterator[Document | SetAside]:
    """Yield what `parse_file` does, with the hints taken into account.

    A text is in the language of the hint, without being judged. A date of publication that is not
    ISO 8601 is read as `read_published` does; where it cannot be, the detail says why.
    """
    yield from with_hints(parse_file(path, content), path, lambda: content, hints)


def with_hints(
    items: Iterator[Document | SetAside], path: str, content: Callable[[], bytes], hints: Hints
) -> Iterator[Document | SetAside]:
    """Yield what a parser gives of one file, with the hints taken into account.

    `content` returns the bytes of the file; it is asked for where a date has to be read again.
    """
    stored: dict[int, Any] | None = None
    for item in _under(items, hints.language):
        if not isinstance(item, SetAside) or item.reason != "bad_published" or item.record is None:
            yield item
            continue
        if stored is None:
            stored = dict(records_of(path, content()) or ())
        yield _dated(item, stored.get(item.record), hints)


def _under(
    items: Iterator[Document | SetAside], language: str | None
) -> Iterator[Document | SetAside]:
    """Yield the items, each made under the assumption of a language."""
    while True:
        with assuming(language):
            item = next(items, None)
        if item is None:
            return
        yield item


def _dated(item: SetAside, record: Any, hints: Hints) -> Document | SetAside:
    """Return the document of a record whose date is read here; the item where it cannot be."""
    if not isinstance(record, dict):
        return item
    try:
        published = read_published(record.get("published"), hints.date_order)
    except ValueError as error:
        return replace(
            item,
            detail=f"Record {item.record}: published is {record.get('published')!r}: {error}.",
        )
    line = json.dumps({**record, "published": published}).encode()
    (again,) = _under(parse_file("record.jsonl", line), hints.language)
    if isinstance(again, SetAside):
        return replace(again, path=item.path, record=item.record, size_bytes=item.size_bytes)
    named = record.get("doc_id") not in (None, "")
    return replace(
        again,
        path=item.path,
        record=item.record or 1,
        doc_id=again.doc_id if named else f"{PurePosixPath(item.path).stem}-{item.record}",
    )
