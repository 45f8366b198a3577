"""Whom a person meets and faces: countries that are hardly the person's own, and what is left.

What belongs here: reading from the sentences around a name with whom, to whom and where to a person
goes. What does not: what is concluded from it (`allegiance`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from pipelines.language.coreference import Holder, Register
from pipelines.language.named import Naming
from pipelines.language.names import Words
from pipelines.language.offices import Role

MENTIONS = 10
"""How many mentions of a person are looked at: a country that is told so late is chance."""

MEETS = frozenset(
    {"met", "meets", "meet", "meeting", "talks", "received", "hosted", "welcomed", "discussions"}
)
"""Words that put two persons on two sides."""


_LONGEST = 200
_BY_REACH = 12
_BETWEEN_REACH = 5
_RECEIVED = frozenset({"received", "welcomed", "greeted", "hosted", "met"})
_TOWARDS = frozenset(
    {"met", "meets", "meet", "with", "to", "from", "received", "hosted", "visited"}
)


def is_guest(words: Words, holder: Holder) -> bool:
    """Whether a person is told to be on a visit: 'the visiting delegation, headed by A'."""
    before = (words.folded[max(0, n.start - 12) : n.start] for n in holder.namings[:MENTIONS])
    return any({"visiting", "guest", "guests"} & set(near) for near in before)


def counterparts_of(words: Words, holder: Holder) -> set[str]:
    """Countries whose official is a person's counterpart: 'A and his Omani counterpart'."""
    found: set[str] = set()
    for naming in holder.namings[:MENTIONS]:
        last = min(words.sentence_end(naming.end), naming.end + 40)
        for index in range(naming.end, last):
            counterpart = words.folded[index] in {"counterpart", "colleague"} or (
                words.folded[index : index + 2] == ["opposite", "number"]
            )
            mention = words.country_till.get(index)
            owned = mention and words.folded[mention.start - 1] in {"his", "her", "their"}
            if counterpart and mention is not None and owned:
                found.add(mention.iso3)
    return found


def remaining_side(beside: set[str], sides: set[str], spoken_of: set[str]) -> str | None:
    """The only acting country of the article that the persons beside this one do not hold.

    Where none is left, the only other one that it mentions ('... and his Russian counterpart met in
    Tehran').
    """
    if len(spoken_of) == 1:
        # one country's own news
        return next(iter(spoken_of))
    left = (sides - beside) or (spoken_of - beside)
    return next(iter(left)) if len(left) == 1 else None


def prominent_side(
    words: Words, holder: Holder, beside: set[str], places: Mapping[str, Sequence[int]]
) -> str | None:
    """The country of a person's sentence that the article names far more often than others there.

    `places` are the tokens at which each country is named. None unless it acts there and is named
    twice as often as any other that nobody beside has.
    """
    if not beside:
        return None
    first = words.sentence_start(holder.namings[0].start)
    last = words.sentence_end(holder.namings[0].end)
    here = {
        words.country_at[i].iso3
        for i in range(first, last)
        if i in words.country_at and words.country_at[i].acts
    }
    left = sorted((len(places[code]), code) for code in here - beside)
    if not left or left[-1][0] < 2 or (len(left) > 1 and left[-1][0] < 2 * left[-2][0]):
        return None
    return left[-1][1]


def beside_countries(words: Words, found: Register, holder: Holder) -> set[str]:
    """Countries of those who are named with a person, and those that the person goes to."""
    beside: set[str] = set()
    for naming in holder.namings[:MENTIONS]:
        first = words.sentence_start(naming.start)
        last = words.sentence_end(naming.end)
        others = found.named_between(first, last) - {holder}
        others = {other for other in others if not _in_company(words, naming, other)}
        beside |= {other.country for other in others if other.country is not None}
        beside |= _travelled_to(words, naming.end, last)
    return beside


def gone_to(words: Words, holder: Holder) -> set[str]:
    """Countries that a person meets, goes to or writes to: 'A met Peruvian officials in Lima'."""
    found: set[str] = set()
    for naming in holder.namings[:MENTIONS]:
        last = min(words.sentence_end(naming.end), naming.end + 30)
        for index in range(naming.end, last):
            mention = words.country_at.get(index)
            if mention is not None and mention.start == index:
                before = words.folded[max(naming.end, index - 3) : index]
                if not _TOWARDS.isdisjoint(before):
                    found.add(mention.iso3)
    return found


def _in_company(words: Words, naming: Naming, other: Holder) -> bool:
    """'A was joined by B': B may well be of A's own side."""
    there = min((n.start for n in other.namings if n.start >= naming.end), default=None)
    if there is None or there - naming.end > MENTIONS * 3:
        return False
    return not {"joined", "accompanied"}.isdisjoint(words.folded[naming.end : there])


def facing(words: Words, found: Register, holder: Holder, meets: list[int]) -> set[str]:
    """The nationalities told of those whom a person meets: hardly the person's own.

    `meets` are the places of words of meeting in the text, in order. Long lists are passed over.
    """
    facing: set[str] = set()
    for naming in holder.namings[:MENTIONS]:
        first, last = words.sentence_start(naming.start), words.sentence_end(naming.end)
        facing |= _between(words, found, naming)
        if last - first > _LONGEST or bisect_left(meets, last) == bisect_left(meets, first):
            continue
        for other in found.named_between(first, last) - {holder}:
            for there in other.namings[:MENTIONS]:
                low, high = min(there.end, naming.end), max(there.start, naming.start)
                inside = first <= there.start < last
                if inside and bisect_left(meets, high) > bisect_left(meets, low):
                    facing |= set(other.countries)
    return facing


def _between(words: Words, found: Register, naming: Naming) -> set[str]:
    """The nationality of A in 'talks between A and B', who may be told by surname alone."""
    first = max(words.sentence_start(naming.start), naming.start - _BETWEEN_REACH)
    opening = words.folded[first : naming.start]
    if opening[-1:] != ["and"] or "between" not in opening:
        return set()
    last = opening[-2] if len(opening) > 1 else ""
    return {country for holder in found.spelt.get(last, ()) for country in holder.countries}


def received_by(words: Words, nameless: Sequence[Role], holder: Holder) -> set[str]:
    """The nationality of a guest without a name: 'the Kyrgyz minister was welcomed by A'."""
    found: set[str] = set()
    for naming in holder.namings[:MENTIONS]:
        first = max(words.sentence_start(naming.start), naming.start - _BY_REACH)
        if words.folded[naming.start - 1 : naming.start] != ["by"]:
            continue
        if not any(words.folded[index] in _RECEIVED for index in range(first, naming.start)):
            continue
        begin = words.sentence_start(naming.start)
        found |= {
            c for role in nameless if begin <= role.start < naming.start for c in role.countries
        }
    return found


def _travelled_to(words: Words, start: int, end: int) -> set[str]:
    """Countries that a person goes to right behind the name ('Reyes visited Chile and Peru')."""
    goes = {"visited", "visits", "visit", "arrived", "arrives", "travelled", "traveled", "flew"}
    seen = False
    found: set[str] = set()
    for index in range(start, min(end, start + 15)):
        seen = seen or words.folded[index] in goes
        mention = words.country_at.get(index)
        if mention is not None and seen and mention.form in {"name", "capital"}:
            found.add(mention.iso3)
        elif found and words.folded[index] not in {",", "and", "the"}:
            break
    return found
