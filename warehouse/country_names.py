"""Finds the country that a user means: by code, name or adjective, with near names on a miss.

What belongs here: what is typed at a prompt. What does not: countries in articles
(`pipelines.language.countries`), which depend on their context.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from difflib import get_close_matches
from functools import cache

from pipelines.lexicons import read_lexicon


class UnknownCountryError(ValueError):
    """What was typed names no country, or several; the message offers the nearest."""


def find_country(typed: str) -> str:
    """Return the ISO3 code of the country that is typed, in any case and without accents.

    Raises UnknownCountryError.
    """
    names = _codes_by_name()
    key = _key(typed).removeprefix("the ")
    codes = names.get(key, [])
    if len(codes) == 1:
        return codes[0]
    if codes:
        raise UnknownCountryError(f"'{typed}' can be {_offer(codes)}: give the code.")
    near = get_close_matches(key, names, n=8, cutoff=0.6)
    offered = list(dict.fromkeys(code for name in near for code in names[name]))[:4]
    hint = f" Did you mean {_offer(offered)}?" if offered else " Give a name or an ISO 3166 code."
    raise UnknownCountryError(f"No country is named '{typed}'.{hint}")


def country_name(code: str) -> str:
    """Return the English short name of a code, the code itself where it is not known."""
    return _names().get(code, code)


def _offer(codes: list[str]) -> str:
    return " or ".join(f"{country_name(code)} ({code})" for code in codes)


@cache
def _names() -> dict[str, str]:
    return {entry["iso3"]: entry["name"] for entry in read_lexicon("countries")}


@cache
def _codes_by_name() -> dict[str, list[str]]:
    """Return the codes of every name. A short name goes before another country's other names."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for columns in (("iso3", "name"), ("names", "adjectives", "people")):
        fresh: defaultdict[str, list[str]] = defaultdict(list)
        for entry in read_lexicon("countries"):
            for column in columns:
                for name in entry[column].split("|"):
                    if name and entry["iso3"] not in fresh[_key(name)]:
                        fresh[_key(name)].append(entry["iso3"])
        for key, codes in fresh.items():
            found.setdefault(key, codes)
    return dict(found)


def _key(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name).casefold().replace("ı", "i")
    bare = "".join(char if char.isalnum() else " " for char in decomposed if char.isascii())
    return " ".join(bare.split())
