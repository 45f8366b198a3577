"""The dateline that opens a report: 'BAKU, March 14 (Agency) -', 'TEHRAN – ', 'Astana. 12 March.'

A dateline is a city, then a country, a date and the name of an agency, or some of them, then a
dash, a colon or a full stop. A city alone is taken for one before a dash or colon only, and only
where it is known as a city; with a date or an agency it may also be an unknown name in capitals.

What belongs here: where the dateline ends and which city it names. What does not: any other place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from pipelines.language.spelling import without_accents
from pipelines.lexicons import read_lexicon

_WINDOW = 160  # code points: no dateline is longer
_PARTS = 6
_HEADING_TOKENS = 40

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s{1,2})?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s{0,2}(?:19|20)\d\d)?"
_DATE = re.compile(
    rf"{_WEEKDAY}(?:{_MONTH}\s{{0,2}}{_DAY}|{_DAY}\s{{0,2}}{_MONTH}|"
    rf"\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}){_YEAR}(?![\w'’])",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?"
_PLACE = re.compile(rf"{_WORD}(?:[ /]{_WORD}){{0,3}}(?:,? D\.?C\.?(?!\w))?")
_MARKED = re.compile(r"\(([^()\n]{2,40})\)|/([^/\n]{2,40})/|\[([^\[\]\n]{2,40})\]")
_BARE = re.compile(r"[A-Z][A-Za-z]{1,20}(?:\.[a-z]{2,3})?(?![\w'’])")
_BETWEEN = re.compile(r"[,.]?\s{0,2}")
_MARK = re.compile(r"\.?(?P<blank>\s{0,2})(?P<mark>-{1,3}|[–—:])(?P<behind>\s{0,2})")
_QUOTES = ('"', "“", "‘", "'", "«")
_RELATION_WORDS = frozenset({"relations", "ties", "talks", "axis", "cooperation", "dialogue"})


@dataclass(slots=True)
class _Parts:
    """What an opening holds behind the city, and where the body would begin."""

    country: bool = False
    date: bool = False
    marked: str = ""  # an agency in brackets or strokes
    bare: str = ""  # a word that may be an agency
    mark: str = ""
    spaced: bool = False
    end: int = 0


@cache
def _cities() -> dict[str, str]:
    """Map a city's spelling, without accents and in lower case, to the name it is known by."""
    known: dict[str, str] = {}
    for entry in read_lexicon("cities"):
        for name in (entry["name"], *entry["names"].split("|")):
            if name:
                known.setdefault(_fold(name), name)
    for entry in read_lexicon("countries"):
        for name in entry["capitals"].split("|"):
            if name:
                known[_fold(name)] = name.split(",")[0]
    return known


@cache
def _countries() -> frozenset[str]:
    return frozenset(
        _fold(name)
        for entry in read_lexicon("countries")
        for name in (entry["name"], *entry["names"].split("|"))
        if name
    )


def _fold(name: str) -> str:
    return without_accents(name).casefold().replace("’", "'")


def known_city(name: str) -> str | None:
    """Return a known city or capital, whatever its case, as it is written; None if unknown."""
    return _cities().get(_fold(name))


def find_dateline(doc: Doc) -> tuple[int, str | None]:
    """Return the index of the first token behind the dateline, and the city that it names.

    It opens the text, or the paragraph behind its heading. (0, None) where there is none.
    """
    body, city = _dateline_at(doc, 0)
    behind = _behind_heading(doc) if not body else 0
    return _dateline_at(doc, behind) if behind else (body, city)


def _behind_heading(doc: Doc) -> int:
    """Return where the paragraph behind a heading begins, 0 where the text opens without one.

    A heading is a paragraph of one line without a full stop at its end.
    """
    for token in doc[1:_HEADING_TOKENS]:
        if token.is_space and "\n" in token.text:
            stopped = doc[token.i - 1].text in {".", "!", "?", ":", ",", ";"}
            return 0 if stopped or token.i + 1 >= len(doc) else token.i + 1
    return 0


def _dateline_at(doc: Doc, start: int) -> tuple[int, str | None]:
    opening = doc[start : start + 60].text[:_WINDOW]
    begin = len(opening) - len(opening.lstrip())
    match = _PLACE.match(opening, begin)
    if match is None:
        return 0, None
    for words in range(match.group().count(" ") + 1, 0, -1):
        place = " ".join(match.group().split(" ")[:words])
        city = known_city(_first_city(place))
        if city is None and not (place.isupper() and len(place) > 3):
            continue
        # the stop of 'Astana.' divides, that of 'Washington, D.C.' belongs to the name
        length = len(place) - (place.endswith(".") and "." not in place[:-1])
        parts = _parts(opening, begin + length, capitals=place.isupper())
        known = city is not None
        if _is_dateline(parts, opening[parts.end :], known, in_capitals=place.isupper()):
            offset = doc[start].idx if start < len(doc) else 0
            behind = doc[start : start + 60]
            body = (t.i for t in behind if t.idx - offset >= parts.end and not t.is_space)
            return next(body, len(doc)), city or _first_city(place).title()
    return 0, None


def _first_city(place: str) -> str:
    return place.split("/", maxsplit=1)[0].strip(" .")


def _parts(opening: str, position: int, *, capitals: bool) -> _Parts:
    """Read what follows the city, part by part, as long as it can belong to a dateline.

    `capitals` says that the city is written in capitals: a hyphen may then adjoin it ('TEHRAN- ').
    """
    parts = _Parts(end=position)
    for _ in range(_PARTS):
        if (mark := _MARK.match(opening, parts.end)) is not None:
            parts.mark, parts.end = mark["mark"], mark.end()
            parts.spaced = mark["mark"] not in {"-", "–"} or bool(
                (mark["blank"] or capitals) and mark["behind"]
            )
            break
        between = _BETWEEN.match(opening, parts.end)
        at = between.end() if between is not None else parts.end
        end = _next_part(opening, at, parts)
        if end is None:
            stopped = opening[parts.end : parts.end + 2]
            if stopped[:1] == "." and stopped[1:].isspace():
                parts.mark, parts.end = ".", parts.end + 2
            break
        parts.end = end
    return parts


def _next_part(opening: str, at: int, parts: _Parts) -> int | None:
    """Take the part of a dateline that begins at `at` and return its end, None if there is none."""
    if not parts.date and (found := _DATE.match(opening, at)) is not None:
        parts.date = True
        return found.end()
    if not parts.marked and (found := _MARKED.match(opening, at)) is not None:
        return found.end() if _take_marked(found, parts) else None
    if not parts.country and (found := _PLACE.match(opening, at)) is not None:
        name = found.group()
        for words in range(name.count(" ") + 1, 0, -1):
            part = " ".join(name.split(" ")[:words]).rstrip(".")
            if _fold(part) in _countries():
                parts.country = True
                return at + len(part)
    if not parts.bare and (found := _BARE.match(opening, at)) is not None:
        follows = opening[found.end() : found.end() + 3].lstrip()
        name = found.group()
        capitals = sum(letter.isupper() for letter in name) > 1  # else: 'Mr.', 'Lund:'
        listed = "," in opening[max(0, at - 2) : at]
        if (follows[:1] in {"-", "–", "—"} or (follows[:1] == ":" and listed)) or (
            capitals and (follows[:1] in {":", "."} or (follows[:1] == "," and parts.date))
        ):
            parts.bare = name
            return found.end()
    return None


def _take_marked(found: re.Match[str], parts: _Parts) -> bool:
    """Take what stands in brackets or strokes: a date, or the name of an agency."""
    name = next(group for group in found.groups() if group)
    if not name.strip():
        return False
    if not parts.date and _DATE.fullmatch(name) is not None:
        parts.date = True
        return True
    if name[0].isupper() or any(map(str.isupper, name.split()[0])):
        parts.marked = name
        return True
    return False


def _is_dateline(parts: _Parts, rest: str, known: bool, *, in_capitals: bool) -> bool:
    """Whether the parts found make a dateline and not the opening of a sentence."""
    if known and in_capitals and rest[:1] == "\n" and not (parts.marked or parts.bare):
        return True  # alone on its line
    dash = parts.mark not in {"", "."}
    if parts.marked:
        begins = rest.lstrip()[:1].isupper() or rest.lstrip().startswith(_QUOTES)
        sure = parts.date or parts.mark == "." or (known and parts.marked.isupper())
        return dash or (begins and sure)
    if parts.date:
        return dash or (parts.mark == "." and (known or parts.country or bool(parts.bare)))
    if parts.bare:
        capitals = sum(letter.isupper() for letter in parts.bare)
        return known and dash and (capitals > 1 or "." in parts.bare)
    return dash and parts.spaced and (known or parts.country) and not _relates(parts.mark, rest)


def _relates(mark: str, rest: str) -> bool:
    """'Tehran – Havana relations' is a sentence."""
    words = {word.strip(".,;").casefold() for word in rest.split()[:4]}
    return mark != ":" and bool(_RELATION_WORDS & words)
