"""Mentions of persons, countries, peoples, places, dates, bodies and organisations.

They come from what the language layer has found, with what each resolves to; only organisations
are looked for here: those on the project's list, ministries by their form, and others where the
language model sees one. What does not belong here: facts about them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from pipelines.language.mentions import CountryMention, Reading
from pipelines.lexicons import read_lexicon
from pipelines.records import Commission, Entity, EntityType, Span

_CONFIDENCE: dict[EntityType, float] = {
    "PERSON": 0.9,
    "GPE": 0.95,
    "NORP": 0.95,
    "LOC": 0.9,
    "DATE": 0.9,
    "BODY": 0.9,
    "ORG": 0.8,
}

_LONGEST_ACRONYM = 6
_SEEN = 0.5
"""How sure an organisation is that only the language model sees."""

# 'Ministry of Trade, Industry and Supply', 'Ministry of Foreign Affairs': capitalised words,
# joined by commas only where another capitalised word and an 'and' follow.
_WORD = r"(?:(?:[A-Z]\.){1,4}|St\.|[A-Z][\w’'-]{0,40})"
_MINISTRY_OF = re.compile(
    rf"\b(?:Ministry|Department|Office|Bank|Academy|University|Chamber|Institute|Agency|Authority)"
    rf" (?:of|for) (?:the )?{_WORD}(?: {_WORD}){{0,4}}"
    rf"(?:(?:, {_WORD}(?: {_WORD}){{0,3}}){{0,4}},? (?:and|&) {_WORD}(?: {_WORD}){{0,3}})?"
)
_NAMED_MINISTRY = re.compile(
    rf"\b(?!The ){_WORD}(?: (?:and |& )?{_WORD}){{0,3}} "
    r"(?:Ministry|Parliament|Majlis|Knesset|Duma|Senate|Agency|Authority|University|Council)\b"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    type: EntityType
    entity: str | None
    country: str | None
    rule: str


def find_entities(reading: Reading, commissions: Sequence[Commission]) -> tuple[Entity, ...]:
    """Return the mentions in an article, in the order of the text; offsets are code points.

    A span has one mention: where two readers claim the same, the first of person, country, body,
    place, date, organisation wins. Mentions may lie within one another (a country in the name of
    a ministry).
    """
    found: dict[tuple[int, int], _Mention] = {}
    for mentions in (
        _persons(reading),
        _countries(reading),
        _bodies(reading, commissions),
        _places(reading),
        _dates(reading),
        _organisations(reading),
    ):
        for mention in mentions:
            if mention.start < mention.end:
                found.setdefault((mention.start, mention.end), mention)
    for mention in _seen_organisations(reading, found):
        found.setdefault((mention.start, mention.end), mention)
    text = reading.doc.text
    ordered = sorted(found.values(), key=lambda mention: (mention.start, -mention.end))
    return tuple(
        Entity(
            id=f"e{number}",
            evidence=Span(mention.start, mention.end),
            rule=mention.rule,
            confidence=_SEEN if mention.rule == "model-name" else _CONFIDENCE[mention.type],
            start=mention.start,
            end=mention.end,
            text=text[mention.start : mention.end],
            type=mention.type,
            entity=mention.entity,
            country=mention.country,
        )
        for number, mention in enumerate(ordered, start=1)
    )


def _code_points(reading: Reading, start: int, end: int) -> tuple[int, int]:
    span = reading.doc[start:end]
    return span.start_char, span.end_char


def _persons(reading: Reading) -> Iterator[_Mention]:
    for actor in reading.actors:
        if actor.name_start is None or actor.name_end is None:
            continue
        start, end = _code_points(reading, actor.name_start, actor.name_end)
        yield _Mention(start, end, "PERSON", actor.name, actor.country, "person-name")


def _countries(reading: Reading) -> Iterator[_Mention]:
    for mention in reading.countries:
        start, end = _code_points(reading, mention.start, mention.end)
        if mention.form in {"adjective", "people"}:
            yield _Mention(start, end, "NORP", mention.iso3, mention.iso3, "country-adjective")
        elif mention.form == "capital" and not mention.acts:
            continue  # a mere place: a city, see `_places`
        else:
            yield _Mention(start, end, "GPE", mention.iso3, mention.iso3, _rule(mention))


def _rule(mention: CountryMention) -> str:
    return "country-name" if mention.form == "name" else f"country-{mention.form}"


def _bodies(reading: Reading, commissions: Sequence[Commission]) -> Iterator[_Mention]:
    """Every place where the name of a bilateral body stands, not only the telling one."""
    text = reading.doc.text
    for name in dict.fromkeys(commission.name for commission in commissions):
        if not name.strip():
            continue
        at = text.find(name)
        while at >= 0:
            yield _Mention(at, at + len(name), "BODY", name, None, "body-name")
            at = text.find(name, at + len(name))


def _places(reading: Reading) -> Iterator[_Mention]:
    for place in reading.places:
        start, end = _code_points(reading, place.start, place.end)
        entity = place.city or place.country
        yield _Mention(start, end, "GPE", entity, place.country, "place-name")


def _dates(reading: Reading) -> Iterator[_Mention]:
    for date in reading.dates:
        start, end = _code_points(reading, date.start, date.end)
        entity = date.date
        if entity and date.date_end and date.date_end != entity:
            entity = f"{entity}/{date.date_end}"  # ISO 8601 interval
        yield _Mention(start, end, "DATE", entity, None, "date-expression")


@cache
def _organisation_names() -> tuple[re.Pattern[str], dict[str, tuple[EntityType, str]]]:
    known: dict[str, tuple[EntityType, str]] = {}
    for entry in read_lexicon("organisations"):
        kind: EntityType = "LOC" if entry["type"] == "LOC" else "ORG"
        for form in (entry["name"], *filter(None, entry["forms"].split("|"))):
            known[form] = (kind, entry["name"])
    forms = sorted(known, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, forms)) + r")(?!\w)"), known


def _organisations(reading: Reading) -> Iterator[_Mention]:
    text = reading.doc.text
    pattern, known = _organisation_names()
    for match in pattern.finditer(text):
        kind, name = known[match.group()]
        yield _Mention(match.start(), match.end(), kind, name, None, "organisation-name")
    spans = [(*_code_points(reading, m.start, m.end), m.iso3) for m in reading.countries]
    for expression in (_MINISTRY_OF, _NAMED_MINISTRY):
        for match in expression.finditer(text):
            country = _country_beside(text, spans, match.start(), match.end())
            yield _Mention(match.start(), match.end(), "ORG", None, country, "ministry-name")


def _seen_organisations(
    reading: Reading, found: Mapping[tuple[int, int], _Mention]
) -> Iterator[_Mention]:
    """Organisations that the language model sees where the rules have found nothing else.

    Titles, persons, dates and bodies are the rules'; a country within a longer name is no hindrance
    ('Bank of Ghana').
    """
    taken = {token for actor in reading.actors for token in range(actor.start, actor.end)}
    taken |= {token for date in reading.dates for token in range(date.start, date.end)}
    named = {token for m in reading.countries for token in range(m.start, m.end)}
    spans = sorted(key for key, m in found.items() if m.type in {"ORG", "BODY", "PERSON", "LOC"})
    furthest = list(accumulate((end for _, end in spans), max))
    for entity in reading.doc.ents:
        words = range(entity.start, entity.end)
        if entity.label_ != "ORG" or entity.start < reading.body_start:
            continue
        if not taken.isdisjoint(words) or named.issuperset(words):
            continue
        if not any(reading.doc[i].text[0].isupper() for i in words if i not in named):
            continue
        if entity.text.isupper() and len(entity.text) > _LONGEST_ACRONYM:
            continue  # a headline in capitals
        at = bisect_left(spans, (entity.start_char, 0))
        if at and furthest[at - 1] > entity.start_char:
            continue  # within a longer name, or across its end
        if at < len(spans) and spans[at][0] < entity.end_char:
            continue
        yield _Mention(entity.start_char, entity.end_char, "ORG", None, None, "model-name")


def _country_beside(
    text: str, spans: list[tuple[int, int, str]], start: int, end: int
) -> str | None:
    """The country that a ministry is said to be of: within its name, just before, or 'of X'."""
    at = bisect_left(spans, (start, 0, ""))
    if at > 0 and text[spans[at - 1][1] : start].strip() in {"", "'s", "’s", "'", "’"}:
        return spans[at - 1][2]
    if at < len(spans):
        first, last, country = spans[at]
        if last <= end or (first >= end and text[end:first].strip() in {"of", "of the"}):
            return country
    return None
