"""What pages tell in JSON-LD: things with a type and properties.

What belongs here: finding the things that are articles. What does not: what is made of their
properties.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_ARTICLE_TYPES = re.compile(r"(?:article|posting|report|pressrelease|statement)$", re.I)
_WRAPPING = re.compile(r"^\s*(?:<!\[CDATA\[|<!--)|(?:\]\]>|-->)\s*$")
_OTHER_WORKS = frozenset(
    {"comment", "review", "hasPart", "itemListElement", "mentions", "citation"}
)
_MAX_JSON = 2_000_000
_MAX_LEVELS = 12


def things(tree: Any) -> list[dict[str, Any]]:
    """Return the things that a page tells of, articles first; what is no JSON is passed over."""
    articles: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        text = _WRAPPING.sub("", script.text or "")
        if not text.strip() or len(text) > _MAX_JSON:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _within(value, _MAX_LEVELS):
            (articles if _is_article(thing) else others).append(thing)
    return articles + others


def author_of(tree: Any) -> str | None:
    """Return the names of the authors of the article that a page tells of."""
    for thing in things(tree):
        if _is_article(thing) and thing.get("author"):
            names = dict.fromkeys(_names(thing["author"]))
            return ", ".join(names) or None
    return None


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for entry in value:
            yield from _names(entry)
    elif isinstance(value, dict):
        yield from _names(value.get("name"))
    elif isinstance(value, str) and value.strip() and "://" not in value:
        yield " ".join(value.split())


def _is_article(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and _ARTICLE_TYPES.search(name) for name in names)


def _within(value: Any, levels: int) -> Iterator[dict[str, Any]]:
    if levels == 0:
        return
    if isinstance(value, dict):
        yield value
        for name, inner in value.items():
            # what others wrote about, or below, the article is not the article
            if name not in _OTHER_WORKS:
                yield from _within(inner, levels - 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _within(inner, levels - 1)
