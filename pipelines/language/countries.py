"""Countries in a Doc: names, adjectives, people, capitals and metonyms.

What belongs here: which words stand for which country, and how names that several countries share
are settled. What does not: words that only look like a country (`lookalikes`), whether a capital
acts (`capitals`), cities and places of events (`places`).

A word that is ambiguous and that the article does not settle is left out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import get_args

from spacy.tokens import Doc

from pipelines.language.capitals import acting
from pipelines.language.datelines import find_dateline
from pipelines.language.gazetteer import Gazetteer, Hit
from pipelines.language.lookalikes import misleading, phrases, shared_names
from pipelines.language.mentions import CountryForm, CountryMention
from pipelines.lexicons import read_lexicon

_COLUMNS: dict[CountryForm, str] = {
    "name": "names",
    "adjective": "adjectives",
    "people": "people",
    "capital": "capitals",
    "metonym": "metonyms",
}
_FORMS: tuple[CountryForm, ...] = get_args(CountryForm)
_NO_COUNTRY = "none"
_ARTICLES = frozenset({"a", "an", "another", "every", "each", "one"})
_OF_PERSONS = frozenset({"said", "says", "told", "named", "living", "born", "aged"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A name found, the form it has, and the countries it may stand for, likeliest first."""

    hit: Hit
    form: CountryForm
    kind: str  # plain, or how it is settled: unsettled, usual, acting
    countries: tuple[str, ...]


@cache
def _names_of_countries() -> dict[str, str]:
    return {entry["iso3"]: entry["name"] for entry in read_lexicon("countries")}


def country_name(iso3: str) -> str:
    """Return the English short name of a country: `Cuba` for `CUB`. KeyError if it is none."""
    return _names_of_countries()[iso3]


def is_country(code: str) -> bool:
    """Say whether a code is one of the ISO3 codes that facts may carry (upper case)."""
    return code in _names_of_countries()


def capital_of(iso3: str) -> str | None:
    """Return the city that 'the Cuban capital' means; None where a country has none listed."""
    return _capitals().get(iso3)


@cache
def _capitals() -> dict[str, str]:
    return {
        entry["iso3"]: entry["capitals"].split("|")[0]
        for entry in read_lexicon("countries")
        if entry["capitals"]
    }


@cache
def _gazetteer() -> Gazetteer:
    """All names; a key is `form:kind:countries`, with countries joined by |."""
    shared = shared_names()
    keys: dict[str, list[str]] = {}
    for entry in read_lexicon("countries"):
        for form, column in _COLUMNS.items():
            listed = [entry["name"]] if form == "name" else []
            for name in (*listed, *entry[column].split("|")):
                if name and name not in shared:
                    keys.setdefault(name, []).append(f"{form}:plain:{entry['iso3']}")
    for name, (kind, countries, word_form) in shared.items():
        keys[name] = [f"{word_form}:{kind}:{countries}"] if countries else []
    cities = {
        name
        for entry in read_lexicon("cities")
        for name in (entry["name"], *entry["names"].split("|"))
        if " " in name  # 'Santiago de Cuba' is no mention of Cuba
    }
    for phrase in phrases() | (cities - keys.keys()):
        keys.setdefault(phrase, []).insert(0, _NO_COUNTRY)
    return Gazetteer({name: found for name, found in keys.items() if found})


def find_countries(doc: Doc) -> tuple[CountryMention, ...]:
    """Return all words of a Doc that stand for a country, in order, none overlapping.

    The longest name wins ('Democratic Republic of the Congo' is not the Congo, and 'the South
    China Sea' is no country at all). Names are matched in their own case and in capitals.
    Capitals are returned whether they act as a state or are a mere place (`acts`).
    """
    hits = [hit for hit in _gazetteer().find(doc) if hit.keys[0] != _NO_COUNTRY]
    hits = [hit for hit, bad in zip(hits, misleading(doc, hits), strict=True) if not bad]
    candidates = [_candidate(doc, hit) for hit in hits]
    capitals = [c.hit for c in candidates if c.form == "capital"]
    verdicts = dict(zip(capitals, acting(doc, capitals, hits), strict=True))
    body_start = find_dateline(doc)[0]
    named = Counter(c.countries[0] for c in candidates if c.kind == "plain" and c.form != "capital")
    named_at_all = Counter(c.countries[0] for c in candidates if c.kind == "plain")
    mentions: list[CountryMention] = []
    for candidate in candidates:
        hit = candidate.hit
        acts = candidate.form != "capital" or (hit.start >= body_start and verdicts[hit])
        iso3 = _settle(candidate, acts, named if candidate.kind == "acting" else named_at_all)
        if iso3 is None:
            continue
        start = _styled_start(doc, hit.start) if candidate.form == "name" else hit.start
        if mentions and start < mentions[-1].end:
            start = hit.start
        mentions.append(CountryMention(start, hit.end, iso3, candidate.form, acts))
    return tuple(mentions)


def _candidate(doc: Doc, hit: Hit) -> _Candidate:
    """Read the keys of a hit; a word that is adjective and noun is told by what follows."""
    read: dict[CountryForm, tuple[str, tuple[str, ...]]] = {}
    for key in hit.keys:
        form, kind, countries = key.split(":")
        read[next(known for known in _FORMS if known == form)] = (kind, tuple(countries.split("|")))
    chosen = min(read, key=_FORMS.index)
    if {"adjective", "people"} <= read.keys():
        chosen = "people" if _stands_alone(doc, hit) else "adjective"
    return _Candidate(hit, chosen, *read[chosen])


def _stands_alone(doc: Doc, hit: Hit) -> bool:
    """Whether 'Cuban' is the noun: 'a Cuban who', 'the Cuban said' (against 'a Cuban minister')."""
    before = doc[hit.start - 1].lower_ if hit.start else ""
    after = doc[hit.end] if hit.end < len(doc) else None
    ended = after is None or after.is_punct or after.is_space or after.is_stop
    ended = ended or (after is not None and after.lower_ in _OF_PERSONS)
    return ended and (before in _ARTICLES or doc[hit.end - 1].text.endswith("s"))


def _settle(candidate: _Candidate, acts: bool, named: Counter[str]) -> str | None:
    """The country that a name stands for in this article, None where that stays open."""
    first = candidate.countries[0]
    present = [iso3 for iso3 in candidate.countries if named[iso3]]
    if candidate.kind == "plain":
        return first
    if candidate.kind == "unsettled":
        return present[0] if len(present) == 1 else None
    if candidate.kind == "acting" and not acts:
        return candidate.countries[-1]
    return present[0] if len(present) == 1 else first


@cache
def _styles(part: str) -> frozenset[str]:
    return frozenset(e["text"] for e in read_lexicon("state_styles") if e["part"] == part)


def _styled_start(doc: Doc, start: int) -> int:
    """Take the style of a state into its name: 'Federal Republic of' before 'Somalia'."""
    at = start - 1
    if at > 0 and doc[at].lower_ == "the":
        at -= 1
    if at < 1 or doc[at].lower_ != "of" or doc[at - 1].lower_ not in _styles("head"):
        return start
    at -= 1
    if doc[at].is_lower or (at and doc[at - 1].lower_ == "of"):
        return start
    while at and doc[at - 1].lower_ in _styles("modifier") and not doc[at - 1].is_lower:
        at -= 1
    return at
