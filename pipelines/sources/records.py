"""What a source gives: a document that can become an article, or input set aside with its reason.

What belongs here: the records that all readers of sources share. What does not: reading.
"""

from __future__ import annotations

from dataclasses import dataclass

PARSER_VERSION = "1"
"""Version of the readers of sources: raise it when they can read more, so that what was set aside
is read again."""

REASONS: dict[str, str] = {
    "unreadable": "the file cannot be opened",
    "too_large": "the file or text is larger than what is read",
    "unsupported_type": "files of this kind are not read",
    "binary": "the content is not text",
    "bad_charset": "the characters cannot be decoded",
    "bad_json_line": "the line is not valid JSON",
    "bad_record": "the record has not the form of an article",
    "bad_published": "the date of publication cannot be read",
    "empty_text": "there is no text",
    "parse_error": "the page cannot be parsed",
    "not_english": "the text is not English",
}
"""Every reason for which input is set aside, in words."""


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
    `published` is an ISO 8601 date or date-time as given; `language` an ISO 639-1 code.
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
