"""Countries that a sentence puts together: 'Iran-Cuba', 'between A and B', 'A, B and C'.

What belongs here: how country mentions stand to each other in a sentence, and which of them are
mere places. What does not: which pair a fact is of (`pairs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from spacy.tokens import Doc

from pipelines.language.mentions import CountryMention, Reading
from pipelines.records import pair_of

_HYPHENS = frozenset({"-", "–", "—", "‑", "−", "/"})
_JOINTS = frozenset({",", "and", "&", "the", "both", "with", "as", "well", "of"})
_LINKS = frozenset({",", "and", "&", "the"})
_CLOSE = 4


@dataclass(frozen=True, slots=True)
class NamedPair:
    """Two countries that the words themselves put together; token indices, half-open.

    `explicit` where the form is relational ('Iran-Cuba', 'between Iran and Cuba').
    """

    start: int
    end: int
    countries: tuple[str, str]
    explicit: bool


def find_named_pairs(doc: Doc, countries: Sequence[CountryMention]) -> tuple[NamedPair, ...]:
    """Return the pairs of neighbouring country mentions that a hyphen, 'and' or 'with' joins."""
    found: list[NamedPair] = []
    for first, second in pairwise(countries):
        if first.iso3 == second.iso3 or second.start - first.end > _CLOSE:
            continue
        between = [t.lower_ for t in doc[first.end : second.start] if not t.is_space]
        both = (first.iso3, second.iso3)
        if len(between) == 1 and between[0] in _HYPHENS:
            found.append(NamedPair(first.start, second.end, both, explicit=True))
        elif between and all(word in _JOINTS for word in between):
            before = [t.lower_ for t in doc[max(0, first.start - 2) : first.start]]
            explicit = "between" in before and ("and" in between or "&" in between)
            found.append(NamedPair(first.start, second.end, both, explicit=explicit))
    return tuple(found)


def find_runs(doc: Doc, countries: Sequence[CountryMention]) -> list[list[CountryMention]]:
    """Return the mentions of a sentence in runs of coordination: (Brazil), (Chile, Peru)."""
    runs: list[list[CountryMention]] = []
    for mention in countries:
        between = doc[runs[-1][-1].end : mention.start] if runs else None
        if between is not None and len(between) and all(t.lower_ in _LINKS for t in between):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def codes_of(mentions: Sequence[CountryMention]) -> tuple[str, ...]:
    """Return the countries of some mentions, each once, in their order."""
    return tuple(dict.fromkeys(mention.iso3 for mention in mentions))


def all_pairs(codes: Sequence[str]) -> tuple[str, ...]:
    """Return every pair of some different countries."""
    return tuple(pair_of(first, second) for first, second in combinations(codes, 2))


def find_located(reading: Reading) -> frozenset[int]:
    """Return the tokens at which a country is named as the place of something: 'in Cuba'."""
    doc = reading.doc
    tokens: set[int] = set()
    for place in reading.places:
        before = doc[place.start - 1].lower_ if place.start > 0 else ""
        if place.city is not None or before in {"in", "at"}:
            tokens.update(range(place.start, place.end))
    for mention in reading.countries:
        # behind a city that is not known as one: 'in Newtown, Cuba'
        words = [t.lower_ for t in doc[max(0, mention.start - _CLOSE) : mention.start]]
        if mention.form == "name" and words[-1:] == [","] and "in" in words[:-2]:
            tokens.update(range(mention.start, mention.end))
    return frozenset(tokens)
