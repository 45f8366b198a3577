"""What has arrived, as rows of `raw.articles` and `raw.quarantine`.

Here an article gets its id: its normalised address where it has one, else the name of its source,
its path below the source's root and its number in the file. The same inputs give the same ids on
any machine.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from courlan import normalize_url

from assets.settings import Source
from pipelines.sources.records import Document, SetAside


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a source gave, from which bytes, and when."""

    source: Source
    item: Document | SetAside
    raw_hash: str | None
    arrived_on: date
    fetched_at: datetime


def article_id(source: str, document: Document) -> str:
    """Return the id of an article; an address that is none does not count."""
    if document.url:
        with suppress(ValueError):
            address = urlsplit(normalize_url(document.url))
            if address.scheme in ("http", "https") and address.hostname:
                # a fragment is a place on the page, but for '#!', which names a page
                kept = address.fragment if address.fragment.startswith("!") else ""
                return urlunsplit(address._replace(fragment=kept))
    return f"{source}/{document.path}#{document.record}"


def article_row(arrival: Arrival) -> dict[str, Any]:
    """Return the row of `raw.articles`, but for its revision, of a document that arrived."""
    document = arrival.item
    if not isinstance(document, Document):
        raise TypeError("only a document has a row among the articles")
    published_at, local_date = _publication(document.published, arrival.source.timezone)
    return {
        "article_id": article_id(arrival.source.name, document),
        "source": arrival.source.name,
        "doc_id": document.doc_id,
        "url": document.url,
        "path": document.path,
        "record": document.record,
        "title": document.title,
        "text": document.text,
        "language": document.language,
        "published_at": published_at,
        "published_local_date": local_date,
        "arrived_on": arrival.arrived_on,
        "fetched_at": _naive_utc(arrival.fetched_at),
        "raw_hash": arrival.raw_hash,
        "content_hash": _digest(document.title, _identifying(document), document.text),
        "is_sample": arrival.source.is_sample,
        "author": document.author,
        "published_precision": document.published_precision,
        "published_from": document.published_from,
    }


def quarantine_row(arrival: Arrival) -> dict[str, Any]:
    """Return the row of `raw.quarantine` of input that is set aside."""
    item = arrival.item
    if not isinstance(item, SetAside):
        raise TypeError("only input that is set aside has a row in the quarantine")
    source = arrival.source.name
    key = _digest(source, item.path, str(item.record), item.reason)
    return {
        "quarantine_id": key[:10],
        "source": source,
        "path": item.path,
        "record": item.record,
        "reason": item.reason,
        "detail": item.detail,
        "size_bytes": item.size_bytes,
        "raw_hash": arrival.raw_hash,
        "arrived_on": arrival.arrived_on,
    }


def _publication(published: str | None, timezone: str) -> tuple[datetime | None, date | None]:
    """Return the time of publication in UTC and the local date of the source.

    A time without a zone is the source's own; a date alone stands for its first moment there.
    """
    if published is None:
        return None, None
    zone = ZoneInfo(timezone)
    moment = datetime.fromisoformat(published)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return _naive_utc(moment), moment.astimezone(zone).date()


def _identifying(document: Document) -> str | None:
    """Return what of the time of publication makes a revision: of a page the day alone.

    A page that tells the same day more exactly, or is read more exactly, is no new revision.
    """
    if document.published is None or document.published_from in (None, "record"):
        return document.published
    return document.published[:10]


def _naive_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _digest(*parts: str | None) -> str:
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode()).hexdigest()
