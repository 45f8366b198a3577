"""JSON Lines and JSON files, cut into records without reading the file whole.

A list is cut by its brackets, not parsed as one value: a record that is no JSON costs no other,
and a list of any length takes the memory of its longest record.

What belongs here: cutting and parsing JSON. What does not: what its fields mean.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.sources.acceptance import PageTask
from pipelines.sources.charset import Decoder, decode_exactly
from pipelines.sources.fields import document_of
from pipelines.sources.json_cutter import Cutter
from pipelines.sources.records import MAX_RECORD_BYTES, Document, SetAside
from pipelines.sources.streams import CHUNK, Readable, Resumed, lines, without_mark

LISTS = ("articles", "items", "data", "results", "records", "documents", "docs", "entries", "news")
"""Names under which an object holds a list of articles."""

Steps = Iterator[Document | SetAside | PageTask]
_SPACE = b" \t\r\n"


def read_lines(path: str, raw: Readable) -> Steps:
    """Yield the records of JSON Lines; a record's number is that of its line."""
    decoder = Decoder()
    for number, (line, size) in enumerate(lines(without_mark(raw)), start=1):
        if line is None:
            yield _too_large(path, number, f"Line {number}", size)
        elif line.strip():
            yield _record(path, number, line, f"Line {number}", decoder)


def read_json(path: str, raw: Readable) -> Steps:
    """Yield the records of one JSON value: an article, a list of them, or an object with a list.

    JSON Lines under the ending .json are common, and read as such.
    """
    raw = without_mark(raw)
    head = b""
    while len(head) <= MAX_RECORD_BYTES and (piece := raw.read(CHUNK)):
        head += piece
    stream = Resumed(head, raw)
    form, value = _form_of(head)
    if form == "one":
        yield document_of(path, 1, value, len(head))
    elif form == "list":
        yield from _cut(path, stream, len(head))
    else:
        yield from read_lines(path, stream)


@dataclass(frozen=True, slots=True)
class Element:
    """A piece of a JSON file: its place in the bytes, and the records that are read from it.

    Mostly it is one record; a broken element may have swallowed others. `number` is that of the
    first. An element that is too large is one record, given whole.
    """

    number: int
    begin: int
    end: int
    records: list[bytes]


def elements_of(content: bytes, *, as_lines: bool) -> Iterator[Element]:
    """Yield the elements of a file, numbered as `read_json` or, `as_lines`, `read_lines` does.

    `content` is the file without byte order mark, in UTF-8 where it had another.
    """
    form = "lines" if as_lines else form_of(content)
    if form == "one":
        yield Element(1, 0, len(content), [content])
    elif form == "list":
        number, cutter = 1, Cutter(io.BytesIO(content), LISTS)
        for record, size in cutter.records():
            begin, end = cutter.start, cutter.start + size
            parts = [content[begin:end]] if record is None else _salvaged(record)
            yield Element(number, begin, end, parts)
            number += len(parts)
    else:
        begin = number = 0
        while begin < len(content):
            number += 1
            end = content.find(b"\n", begin)
            end = len(content) if end < 0 else end
            if (line := content[begin:end]).strip():
                yield Element(number, begin, end, [line])
            begin = end + 1


def form_of(content: bytes) -> str:
    """Return how `read_json` reads a file: as one article (one), a list or lines."""
    return _form_of(content[: MAX_RECORD_BYTES + 1])[0]


def _form_of(head: bytes) -> tuple[str, Any]:
    """Return whether a file is one article, a list or lines, told by its head; and the article."""
    if len(head) <= MAX_RECORD_BYTES:
        try:
            value = json.loads(decode_exactly(head))
        except (ValueError, RecursionError):
            pass
        else:
            if isinstance(value, dict):
                return ("one", value) if _articles_of(value) is None else ("list", None)
    first = head.lstrip(_SPACE)[:1]
    if first == b"[" or (first == b"{" and not _is_lines(head)):
        return "list", None
    return "lines", None


def _articles_of(value: dict[str, Any]) -> list[Any] | None:
    for name, held in value.items():
        if name.lower() in LISTS and isinstance(held, list):
            return held
    return None


def _is_lines(head: bytes) -> bool:
    """Whether what begins with an object is JSON Lines: its first line is a whole record.

    Where that one is broken, one of the next is, and no list of articles begins anywhere.
    """
    first, *others = head.lstrip(_SPACE).split(b"\n", 5)[:5]
    if (value := _object_of(first)) is not None:
        return _articles_of(value) is None
    if not any(_object_of(line) is not None for line in others):
        return False
    return next(Cutter(io.BytesIO(head), LISTS).records(), None) is None


def _object_of(line: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _cut(path: str, raw: Readable, size: int) -> Steps:
    number, decoder = 0, Decoder()
    for record, length in Cutter(raw, LISTS).records():
        for part in [record] if record is None else _salvaged(record):
            number += 1
            if part is None:
                yield _too_large(path, number, f"Record {number}", length)
            else:
                yield _record(path, number, part, f"Record {number}", decoder)
    if number == 0:
        names = ", ".join(LISTS)
        detail = f"It is neither an article, nor a list, nor an object with one under {names}."
        yield SetAside(path, None, "bad_record", detail, size)


def _salvaged(record: bytes) -> list[bytes]:
    """Return the records that a broken one swallowed: a quote or bracket that is never closed.

    They can be told where each stands on a line of its own.
    """
    if b"\n" not in record or _parses(record):
        return [record]
    parts: list[bytes] = []
    broken: list[bytes] = []
    for line in record.split(b"\n"):
        inner = line.strip().rstrip(b",]")
        if inner.startswith(b"{") and _parses(inner):
            if b"".join(broken).strip():
                parts.append(b"\n".join(broken))
            parts.append(inner)
            broken = []
        else:
            broken.append(line)
    if b"".join(broken).strip(_SPACE + b"],}"):
        parts.append(b"\n".join(broken))
    return parts


def _parses(record: bytes) -> bool:
    try:
        json.loads(record)
    except (ValueError, RecursionError):
        return False
    return True


def _record(
    path: str, number: int, line: bytes, place: str, decoder: Decoder
) -> Document | SetAside | PageTask:
    size = len(line)
    try:
        text = decoder.decode(line)
    except UnicodeError as error:
        detail = f"{place}: {error}; write it as UTF-8."
        return SetAside(path, number, "bad_charset", detail, size)
    try:
        item = json.loads(text)
    except RecursionError:
        detail = f"{place} is nested thousands of levels deep, as no article is; mend it."
        return SetAside(path, number, "too_deep", detail, size)
    except ValueError as error:
        cause = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        detail = f"{place}: {cause}; mend it and run again."
        return SetAside(path, number, "bad_json_line", detail, size)
    return document_of(path, number, item, size)


def _too_large(path: str, number: int, place: str, size: int) -> SetAside:
    limit = MAX_RECORD_BYTES // 1024 // 1024
    detail = f"{place} has {size:,} bytes; a record may have {limit} MB: split it."
    return SetAside(path, number, "too_large", detail, size)
