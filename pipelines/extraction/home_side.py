"""Which country an article takes for granted: the side whose officials need no nationality.

What belongs here: reading that from the dateline, the title and the counts of mentions. What does
not: filling the gaps of single sentences with it (`account_gaps`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipelines.language.build import build_language
from pipelines.language.countries import find_countries
from pipelines.language.mentions import Reading


@dataclass(frozen=True, slots=True)
class Context:
    """What the article as a whole tells of its sides.

    `home` is the country whose officials need no nationality in it: that of the dateline, of the
    title or of most mentions. `titled` are the countries that the title names.
    """

    home: str | None
    titled: tuple[str, ...]
    common: tuple[tuple[str, int], ...] = ()


def read_context(reading: Reading) -> Context:
    """Return the home country of an article and the countries of its title."""
    title = (reading.article.title or "")[:1000]
    titled = tuple(dict.fromkeys(m.iso3 for m in find_countries(build_language()(title))))
    counts = Counter(m.iso3 for m in reading.countries if m.start >= reading.body_start)
    common = tuple(counts.most_common(4))
    dateline = _dateline_country(reading)
    if dateline is not None and (dateline in counts or dateline in titled):
        return Context(dateline, titled, common)
    if len(titled) == 1:
        return Context(titled[0], titled, common)
    if common and common[0][1] > 1 and (len(common) == 1 or common[0][1] > common[1][1]):
        return Context(common[0][0], titled, common)
    return Context(None, titled, common)


def _dateline_country(reading: Reading) -> str | None:
    for place in reading.places:
        if place.start >= reading.body_start:
            break
        if place.country is not None:
            return place.country
    for mention in reading.countries:
        if mention.start >= reading.body_start:
            break
        return mention.iso3
    return None
