"""Looking into bytes that were kept: a record of a file, and a file without some of its records.

What belongs here: finding records in bytes and taking them out, so that the others stay as they
are and keep their numbers. What does not: reading articles (`pipelines.sources.files`) and keeping
bytes (`warehouse.raw_store`).
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from pipelines.sources import archives
from pipelines.sources.charset import Decoder, decode, with_plain_line_ends
from pipelines.sources.csv_records import DELIMITERS
from pipelines.sources.finding import format_of
from pipelines.sources.json_records import elements_of, form_of
from pipelines.sources.streams import CHUNK, GZIP_MAGIC, without_mark

MAX_UNPACKED_BYTES = 1024 * 1024 * 1024
_JSON = frozenset({"lines", "json"})
_FILLINGS = {"lines": (b"", b"{}"), "list": (b"null", b"{}"), "one": (b"null",)}
"""What may stand in the place of a record, the best first: an object where the file would be read
in another way, and its records be counted otherwise, without one."""
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrtbf\"/\\])")
_WORD = re.compile(r"\w+")
_PROBE_WORDS = 12

Gone = Callable[[int, Any], bool]
"""Says of a record, by its number from 1 and its value, whether it goes.

The number is 0 for rows of CSV files, which are told by their values alone. A page of a web archive
comes as one string.
"""


@dataclass(frozen=True, slots=True)
class Remainder:
    """A file without some of its records: its bytes, how many went, how many are left."""

    content: bytes
    removed: int
    left: int


def unpacked(content: bytes) -> bytes | None:
    """Return the bytes within gzip, themselves where they are not packed.

    None where they cannot be unpacked, or are more than MAX_UNPACKED_BYTES.
    """
    if not content.startswith(GZIP_MAGIC):
        return content
    whole = bytearray()
    rest = content
    while rest.startswith(GZIP_MAGIC):
        member = zlib.decompressobj(wbits=31)
        try:
            whole += member.decompress(rest, MAX_UNPACKED_BYTES - len(whole) + 1)
        except zlib.error:
            return None
        if not member.eof or len(whole) > MAX_UNPACKED_BYTES:
            return None
        rest = member.unused_data
    return bytes(whole)


def words_of(value: Any) -> str:
    """Return the words of all strings in a value, without case, marks, tags and escapes.

    The same text gives the same words wherever it stands: in a page, a JSON line or a table.
    """
    if isinstance(value, str):
        text = _ESCAPE.sub(_unescaped, value) if "\\" in value else value
        if "<" in text or "&" in text:
            text = html.unescape(_TAG.sub(" ", text))
        return " ".join(_WORD.findall(text.casefold()))
    if isinstance(value, dict):
        return words_of(list(value.values()))
    if isinstance(value, list | tuple):
        return "\n".join(words_of(item) for item in value)
    return ""


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else " "


def has_text(record: Any, texts: frozenset[str]) -> bool:
    """Whether a record has a field that says what one of the texts says, told by their words.

    Of a page, or a line that is no record, whether beginning and end of such a text stand in it,
    unless it is a short one.
    """
    if isinstance(record, str):
        words = words_of(record)
        return any(
            probes_of(text)[0] in words and probes_of(text)[-1] in words
            for text in texts
            if text.count(" ") >= _PROBE_WORDS
        )
    if isinstance(record, dict):
        record = list(record.values())
    if isinstance(record, list | tuple):
        return any(
            words_of(item) in texts if isinstance(item, str) else has_text(item, texts)
            for item in record
        )
    return False


def probes_of(words: str) -> tuple[str, ...]:
    """Return passages of a text's words by which it can be found in another file.

    Taken from its beginning, middle and end: a page may have other words in between.
    """
    found = words.split(" ")
    starts = {0, max(0, (len(found) - _PROBE_WORDS) // 2), max(0, len(found) - _PROBE_WORDS)}
    return tuple(" ".join(found[start : start + _PROBE_WORDS]) for start in sorted(starts))


def words_of_bytes(content: bytes) -> str | None:
    """Return the words of a stored file; None where they cannot be told from its bytes."""
    plain = unpacked(content)
    if plain is not None and plain.startswith(archives.PARQUET_MAGIC):
        rows = archives.parquet_rows(plain)
        return None if rows is None else words_of(rows)
    if plain is not None and plain.startswith(archives.WARC_MAGIC):
        try:
            return words_of([page for _, page in archives.pages(plain)])
        except (OSError, ValueError, RuntimeError):  # a broken archive
            return None
    if plain is None or b"\x00" in plain[:4096]:
        return None
    try:
        return words_of(decode(plain))
    except UnicodeError:
        return None


def records_of(path: str, content: bytes) -> Iterator[tuple[int, Any]] | None:
    """Return the records of JSON Lines or a JSON file with their numbers; None for other files.

    The numbers are those that the parser gives. What is no JSON comes as it stands there.
    """
    inner, plain = _inside(path, content)
    form = _form(inner)
    if plain is None or form not in _JSON:
        return None
    return _json_records(_without_mark(plain), as_lines=form == "lines")


def record_text(path: str, content: bytes, record: int) -> str | None:
    """Return one record of a file as it stands there; None where it cannot be found."""
    for number, value in records_of(path, content) or ():
        if number == record:
            return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return None


def without_records(path: str, content: bytes, gone: Gone) -> Remainder | None:
    """Return a file of many records without those that go, in the place of which nothing stands.

    The others keep their values and their numbers. None where the file is of a kind that has no
    records or that cannot be written anew: then nothing can be said of what it holds.
    """
    inner, plain = _inside(path, content)
    if plain is None:
        return None
    packed = plain is not content
    if plain.startswith(archives.WARC_MAGIC):
        try:
            return Remainder(*archives.without_pages(plain, gone, packed=packed))
        except (OSError, ValueError, RuntimeError):  # a broken archive
            return None
    if plain.startswith(archives.PARQUET_MAGIC):
        done = _without_parquet_rows(plain, gone)
    else:
        done = _without_text_records(inner, plain, gone)
    if done is None or not packed:
        return done
    return Remainder(gzip.compress(done.content, mtime=0), done.removed, done.left)


def _without_text_records(path: str, content: bytes, gone: Gone) -> Remainder | None:
    form = _form(path)
    if form in _JSON:
        return _without_json(_without_mark(content), gone, as_lines=form == "lines")
    if form != "csv":
        return None
    try:
        return _without_rows(decode(content), gone)
    except (UnicodeError, csv.Error):
        return None


def _form(path: str) -> str | None:
    """Return the format that the ending of an unpacked file tells."""
    form, packed = format_of(path)
    return None if packed else form


def _inside(path: str, content: bytes) -> tuple[str, bytes | None]:
    """Return name and bytes of the file within a packed one; the file itself where it is plain."""
    if content.startswith(GZIP_MAGIC):
        return re.sub(r"\.gz$", "", path, flags=re.IGNORECASE), unpacked(content)
    return path, content


def _without_mark(content: bytes) -> bytes:
    stream = without_mark(io.BytesIO(content))
    return b"".join(iter(lambda: stream.read(CHUNK), b""))


def _json_records(content: bytes, *, as_lines: bool) -> Iterator[tuple[int, Any]]:
    decoder = Decoder()
    for element in elements_of(content, as_lines=as_lines):
        for number, record in enumerate(element.records, start=element.number):
            yield number, _value(record, decoder)


def _value(record: bytes, decoder: Decoder) -> Any:
    try:
        text = decoder.decode(record)
    except UnicodeError:
        return record.decode("utf-8", "replace")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return with_plain_line_ends(text)


def _without_parquet_rows(content: bytes, gone: Gone) -> Remainder | None:
    rows = archives.parquet_rows(content)
    if rows is None:
        return None
    kept = [None if gone(number, row) else row for number, row in enumerate(rows, start=1)]
    left = sum(row is not None for row in kept)
    return Remainder(archives.parquet_of(content, kept), len(rows) - left, left)


def _without_json(content: bytes, gone: Gone, *, as_lines: bool) -> Remainder | None:
    """Take records out of a JSON file; all that is around them stays as it is, byte by byte.

    None where the others would not be read as before: where a broken record swallowed others.
    """
    going: set[int] = set()
    left = 0
    for number, value in _json_records(content, as_lines=as_lines):
        if gone(number, value):
            going.add(number)
        elif value is not None:  # null stands where one was taken out before
            left += 1
    if not going:
        return Remainder(content, 0, left)
    for filling in _FILLINGS["lines" if as_lines else form_of(content)]:
        written = _filled(content, going, filling, as_lines=as_lines)
        if _reads_alike(content, written, going, as_lines=as_lines):
            return Remainder(written, len(going), left)
    return None


def _filled(content: bytes, going: set[int], filling: bytes, *, as_lines: bool) -> bytes:
    parts: list[bytes] = []
    at = 0
    for element in elements_of(content, as_lines=as_lines):
        numbers = range(element.number, element.number + len(element.records))
        if going.isdisjoint(numbers):
            continue
        kept = [
            filling if number in going else record.rstrip(b", \t\r\n")
            for number, record in zip(numbers, element.records, strict=True)
        ]
        parts += [content[at : element.begin], b",\n".join(kept)]
        at = element.end
    return b"".join([*parts, content[at:]])


def _reads_alike(before: bytes, after: bytes, going: set[int], *, as_lines: bool) -> bool:
    """Whether all records that stay are read as before, by their numbers and values."""
    staying = (
        (number, value)
        for number, value in _json_records(before, as_lines=as_lines)
        if number not in going
    )
    now = (
        (number, value)
        for number, value in _json_records(after, as_lines=as_lines)
        if number not in going
    )
    return all(
        old is not None and new is not None and old[0] == new[0] and _same(old[1], new[1])
        for old, new in zip_longest(staying, now)
    )


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, str) and isinstance(new, str):  # what is no JSON: but for the comma after it
        return old.strip(", \t\n") == new.strip(", \t\n")
    return repr(old) == repr(new)  # NaN is not equal to itself


def _without_rows(text: str, gone: Gone) -> Remainder:
    """Take rows out of a table; the first row is its head."""
    csv.field_size_limit(MAX_UNPACKED_BYTES)
    head = text.partition("\n")[0]
    mark = max(DELIMITERS, key=head.count)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=mark, lineterminator="\n")
    removed = left = 0
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=mark)):
        if number and row and gone(0, row):
            writer.writerow([""] * len(row))
            removed += 1
        else:
            writer.writerow(row)
            left += bool(number and any(row))
    return Remainder(written.getvalue().encode("utf-8", "surrogatepass"), removed, left)
