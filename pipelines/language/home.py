"""Which country an article takes for granted: the side whose officials need no nationality.

What belongs here: reading that from the dateline, the title and the counts of mentions. What does
not: what is concluded from it for persons (`allegiance`) and encounters (`account_gaps`).
"""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc

from pipelines.language.build import build_language
from pipelines.language.countries import find_countries
from pipelines.language.mentions import Context, CountryMention, PlaceMention, names_city
from pipelines.language.models import BLANK
from pipelines.language.newsrooms import agency_country, names_world_agency, publisher_country
from pipelines.records import Article

_SEATS = ("brussels", "geneva", "new york", "vienna", "the hague", "strasbourg", "nairobi", "addis")
"""Cities of many reporters, who write of the organisations that sit there."""


def find_context(
    doc: Doc,
    article: Article,
    countries: tuple[CountryMention, ...],
    places: tuple[PlaceMention, ...],
    body_start: int,
) -> Context:
    """Return the home country of an article and the countries of its title.

    `countries` and `places` are those of its text `doc`, whose dateline ends before `body_start`.
    The country of the agency or the publisher comes before that of the dateline's city.
    """
    headline = build_language(BLANK)((article.title or "")[:1000])
    in_title = find_countries(headline)
    titled = tuple(dict.fromkeys(m.iso3 for m in in_title))
    inside = [m for m in countries if m.start >= body_start]
    counts = Counter(m.iso3 for m in inside)
    common = tuple(counts.most_common(4))
    dateline = _dateline_country(doc, countries, places, body_start)
    acting = {m.iso3 for m in inside if m.acts and not names_city(doc, m)}
    acting |= {m.iso3 for m in in_title if m.acts and not names_city(headline, m)}
    newsroom = _newsroom(doc, article, body_start)
    own = next((country for country in (newsroom, dateline) if country in acting), None)
    if own is None and counts and _writes_from_home(doc, dateline, inside, places, body_start):
        own = dateline
    if dateline not in acting and _is_named(dateline, inside, places, body_start):
        dateline = None  # a correspondent's, from where others meet
    if own is None and len(titled) == 1 and _is_subject(headline, in_title[0], counts):
        own = titled[0]
    if dateline is not None and (dateline in counts or dateline in titled):
        return Context(dateline, own, titled, common)
    if len(titled) == 1:
        return Context(titled[0], own, titled, common)
    if len(titled) == 2 and not in_title[0].start and set(titled) == {c for c, _ in common[:2]}:
        return Context(titled[0], own, titled, common)  # its own side comes first in a headline
    if common and common[0][1] > 1 and (len(common) == 1 or common[0][1] > common[1][1]):
        return Context(common[0][0], own, titled, common)
    return Context(None, own, titled, common)


def _writes_from_home(
    doc: Doc,
    country: str | None,
    mentions: list[CountryMention],
    places: tuple[PlaceMention, ...],
    body_start: int,
) -> bool:
    """Whether a dateline is that of a paper at home, which need not name its country.

    Not a seat of organisations nor an agency of the whole world, whose reporters sit anywhere.
    """
    if country is None or _is_named(country, mentions, places, body_start):
        return False
    dateline = doc[doc[body_start - 1].sent.start : body_start].text
    seat = any(city in dateline.lower() for city in _SEATS)
    return not seat and not names_world_agency(dateline)


def _is_named(
    country: str | None,
    mentions: list[CountryMention],
    places: tuple[PlaceMention, ...],
    body_start: int,
) -> bool:
    """Whether a country is named, if only as the place of the story."""
    named = any(mention.iso3 == country for mention in mentions)
    return named or any(p.start >= body_start and p.country == country for p in places)


def _is_subject(headline: Doc, mention: CountryMention, counts: Counter[str]) -> bool:
    """Whether a title is about a country: 'Foreign relations of' it, or it begins the title and
    the text speaks of it too.
    """
    before = [token.lower_ for token in headline[: mention.start] if token.lower_ != "the"]
    return before[-2:] == ["relations", "of"] or (not before and mention.iso3 in counts)


def _newsroom(doc: Doc, article: Article, body_start: int) -> str | None:
    """The country of the agency that the dateline names, else of the publisher's address."""
    dateline = doc[doc[body_start - 1].sent.start : body_start].text if body_start else ""
    addresses = (article.url, article.source)
    return agency_country(dateline) or next(filter(None, map(publisher_country, addresses)), None)


def _dateline_country(
    doc: Doc,
    countries: tuple[CountryMention, ...],
    places: tuple[PlaceMention, ...],
    body_start: int,
) -> str | None:
    if not body_start:
        return None
    dateline = range(doc[body_start - 1].sent.start, body_start)  # a heading may stand before it
    named = [p.country for p in places if p.start in dateline and p.country is not None]
    named += [mention.iso3 for mention in countries if mention.start in dateline]
    return named[0] if named else None
