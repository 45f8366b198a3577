"""Who travelled where: the two ends of a visit.

What belongs here: the visitors and the country visited, from the words around a verb or noun of
travel. What does not: the talks held on a visit.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.extraction.cue_words import cue_words
from pipelines.extraction.encounters import Trigger
from pipelines.extraction.event_setting import Scene
from pipelines.extraction.representatives import Party, names_organisation
from pipelines.extraction.sides import Sides
from pipelines.language.mentions import Reading

_DESTINATION_REACH = 16
_TOWARDS = cue_words("towards")
_BETWEEN = cue_words("between")
_SELF_EVIDENT = cue_words("self_evident")
_GATHERINGS = cue_words("gatherings")
_ATTENDING = cue_words("attending")
_SEATS = frozenset({"new york", "geneva"})
_PAYING = cue_words("paying")
_HOST_LANDS = cue_words("host_lands")
_LEAVING = frozenset({"left", "leaves", "leave", "departed", "depart", "departs"})
_HERE = frozenset({"here", "home", "today", "earlier", "later"})


@dataclass(frozen=True, slots=True)
class Journey:
    """Visitors and destination; `implied` where the destination goes without saying."""

    visitors: tuple[Party, ...]
    country: str | None
    city: str | None
    implied: bool
    rule: str
    hosts: tuple[Party, ...] = ()
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Destination:
    country: str | None
    city: str | None
    end: int
    hosts: tuple[Party, ...] = ()


def read_journey(reading: Reading, sides: Sides, scene: Scene, trigger: Trigger) -> Journey | None:
    """Return who visits which country, or None where the words tell of no official visit.

    Journeys to a gathering of many states (a summit, a forum) are no visit to its host unless they
    are called so, nor are those to a seat of the United Nations that is no capital. Plurals
    ('several visits') are none.
    """
    if trigger.plural:
        return None
    behind = reading.doc[trigger.end].lower_ if trigger.end < len(reading.doc) else ""
    if reading.doc[trigger.start].lower_ == "arrival" and behind not in {"in", "at", "to"}:
        return None
    if trigger.form == "visiting":
        return _of_attribute(sides, scene, trigger)
    destination = _here(scene, trigger) or _destination(reading, sides, scene, trigger)
    after = destination.end if destination else trigger.end
    at_seat = destination is not None and (destination.city or "").lower() in _SEATS
    named = trigger.form == "visit" and reading.doc[trigger.start].lower_.startswith("visit")
    if at_seat or (not named and _to_gathering(reading, scene, after)):
        return None
    if trigger.form == "trip":
        return _of_noun(reading, sides, scene, trigger, destination)
    return _of_verb(sides, scene, trigger, destination)


def _of_attribute(sides: Sides, scene: Scene, trigger: Trigger) -> Journey | None:
    """'the visiting Chilean minister': where to goes without saying."""
    visitors = tuple(p for p in scene.parties if p.start <= trigger.start < p.end)
    visitors = visitors or sides.after(trigger.end, scene.end)
    visitors = _people(visitors[:1])
    return Journey(visitors, None, None, True, "visiting-adjective") if visitors else None


def _of_verb(
    sides: Sides, scene: Scene, trigger: Trigger, destination: _Destination | None
) -> Journey | None:
    visitors = _people(sides.before(trigger.start, scene.start))
    if not visitors and trigger.form == "lead":
        visitors = _delegation_sent(sides, scene, trigger)
    if not visitors or _is_no_journey(sides, scene, trigger, visitors[-1]):
        return None
    if destination is None:
        to_hosts = _names_host_land(sides, scene, trigger)
        return Journey(visitors, None, None, True, "visit-verb") if to_hosts else None
    return Journey(
        visitors,
        destination.country,
        destination.city,
        implied=False,
        rule="delegation-verb" if trigger.form == "lead" else "visit-verb",
        hosts=destination.hosts,
        further=_further(sides, scene, destination),
    )


def _is_no_journey(sides: Sides, scene: Scene, trigger: Trigger, visitor: Party) -> bool:
    """'The minister's letter reached Lima', 'was in Lima as a student', 'left room for Peru'."""
    doc = sides.doc
    owns = visitor.form == "person" and doc[visitor.end].lower_ in {"'s", "’s"}
    behind = [token.lower_ for token in doc[trigger.end : min(scene.end, trigger.end + 5)]]
    by_phone = "by" in behind and bool({"phone", "telephone"} & set(behind))
    resident = doc[trigger.end - 1].lower_ == "in" and bool({"as", "until"} & set(behind))
    return owns or by_phone or resident or _leaves_something(sides, trigger)


def _leaves_something(sides: Sides, trigger: Trigger) -> bool:
    """'left the door open for Peru': between the verb and 'for' stands more than place and day."""
    doc = sides.doc
    if doc[trigger.start].lower_ not in _LEAVING or doc[trigger.end - 1].lower_ != "for":
        return False
    between = doc[trigger.start + 1 : trigger.end - 1]
    known = sides.date_tokens
    named = any(t.text[0].isupper() or t.i in known or t.lower_ in _HERE for t in between)
    plain = all(
        t.text[0].isupper() or t.i in known or t.lower_ in _HERE | {"on", "the", "capital", "in"}
        for t in between
    )
    return len(between) > 0 and not (named and plain)


def _names_host_land(sides: Sides, scene: Scene, trigger: Trigger) -> bool:
    """'arrived in the Kingdom on Sunday': the land of the hosts, by what it is, or not at all."""
    if sides.doc[trigger.end - 1].lower_ == "on":
        return trigger.end in sides.date_tokens  # 'who arrived on Sunday'
    words = [t.lower_ for t in sides.doc[trigger.end : min(scene.end, trigger.end + 2)]]
    return trigger.tense == "arrival" and words[:1] == ["the"] and words[-1] in _HOST_LANDS


def _people(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    return tuple(party for party in parties if party.form != "country")


def _delegation_sent(sides: Sides, scene: Scene, trigger: Trigger) -> tuple[Party, ...]:
    """'Norway sent a delegation to Chile': the country stands for those it sends."""
    senders = sides.before(trigger.start, scene.start)
    return tuple(
        Party(p.start, p.end, "delegation", p.country, level="official", role="delegation")
        for p in senders[-1:]
    )


def _of_noun(
    reading: Reading,
    sides: Sides,
    scene: Scene,
    trigger: Trigger,
    destination: _Destination | None,
) -> Journey | None:
    doc = reading.doc
    words = [t.lower_ for t in doc[trigger.end : min(scene.end, trigger.end + 12)]]
    visitors: tuple[Party, ...] = ()
    agent = False
    for index, word in enumerate(words):
        if word in {"by", "of"}:
            visitors = _people(sides.after(trigger.end + index + 1, scene.end))
            if visitors:
                agent = True
                break
        elif word in {",", ".", "with", "where", "at"}:
            break
        elif any(t.start == trigger.end + index for t in scene.triggers if not t.is_noun):
            break  # 'the visit, and will be received by the king'
    if not visitors:
        visitors = _people(sides.before(trigger.start, scene.start))
    if not visitors and destination is not None:
        visitors = _told_later(sides, scene, trigger, destination)
    if not visitors:
        return None
    if destination is not None:
        further = _further(sides, scene, destination)
        return Journey(
            visitors, destination.country, destination.city, False, "visit-noun", (), further
        )
    before = [t.lower_ for t in doc[max(scene.start, trigger.start - 6) : trigger.start]]
    implied = (
        agent
        or bool(_PAYING & set(before))
        or _is_owned(scene, trigger, sides)
        or ("on" in before[-5:] and bool({"is", "are", "was", "were", "currently"} & set(before)))
        or bool(_SELF_EVIDENT & set(words[:6]) and "to" in words[:3])
    )
    return Journey(visitors, None, None, True, "visit-noun") if implied else None


def _is_owned(scene: Scene, trigger: Trigger, sides: Sides) -> bool:
    """'relations improved after President A's visit in 2008': where to goes without saying."""
    dated = any(trigger.end <= date.start <= trigger.end + 2 for date in scene.dates)
    before = {
        token.lower_ for token in sides.doc[max(scene.start, trigger.start - 3) : trigger.start]
    }
    return dated and bool({"'s", "’s"} & before)


def _told_later(
    sides: Sides, scene: Scene, trigger: Trigger, destination: _Destination
) -> tuple[Party, ...]:
    """'During his visit to Peru, King Carl laid a wreath': the subject follows."""
    before = [t.lower_ for t in sides.doc[max(scene.start, trigger.start - 4) : trigger.start]]
    if not {"his", "her", "their"} & set(before):
        return ()
    for party in sides.within(destination.end, min(scene.end, destination.end + 25)):
        if party.form == "person" and sides.doc[party.start - 1].text == ",":
            return (party,)
    return ()


def _destination(
    reading: Reading, sides: Sides, scene: Scene, trigger: Trigger
) -> _Destination | None:
    """The first place behind the word of travel, with nothing but light words before it.

    A noun may have its visitor in between ('the visit by King Carl to Oslo').
    """
    limit = min(scene.end, trigger.end + _DESTINATION_REACH)
    near = sides.within(trigger.end, limit)
    parties = {party.start: party for party in near if party.form != "country"}
    index, marked = trigger.end, trigger.form == "visit"
    while index < limit:
        party = parties.get(index)
        if party is not None:
            if trigger.form == "visit" and not party.pronoun:
                return _at_host(scene, party)
            index = party.end
            continue
        if marked and sides.names_place(index):
            return _named(reading, sides, scene, index)
        word = reading.doc[index].lower_
        if word in _TOWARDS and (word != "for" or trigger.form == "visit"):
            marked = True
        elif (
            (marked or word in {".", ";", "with"})
            and word not in _BETWEEN
            and index not in sides.date_tokens
        ):
            return None
        index += 1
    return None


def _here(scene: Scene, trigger: Trigger) -> _Destination | None:
    """'arrived here on Monday': the city of the dateline."""
    place = next((p for p in scene.places if p.start == trigger.end - 1), None)
    return _Destination(place.country, place.city, place.end) if place else None


def _at_host(scene: Scene, host: Party) -> _Destination:
    """'visited King Olaf in Oslo'."""
    city = next((p.city for p in scene.places if host.end < p.start <= host.end + 3), None)
    return _Destination(host.country, city, host.end, (host,))


def _named(reading: Reading, sides: Sides, scene: Scene, index: int) -> _Destination | None:
    """The place whose name begins at a token; None where it is an adjective ('Omani firms')."""
    place = next((p for p in scene.places if p.start == index), None)
    country = next(iter(sides.countries.within(index, index + 1)), None)
    end = max(named.end if named else index for named in (place, country))
    if end < len(reading.doc) and reading.doc[end].lower_ in {"'s", "’s"}:
        return None  # 'returned to Peru's proposal'
    if place is not None:
        code = place.country or (country.iso3 if country else None)
        return _Destination(code, place.city, place.end)
    if country is None or country.form in {"adjective", "people"}:
        return None
    name = reading.doc[country.start : country.end].text
    return _Destination(country.iso3, name if country.form == "capital" else None, country.end)


def _further(sides: Sides, scene: Scene, first: _Destination) -> tuple[str, ...]:
    """The other countries of a tour: 'visited Chad, Niger and Mali'."""
    if first.hosts:
        return ()
    found: list[str] = []
    end = first.end
    joined = False
    for mention in sides.countries.within(first.end, scene.end):
        gap = [t.lower_ for t in sides.doc[end : mention.start]]
        if mention.form == "adjective" or not gap or not set(gap) <= {",", "and", "the"}:
            break
        joined = joined or "and" in gap
        if mention.iso3 not in {first.country, *found}:
            found.append(mention.iso3)
        end = mention.end
    return tuple(found) if joined else ()


def _to_gathering(reading: Reading, scene: Scene, after: int) -> bool:
    words = [t.lower_ for t in reading.doc[after : min(scene.end, after + 18)]]
    for index, word in enumerate(words):
        if word in {".", ";"}:
            return False
        if word in _ATTENDING:
            return bool(_GATHERINGS & set(words[index : index + 12]))
        if word in {"visit", "attend", "headquarters"} and names_organisation(
            reading.doc[after + index : after + index + 10].text
        ):
            return True  # 'arrived in Vienna to visit the headquarters of the IAEA'
    return False
