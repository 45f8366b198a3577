"""Towns that no short list has, by the countries that an article speaks of.

A gazetteer of the whole world knows a town for nearly every surname. A name counts here only where
the article names one of its countries, or where it is large; whether the words around it make it a
place is for `places` to say.

What belongs here: looking up runs of capitals. What does not: cities of `cities.tsv` and capitals.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from pipelines.language.build import build_language
from pipelines.language.models import BLANK
from pipelines.language.spelling import without_accents
from pipelines.lexicons import read_lexicon

_LARGE = 500  # thousands of people: named without its country


@dataclass(frozen=True, slots=True)
class Town:
    """A run of tokens that is the name of a town, with its country (ISO 3166 alpha-3)."""

    start: int
    end: int
    country: str


@cache
def _longest() -> int:
    return max(map(len, _towns()))


@cache
def _towns() -> dict[tuple[str, ...], tuple[tuple[str, int], ...]]:
    """Countries and thousands of people, the largest first, by the words of the name."""
    known: dict[tuple[str, ...], tuple[tuple[str, int], ...]] = {}
    tokenize = build_language(BLANK).make_doc
    for entry in read_lexicon("towns"):
        places = (place.split(":") for place in entry["places"].split("|"))
        name = without_accents(entry["name"]).lower()
        plain = name.replace(" ", "").replace("-", "").isalpha()
        words = name.replace("-", " - ").split()
        key = tuple(words if plain else [token.text for token in tokenize(name)])
        known[key] = tuple((country, int(people)) for country, people in places)
    return known


def find_towns(doc: Doc, spoken_of: Collection[str]) -> Iterator[Town]:
    """Yield the towns named in a Doc, the longest name where several begin at a token.

    `spoken_of` are the countries that the article names.
    """
    towns = _towns()
    index = 0
    while index < len(doc):
        if not doc[index].text[0].isupper() or doc[index].is_stop:
            index += 1
            continue
        for end in range(min(len(doc), index + _longest()), index, -1):
            key = tuple(without_accents(token.text).lower() for token in doc[index:end])
            country = _country(towns.get(key, ()), spoken_of)
            if country is not None:
                yield Town(index, end, country)
                index = end
                break
        else:
            index += 1


def _country(places: tuple[tuple[str, int], ...], spoken_of: Collection[str]) -> str | None:
    named = next((country for country, _ in places if country in spoken_of), None)
    if named is None and places and places[0][1] >= _LARGE:
        return places[0][0]
    return named
