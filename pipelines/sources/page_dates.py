"""When a page was published: what its markup tells, the surest first.

JSON-LD, then meta elements, then the `time` elements of the article, then the address, then what
htmldate finds in the text. A later witness that knows the time refines an earlier one that only
knows the day. Dates of change are never taken for dates of publication.

What belongs here: where pages tell it. What does not: how a date is written (`publication`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pipelines.sources.linked_data import things
from pipelines.sources.publication import is_future, publication

_META_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "article.published",
    "datepublished",
    "date_published",
    "publication_date",
    "publish_date",
    "publishdate",
    "publish-date",
    "originalpublicationdate",
    "pubdate",
    "published_time",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "date",
)
"""Names of meta elements that tell the time of publication, the surest first."""
_IN_URL = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)"
)
_EARLIEST_YEAR = 1990

Found = tuple[str, str, str]


def find_publication(tree: Any, url: str | None) -> Found | None:
    """Return when a page was published, with precision and witness; None where it does not tell.

    The moment is ISO 8601, with the time where a witness knows it. A date that lies in the future
    is returned only where nothing else is told.
    """
    told = [found for found in _witnesses(tree) if _is_plausible(found)]
    past = [found for found in told if not is_future(found[0])]
    if past:
        first = past[0]
        if first[1] == "day":
            exact = [found for found in past if found[1] != "day" and _near(found, first)]
            return exact[0] if exact else first
        return first
    if told:
        return told[0]
    return _from_address(url) or _by_htmldate(tree, url)


def _witnesses(tree: Any) -> Iterator[Found]:
    for source, value in (
        *(("json-ld", value) for value in _json_ld(tree)),
        *(("meta", value) for value in _meta(tree)),
        *(("time", value) for value in _time_elements(tree)),
    ):
        found = publication(value)
        if found:
            moment, precision = found
            yield (moment[:10] if precision == "day" else moment), precision, source


def _is_plausible(found: Found) -> bool:
    return datetime.fromisoformat(found[0]).year >= _EARLIEST_YEAR


def _near(one: Found, other: Found) -> bool:
    days = (datetime.fromisoformat(one[0]).date() - datetime.fromisoformat(other[0]).date()).days
    return abs(days) <= 1


def _json_ld(tree: Any) -> list[str]:
    told = (thing.get("datePublished") for thing in things(tree))
    return [moment for moment in told if isinstance(moment, str)]


def _meta(tree: Any) -> list[str]:
    told: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = element.get("content") or element.get("datetime") or ""
        if content.strip():
            told.setdefault(name.strip().lower(), content)
    return [told[name] for name in _META_NAMES if name in told]


def _time_elements(tree: Any) -> list[str]:
    """Return the moments of `time` elements that are marked as publication, or stand in the
    article's own head; none where several articles stand on the page.
    """
    marked, plain = [], []
    articles = tree.findall(".//article")
    for element in tree.iter("time"):
        moment = element.get("datetime")
        if not moment:
            continue
        about = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        if "modified" in about or "updated" in about:
            continue
        if element.get("pubdate") is not None or "publish" in about:
            marked.append(moment)
        else:
            plain.append(moment)
    if len(articles) > 1:
        return []
    return marked or plain[:1]


def _from_address(url: str | None) -> Found | None:
    found = _IN_URL.search(url or "")
    if not found:
        return None
    told = publication("-".join(found.groups()))
    if told is None or is_future(told[0]) or int(found.group(1)) < _EARLIEST_YEAR:
        return None
    return told[0], "day", "url"


def _by_htmldate(tree: Any, url: str | None) -> Found | None:
    from copy import deepcopy  # noqa: PLC0415

    from htmldate import find_date  # noqa: PLC0415

    # its default is the date of the last change
    found = find_date(deepcopy(tree), original_date=True, url=url)
    return (found, "day", "text") if found else None
