"""Whether a document can be taken as an article, and pages on their way to becoming one.

What belongs here: the last checks that every document passes, whatever its format. What does not:
formats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from pipelines.sources.charset import is_damaged, is_storable, with_plain_line_ends
from pipelines.sources.language import identify_language
from pipelines.sources.publication import is_future
from pipelines.sources.records import MAX_TEXT_CHARACTERS, Document, SetAside


@dataclass(frozen=True, slots=True)
class PageTask:
    """A page that is still to be read: its bytes, and what is known of the document otherwise.

    `document` has no text yet; what it tells goes before what the page tells of itself, but for
    the address, where the page may name a better one. `charset` is that of an HTTP header.
    """

    document: Document
    content: bytes
    size: int
    charset: str | None = None

    def finish(self, page: Mapping[str, Any]) -> Document | SetAside:
        """Return the document that the page makes, or why it makes none.

        `page` has the fields of `pipelines.sources.page.Page`, or `reason` and `detail`.
        """
        known = self.document
        if page.get("reason"):
            return SetAside(known.path, known.record, page["reason"], page["detail"], self.size)
        document = replace(
            known,
            text=page["text"],
            url=_address(known.url, page["url"]),
            title=known.title or page["title"],
            author=known.author or page["author"],
        )
        if known.published is None and page["published"]:
            document = replace(
                document,
                published=page["published"],
                published_precision=page["published_precision"],
                published_from=page["published_from"],
            )
        return checked(document, self.size)


def _address(known: str | None, told: str | None) -> str | None:
    """Return the address of a page: the one that it names for itself, where that can be true.

    A page that names the front page of its site, as whole sites do by mistake, names none; neither
    does one that names another site than the one it came from.
    """
    if not told:
        return known
    try:
        named, came = urlsplit(told), urlsplit(known or "")
        if named.scheme not in ("http", "https") or not named.hostname:
            return known
        if not named.path.strip("/") and not named.query:
            return known
        if known and _site(named.hostname) != _site(came.hostname or ""):
            return known
    except ValueError:
        return known
    return told


def _site(host: str) -> str:
    return host.lower().removeprefix("www.").removeprefix("m.").removeprefix("amp.")


def checked(document: Document, size: int) -> Document | SetAside:
    """Return the document with its language, or why its text cannot be read."""
    text = with_plain_line_ends(document.text)
    problem = _problem(document, text)
    if problem is not None:
        return SetAside(document.path, document.record, *problem, size)
    language = identify_language(text, document.title)
    if language != "en":
        detail = f"It seems to be in '{language}'; only English is read."
        return SetAside(document.path, document.record, "not_english", detail, size)
    return replace(document, text=text, language=language)


def _problem(document: Document, text: str) -> tuple[str, str] | None:
    """Return the reason and detail for which a text cannot be one; None where it can."""
    if not text.strip():
        return "empty_text", "There is no text in it."
    values = (text, document.title, document.url, document.doc_id, document.source, document.author)
    if not all(is_storable(value) for value in values):
        detail = "It holds NUL characters or half surrogate pairs: write it as UTF-8."
        return "bad_charset", detail
    if is_damaged(text):
        detail = "Many of its characters were lost (U+FFFD) before it came here: get it anew."
        return "bad_charset", detail
    if len(text) > MAX_TEXT_CHARACTERS:
        detail = f"The text is longer than {MAX_TEXT_CHARACTERS:,} characters: split it."
        return "too_large", detail
    if document.published and is_future(document.published):
        detail = (
            f"It says that it was published on {document.published}, more than two days from now: "
            "mend the date, or leave it out."
        )
        return "future_date", detail
    return None
