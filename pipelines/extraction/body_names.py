"""How far the name of a bilateral body reaches from its head ('Commission') to both sides.

To the left over the words that such names are made of and over the two countries ('Iran-Cuba
Joint Economic'), to the right over its field ('on Trade and Economic Cooperation') and acronym.

What belongs here: the extent of a name and what it tells by itself. What does not: whether it is
the name of a bilateral body, and of whom (`bodies`).
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from pipelines.extraction.body_words import BodyWords
from pipelines.extraction.representatives import names_organisation
from pipelines.extraction.sector_terms import find_sector_terms

LONGEST_NAME = 14
"""Tokens that a name may hold on either side of its head."""

_NUMBER_OF_STATES = re.compile(r"\d ?\+ ?\d")
_BESIDE = 3
_OWNER = 6
_CALENDAR = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september",
     "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday",
     "saturday", "sunday"}
)  # fmt: skip
_HOUSES = frozenset(
    {"parliament", "senate", "assembly", "oireachtas", "congress", "knesset", "riksdag", "duma",
     "majlis", "legislature", "houses"}
)  # fmt: skip
_OTHER_OWNERS = _HOUSES | {"opec", "opec+"}
_HYPHENS = frozenset({"-", "–", "—", "‑", "/"})
_QUOTES = frozenset({'"', "“", "”", "'", "‘", "’"})
_BEFORE_NAME = frozenset(
    {"the", "of", "a", "an", "their", "its", "this", "two", "countries", "nations", "sides"}
    | {"states", "'", "'s", "’", "’s", "s", "annual", "regular", "ministerial", "plenary"}
    | {"official", "formal", "joint", "and", "bilateral"}
)
_FUNCTION = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "in", "on", "at", "of", "for", "to"}
    | {"by", "with", "from", "as", "during", "after", "following", "under", "and", "or", "but"}
    | {"both", "attended", "held", "hosted"}
)
_IN_NAMES = frozenset({"mark", "standing", "other", "stop"})
_IN_FIELDS = frozenset({"and", "&", ",", "the", "of", "exchange"})
_NOT_FIRST = frozenset({"and", "&", ",", "+", "annual", "regular"}) | _QUOTES
_SAME_TOPIC = {"economy": "economic", "economics": "economic", "defense": "defence"}
_SAME_TOPIC |= {"commercial": "trade", "dialog": "dialogue"}


def name_start(doc: Doc, words: BodyWords, head: int, floor: int) -> tuple[int, int | None]:
    """First token of the name, and the ordinal that stands directly before or in it."""
    start = index = head
    ordinal = None
    listed = False
    while index > floor and head - index < LONGEST_NAME:
        token = doc[index - 1]
        if token.i in words.ordinals:
            ordinal = words.ordinals[token.i][1]
            break
        if token.i in words.country_ends:
            start = index = max(floor, words.country_ends[token.i])
        elif words.parts_of(token.i) & _IN_NAMES or _proper(token):
            start = index = index - 1
        elif index == start and index - 1 > floor and _links(token, listed):
            if not _joins(doc, words, index - 2):
                break
            listed = listed or token.lower_ in {"and", "&"}
            index -= 1
            start = index if index - 1 in words.country_ends else index - 1
        else:
            break
    while start < head and (doc[start].lower_ in _NOT_FIRST or doc[start].text in _HYPHENS):
        start += 1
    return start, ordinal


def _links(token: Token, listed: bool) -> bool:
    """Whether a token can link two words of a name.

    A comma can only where 'and' follows: 'Trade, Health and Labour Committee', but not 'in Doha,
    Joint Committee'.
    """
    if token.lower_ == ",":
        return listed
    return token.lower_ in {"and", "&", "of", "+"} or token.text in _HYPHENS | _QUOTES


def _proper(token: Token) -> bool:
    return token.text[:1].isupper() and token.lower_ not in _FUNCTION and token.is_alpha


def _joins(doc: Doc, words: BodyWords, index: int) -> bool:
    """Whether a token can stand in a name to the left of a link."""
    if index in words.country_ends or index in words.ordinals:
        return index in words.country_ends
    parts = words.parts_of(index)
    return bool(parts & {"mark", "standing", "other"}) or (
        _proper(doc[index]) and not doc[index].is_sent_start
    )


def field_end(doc: Doc, words: BodyWords, head_end: int, ceiling: int) -> int:
    """End of the field that follows the head: 'on Trade and Economic Cooperation'."""
    opening = doc[head_end].lower_ if head_end < ceiling else ""
    first = head_end + 1
    limit = min(ceiling, first + LONGEST_NAME)
    if opening not in {"on", "for", "of", "in"} or first >= limit:
        return head_end
    terms = {
        index
        for term in find_sector_terms(doc[first:limit])
        for index in range(term.start, term.end)
    }
    end = head_end
    for index in range(first, limit):
        token = doc[index]
        if index in words.country_starts and doc[index - 1].text not in _HYPHENS:
            break
        known = index in terms or words.parts_of(index) & {"other", "plain"}
        if known or (_proper(token) and opening != "in"):
            end = index + 1
        elif token.lower_ not in _IN_FIELDS and token.text not in _HYPHENS:
            break
    return head_end if opening in {"of", "in"} and end - head_end < 2 else end


def acronym_behind(doc: Doc, end: int) -> tuple[str | None, int]:
    """The acronym in brackets behind a name, and the first token behind it."""
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
        text = doc[end + 1].text
        if text.isupper() and 2 <= len(text) <= 8:
            return text, end + 3
    return None, end


def is_of_many(doc: Doc, words: BodyWords, start: int, head: int) -> bool:
    """Whether a name holds a group of states ('U.S.-ASEAN') or a number of them ('5+5')."""
    number = _NUMBER_OF_STATES.search(doc[max(start - 3, 0) : head].text)
    if number is not None and number.group() not in {"2+2", "2 + 2"}:
        return True
    for index in range(max(start - 1, 0), head):
        text = doc[index].text
        if text == "+" and 0 < index < len(doc) - 1 and doc[index + 1].text != "2":
            return True
        group = text.isupper() and len(text) >= 3 and text.isalpha()
        if group and index not in words.country_starts and index not in words.country_ends:
            beside = {doc[i].text for i in (index - 1, index + 1) if 0 <= i < head}
            if beside & _HYPHENS:
                return True
    return False


def is_of_another(doc: Doc, words: BodyWords, start: int, after: int, ceiling: int) -> bool:
    """Whether a body is an organisation's or a parliament's own.

    "the IOC's Coordination Commission", 'the Joint Committee of the Senate', 'a joint working group
    with the Food and Agriculture Organization'.
    """
    owner = start - 1 if start and doc[start - 1].lower_ in {"'s", "’s"} else None
    before = doc[max(0, owner - _OWNER) : owner] if owner else doc[0:0]
    if owner and owner - 1 in words.country_ends:
        return False  # "Peru's Joint Committee with Kenya"
    if owner and doc[owner - 1].is_upper and doc[owner - 1].is_alpha and len(doc[owner - 1]) > 2:
        return True
    behind = doc[after:after]
    if after < ceiling and doc[after].lower_ in {"of", "with"}:
        behind = doc[after + 1 : min(ceiling, after + 1 + _OWNER)]
    return any(
        bool(_OTHER_OWNERS & {token.lower_ for token in span}) or names_organisation(span.text)
        for span in (before, behind)
    )


def goes_on(doc: Doc, end: int, ceiling: int) -> bool:
    """Whether a head is but part of a name: 'Joint Task Force Alpha', 'Joint Committee Room'."""
    if end >= ceiling or not doc[end - 1].text[:1].isupper():
        return False
    following = doc[end]
    if following.lower_ in {"meeting", "session", "ministerial", "plenary", "round"} | _CALENDAR:
        return False
    return following.is_alpha and following.text[:1].isupper() and not following.text.isupper()


def topics_of(doc: Doc, words: BodyWords, start: int, end: int) -> frozenset[str]:
    """The words that tell one body of a pair from another: 'economic', 'boundary'."""
    topics = set()
    index = start
    while index < end:
        if index in words.country_starts:
            index = words.country_starts[index]
            continue
        word = doc[index].lower_
        if doc[index].is_alpha and word not in _FUNCTION and "plain" not in words.parts_of(index):
            topics.add(_SAME_TOPIC.get(word, word))
        index += 1
    return frozenset(topics)


def ordinal_before(doc: Doc, words: BodyWords, start: int, floor: int) -> tuple[int | None, int]:
    """The ordinal of 'the 18th meeting of the' before a name, and where that phrase begins."""
    index = start - 1
    outer = start
    while index >= floor and start - index < LONGEST_NAME:
        if index in words.ordinals:
            first, number = words.ordinals[index]
            return number, max(floor, first - 1)
        parts = words.parts_of(index)
        if "session" in parts:
            outer = index
        elif index not in words.country_ends and doc[index].lower_ not in _BEFORE_NAME:
            break
        index = words.country_ends.get(index, index) - 1
    return None, outer


def ordinal_behind(doc: Doc, words: BodyWords, after: int, ceiling: int) -> int | None:
    """The ordinal of "'s 18th session" or 'third round' right behind a name.

    One that a verb is before ('held its fifth meeting') is a reference of its own.
    """
    for index in range(after, min(ceiling, after + _BESIDE)):
        if index in words.ordinals:
            following = range(index + 1, min(ceiling, index + 4))
            if any("session" in words.parts_of(i) for i in following):
                return words.ordinals[index][1]
            return None
        if doc[index].lower_ not in {"'s", "’s", "the", "its", "annual"}:
            return None
    return None
