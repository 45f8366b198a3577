"""CSV files to records, line by line.

A field in quotes may hold line ends, so one quote that is never closed could swallow the rest of
the file. A record over several lines therefore has to be well formed and to have the columns of the
head; where it is not, its first line alone is set aside and reading goes on with the next.

What belongs here: cutting CSV. What does not: what the columns mean (`fields`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.sources.acceptance import PageTask
from pipelines.sources.charset import Decoder
from pipelines.sources.fields import document_of, field_of
from pipelines.sources.parquet_rows import no_text_column
from pipelines.sources.records import MAX_RECORD_BYTES, Document, SetAside
from pipelines.sources.streams import Readable, lines, without_mark

DELIMITERS = ",;\t|"
"""What may part the fields; the head tells which."""

Steps = Iterator[Document | SetAside | PageTask]


@dataclass(frozen=True, slots=True)
class _Table:
    """What is known of a file once its head was read."""

    path: str
    columns: list[str]
    delimiter: str
    decoder: Decoder


class _Lines:
    """The lines of a file, of which some may be put back."""

    def __init__(self, raw: Readable) -> None:
        self._source = lines(raw)
        self._back: list[tuple[bytes | None, int]] = []

    def next(self) -> tuple[bytes | None, int] | None:
        if self._back:
            return self._back.pop()
        return next(self._source, None)

    def put_back(self, taken: list[tuple[bytes | None, int]]) -> None:
        self._back += reversed(taken)


def read_csv(path: str, raw: Readable, size: int) -> Steps:
    """Yield the records of a CSV file, numbered from 1 below the head.

    Comma, semicolon, tab or bar part the fields, as the head tells.
    """
    csv.field_size_limit(MAX_RECORD_BYTES)
    decoder = Decoder()
    source = _Lines(without_mark(raw))
    head = source.next()
    while head is not None and head[0] is not None and not head[0].strip():
        head = source.next()
    if head is None:
        yield SetAside(path, None, "empty_text", "The file is empty.", size)
        return
    try:
        line = decoder.decode(head[0] or b"").rstrip("\r")
    except UnicodeError as error:
        yield SetAside(path, None, "bad_charset", f"{error}: save it as UTF-8.", size)
        return
    delimiter = max(DELIMITERS, key=line.count)
    columns = _fields(line, delimiter) or []
    if not {field_of(name) for name in columns} & {"text", "html"}:
        yield no_text_column(path, columns, size)
        return
    table = _Table(path, columns, delimiter, decoder)
    number = 0
    while (taken := source.next()) is not None:
        if taken[0] is not None and not taken[0].strip():
            continue
        number += 1
        if taken[0] is None:
            limit = MAX_RECORD_BYTES // 1024 // 1024
            detail = f"Record {number} has {taken[1]:,} bytes; it may have {limit} MB: split it."
            yield SetAside(path, number, "too_large", detail, taken[1])
        else:
            yield _record(table, number, taken[0], source)


def _record(
    table: _Table, number: int, first: bytes, source: _Lines
) -> Document | SetAside | PageTask:
    path, columns, delimiter, decoder = table.path, table.columns, table.delimiter, table.decoder
    text, bad = _decoded(first, decoder)
    quoted, broken = _quoted(text, delimiter, inside=False)
    more: list[tuple[bytes | None, int]] = []
    size = len(first)
    parts = [text]
    unclosed = False
    while quoted and not broken:
        taken = source.next()
        if taken is not None:
            more.append(taken)
            size += taken[1] + 1
        if taken is None or taken[0] is None or size > MAX_RECORD_BYTES:
            unclosed = True
            break
        line, wrong = _decoded(taken[0], decoder)
        bad = bad or wrong
        parts.append(line)
        quoted, broken = _quoted(line, delimiter, inside=True)
    fields = None if unclosed or (broken and more) else _fields("\n".join(parts), delimiter)
    if more and (fields is None or len(fields) != len(columns)):
        source.put_back(more)
        fields = None
    if fields is None or len(fields) > len(columns) or (broken and len(fields) != len(columns)):
        told = f"{len(fields)} fields for {len(columns)} columns" if fields else "an open quote"
        detail = f"Record {number} has {told}: check its quotes and delimiters."
        return SetAside(path, number, "bad_record", detail, len(first))
    if bad:
        detail = f"Record {number} is neither UTF-8 nor another known encoding: save it as UTF-8."
        return SetAside(path, number, "bad_charset", detail, size)
    return document_of(path, number, dict(zip(columns, fields, strict=False)), size)


def _decoded(line: bytes, decoder: Decoder) -> tuple[str, bool]:
    try:
        return decoder.decode(line).removesuffix("\r"), False
    except UnicodeError:
        return line.decode("utf-8", "replace").removesuffix("\r"), True


def _quoted(line: str, delimiter: str, *, inside: bool) -> tuple[bool, bool]:
    """Return whether a quoted field is open at the end of a line, and whether one went wrong.

    It went wrong where its closing quote is followed by something else than a delimiter.
    """
    at = 0
    while True:
        if inside:
            end = line.find('"', at)
            if end < 0:
                return True, False
            if line.startswith('""', end):
                at = end + 2
                continue
            at, inside = end + 1, False
            if at < len(line) and line[at] != delimiter:
                return False, True
        else:
            if line.startswith('"', at):
                at, inside = at + 1, True
                continue
            following = line.find(delimiter, at)
            if following < 0:
                return False, False
            at = following + 1


def _fields(record: str, delimiter: str) -> list[str] | None:
    """Return the fields of a record; None where its quotes make no sense."""
    try:
        rows = list(csv.reader([record], delimiter=delimiter, strict=False))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
