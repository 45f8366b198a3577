"""Records with named fields (of JSON, CSV, Parquet) to documents.

What belongs here: which names a field goes by and what its value must be. What does not: how the
records are cut out of their files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipelines.sources.acceptance import PageTask, checked
from pipelines.sources.charset import is_storable
from pipelines.sources.finding import stem_of
from pipelines.sources.hints import current
from pipelines.sources.publication import publication_told
from pipelines.sources.records import Document, SetAside

NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "article", "article_text", "articlebody", "full_text",
        "fulltext", "maintext", "story",
    ),
    "html": ("html", "raw_html", "page_html", "content_html", "body_html"),
    "title": ("title", "headline", "heading"),
    "doc_id": ("doc_id", "docid", "id", "document_id", "article_id", "uid", "guid"),
    "url": ("url", "link", "href", "permalink", "web_url", "canonical_url", "uri"),
    "source": ("source", "publisher", "outlet", "source_name", "site", "domain"),
    "published": (
        "published", "published_at", "date", "date_published", "datepublished", "published_date",
        "publication_date", "publish_date", "date_publish", "pub_date", "pubdate", "published_time",
        "datetime",
    ),
    "author": ("author", "authors", "byline", "creator"),
}  # fmt: skip
"""The names of each field, the best first. Case, spaces and hyphens do not matter."""

_FIELD_OF = {name: field for field, names in NAMES.items() for name in names}
_MARKUP = re.compile(r"\s*<(?:!doctype html|html|head|body|article|section|main|div|p)\b", re.I)


def field_of(name: str) -> str | None:
    """Return the field that a column or key is one of the names of."""
    return _FIELD_OF.get(re.sub(r"[\s\-]+", "_", name.strip().lower()))


def document_of(path: str, number: int, item: Any, size: int) -> Document | SetAside | PageTask:
    """Return the document of a record, the page that it holds, or why it is neither."""
    fields = _fields(item) if isinstance(item, Mapping) else {}
    text, html = fields.get("text"), fields.get("html")
    if not isinstance(text, str) and not isinstance(html, str):
        detail = f"Record {number} is no object with a string 'text' (or 'html')."
        return SetAside(path, number, "bad_record", detail, size)
    told = fields.get("published")
    try:
        published = None if told in (None, "") else publication_told(told, current().date_order)
    except ValueError as error:
        detail = f"Record {number}: published is {_short(told)}: {error}."
        return SetAside(path, number, "bad_published", detail, size)
    markup = _markup(text, html)
    stored = {name: value for name, value in fields.items() if name != "html"}
    if not all(map(is_storable, stored.values())) or not is_storable((markup or "").strip("\x00")):
        detail = f"Record {number} holds NUL characters or half surrogate pairs: write it as UTF-8."
        return SetAside(path, number, "bad_charset", detail, size)
    source, url = _string(fields.get("source")), _string(fields.get("url"))
    if url is None and source is not None and source.startswith(("http://", "https://")):
        url = source
    doc_id = fields.get("doc_id")
    document = Document(
        path,
        number,
        str(doc_id) if _is_scalar(doc_id) else f"{stem_of(path)}-{number}",
        text if isinstance(text, str) and markup is None else "",
        source=source,
        url=url,
        title=_string(fields.get("title")),
        published=published[0] if published else None,
        author=_author(fields.get("author")),
        published_precision=published[1] if published else None,
        published_from="record" if published else None,
    )
    if markup is not None:
        return PageTask(document, markup.encode(), size, charset="utf-8")
    return checked(document, size)


def _fields(item: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the fields of a record: of several names for one, the best that holds something."""
    found: dict[str, tuple[int, Any]] = {}
    for name, value in item.items():
        field = field_of(name) if isinstance(name, str) else None
        if field is None or value is None or value == "":
            continue
        rank = NAMES[field].index(re.sub(r"[\s\-]+", "_", name.strip().lower()))
        if field not in found or rank < found[field][0]:
            found[field] = (rank, value)
    fields = {field: value for field, (_, value) in found.items()}
    # an empty text is there, and is told as such
    if "text" not in fields and any(
        isinstance(name, str) and field_of(name) == "text" and value == ""
        for name, value in item.items()
    ):
        fields["text"] = ""
    return fields


def _markup(text: Any, html: Any) -> str | None:
    """Return the HTML of a record, where it has no text or its text is HTML."""
    if isinstance(text, str) and text.strip():
        return text if _MARKUP.match(text) and "</" in text else None
    return html if isinstance(html, str) and html.strip() else None


def _author(value: Any) -> str | None:
    if isinstance(value, list | tuple):
        names = [_author(entry) for entry in value]
        return ", ".join(name for name in names if name) or None
    if isinstance(value, Mapping):
        return _author(value.get("name"))
    return _string(value)


def _is_scalar(value: Any) -> bool:
    return value not in (None, "") and not isinstance(value, list | dict)


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _short(value: Any) -> str:
    told = repr(value)
    return told if len(told) <= 60 else f"{told[:60]}..."
