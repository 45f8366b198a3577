"""Places of events: cities, and countries that something happens in or someone travels to.

A name counts as a place where the words before it say so ('in Geneva', 'arrived in Cuba', 'a visit
to Baku'), where its country follows ('Salalah, Oman'), or where something is held or hosted there
('the Doha talks', 'Doha hosted'). 'The Cuban capital' is the city that it means, and 'at the
Kremlin' is Moscow.

What belongs here: which words name a place, and the city and country it is. The dateline is
offered here too (`find_dateline`). What does not: whether an event took place there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from pipelines.language.countries import capital_of
from pipelines.language.datelines import find_dateline, known_city
from pipelines.language.gazetteer import Gazetteer
from pipelines.language.lookalikes import may_be_person
from pipelines.language.mentions import CountryMention, PlaceMention
from pipelines.language.towns import find_towns
from pipelines.lexicons import read_lexicon

__all__ = ["find_dateline", "find_places"]

_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_JOINTS = frozenset({"and", "or", ",", "&", "the", "then", "both"})
_DASHES = frozenset({"-", "–", "‑"})
_ABBREVIATIONS = frozenset({"US", "U.S.", "UK", "U.K.", "EU", "UAE"})
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOT_HERE = frozenset({"is", "are", "'s", "we", "get", "from", "out", "over", "up", "'re", "was"})
_CITY_WORDS = 3
_REACH = 6
"""How many words may stand between a preposition and the name: 'in the southern city of Shiraz'."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a city, a country or a residence, before it is known to be a place.

    `doubtful` marks a city whose name is also an everyday word or a person's name.
    """

    start: int
    end: int
    city: str | None
    country: str
    acts: bool = False
    doubtful: bool = False
    residence: bool = False


@cache
def _cues(role: str) -> frozenset[str]:
    return frozenset(e["text"] for e in read_lexicon("place_cues") if e["role"] == role)


@cache
def _cities() -> Gazetteer:
    """Names of cities; a key is `city:country:doubtful`."""
    keys: dict[str, list[str]] = {}
    for entry in read_lexicon("cities"):
        for name in (entry["name"], *entry["names"].split("|")):
            if name:
                key = f"{entry['name']}:{entry['iso3']}:{entry['needs_place']}"
                keys.setdefault(name, [key])
    return Gazetteer(keys)


def find_places(doc: Doc, countries: Sequence[CountryMention]) -> tuple[PlaceMention, ...]:
    """Return the places named in a Doc, in order, none overlapping.

    `countries` is what `find_countries` gave for the same Doc. A city comes with its country;
    a country alone has no city. 'Havana, Cuba' is one place. The dateline is not among them, but
    'here' is, as its city.
    """
    body_start, dateline_city = find_dateline(doc)
    named = _names(doc, countries)
    names = [name for name in named if name.start >= body_start]
    adjectives = {m.end: m.start for m in countries if m.form in {"adjective", "name"}}
    places: list[PlaceMention] = []
    last: _Name | None = None  # the name before, if it is a place: 'in Baku and Tehran'
    for index, name in enumerate(names):
        if places and name.start < places[-1].end:
            continue
        after = names[index + 1] if index + 1 < len(names) else None
        located = after is not None and _is_in(doc, name, after)
        if not (located or _is_place(doc, name, adjectives) or _continues(doc, last, name)):
            last = None
            continue
        end = after.end if located and after is not None else name.end
        places.append(PlaceMention(name.start, end, name.city, name.country))
        last = name if end == name.end else after
    country = next((n.country for n in named if n.city == dateline_city and n.city), None)
    here = _here(doc, body_start, dateline_city, country)
    return tuple(sorted([*places, *here], key=lambda place: place.start))


def _here(
    doc: Doc, body_start: int, city: str | None, country: str | None
) -> Iterator[PlaceMention]:
    """'met here on Monday': the city of the dateline."""
    if city is None or country is None:
        return
    for token in doc[body_start:]:
        before = doc[token.i - 1].lower_ if token.i > body_start else ""
        if token.lower_ == "here" and before not in _NOT_HERE:
            yield PlaceMention(token.i, token.i + 1, city, country)


def _names(doc: Doc, countries: Sequence[CountryMention]) -> list[_Name]:
    """Cities, capitals, residences and countries' names, in order, the longest where they meet."""
    names: list[_Name] = []
    for hit in _cities().find(doc):
        city, iso3, doubtful = hit.keys[0].split(":")
        written = _written(doc, hit.start, hit.end) or city
        names.append(_Name(hit.start, hit.end, written, iso3, doubtful=doubtful == "yes"))
    for town in find_towns(doc, {mention.iso3 for mention in countries}):
        written = " ".join(doc[town.start : town.end].text.split())
        written = written.title() if written.isupper() else written
        names.append(_Name(town.start, town.end, written, town.country, doubtful=True))
    for mention in countries:
        name = _of_country(doc, mention)
        if name is not None:
            names.append(name)
        for unknown in (_unknown_city(doc, mention), _described_city(doc, mention)):
            if unknown is not None:
                names.append(unknown)
    names.sort(key=lambda name: (name.start, -name.end))  # stable: a city before its state's name
    kept: list[_Name] = []
    for name in names:
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def _written(doc: Doc, start: int, end: int) -> str:
    """A city's name as the text writes it, but not in capitals, nor with its district ('D.C.')."""
    text = " ".join(doc[start:end].text.split()).split(",")[0]
    if text.isupper() and len(text) > 3:
        text = known_city(text) or text.title()
    for district in (" DC", " D.C.", " D.C"):
        text = text.removesuffix(district)
    return text


def _of_country(doc: Doc, mention: CountryMention) -> _Name | None:
    """A mention of a country as a name of a place; None for adjectives and people alone."""
    start, end, iso3 = mention.start, mention.end, mention.iso3
    if mention.form == "capital":
        city = _written(doc, start, end)
        return _Name(start, end, city, iso3, mention.acts, may_be_person(city))
    capital = capital_of(iso3)
    if mention.form == "metonym":
        return _Name(start, end, capital, iso3, residence=True) if capital else None
    behind = end + 1 if _word(doc, end) in _POSSESSIVES else end
    if mention.form in {"name", "adjective"} and _word(doc, behind) == "capital":
        after = behind + 1
        while _word(doc, after) in {",", "city", "of"}:
            after += 1
        named = after < len(doc) and doc[after].is_title and _word(doc, after) != "on"
        # 'the Iranian capital Tehran' is left to 'Tehran'
        return None if named else _Name(start, behind + 1, capital, iso3)
    if mention.form != "name":
        return None
    first = start - 1 if _word(doc, start - 1) == "the" else start
    if _word(doc, first - 1) == "of" and _word(doc, first - 2) == "capital":
        return _Name(first - 2, end, capital, iso3)
    return _Name(start, end, None, iso3)


def _unknown_city(doc: Doc, mention: CountryMention) -> _Name | None:
    """The city of a name that no list has, where its country follows: 'in Naryn, Kyrgyzstan,'."""
    comma = mention.start - 1 - (_word(doc, mention.start - 1) == "the")
    if mention.form != "name" or comma < 2 or doc[comma].text != ",":
        return None
    ended = mention.end >= len(doc) or doc[mention.end].is_punct or doc[mention.end].is_space
    behind = _word(doc, mention.end)
    if not (ended or behind in _cues("behind_row") or behind.startswith(_MONTHS)):
        return None
    start = comma
    while start > 0 and comma - start < _CITY_WORDS and _is_city_word(doc[start - 1]):
        start -= 1
    if start == comma or _word(doc, start - 1) not in {"in", "at", "near"}:
        return None
    city = doc[start:comma].text
    if known_city(city) is not None or doc[start].lower_.startswith((*_DAYS, *_MONTHS)):
        return None
    return _Name(start, comma, city, mention.iso3)


def _described_city(doc: Doc, mention: CountryMention) -> _Name | None:
    """The city of 'in the Colombian border town of Naryn', whatever its name."""
    if mention.form not in {"adjective", "name"}:
        return None
    for index in range(mention.end, min(mention.end + 4, len(doc) - 2)):
        if _word(doc, index) in {"town", "city", "resort", "port", "village"}:
            start = index + 2
            end = start
            while end < len(doc) and end - start < _CITY_WORDS and _is_city_word(doc[end]):
                end += 1
            city = doc[start:end].text
            if _word(doc, index + 1) != "of" or start == end or known_city(city) is not None:
                return None
            return _Name(start, end, city, mention.iso3)
        if not (doc[index].is_lower or _word(doc, index) in _POSSESSIVES):
            return None
    return None


def _is_city_word(token: Token) -> bool:
    return token.text[0].isupper() and not token.is_stop and token.text.replace("-", "").isalpha()


def _is_in(doc: Doc, name: _Name, after: _Name) -> bool:
    """Whether a name is a city and the next one its country: 'Havana, Cuba', 'Bonn (Germany)'."""
    between = doc[name.end : after.start].text.strip()
    return (
        bool(name.city)
        and not after.city
        and name.country == after.country
        and (between in {",", "(", ", the"})
    )


def _continues(doc: Doc, last: _Name | None, name: _Name) -> bool:
    """Whether a name goes on a row of places: 'in Baku and Tehran', 'visited Iran, Iraq and'."""
    if last is None or name.acts or name.residence or bool(last.city) != bool(name.city):
        return False
    between = doc[last.end : name.start]
    if not 1 <= len(between) <= 3 or any(token.lower_ not in _JOINTS for token in between):
        return False
    after = doc[name.end] if name.end < len(doc) else None
    # 'in Cuba, Iranian firms', 'from Iran, and Iraq supplies': the row has ended before
    return after is None or after.is_space or after.is_punct or after.lower_ in _cues("behind_row")


def _is_place(doc: Doc, name: _Name, adjectives: dict[int, int]) -> bool:
    """Whether the words around one name show it to be a place."""
    after = _word(doc, name.end)
    if name.doubtful and after and doc[name.end].is_title and doc[name.end - 1].whitespace_:
        return False  # 'in Florence Adams'
    if after in _POSSESSIVES and (name.city is None or name.acts):
        return False  # "in Cuba's view"
    if name.end < len(doc) and _is_attribute(doc, name):
        return False
    return _is_governed(doc, name, adjectives) or (not name.residence and _is_venue(doc, name))


def _is_attribute(doc: Doc, name: _Name) -> bool:
    """'The Doha Trade Office', 'the Iran-Iraq border', 'US borders': part of another name."""
    after = doc[name.end]
    if after.text in _DASHES and name.city is None and not doc[name.end - 1].whitespace_:
        return True
    if doc[name.end - 1].text in _ABBREVIATIONS and after.is_alpha:
        return after.lower_ not in _cues("behind_row") and not after.is_sent_start
    dated = after.lower_.startswith(_DAYS + _MONTHS)
    named = after.is_title and after.is_alpha and not dated and not after.is_sent_start
    return named and _word(doc, name.start - 1) == "the"


def _is_governed(doc: Doc, name: _Name, adjectives: dict[int, int]) -> bool:
    """Whether a preposition or verb before makes a place: 'in Doha', 'left for Doha'."""
    head = _head(doc, name.start, adjectives)
    before = _word(doc, head - 1)
    if before in {"to", "from"}:
        return _is_way(doc, head - 1, name)
    if before == "for":
        return any(_word(doc, i) in _cues("departure") for i in range(max(0, head - 6), head - 1))
    if before == "at" and _word(doc, head - 2) in _cues("not_at"):
        return False
    return before in _cues("before")


def _is_venue(doc: Doc, name: _Name) -> bool:
    """Whether something is held there: 'the Doha talks', 'Doha hosted', 'the city of Doha'."""
    after = _word(doc, name.end)
    if _word(doc, name.start - 1) == "of" and _word(doc, name.start - 2) in _cues("place_noun"):
        return not name.acts
    if _hosts(doc, name.end):
        return not name.doubtful
    if name.city:
        return not name.acts and not name.doubtful and after in _cues("event_noun")
    return after in _cues("journey_noun")


def _head(doc: Doc, start: int, adjectives: dict[int, int]) -> int:
    """Where the noun phrase of a name begins: at 'the' in 'the Iranian capital, Tehran'."""
    at = start
    for _ in range(_REACH):
        word = _word(doc, at - 1)
        if at in adjectives and at != start:
            at = adjectives[at]
        elif at - 1 in adjectives and word in _POSSESSIVES:  # "Iran's Isfahan"
            at = adjectives[at - 1]
        elif word == "of" and _word(doc, at - 2) not in _cues("place_noun"):
            break
        elif word in _cues("modifier") or (word == "," and _word(doc, at - 2) in {"capital"}):
            at -= 1
        elif at in adjectives:
            at = adjectives[at]
        else:
            break
    return at


def _is_way(doc: Doc, preposition: int, name: _Name) -> bool:
    """Whether 'to' or 'from' leads to a place ('travelled to Cuba'), not to a state ('aid to')."""
    words = [_word(doc, i) for i in range(max(0, preposition - 5), preposition)]
    if words and words[-1] in _cues("not_motion"):
        return False
    if any(word in _cues("motion") for word in words):
        return True
    if name.doubtful or name.residence or name.acts:
        return False
    return not any(word in _cues("not_motion") for word in words)


def _hosts(doc: Doc, index: int) -> bool:
    """Whether a form of 'host' follows: 'Doha hosted', 'Doha will host'."""
    for at in range(index, index + 4):
        word = _word(doc, at)
        if word in _cues("host"):
            return True
        if word not in _cues("host_helper"):
            return False
    return False


def _word(doc: Doc, index: int) -> str:
    return str(doc[index].lower_) if 0 <= index < len(doc) else ""
