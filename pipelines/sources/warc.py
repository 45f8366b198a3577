"""Web archives (WARC) to pages.

A reader of our own: those at hand end silently where an archive is cut off, and lose what follows
a record whose length is false. Here each record must end where it says that it ends; where it does
not, reading goes on at the next record that begins.

What belongs here: records of archives and which of them hold a page. What does not: HTTP
(`warc_http`), pages.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipelines.sources.acceptance import PageTask, checked
from pipelines.sources.charset import decode
from pipelines.sources.finding import stem_of
from pipelines.sources.records import MAX_RECORD_BYTES, Document, SetAside
from pipelines.sources.streams import CHUNK, DamagedError, Inflated, Readable
from pipelines.sources.warc_http import PassedOver, page_of_response

_VERSION = re.compile(rb"WARC/\d\.\d{1,2}\s*$")
_NEXT = re.compile(rb"WARC/\d\.\d{1,2}\r?\n[\w-]{2,40}:")
_OVERLAP = 64
_MAX_HEADERS = 64 * 1024
_TRAILER = re.compile(rb"(?:\r?\n){0,2}\Z|(?:\r?\n){1,3}(?=WARC/\d\.)")
_KEPT_TYPES = frozenset({"response", "resource", "conversion"})

Steps = Iterator[Document | SetAside | PageTask]


@dataclass(frozen=True, slots=True)
class _Record:
    """A record: its headers, and its block; None where that is too long to be taken."""

    headers: dict[str, str]
    block: bytes | None
    size: int


@dataclass(frozen=True, slots=True)
class _Problem:
    reason: str
    detail: str
    size: int


class _Buffer:
    """What was read of a stream and not used yet."""

    def __init__(self, raw: Readable) -> None:
        self._raw = raw
        self.data = bytearray()
        self.ended = False
        self.error: DamagedError | None = None

    def fill(self, size: int) -> bool:
        """Read until there are `size` bytes. Returns whether there are."""
        while len(self.data) < size and not self.ended:
            try:
                piece = self._raw.read(CHUNK)
            except DamagedError as error:  # what came before it is read first
                self.error, piece = error, b""
            if piece:
                self.data += piece
            else:
                self.ended = True
        return len(self.data) >= size

    def drop(self, size: int) -> None:
        del self.data[:size]

    def next_record(self, begin: int) -> int:
        """Return where the next record begins, -1 where none does."""
        while (begin := self.data.find(b"WARC/", begin)) >= 0:
            if (begin == 0 or self.data[begin - 1] == 10) and _NEXT.match(self.data, begin):
                return begin
            begin += 1
        return -1

    def skip_to_next(self, begin: int) -> int:
        """Drop everything before the next record that begins. Returns how much was dropped."""
        dropped = 0
        while True:
            found = self.next_record(begin)
            if found < 0 and self.ended:
                found = len(self.data)
            if found >= 0:
                self.drop(found)
                return dropped + found
            passed = max(len(self.data) - _OVERLAP, 0)
            self.drop(passed)
            dropped += passed
            begin = 1  # the first may be what a record ends with
            self.fill(len(self.data) + CHUNK)


def read_warc(path: str, raw: Readable, passed: Counter[str] | None = None) -> Steps:
    """Yield the pages of an archive; a document's record is the number of its record in the file.

    What is no page (images, errors, redirects, requests, repeats) is counted in `passed` and
    passed over. Raises DamagedError where the compressed archive cannot be unpacked further.
    """
    passed = Counter() if passed is None else passed
    before = passed.total()
    number = given = 0
    while True:
        buffer = _Buffer(raw)
        told = False
        for item in _records(buffer):
            number += 1
            told = isinstance(item, _Problem) and buffer.error is not None
            step = _step(path, number, item, passed)
            if step is not None:
                given += 1
                yield step
        error = buffer.error
        if error is None:
            break
        reason = _reason(buffer)
        # each record is packed for itself: those behind a damaged one are whole
        if not (reason != "truncated_warc" and isinstance(raw, Inflated) and raw.resume(b"WARC/")):
            if told:
                return
            raise DamagedError(reason, str(error))
        if not told:
            number += 1
            detail = f"A record cannot be unpacked: {error}. Reading goes on with the next."
            yield SetAside(path, number, reason, detail, 0)
            given += 1
    if not given:
        detail = f"There is no page in it ({passed.total() - before} other records)."
        yield SetAside(path, None, "empty_text", detail, 0)


def _reason(buffer: _Buffer) -> str:
    """Return why an archive ends here."""
    if buffer.error is None or buffer.error.reason == "truncated_gzip":
        return "truncated_warc"
    return buffer.error.reason


def _records(buffer: _Buffer) -> Iterator[_Record | _Problem]:
    while True:
        while buffer.fill(1) and buffer.data[0] in b"\r\n":
            buffer.drop(1)
        if not buffer.data:
            return
        buffer.fill(_MAX_HEADERS)
        headers, begin = _headers(buffer.data)
        if headers is None:
            lost = buffer.skip_to_next(1)
            if not buffer.data:
                detail = "It ends within the head of a record. Get it anew."
                yield _Problem(_reason(buffer), detail, lost)
                return
            detail = "A record has no readable head: it was passed over up to the next record."
            yield _Problem("bad_record", detail, lost)
            continue
        told = headers.get("content-length", "")
        if not (told.isascii() and told.isdigit()) or len(told) > 18:
            lost = buffer.skip_to_next(begin)
            yield _Problem("bad_record", f"A record's Content-Length is {told[:20]!r}.", lost)
            continue
        yield _block(buffer, headers, begin, int(told))


def _headers(data: bytearray) -> tuple[dict[str, str] | None, int]:
    """Return the headers of the record that the data begin with, and where its block begins."""
    first_end = data.find(b"\n", 0, 64)
    if first_end < 0 or not _VERSION.match(bytes(data[:first_end])):
        return None, 0
    end = re.search(rb"\r?\n\r?\n", data[:_MAX_HEADERS])
    if end is None:
        return None, 0
    headers: dict[str, str] = {}
    for line in bytes(data[first_end + 1 : end.start()]).splitlines():
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return headers, end.end()


def _block(buffer: _Buffer, headers: dict[str, str], begin: int, length: int) -> _Record | _Problem:
    if length > MAX_RECORD_BYTES:
        return _long_block(buffer, headers, begin, length)
    buffer.fill(begin + length + 16)
    data = buffer.data
    whole = len(data) >= begin + length
    if whole:
        block = bytes(data[begin : begin + length])
        ends_well = _TRAILER.match(bytes(data[begin + length : begin + length + 16]))
        if ends_well or _has_digest(headers, block):
            buffer.drop(begin + length)
            return _Record(headers, block, length)
    about = headers.get("warc-target-uri", "a record")
    if not whole and buffer.next_record(begin) < 0:
        size = len(data) - begin
        data.clear()
        detail = f"It ends within {about}: {size:,} of {length:,} bytes are there. Get it anew."
        if _reason(buffer) != "truncated_warc":
            detail = f"{about} cannot be unpacked: {buffer.error}."
        return _Problem(_reason(buffer), detail, size)
    size = buffer.skip_to_next(begin)
    detail = f"The Content-Length of {about} is false: {length:,} bytes do not lead to its end."
    return _Problem("bad_record", detail, size)


def _long_block(
    buffer: _Buffer, headers: dict[str, str], begin: int, length: int
) -> _Record | _Problem:
    """Pass a block that is too long to be taken, looking out for a record that begins in it."""
    about = headers.get("warc-target-uri", "a record")
    buffer.drop(begin)
    left = length
    while left > 0:
        there = buffer.fill(min(left, CHUNK) + _OVERLAP)
        found = buffer.next_record(1)
        if 0 < found < left:
            buffer.drop(found)
            detail = f"The Content-Length of {about} is false: a record begins in its block."
            return _Problem("bad_record", detail, length - left)
        if not there and len(buffer.data) < left:
            detail = f"It ends within {about}, which has {length:,} bytes. Get it anew."
            if _reason(buffer) != "truncated_warc":
                detail = f"{about} cannot be unpacked: {buffer.error}."
            buffer.data.clear()
            return _Problem(_reason(buffer), detail, length)
        step = min(left, max(len(buffer.data) - _OVERLAP, 1)) if there else left
        buffer.drop(step)
        left -= step
    return _Record(headers, None, length)


def _step(
    path: str, number: int, item: _Record | _Problem, passed: Counter[str]
) -> Document | SetAside | PageTask | None:
    if isinstance(item, _Problem):
        return SetAside(path, number, item.reason, item.detail, item.size)
    headers, kind = item.headers, item.headers.get("warc-type", "unknown").lower()
    if kind not in _KEPT_TYPES:
        passed[kind] += 1
        return None
    if item.block is None:
        return _too_long(path, number, item, passed)
    return _page(path, number, item.block, headers, passed)


def _page(
    path: str, number: int, block: bytes, headers: dict[str, str], passed: Counter[str]
) -> Document | SetAside | PageTask | None:
    kind = headers["warc-type"].lower()
    url = headers.get("warc-target-uri", "").strip("<>") or None
    document = Document(path, number, f"{stem_of(path)}-{number}", "", url=url)
    try:
        if kind == "response":
            content, charset = page_of_response(block)
        else:
            content, charset = _resource(headers, block)
        _check_whole(headers, block)
    except PassedOver as told:
        passed[str(told)] += 1
        return None
    except DamagedError as error:
        return SetAside(path, number, error.reason, f"{url}: {error}.", len(block))
    if kind == "conversion":
        return _converted(document, content, len(block))
    return PageTask(document, content, len(block), charset)


def _too_long(path: str, number: int, item: _Record, passed: Counter[str]) -> SetAside | None:
    headers = item.headers
    media = headers.get("content-type", "").lower()
    if not media.startswith(("application/http", "text/html", "text/plain", "application/xhtml")):
        passed["other media"] += 1
        return None
    limit = MAX_RECORD_BYTES // 1024 // 1024
    url = headers.get("warc-target-uri", "A record")
    detail = f"{url} has {item.size:,} bytes; a page may have {limit} MB."
    return SetAside(path, number, "too_large", detail, item.size)


def _resource(headers: dict[str, str], block: bytes) -> tuple[bytes, str | None]:
    media, _, rest = headers.get("content-type", "").lower().partition(";")
    kind = headers.get("warc-type", "").lower()
    wanted = ("text/plain",) if kind == "conversion" else ("text/html", "application/xhtml+xml")
    if media.strip() not in wanted:
        raise PassedOver("other media")
    charset = rest.partition("charset=")[2].split(";")[0].strip() or None
    return block, charset


def _converted(document: Document, content: bytes, size: int) -> Document | SetAside:
    """A text that somebody else made of a page."""
    try:
        return checked(replace(document, text=decode(content)), size)
    except UnicodeError as error:
        return SetAside(document.path, document.record, "bad_charset", f"{error}.", size)


def _check_whole(headers: dict[str, str], block: bytes) -> None:
    """Raise DamagedError where the block is not what was fetched."""
    cut = headers.get("warc-truncated")
    if cut:
        raise DamagedError(
            "truncated_warc", f"the page was cut off when it was fetched ({cut[:40]})"
        )
    if _has_digest(headers, block) is False:
        raise DamagedError("bad_record", "the bytes are not those of its WARC-Block-Digest")


def _has_digest(headers: dict[str, str], block: bytes) -> bool | None:
    """Whether a block has the digest that its record tells; None where it tells none."""
    algorithm, colon, digest = headers.get("warc-block-digest", "").partition(":")
    name = algorithm.strip().lower().replace("-", "")
    if not colon or name not in ("sha1", "md5", "sha256"):
        return None
    found = hashlib.new(name, block, usedforsecurity=False)
    known = {base64.b32encode(found.digest()).decode().rstrip("="), found.hexdigest().upper()}
    return digest.strip().rstrip("=").upper() in known
