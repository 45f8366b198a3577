"""When and where an encounter took place, as far as its sentence tells.

What belongs here: choosing, among the dates and places of a sentence, those of the encounter. What
does not: finding dates and places (the language layer), and comparing days with the publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from spacy.tokens import Doc

from pipelines.extraction.cue_words import cue_words
from pipelines.extraction.encounters import Trigger
from pipelines.extraction.representatives import Party
from pipelines.language.mentions import DateMention, PlaceMention, Reading
from pipelines.lexicons import read_lexicon

_REPORTING = cue_words("reporting")
_FUNCTION_WORDS = cue_words("function_words")
_NOT_OF_EVENT = cue_words("not_of_event")
_PLACE_MARKS = cue_words("place_marks")
_LEADING = cue_words("leading")
_TURNS = frozenset({"before", "after", "since", "until", "when", "because", "although"})
"""Words that begin a clause of another event."""
_OF_THE_SAME = frozenset(
    {"was", "were", "is", "are", "will", "took", "takes", "lasted", "began", "ended", "concluded"}
)
"""Verbs of a relative clause that may still tell of the encounter itself."""
_LONGEST_VISIT = 15
_LIST_GAP = 9
"""Tokens that may stand between two of those who are listed, or between them and the place."""
_OF_PLACES = frozenset(
    {"the", "capital", "city", "of", "resort", "town", "port", "village", "northern", "southern",
     "eastern", "western", "central", "coastal", "historic", "border", "sea", "black", "red"}
)  # fmt: skip
"""Words between a preposition and the name of a city: 'in the Black Sea resort of'."""
_DATE_REACH = 30
_PLACE_REACH = 30
_WHERE_REACH = 9
_AT_ONCE = 4
_SET_FOR = frozenset({"planned", "scheduled", "set", "slated"})
# 'war in', 'situation in', 'embassy in': what is in the place is another matter
_OTHER_MATTERS = cue_words("other_matters")


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence (token indices) with what may tell of the setting of its encounters."""

    start: int
    end: int
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    triggers: tuple[Trigger, ...]
    parties: tuple[Party, ...]


def read_date(reading: Reading, scene: Scene, trigger: Trigger) -> DateMention | None:
    """Return the date of an encounter among those of its sentence.

    The nearest one wins; a date that dates something else is passed over: one of the reporting
    ('announced on Monday'), one that qualifies another noun ('the 2016 accord'), one that is
    nearer to the word of another encounter.
    """
    candidates: list[tuple[int, DateMention]] = []
    listed = _end_of_list(scene, trigger)
    for mention in scene.dates:
        if mention.date is None or not _may_date(reading, scene, mention, trigger):
            continue
        if _is_in_clause(reading, mention, trigger):
            continue
        distance = _distance(mention.start, mention.end, trigger)
        if mention.start >= listed:
            distance = min(distance, mention.start - listed + 2)  # behind a list of those met
        if distance > _DATE_REACH and mention.start > scene.start + 3:
            continue
        others = [
            other
            for other in scene.triggers
            if other != trigger
            and other.form != "discuss"
            and not _is_purpose(reading, other)
            and _distance(mention.start, mention.end, other) + 2 < distance
            and (other.start > trigger.end) == (mention.start > trigger.end)
        ]
        between = [
            other
            for other in others
            if min(mention.start, trigger.start) <= other.start <= max(mention.end, trigger.end)
        ]
        candidates.append((distance + 100 * bool(between), mention))
    if not candidates:
        return None
    distance, best = min(candidates, key=lambda candidate: candidate[0])
    return best if distance < 100 or _opens_sentence(scene, best) else None


def _end_of_list(scene: Scene, trigger: Trigger) -> int:
    """Where the parties listed behind the word of an encounter end."""
    end = trigger.end
    for party in scene.parties:
        if party.end > end and party.start - end < _LIST_GAP:
            end = party.end
    return end


def last_day(doc: Doc, scene: Scene, first: str | None) -> str | None:
    """Return the last day of a visit that is told to last: 'arrived on Monday for a two-day visit'.

    None where no number of days is told, or where it began on no known day.
    """
    if first is None or len(first) < 10:
        return None
    numbers = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
    for token in doc[scene.start : scene.end]:
        lower = token.lower_
        count = lower.removesuffix("-day")
        if count == lower:
            if lower != "day" or token.i < 2 or doc[token.i - 1].text != "-":
                continue
            count = doc[token.i - 2].lower_
        days = int(count) if count.isdigit() else numbers.get(count, 0)
        if 1 < days < _LONGEST_VISIT:
            return (date.fromisoformat(first) + timedelta(days=days - 1)).isoformat()
    return None


def _is_in_clause(reading: Reading, mention: DateMention, trigger: Trigger) -> bool:
    """'met the king before he left on Monday': the day of another event."""
    if mention.start <= trigger.end:
        return False
    doc = reading.doc
    between = doc[trigger.end : mention.start]
    for token in between:
        if token.is_sent_start or token.i + 1 >= mention.start:
            continue
        if token.lower_ in _TURNS:
            return True
        if token.lower_ in {"which", "who"} and doc[token.i + 1].lower_ not in _OF_THE_SAME:
            return True  # 'the summit, which opened on Monday'
    return False


def _is_purpose(reading: Reading, trigger: Trigger) -> bool:
    """'led a delegation to Oslo to meet the king on Monday': one day for both."""
    return trigger.tense == "base" and reading.doc[trigger.start - 1].lower_ == "to"


def _opens_sentence(scene: Scene, mention: DateMention) -> bool:
    return mention.start <= scene.start + 3


def _distance(start: int, end: int, trigger: Trigger) -> int:
    return max(0, start - trigger.end, trigger.start - end)


def _may_date(reading: Reading, scene: Scene, mention: DateMention, trigger: Trigger) -> bool:
    doc = reading.doc
    if any(p.start <= mention.start and mention.end < p.end for p in scene.parties):
        return False
    owned = doc[mention.end].text in {"'s", "’s"} if mention.end < len(doc) else False
    if owned and 0 < trigger.start - mention.end <= 4:
        return True  # 'since last week's meeting'
    # not in lower case: 'Al Said on Monday' is no reporting
    before = [t.text for t in doc[max(scene.start, mention.start - 2) : mention.start]]
    announced = before[-1:] == ["on"] and before[:1] and before[0] in _REPORTING
    follows = doc[mention.end].lower_ if mention.end < len(doc) else ""
    if announced and follows in {"after", "following"}:
        announced = not 0 < trigger.start - mention.end <= _AT_ONCE  # 'said on Friday after talks'
    if announced or (before and before[-1] in (_NOT_OF_EVENT - {"from"}) | _REPORTING):
        return False
    if mention.end < scene.end and mention.end < len(doc):
        after = doc[mention.end]
        if after.lower_ in {"said", "announced", "told"} and mention.start > scene.start + 3:
            return False
        attributive = before[-1:] not in (["in"], ["on"], ["of"], ["from"], ["by"])
        if (
            attributive
            and after.is_alpha
            and after.lower_ not in _FUNCTION_WORDS
            and not after.is_title
            and not (mention.end <= trigger.start <= mention.end + 3)
            and (mention.end - mention.start == 1 or before[-1:] in (["the"], ["'s"], ["’s"]))
        ):
            return doc[mention.end - 1].lower_ in {"today", "yesterday", "tomorrow"}
    return True


def read_place(
    reading: Reading, scene: Scene, trigger: Trigger, parties: Sequence[Party]
) -> PlaceMention | None:
    """Return the place that a sentence puts an encounter in: 'in Baku', 'at the White House'.

    What stands between the encounter (or its parties, or its date) and the place must lead there:
    nothing, 'at his office', 'on the sidelines of a summit', 'held', a comma before a city.
    """
    there = place_of_clause(reading, scene, trigger)
    if there is not None:
        return there
    anchors = [trigger.end, *(party.end for party in parties)]
    anchors += [date.end for date in scene.dates]
    first: PlaceMention | None = None
    listed = _end_of_list(scene, trigger)
    marked = list(_marked_places(reading, scene))
    for place in sorted(marked, key=lambda p: _distance(p.start, p.end, trigger)):
        far = _distance(place.start, place.end, trigger) > _PLACE_REACH
        if far and not 0 <= place.start - listed < _LIST_GAP:
            continue
        if not _is_place_of(reading, scene, trigger, anchors, place):
            continue
        if place.city is not None and (first is None or first.country == place.country):
            return place
        first = first or place  # 'the ambassador in Peru ... at her office in Lima'
    return first


def place_of_clause(reading: Reading, scene: Scene, trigger: Trigger) -> PlaceMention | None:
    """Return the place right before a 'where' that an encounter stands behind.

    'arrived from Arica, Chile, where he met the minister', with a date in between or without.
    """
    doc = reading.doc
    first = max(scene.start, trigger.start - _WHERE_REACH)
    where = next((i for i in range(trigger.start - 1, first, -1) if doc[i].lower_ == "where"), None)
    if where is None or any(where < t.start < trigger.start for t in scene.triggers):
        return None
    dated = {i for date in scene.dates for i in range(date.start, date.end)}
    end = where
    while end > scene.start and (end - 1 in dated or doc[end - 1].lower_ in {",", "in", "on"}):
        end -= 1
    return next((place for place in scene.places if place.end == end), None)


def _is_place_of(
    reading: Reading,
    scene: Scene,
    trigger: Trigger,
    anchors: Sequence[int],
    place: PlaceMention,
) -> bool:
    """Whether a place of a sentence is that of an encounter."""
    if place.end <= trigger.start:
        # only 'In Baku, ...' and 'A, in Baku for a summit, met B' come before the encounter
        if _is_of_another_trip(reading, scene, place):
            return False
        near = trigger.start - place.end < 9 and not any(
            place.end <= p.start < trigger.start for p in scene.parties
        )
        return near or (place.start <= scene.start + 3 and trigger.start - place.end < 25)
    if _belongs_elsewhere(reading, scene, trigger, place):
        return False
    behind = [anchor for anchor in anchors if anchor <= place.start]
    return _leads_to(reading, max(behind, default=trigger.end), place)


def _is_of_another_trip(reading: Reading, scene: Scene, place: PlaceMention) -> bool:
    """Whether a trip leads to a place, which nothing says to be going on ('during his visit')."""
    for trip in scene.triggers:
        if trip.form == "trip" and 0 <= place.start - trip.end <= 2:
            before = reading.doc[max(scene.start, trip.start - 6) : trip.start]
            return not any(token.lower_ in {"during", "on"} for token in before) or any(
                token.lower_ in {"building", "following", "since", "after"} for token in before
            )
    return False


def _leads_to(reading: Reading, anchor: int, place: PlaceMention) -> bool:
    gap = [token.lower_ for token in reading.doc[anchor : place.start]]
    if not gap or all(word in _LEADING or word.endswith("ly") for word in gap):
        return True
    if place.city is not None and gap[-2:-1] == [","] and len(gap) < 14:
        return True
    opening = next((word for word in gap if word not in {",", "today", "and"}), "")
    return opening in {"on", "at", "during"} and len(gap) < 16 and not _OTHER_MATTERS & set(gap)


def _marked_places(reading: Reading, scene: Scene) -> Iterator[PlaceMention]:
    doc = reading.doc
    reading_adjectives = {
        index
        for mention in reading.countries
        if mention.form == "adjective" and scene.start <= mention.start < scene.end
        for index in range(mention.start, mention.end)
    }
    for place in scene.places:
        if doc[place.start].lower_ == "here":
            yield place
            continue
        if any(p.start <= place.start < p.end for p in scene.parties if p.form != "country"):
            continue
        before = place.start - 1
        while before > scene.start and (
            doc[before].lower_ in _OF_PLACES or before in reading_adjectives
        ):
            before -= 1
        if before < scene.start:
            continue
        mark = doc[before].lower_
        leads_there = any(  # 'a visit to Oslo', 'welcomed President A to Oslo'
            (t.form == "trip" and t.end == before) or (t.form == "host" and place.city is not None)
            for t in scene.triggers
        )
        planned_for = mark == "for" and doc[before - 1].lower_ in _SET_FOR
        if mark not in _PLACE_MARKS and not (mark == "to" and leads_there) and not planned_for:
            continue
        if before > scene.start and doc[before - 1].lower_ in _OTHER_MATTERS:
            continue
        yield place


def _belongs_elsewhere(
    reading: Reading, scene: Scene, trigger: Trigger, place: PlaceMention
) -> bool:
    """Whether the word of another encounter stands between an encounter and a place.

    Where someone meets 'during his visit to Peru', the meeting is in Peru too.
    """
    for other in scene.triggers:
        if other == trigger or other.form == "discuss":
            continue
        if trigger.end <= other.start and other.end <= place.start:
            before = [
                t.lower_ for t in reading.doc[max(trigger.end, other.start - 5) : other.start]
            ]
            if other.form != "trip" or not {"during", "on"} & set(before):
                return True
    return False


@cache
def _seats() -> dict[str, tuple[str, str]]:
    return {entry["text"]: (entry["city"], entry["country"]) for entry in read_lexicon("seats")}


@cache
def _seat_pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(text) for text in _seats()))


def read_seat(reading: Reading, start: int, end: int) -> tuple[str, str] | None:
    """Return city and country of a seat of power that tokens name: 'to the White House'."""
    match = _seat_pattern().search(reading.doc[start:end].text)
    return _seats()[match.group()] if match else None
