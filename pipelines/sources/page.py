"""A web page to title, text, date and address.

trafilatura finds the main text (chosen by measurement: see the project's design); this module only
asks it and shapes the answer.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: paragraphs of `text` are separated by empty lines."""

    text: str
    title: str | None
    url: str | None
    published: str | None


def read_page(html: str) -> Page:
    """Return the main text of a page and what its metadata tell; empty text where none is found.

    Raises ValueError where the page cannot be parsed at all.
    """
    import trafilatura  # noqa: PLC0415  (most runs read no page; importing takes a second)

    try:
        found = trafilatura.bare_extraction(
            html, favor_precision=True, include_comments=False, with_metadata=True
        )
    except Exception as error:  # the parsers below raise whatever they like
        raise ValueError(f"{type(error).__name__}: {error}") from error
    if found is None or isinstance(found, dict):  # a dictionary only on request
        return Page("", None, None, None)
    paragraphs = [line.strip() for line in (found.text or "").splitlines() if line.strip()]
    return Page("\n\n".join(paragraphs), found.title, found.url, found.date)
