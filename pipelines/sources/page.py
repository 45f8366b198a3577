"""A web page to title, text, author, time of publication and address.

trafilatura finds the main text (chosen by measurement: see docs/sources.md); readability-lxml helps
out where it finds nothing. This runs in a process of its own (`page_pool`), since a hostile page
can take any time and memory.

What belongs here: what is asked of a page, and the shape of the answer. What does not: dates
(`page_dates`), processes, fetching.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pipelines.sources.charset import decode_page, is_binary, without_controls
from pipelines.sources.records import MAX_TEXT_CHARACTERS
from pipelines.sources.streams import DamagedError

_MAX_DEPTH = 200
"""The parsers below give an empty text, without an error, where elements stand 256 deep."""

_MAX_VISIBLE = 2 * MAX_TEXT_CHARACTERS
_MAX_CONTROL_SHARE = 0.01
_SMALL_PAGE = 2_048
_BUTTON = re.compile(
    r"(?:share|print|e-?mail|tweet)(?: (?:this|the))?(?: (?:article|story|page|post|news))?[:.]?"
    r"|share (?:this )?(?:on|via|with) .{1,40}|advertisement|read more[:.]*|related (?:articles|"
    r"stories|news|posts)[:.]?|follow us(?: on .{1,40})?|back to top|all rights reserved[.]?",
    re.I,
)
_SHORT_TEXT = 250
_LONGER = 4
_BLOCKS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "th", "dd", "dt"}
)
_BREAKS = re.compile(r"[ \t\xa0]*\n[ \t\xa0\n]*")
_WRAPPERS = frozenset(
    # one string, since each element on a line of its own would hide the rest
    """a article b big blockquote center cite code dd div dl em fieldset font form i ins label li
    main nobr ol q s section small span strong sub sup table tbody td tr tt u ul""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: paragraphs of `text` are separated by empty lines.

    `published` is an ISO 8601 date or date-time; `published_precision` is day, minute or second;
    `published_from` is json-ld, meta, time, url or text.
    """

    text: str
    title: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    published_precision: str | None = None
    published_from: str | None = None


def read_page(content: bytes, charset: str | None = None, url: str | None = None) -> Page:
    """Return the main text of a page and what it tells of itself; empty text where none is found.

    `charset` is that of the HTTP header, `url` the address that the page came from, where known.
    Raises DamagedError with the reason where the page cannot be read.
    """
    try:
        html = decode_page(content, charset)
    except UnicodeError as error:
        reason = "binary" if b"\x00" in content[:4096] else "bad_charset"
        raise DamagedError(reason, f"{error}: save it as UTF-8.") from None
    if is_binary(html, _MAX_CONTROL_SHARE):
        raise DamagedError("binary", "It holds control characters: it is no page.")
    html = without_controls(html)
    if not html.strip():
        return Page("")
    try:
        return _page(html, url)
    except DamagedError:
        raise
    except MemoryError:
        raise
    except RecursionError:
        raise DamagedError("too_deep", "Its elements are nested too deeply.") from None
    except Exception as error:  # the parsers below raise whatever they like
        raise DamagedError("parse_error", f"{type(error).__name__}: {error}"[:300]) from error


def _page(html: str, url: str | None) -> Page:
    import trafilatura  # noqa: PLC0415  (a second to load)

    from pipelines.sources.linked_data import author_of  # noqa: PLC0415
    from pipelines.sources.page_dates import find_publication  # noqa: PLC0415

    tree, flattened = _tree(html)
    found = trafilatura.bare_extraction(
        tree if flattened else html,
        url=url,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or isinstance(found, dict):  # a dictionary only on request
        found = trafilatura.metadata.extract_metadata(tree, url)
        text = ""
    else:
        text = _paragraphs(found.text or "")
    if len(text) < _SHORT_TEXT and len(html) > _SMALL_PAGE:
        other = _by_readability(html)
        if len(other) > max(len(text) * _LONGER, _SHORT_TEXT if text else 0):
            text = other
    published = find_publication(tree, found.url or url)
    return Page(
        text,
        title=_line(found.title),
        url=found.url,
        author=author_of(tree) or _line(found.author),
        published=published[0] if published else None,
        published_precision=published[1] if published else None,
        published_from=published[2] if published else None,
    )


def _tree(html: str) -> tuple[Any, bool]:
    """Return the tree of a page, and whether it was nested so deeply that it was flattened."""
    from lxml import etree  # noqa: PLC0415
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415

    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        raise DamagedError("empty_text", "There is nothing in the page.") from None
    if any("depth" in error.message for error in parser.error_log):
        raise DamagedError("too_deep", "Its elements are nested thousands of levels deep.")
    visible = _visible_characters(tree)
    if visible > _MAX_VISIBLE:
        raise DamagedError(
            "too_large",
            f"The page has {visible:,} characters of text; an article may have "
            f"{MAX_TEXT_CHARACTERS:,}: split it.",
        )
    deep = _deep_wrappers(tree)
    if not deep:
        return tree, False
    for element in reversed(deep):
        element.drop_tag()
    if _depth(tree) > _MAX_DEPTH + 40:
        raise DamagedError("too_deep", "Its elements are nested hundreds of levels deep.")
    return tree, True


def _visible_characters(tree: Any) -> int:
    count = 0
    for element in tree.iter():
        if element.text and element.tag not in ("script", "style"):
            count += len(element.text)
        count += len(element.tail or "")
    return count


def _deep_wrappers(tree: Any) -> list[Any]:
    """Return the elements that stand too deep and only wrap others; none where none is too deep."""
    from lxml import etree  # noqa: PLC0415

    deep, depth, deepest = [], 0, 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        if event == "start" and depth > _MAX_DEPTH // 2 and element.tag in _WRAPPERS:
            deep.append(element)
    return deep if deepest > _MAX_DEPTH else []


def _depth(tree: Any) -> int:
    from lxml import etree  # noqa: PLC0415

    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _paragraphs(text: str) -> str:
    lines = (_without_rules(line.strip()) for line in text.splitlines())
    return "\n\n".join(line for line in lines if line and not _BUTTON.fullmatch(line))


def _without_rules(line: str) -> str:
    """Return a row of a table without its outer rules: old sites set whole texts in a cell."""
    if line.startswith("| ") and line.endswith(" |"):
        return line[2:-2].strip(" |")
    return line


def _by_readability(html: str) -> str:
    """Return the main text as readability finds it; nothing where it finds none."""
    import logging  # noqa: PLC0415

    from lxml.html import fromstring  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    try:
        summary = fromstring(Document(html).summary(html_partial=True))
    except Exception:  # it is the second choice: what it cannot read is not read
        return ""
    for element in summary.iter():
        if element.tag in _BLOCKS:
            element.tail = "\n" + (element.tail or "")
            element.text = "\n" + (element.text or "")
        elif element.tag in ("br", "div"):
            element.tail = "\n" + (element.tail or "")
    return _paragraphs(_BREAKS.sub("\n", summary.text_content()))


def _line(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None
