"""Who a phrase names: the person, office, state or body that speaks.

What belongs here: looking up actors and countries by the words of a sentence, and what the phrase
before a verb resolves to. What does not: which phrase that is (`subjects`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pipelines.extraction.clause_words import (
    FINITE,
    PLURAL_PRONOUNS,
    PREPOSITIONS,
    SINGULAR_PRONOUNS,
    head_noun,
    is_verb,
    trim_phrase,
)
from pipelines.extraction.cues import speaker_nouns, word_class
from pipelines.extraction.sentence_items import Item
from pipelines.language.mentions import ActorMention, CountryMention, Reading

_NOT_SPEAKERS = word_class("not_speakers")
_SOME_OF = frozenset({"one", "two", "some", "several", "many", "most", "both"})
_LONGEST_OFFICE = 14
_MINISTRY = re.compile(
    r"Ministry (?:of|for) [A-Z]\w+(?:(?:,? and|,|) [A-Z]\w+){0,4}|"
    r"(?!The |A |Its |Their )[A-Z]\w+ Ministry\b|foreign ministry"
)
_OF_SOMEWHERE = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gen|Sir|Dame)\.? "
    r"(?P<name>[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+|al|bin|bint|da|de|del|den|der|di|dos|du|el|la"
    r"|van|von|y)){1,5}?)(?: of .+)?"
)
"""A form of address before capital words alone makes it one person's name."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """One who speaks, as far as the text tells.

    `name` is a person's full name, else an office, a state or the phrase itself. `firm` is True
    for persons, states and nouns that can speak; False for any other phrase.
    """

    name: str | None
    names: tuple[str, ...] = ()
    role: str | None = None
    country: str | None = None
    firm: bool = False

    @property
    def plural(self) -> bool:
        """Whether several speak: 'the two sides', 'Peru and Malta', 'officials'."""
        if len(self.names) > 1 or " and " in (self.name or ""):
            return True
        words = (self.name or "").lower().split()
        first = next((i for i, word in enumerate(words) if i and word in PREPOSITIONS), len(words))
        head = words[first - 1] if words else ""  # 'aides to the governor'
        return head in speaker_nouns() and head.endswith("s")


@dataclass(frozen=True)
class Speakers:
    """The actors and countries of an article, looked up by token."""

    reading: Reading

    @cached_property
    def _actor_over(self) -> dict[int, ActorMention]:
        over: dict[int, ActorMention] = {}
        for actor in self.reading.actors:
            for token in range(actor.start, actor.end):
                known = over.get(token)
                if known is None or known.end - known.start < actor.end - actor.start:
                    over[token] = actor
        return over

    @cached_property
    def _country_over(self) -> dict[int, CountryMention]:
        return {
            token: country
            for country in self.reading.countries
            for token in range(country.start, country.end)
        }

    def actor_on(self, item: Item) -> ActorMention | None:
        """Return the actor whose mention covers an item."""
        return self._actor_over.get(item.start)

    def country_on(self, item: Item) -> CountryMention | None:
        """Return the country whose mention covers an item."""
        return self._country_over.get(item.start)

    @cached_property
    def _date_ends(self) -> dict[int, int]:
        return {date.start: date.end for date in self.reading.dates}

    def date_end(self, item: Item) -> int | None:
        """Return the token index behind the date that begins at an item, or None."""
        return self._date_ends.get(item.start)

    def resolve(self, items: tuple[Item, ...]) -> Speaker | None:
        """Return the speaker that a subject phrase names, or None where it can name none."""
        phrase = trim_phrase(items)
        if not phrase:
            return None
        actors = list(self.leading_actors(phrase))
        if actors:
            speaker = speaker_of(actors, self.reading)
            office = len(actors) == 1 and actors[0].form == "role" and not actors[0].name
            if office and len(phrase) <= _LONGEST_OFFICE:
                # the whole of the office: 'the head of the port authority in Lagos'
                return replace(speaker, name=self._text(phrase), names=(self._text(phrase),))
            return speaker
        return self._of_words(phrase)

    def _of_words(self, phrase: tuple[Item, ...]) -> Speaker | None:
        """The speaker of a phrase that names no actor: a state, a body, 'officials'."""
        first = phrase[0].lower
        one = first in _SOME_OF and len(phrase) > 3 and phrase[1].lower == "of"
        if (first in _NOT_SPEAKERS and not one) or first in PREPOSITIONS or phrase[0].marked:
            return None
        verb = next((i for i in range(1, len(phrase)) if is_verb(phrase, i)), len(phrase))
        governed = verb < len(phrase) and phrase[verb - 1].lower in PREPOSITIONS
        if governed or any(item.lower in FINITE for item in phrase):
            return None  # no phrase but a clause
        phrase = phrase[:verb]  # 'the council condemned the raid, warned that': the same subject
        text = self._text(phrase)
        countries = [country for item in phrase if (country := self.country_on(item))]
        codes = {country.iso3 for country in countries}
        iso3 = codes.pop() if len(codes) == 1 else None
        if countries and all(self.country_on(i) or i.lower == "the" for i in phrase):
            if self._ends_in_adjective(phrase):
                return None  # 'Saudi stated policy'
            return Speaker(text, (text,), None, iso3, firm=True)
        last = phrase[-1]
        proper = last.text.lstrip("-–—")[:1].isupper()
        firm = (
            head_noun(phrase[2:] if one else phrase) in speaker_nouns()
            or first in SINGULAR_PRONOUNS | PLURAL_PRONOUNS
            or (proper and all(item.lower != "the" for item in phrase[1:]))
            or self.country_on(last) is not None
        )
        return Speaker(text, (text,), None, iso3, firm=firm)

    def _ends_in_adjective(self, phrase: tuple[Item, ...]) -> bool:
        country = self.country_on(phrase[-1])
        return country is not None and country.form == "adjective" and phrase[0].lower != "the"

    def _text(self, phrase: tuple[Item, ...]) -> str:
        start, stop = phrase[0], phrase[-1]
        if start.lower in {"the", "a", "an"} and len(phrase) > 1:
            start = phrase[1]
        span = self.reading.doc[start.start : stop.end]
        text = " ".join(span.text.split())
        if text.lower() == "ministry" and phrase[0].lower == "the":
            return self._ministry_before(start.start) or text
        return _person_of(text) or text

    @cached_property
    def _ministry(self) -> tuple[str, int, int]:
        """The first ministry told by its full name, and where: from its end up to a second one."""
        first, begin = "", 0
        for match in _MINISTRY.finditer(self.reading.doc.text):
            name = " ".join(match.group().split())
            if not first:
                first, begin = name, match.end()
            elif name != first:
                return first, begin, match.end()
        return first, begin, len(self.reading.doc.text)

    def _ministry_before(self, token: int) -> str | None:
        """The one ministry that was told before 'the ministry said', by its full name."""
        name, begin, end = self._ministry
        return name if name and begin <= self.reading.doc[token].idx < end else None

    def leading_actors(self, phrase: tuple[Item, ...]) -> Iterator[ActorMention]:
        """The actors that a phrase begins with, joined by commas and 'and'."""
        index, count = 0, len(phrase)
        if phrase[0].lower in {"the", "both", "a", "an"}:
            index = 0 if self.actor_on(phrase[0]) else 1
        seen: set[int] = set()
        while index < count:
            actor = self.actor_on(phrase[index])
            if actor is None or actor.start in seen:
                return
            seen.add(actor.start)
            yield actor
            while index < count and phrase[index].start < actor.end:
                index += 1
            joined = index
            while joined < count and phrase[joined].lower in {"and", "&", "the"}:
                joined += 1
            if joined == index:
                return
            index = joined


def _person_of(text: str) -> str | None:
    """The name in 'Ms Ana Lund of Peru', 'Sen. Ana Lund of the Green Party'; None without one."""
    match = _OF_SOMEWHERE.fullmatch(text)
    return match["name"] if match else None


def speaker_of(actors: list[ActorMention], reading: Reading) -> Speaker:
    """Return one or several actors as the speaker; a group keeps the words that name it."""
    names: list[str] = []
    told: list[str] = []
    for actor in actors:
        words = " ".join(reading.doc[actor.start : actor.end].text.split())
        own = actor.names or ((actor.name or actor.role or words),)
        names.extend(name for name in own if name not in names)
        phrase = actor.form == "group" and words.lower() not in PLURAL_PRONOUNS
        told.extend(name for name in ((words,) if phrase else own) if name not in told)
    countries = {actor.country for actor in actors if actor.country}
    first = actors[0]
    return Speaker(
        " and ".join(told),
        tuple(names),
        first.role if len(actors) == 1 else None,
        next(iter(countries)) if len(countries) == 1 else None,
        firm=True,
    )
