"""Standing bilateral bodies where a text names them: joint commissions, committees, dialogues.

A name is read outwards from its head ('Commission'); it is a bilateral body's where it holds a
word like 'joint' or 'intergovernmental', or two countries. Bodies of one country or of many are
none.

What belongs here: which names are bodies, and of which pair. What does not: the extent of a name
(`body_names`), later references to it (`body_references`) and what happened (`commissions`).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Doc

from pipelines.extraction.body_names import (
    acronym_behind,
    field_end,
    goes_on,
    is_of_another,
    is_of_many,
    name_start,
    ordinal_before,
    ordinal_behind,
    topics_of,
)
from pipelines.extraction.body_words import BodyWords
from pipelines.extraction.country_runs import all_pairs, codes_of
from pipelines.extraction.pairs import Pairs
from pipelines.language.mentions import CountryMention
from pipelines.records import pair_of

LONGEST_SENTENCE = 200
"""Tokens of a sentence that are searched for words on its two sides."""

_ARTICLES = frozenset({"a", "an", "the", "their", "its", "this", "annual", "of", "first", "our"})
_TOGETHER = frozenset(
    {"partnership", "cooperation", "coordination", "consultative", "border", "boundary"}
)
_EVENTS = frozenset({"business", "investment", "trade", "youth", "cultural", "media", "economic"})
_FOUNDING = frozenset(
    {"establish", "establishing", "form", "forming", "create", "creating", "setting"}
)
_FOUNDING_REACH = 5
_TIME_REACH = 8
_THREE = frozenset({"trilateral", "tripartite"})


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A place where a bilateral body is named; token indices, half-open.

    `start` to `end` is the name with its countries and its field; `outer` is where the phrase
    begins that numbers it ('the 18th meeting of'), `after` the first token behind its acronym.
    `topics` are the words of the name that tell one body of a pair from another. `sits` tells that
    the mention is of a session ('its fifth meeting'), `which` is 'other' where it is of another one
    than the text's ('the previous session'), `later` that it is a reference and no name.
    """

    start: int
    end: int
    outer: int
    after: int
    name: str
    head: str
    topics: frozenset[str]
    pairs: tuple[str, ...]
    ordinal: int | None = None
    acronym: str | None = None
    named_pair: bool = False
    sits: bool = False
    which: str = ""
    later: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that may be a bilateral body's: where it and its head stand, whom it names."""

    start: int
    head_start: int
    head_end: int
    kind: str
    numbered: bool
    countries: tuple[str, ...]


def find_bodies(pairs: Pairs, words: BodyWords) -> tuple[BodyMention, ...]:
    """Return the places where a bilateral body is named, in the order of the text."""
    if not pairs.sentences:
        return ()
    found: list[BodyMention] = []
    for start, end, kind in words.heads:
        if found and start < found[-1].after:
            continue
        body = _read_body(pairs, words, start, end, kind)
        if body is not None:
            found.append(body)
    return tuple(found)


def _read_body(
    pairs: Pairs, words: BodyWords, head_start: int, head_end: int, kind: str
) -> BodyMention | None:
    """The body that a head is the head of, None where it is none of two or three countries."""
    doc = pairs.reading.doc
    sentence = pairs.sentences[pairs.sentence_at(head_start)]
    start, ordinal = name_start(doc, words, head_start, sentence.start)
    if any("stop" in words.parts_of(i) for i in range(start, head_end)):
        return None
    if is_of_many(doc, words, start, head_start) or goes_on(doc, head_end, sentence.end):
        return None
    countries = codes_of(_countries(pairs, start, head_end))
    name = _Name(start, head_start, head_end, kind, ordinal is not None, countries)
    if len(countries) > 3 or not _is_bilateral(pairs, words, name):
        return None
    end = field_end(doc, words, head_end, sentence.end)
    acronym, after = acronym_behind(doc, end)
    if len(countries) < 2 and is_of_another(doc, words, start, after, sentence.end):
        return None
    outer = max(sentence.start, start - 1) if ordinal is not None else start
    if ordinal is None:
        ordinal, outer = ordinal_before(doc, words, start, sentence.start)
    if ordinal is None:
        ordinal = ordinal_behind(doc, words, after, sentence.end)
    if ordinal is None:
        ordinal = _time_before(doc, words, outer, sentence.start)
    return BodyMention(
        start=start,
        end=end,
        outer=outer,
        after=after,
        name=" ".join(doc[start:end].text.split()),
        head=doc[head_start:head_end].text.lower(),
        topics=topics_of(doc, words, start, end),
        pairs=_pairs_of(pairs, start, after, countries),
        ordinal=ordinal,
        acronym=acronym,
        named_pair=len(countries) == 2,
    )


def _time_before(doc: Doc, words: BodyWords, outer: int, floor: int) -> int | None:
    """The ordinal of 'met for the tenth time within the framework of the Commission'."""
    for index in range(outer - 1, max(floor, outer - _TIME_REACH), -1):
        if doc[index].lower_ == "time" and index - 1 in words.ordinals:
            first, number = words.ordinals[index - 1]
            return number if doc[max(0, first - 2)].lower_ == "for" else None
    return None


def _countries(pairs: Pairs, start: int, end: int) -> list[CountryMention]:
    """Country mentions between two tokens; binary search keeps long texts linear."""
    mentions = pairs.reading.countries
    first = bisect_left(mentions, start, key=lambda mention: mention.start)
    last = bisect_left(mentions, end, key=lambda mention: mention.start)
    return list(mentions[first:last])


def _is_bilateral(pairs: Pairs, words: BodyWords, name: _Name) -> bool:
    """Whether a name is that of a body of two countries (or three)."""
    doc = pairs.reading.doc
    inner = [words.parts_of(i) for i in range(name.start, name.head_start)]
    marked = any("mark" in parts for parts in inner)
    pair = len(name.countries) >= 2
    lowered = {doc[i].lower_ for i in range(name.start, name.head_end)}
    proper = doc[name.head_start].text[0].isupper()
    if name.kind == "head":
        high = {"high", "level"} <= lowered
        told = bool(lowered & _TOGETHER) or high or "ministerial" in lowered
        listed = "," in lowered  # 'the Council of Arab Unity, Customs Cooperation Council'
        of_two = proper and told and not listed and _speaks_of_two(pairs, name.start)
        return marked or pair or of_two or (not proper and _is_told_of_two(pairs, name))
    if "forum" in lowered:
        return pair and not lowered & _EVENTS
    if "consultation" in lowered:
        field = name.head_end < len(doc) and doc[name.head_end].lower_ == "on"
        return pair and proper and ("high" in lowered or field)
    if {"2", "+"} <= lowered:
        return True
    before = doc[name.start - 1].lower_ if name.start > 0 else ""
    standing = any("standing" in parts for parts in inner)
    if proper:
        return pair or marked or standing
    return "strategic" in lowered and (pair or before in _ARTICLES or name.numbered)


def _is_told_of_two(pairs: Pairs, name: _Name) -> bool:
    """'a consultation mechanism between the two ministries', 'proposed setting up a committee'."""
    doc = pairs.reading.doc
    behind = [token.lower_ for token in doc[name.head_end : name.head_end + 4]]
    if behind[:1] in (["between"], ["of"]) and {"two", "both"} & set(behind):
        return True
    before = {token.lower_ for token in doc[max(0, name.start - _FOUNDING_REACH) : name.start]}
    return bool(before & _FOUNDING) and _speaks_of_two(pairs, name.start)


def _speaks_of_two(pairs: Pairs, start: int) -> bool:
    """Whether the sentence of a name is on two sides, or three that act together."""
    number = pairs.sentence_at(start)
    lowered = {t.lower_ for t in pairs.sentences[number][:LONGEST_SENTENCE]}
    return (
        len(pairs.inside[number]) in {2, 3}
        or {"two", "countries"} <= lowered
        or {"two", "sides"} <= lowered
        or "bilateral" in lowered
    )


def _pairs_of(pairs: Pairs, start: int, after: int, countries: tuple[str, ...]) -> tuple[str, ...]:
    """The pairs whose body it is: from the name, from 'between' behind it, else the text's."""
    if len(countries) in {2, 3}:
        return all_pairs(countries)
    behind = _pair_behind(pairs, start, after)
    if behind:
        return (behind,)
    if len(countries) == 1:
        inside = pairs.inside[pairs.sentence_at(start)]
        other = next((c for c in (*inside, *pairs.ranked) if c not in countries), None)
        return (pair_of(countries[0], other),) if other else ()
    lowered = {token.lower_ for token in pairs.reading.doc[start:after]}
    if lowered & _THREE and len(pairs.ranked) >= 3:
        return all_pairs(pairs.ranked[:3])
    return tuple(pair for pair in pairs.pairs_at(start, after) if _is_of_story(pairs, start, pair))


def _is_of_story(pairs: Pairs, start: int, pair: str) -> bool:
    """Whether a country of a pair is named in the sentence or title, or told of twice."""
    near = {*pairs.inside[pairs.sentence_at(start)], *pairs.title}
    if set(pair.split("-")) == {mention.iso3 for mention in pairs.reading.countries}:
        return True
    return any(
        code in near or sum(m.iso3 == code for m in pairs.reading.countries) > 1
        for code in pair.split("-")
    )


def _pair_behind(pairs: Pairs, start: int, after: int) -> str | None:
    """The pair of '... between Iran and Cuba' or 'Iran's ... with Cuba', None without one."""
    doc = pairs.reading.doc
    joint = doc[after].lower_ if after < len(doc) else ""
    behind = _countries(pairs, after + 1, after + 12)
    if joint not in {"between", "of", "with"} or not behind or behind[0].start - after > 3:
        return None
    codes = codes_of(behind)
    if joint == "with":
        own = codes_of(_countries(pairs, max(0, start - 8), start)[::-1])
        other = next((c for c in (*own, *pairs.ranked) if c != codes[0]), None)
        return pair_of(codes[0], other) if other else None
    if len(codes) > 1 and behind[1].start - behind[0].end <= 3:
        return pair_of(codes[0], codes[1])
    return None
