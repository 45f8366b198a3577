"""The order of parties around the word of an encounter.

What belongs here: lists of parties ('A, B and C'), the subject before a verb and the partners
behind it. What does not: who is a party (`representatives`), and what the encounter was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipelines.extraction.cue_words import cue_words
from pipelines.extraction.mention_index import MentionIndex
from pipelines.extraction.representatives import Party, find_parties
from pipelines.language.mentions import Reading
from pipelines.records import LEVELS, Level

REACH = 45
"""How many tokens from its word a party of an encounter is looked for, at most."""

_LONGEST_LIST = 30
_AND = frozenset({"and", "&", "with", "/", "-", "–", "well"})  # 'as well as'
_JOINING = cue_words("joining")
_LIGHT = cue_words("light")
_MARKS = frozenset({"with", "by", "the", "between"})
_PREPOSITIONS = cue_words("prepositions")
_POSSESSIVE = cue_words("possessive")


class Sides:
    """The parties of an article, and questions about their order around a token."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.parties = find_parties(reading)
        self.countries = MentionIndex(reading.countries)
        self._starts = [party.start for party in self.parties]
        self.date_tokens = {i for date in reading.dates for i in range(date.start, date.end)}
        self._place_starts = {place.start for place in reading.places}
        self._place_tokens = {i for place in reading.places for i in range(place.start, place.end)}
        self._adjective_tokens = {
            i
            for mention in reading.countries
            if mention.form == "adjective"
            for i in range(mention.start, mention.end)
        }

    def names_place(self, index: int) -> bool:
        """Whether the name of a place or of a country begins at a token."""
        return index in self._place_starts or bool(self.countries.within(index, index + 1))

    def within(self, start: int, end: int) -> tuple[Party, ...]:
        """Parties that begin in a range of tokens."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return self.parties[first:last]

    def after(self, index: int, limit: int) -> tuple[Party, ...]:
        """The list of parties that begins right behind a token: 'with A, B and C'.

        Only light words may stand in between ('today', 'by phone', 'the visiting'); none where
        anything else does, or where nothing is found before `limit`.
        """
        at = bisect_left(self._starts, index)
        if at >= len(self.parties):
            return ()
        first = self.parties[at]
        if (
            first.start >= limit
            or first.start - index > REACH
            or not self._light(index, first.start)
        ):
            return ()
        return self._listed_onwards(at, limit)

    def before(self, index: int, limit: int, *, passing: bool = True) -> tuple[Party, ...]:
        """The list of parties that is the subject of a verb (or noun) at a token.

        It is the nearest one back to `limit` that does not stand behind a preposition. Countries
        count only right before the verb, where they act ('Cairo and Baku held talks').
        """
        at = bisect_left(self._starts, index) - 1
        while at >= 0 and self.parties[at].start >= limit:
            party = self.parties[at]
            if index - party.end > REACH:
                return ()
            if self._may_be_subject(party, index):
                return self._listed_backwards(at, limit)
            if not passing:
                return ()
            at -= 1
        return ()

    def ending_at(self, index: int, limit: int) -> tuple[Party, ...]:
        """The list of at least two parties that ends right before a token, wherever it stands."""
        at = bisect_left(self._starts, index) - 1
        if at < 0 or self.parties[at].start < limit or index - self.parties[at].end > 1:
            return ()
        listed = self._listed_backwards(at, limit, subject=False)
        return listed if len({p.country for p in listed}) > 1 else ()

    def _may_be_subject(self, party: Party, index: int) -> bool:
        doc = self.doc
        gap = [token.lower_ for token in doc[party.end : index] if not token.is_space]
        if gap[:2] in ([",", "who"], [",", "which"]) or gap[:1] == ["who"]:
            return True
        if gap[:1] and gap[0] in _POSSESSIVE and len(gap) < 7:
            return party.form != "country"  # 'the king's visit'
        if party.form != "country" and gap[:1] == ["to"]:
            return True  # 'an invitation for the king to visit'
        if party.form == "country" and (len(gap) > 4 or "," in gap):
            return False
        before = party.start - 1
        while before >= 0 and doc[before].lower_ in {"the", "a", "an", "both", "its", "his", "her"}:
            before -= 1
        return before < 0 or doc[before].lower_ not in _PREPOSITIONS

    def _is_governed(self, party: Party) -> bool:
        """Whether a preposition stands before a party: 'asylum to the deposed President A'."""
        if not self._may_be_subject(party, party.end):
            return True
        before = self.doc[max(0, party.start - 3) : party.start]
        words = [token.lower_ for token in before if token.lower_ not in {"the", "a", "an"}]
        return len(words) > 1 and words[-2] in _PREPOSITIONS and before[-1].is_lower

    def _light(self, start: int, end: int) -> bool:
        modifier = self.doc[end - 1] if end > start else None
        if modifier is not None and modifier.is_lower and not modifier.is_stop:
            # 'with democratic opposition leader A'
            marked = end - 1 > start and self.doc[end - 2].lower_ in _MARKS
            end -= marked and modifier.is_alpha
        return all(
            token.lower_ in _LIGHT
            or token.i in self.date_tokens
            or token.i in self._place_tokens
            or token.lower_.endswith("ly")
            or token.is_space
            or (token.text.endswith(".") and 1 < len(token) < 6)  # 'Gen.', 'Hon.'
            for token in self.doc[start:end]
        )

    def _joined(self, left: Party, right: Party) -> bool:
        gap = [token for token in self.doc[left.end : right.start] if not token.is_space]
        if gap and gap[0].text == "(":  # 'Presidents A (2008) and B'
            gap = [t for t in gap if t.text not in {"(", ")"} and t.i not in self.date_tokens]
        words = [token.lower_ for token in gap]
        if not words or len(words) > 6:
            return False
        if not any(word in {",", "and", "&", "with", "/", "well"} for word in words):
            return False
        return all(token.lower_ in _JOINING or token.i in self._adjective_tokens for token in gap)

    def _listed_onwards(self, at: int, limit: int) -> tuple[Party, ...]:
        listed = [self.parties[at]]
        while at + 1 < len(self.parties) and len(listed) < _LONGEST_LIST:
            following = self.parties[at + 1]
            if following.start >= limit or not self._joined(listed[-1], following):
                break
            listed.append(following)
            at += 1
        if not self._has_and(listed):
            listed = listed[:1]
        return _with_countries(listed)

    def _listed_backwards(self, at: int, limit: int, *, subject: bool = True) -> tuple[Party, ...]:
        listed = [self.parties[at]]
        while at > 0 and len(listed) < _LONGEST_LIST:
            previous = self.parties[at - 1]
            if previous.start < limit or not self._joined(previous, listed[0]):
                break
            mixed = (previous.form == "country") != (listed[0].form == "country")
            if mixed and not previous.of:
                break
            listed.insert(0, previous)
            at -= 1
        while subject and len(listed) > 1 and self._is_governed(listed[0]):
            listed.pop(0)
        if not self._has_and(listed):
            listed = listed[-1:]
        return _with_countries(listed)

    def _has_and(self, listed: Sequence[Party]) -> bool:
        """Whether parties are a list ('A, B and C') and not merely next to one another."""
        return any(
            token.lower_ in _AND
            for left, right in pairwise(listed)
            for token in self.doc[left.end : right.start]
        )


def _with_countries(listed: Sequence[Party]) -> tuple[Party, ...]:
    """Give those without a country that of the one before: 'Omani Minister A and President B'."""
    complete: list[Party] = []
    for party in listed:
        before = complete[-1] if complete else None
        if before is None:
            complete.append(party)
        elif party.country is None and before.country is not None:
            complete.append(replace(party, country=before.country))
        elif party.form == "country" and before.form == "delegation" and before.of:
            # 'officials of Peru and Chile'
            complete.append(
                replace(before, start=party.start, end=party.end, country=party.country)
            )
        else:
            complete.append(party)
    return tuple(complete)


def highest(levels: Sequence[Level | None]) -> Level | None:
    """Return the highest of several ranks, None where none is known."""
    known = [level for level in levels if level is not None]
    return min(known, key=LEVELS.index) if known else None


def lowest(levels: Sequence[Level | None]) -> Level | None:
    """Return the lowest of several ranks, None where any is unknown."""
    known = [level for level in levels if level is not None]
    return max(known, key=LEVELS.index) if known and len(known) == len(levels) else None
