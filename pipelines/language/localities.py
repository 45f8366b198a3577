"""Parts of countries that have heads and ministers of their own: cities, states, provinces.

'The California governor' and 'the mayor of Isfahan' are told to be of a country without its name.

What belongs here: where such names stand in a text. What does not: places of events (`places`),
and countries themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from pipelines.language.gazetteer import Gazetteer
from pipelines.lexicons import read_lexicon


@dataclass(frozen=True, slots=True)
class Locality:
    """A name of a part of a country, in token indices.

    `sure` is False for a name that is also an everyday word or a person's: it counts only where
    'of' leads to it.
    """

    start: int
    end: int
    iso3: str
    sure: bool = True


@cache
def _names() -> Gazetteer:
    keys: dict[str, list[str]] = {}
    for entry in read_lexicon("regions"):
        keys[entry["name"]] = [f"{entry['iso3']}:yes"]
    for entry in read_lexicon("cities"):
        for name in (entry["name"], *entry["names"].split("|")):
            if name:
                sure = "" if entry["needs_place"] else "yes"
                keys.setdefault(name, [f"{entry['iso3']}:{sure}"])
    return Gazetteer(keys)


def find_localities(doc: Doc) -> tuple[Locality, ...]:
    """Return the names of cities and regions in a Doc, in order, none overlapping."""
    found: list[Locality] = []
    for hit in _names().find(doc):
        iso3, _, sure = hit.keys[0].partition(":")
        found.append(Locality(hit.start, hit.end, iso3, sure=bool(sure)))
    return tuple(found)
