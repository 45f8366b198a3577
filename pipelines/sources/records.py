"""What a source gives: a document that can become an article, or input set aside with its reason.

What belongs here: the records that all readers of sources share. What does not: reading.
"""

from __future__ import annotations

from dataclasses import dataclass

PARSER_VERSION = "1"
"""Version of the reading of files and pages. Raise it when what was set aside before may now be
read, or read better: what is set aside is then worth trying again from its stored bytes."""

REASONS: dict[str, str] = {
    "unreadable": "the file cannot be opened",
    "too_large": "the file, record or text is larger than what is read",
    "unsupported_type": "files of this kind are not read",
    "binary": "the content is not text",
    "bad_charset": "the characters cannot be decoded",
    "bad_json_line": "the line is not valid JSON",
    "bad_record": "the record has not the form of an article",
    "bad_published": "the date of publication cannot be read",
    "future_date": "the date of publication lies in the future",
    "empty_text": "there is no text",
    "parse_error": "the file or page cannot be parsed",
    "too_deep": "the record or page is nested too deeply",
    "timeout": "reading the page takes too long",
    "bomb": "the compressed data unfolds to far more than an archive of articles would",
    "truncated_gzip": "the compressed file ends before its data does",
    "truncated_warc": "the archive, or a page in it, ends before its announced length",
    "not_english": "the text is not English",
}
"""Every reason for which input is set aside, in words."""

MAX_TEXT_CHARACTERS = 1_000_000
"""The longest text that is one article."""

MAX_RECORD_BYTES = 16 * 1024 * 1024
"""The longest record, page or text file that is taken into memory."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """Input that gives no article: `reason` is a key of REASONS, `detail` says what to do.

    `record` is the number of the record in its file, from 1; None for the whole file.
    `size_bytes` is the size of what was set aside.
    """

    path: str
    record: int | None
    reason: str
    detail: str
    size_bytes: int

    def __post_init__(self) -> None:
        if self.reason not in REASONS:
            raise ValueError(f"unknown reason for setting aside: {self.reason}")


@dataclass(frozen=True, slots=True)
class Document:
    """One article as its source gives it, before anything is made of it.

    `path` is the file's path below the source's root, `record` its number in the file, from 1.
    `published` is an ISO 8601 date or date-time as given; `published_precision` is day, minute or
    second; `published_from` says where it was told: record (a field), json-ld, meta, time, url or
    text (of a page). `language` is an ISO 639-1 code.
    """

    path: str
    record: int
    doc_id: str
    text: str
    source: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    language: str = "en"
    author: str | None = None
    published_precision: str | None = None
    published_from: str | None = None
