"""Files of articles: the front door. A path and bytes go in, documents and what is set aside out.

Reading goes record by record, so that one bad record never costs its neighbours: what cannot be
an article comes out as `SetAside` with its reason, in its place among the good ones. Files are read
as streams; none is held in memory whole.

What belongs here: which reader a file goes to, and what happens when it breaks. What does not: how
a format is read (a module for each), finding files (`finding`), keeping bytes.
"""

from __future__ import annotations

import io
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pipelines.sources.acceptance import PageTask, checked
from pipelines.sources.charset import MARKS, decode, is_binary
from pipelines.sources.csv_records import read_csv
from pipelines.sources.finding import (
    SourceFile,
    base_of,
    exists,
    find_files,
    format_of,
    labels_of,
    open_file,
    stem_of,
)
from pipelines.sources.hints import NO_HINTS, Hints, under
from pipelines.sources.json_records import read_json, read_lines
from pipelines.sources.page_pool import PagePool, shared_pool
from pipelines.sources.parquet_rows import read_parquet
from pipelines.sources.records import MAX_RECORD_BYTES, Document, SetAside
from pipelines.sources.streams import (
    CHUNK,
    GZIP_MAGIC,
    Content,
    DamagedError,
    Inflated,
    Readable,
    Resumed,
    head_of,
    on_disk,
    opened,
    whole,
)
from pipelines.sources.warc import read_warc

__all__ = [
    "Content",
    "SourceFile",
    "base_of",
    "exists",
    "find_files",
    "labels_of",
    "open_file",
    "parse_file",
    "parse_files",
    "parse_stream",
]

MAX_SET_ASIDE = 10_000
"""How many bad records of one file are told one by one; further ones are told as a number."""

Key = TypeVar("Key")
Steps = Iterator[Document | SetAside | PageTask]

_NOISE = 0.02
_ADVICE = {
    "bomb": "It is not read on; unpack it yourself if you trust it.",
    "truncated_gzip": "What stands before has been read: get the file anew.",
    "truncated_warc": "What stands before has been read: get the file anew.",
}


def parse_file(
    path: str,
    content: Content,
    *,
    passed: Counter[str] | None = None,
    pool: PagePool | None = None,
    hints: Hints = NO_HINTS,
) -> Iterator[Document | SetAside]:
    """Yield the documents of a file, and what in it gives none, in the file's order.

    `path` is the path below the source's root; its ending tells the format. `content` is the bytes,
    a binary stream, or where the file lies. `passed` counts the records of web archives that are no
    pages. Pages are read in the processes of `pool`. `hints` are what is known of the source.
    """
    for _, item in parse_files([(None, path, content)], passed=passed, pool=pool, hints=hints):
        yield item


def parse_files(
    files: Iterable[tuple[Key, str, Content]],
    *,
    passed: Counter[str] | None = None,
    pool: PagePool | None = None,
    hints: Hints = NO_HINTS,
) -> Iterator[tuple[Key, Document | SetAside]]:
    """Yield what `parse_file` yields for each of several files, with the file's key before it.

    Pages of different files are read at once. A stream may be closed when the next file is asked
    for.
    """
    steps = ((key, step) for key, path, content in files for step in _steps(path, content, passed))
    yield from under(hints, (pool or shared_pool()).finish_keyed(steps))


def parse_stream(content: Content, name: str = "stdin") -> Iterator[Document | SetAside]:
    """Yield the documents of standard input: JSON Lines if the first line parses, else one text.

    `name` stands for the missing file name.
    """
    with opened(content) as raw:
        head = b""
        while b"\n" not in head.lstrip() and len(head) <= MAX_RECORD_BYTES:
            piece = raw.read(CHUNK)
            if not piece:
                break
            head += piece
        try:
            json.loads(decode(head.lstrip().partition(b"\n")[0]))
        except (ValueError, RecursionError):
            path = f"{name}.txt"
        else:
            path = f"{name}.jsonl"
        yield from shared_pool().finish(_told(path, _read(path, Resumed(head, raw), None, 0)))


def _steps(path: str, content: Content, passed: Counter[str] | None) -> Steps:
    size = _size_of(content)
    if format_of(path)[0] is None:
        ending = "".join(
            Path(path).suffixes[-2:] if path.endswith(".gz") else Path(path).suffixes[-1:]
        )
        detail = (
            f"Files ending in {ending} are not read: give .txt, .html, .json, .jsonl, .csv, "
            ".parquet or .warc (each also .gz)."
        )
        yield SetAside(path, None, "unsupported_type", detail, size)
        return
    with opened(content) as raw:
        yield from _told(path, _read(path, raw, passed, size))


def _told(path: str, steps: Steps) -> Steps:
    """Yield the steps of a file that may break off; tell it where there are none, or too many."""
    given = aside = 0
    more: Counter[str] = Counter()
    size = 0
    try:
        for step in steps:
            given += 1
            if isinstance(step, SetAside):
                aside += 1
                if aside > MAX_SET_ASIDE:
                    more[step.reason] += 1
                    size += step.size_bytes
                    continue
            yield step
    except DamagedError as error:
        given += 1
        advice = _ADVICE.get(error.reason, "What stands before has been read.")
        message = str(error)
        yield SetAside(path, None, error.reason, f"{message[:1].upper()}{message[1:]}. {advice}", 0)
    except OSError as error:
        given += 1
        detail = f"{error.strerror or error}: reading broke off; run again."
        yield SetAside(path, None, "unreadable", detail, 0)
    if more:
        reason = more.most_common(1)[0][0]
        counts = ", ".join(f"{count:,} {name}" for name, count in more.most_common())
        detail = f"{more.total():,} further records are set aside: {counts}."
        yield SetAside(path, None, reason, detail, size)
    if not given:
        yield SetAside(path, None, "empty_text", "There is no record in it.", 0)


def _read(path: str, raw: Readable, passed: Counter[str] | None, size: int) -> Steps:
    form, packed = format_of(path)
    head = head_of(raw, len(GZIP_MAGIC))
    stream: Readable = Resumed(head, raw)
    if head.startswith(GZIP_MAGIC):
        stream = Inflated(stream)
    elif packed and head:
        raise DamagedError("parse_error", "it is no gzip file, though its name ends in .gz")
    if form in ("lines", "json", "csv"):
        sample = head_of(stream, CHUNK)
        if _is_noise(sample):
            raise DamagedError("binary", "it holds bytes that are no text")
        stream = Resumed(sample, stream)
    if form == "lines":
        yield from read_lines(path, stream)
    elif form == "json":
        yield from read_json(path, stream)
    elif form == "csv":
        yield from read_csv(path, stream, size)
    elif form == "warc":
        yield from read_warc(path, stream, passed)
    elif form == "parquet":
        with on_disk(stream) as file:
            length = file.seek(0, io.SEEK_END)
            file.seek(0)
            yield from read_parquet(path, file, length)
    else:
        yield _whole_file(path, stream, is_page=form == "page")


def _whole_file(path: str, stream: Readable, *, is_page: bool) -> Document | SetAside | PageTask:
    content = whole(stream)
    if content is None:
        limit = MAX_RECORD_BYTES // 1024 // 1024
        detail = f"One article may have {limit} MB: split the file."
        return SetAside(path, None, "too_large", detail, 0)
    size = len(content)
    if not content.strip():
        return SetAside(path, None, "empty_text", "The file is empty.", size)
    document = Document(path, 1, stem_of(path), "")
    if is_page:
        return PageTask(document, content, size)
    try:
        text = decode(content)
    except UnicodeError as error:
        reason = "binary" if _looks_binary(content) else "bad_charset"
        return SetAside(path, None, reason, f"{error}: save it as UTF-8 text.", size)
    if is_binary(text):
        detail = "It holds control characters: save it as plain UTF-8 text."
        return SetAside(path, None, "binary", detail, size)
    return checked(Document(path, 1, stem_of(path), text), size)


def _looks_binary(content: bytes) -> bool:
    return b"\x00" in content or is_binary(content[:4096].decode("latin-1"))


def _is_noise(sample: bytes) -> bool:
    """Whether bytes are no text anywhere: one bad record among good ones does not make them so."""
    if sample.startswith(tuple(mark for mark, _ in MARKS)):
        return False
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    lines = sample.split(b"\n", 50)
    return controls > len(sample) * _NOISE and not any(
        line.lstrip().startswith((b"{", b"[")) for line in lines
    )


def _size_of(content: Content) -> int:
    """Return the size of a file, 0 where a stream does not tell."""
    if isinstance(content, bytes | bytearray | memoryview):
        return len(content)
    try:
        if isinstance(content, os.PathLike):
            return Path(content).stat().st_size
        return os.fstat(content.fileno()).st_size
    except (OSError, ValueError, AttributeError):
        return 0
