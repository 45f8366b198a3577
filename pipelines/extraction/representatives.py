"""Who can act for a country in an encounter.

A *party* is a stretch of text that can act for a country: a person ('Foreign Minister Ana Ruiz'),
those who represent it without being named ('Omani officials') or the country itself ('Muscat').

What belongs here: finding parties, and telling those who act for no country (the officials of the
United Nations). What does not: their order around the word of an encounter (`sides`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from spacy.tokens import Doc

from pipelines.extraction.cue_words import cue_words
from pipelines.language.build import build_language
from pipelines.language.mentions import ActorMention, CountryMention, Reading
from pipelines.language.models import BLANK
from pipelines.lexicons import read_lexicon
from pipelines.records import LEVELS, Level

PartyForm = Literal["person", "delegation", "country"]

_ADJECTIVE_REACH = 5
_DELEGATION_REACH = 200
_POSSESSIVE = cue_words("possessive")
_SENDING = cue_words("sending")


@dataclass(frozen=True, slots=True)
class Party:
    """One who can act for a country, and where the text says so (token indices)."""

    start: int
    end: int
    form: PartyForm
    country: str | None
    level: Level | None = None
    name: str | None = None
    role: str | None = None
    names: tuple[str, ...] = ()
    pronoun: bool = False
    counterpart: bool = False
    of: bool = False


@cache
def _party_nouns() -> dict[str, list[tuple[tuple[str, ...], Level | None]]]:
    tokenize = build_language(BLANK).make_doc
    nouns: dict[str, list[tuple[tuple[str, ...], Level | None]]] = {}
    for entry in read_lexicon("parties"):
        words = tuple(token.lower_ for token in tokenize(entry["text"]))
        level = next((level for level in LEVELS if level == entry["level"]), None)
        nouns.setdefault(words[0], []).append((words, level))
    for phrases in nouns.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return nouns


def _noun_at(doc: Doc, index: int) -> tuple[int, Level | None] | None:
    """Return the end and the level of a noun for representatives that begins at a token."""
    for words, level in _party_nouns().get(doc[index].lower_, ()):
        end = index + len(words)
        if end <= len(doc) and tuple(t.lower_ for t in doc[index:end]) == words:
            return end, level
    return None


def find_parties(reading: Reading) -> tuple[Party, ...]:
    """Return the parties of an article in the order of the text, without overlaps."""
    persons = list(_persons(reading))
    taken = _Taken(persons)
    groups = [group for group in _delegations(reading) if not taken.overlaps(group)]
    groups += [group for group in _known_delegations(reading, groups) if not taken.overlaps(group)]
    taken = _Taken([*persons, *groups])
    countries = [land for land in _countries(reading) if not taken.overlaps(land)]
    parties = sorted([*persons, *groups, *countries], key=lambda party: party.start)
    return tuple(_without_overlaps(parties))


class _Taken:
    """Tells whether a stretch of text is already part of a party."""

    def __init__(self, parties: Sequence[Party]) -> None:
        self._tokens = {index for party in parties for index in range(party.start, party.end)}

    def overlaps(self, party: Party) -> bool:
        """Whether any token of a party is taken."""
        return any(index in self._tokens for index in range(party.start, party.end))


def _without_overlaps(parties: Sequence[Party]) -> Iterator[Party]:
    end = -1
    for party in parties:
        if party.start >= end:
            yield party
            end = party.end


def _persons(reading: Reading) -> Iterator[Party]:
    countries = {person.name: person.country for person in reading.people}
    for actor in reading.actors:
        if actor.form == "group" and not actor.names:
            yield from _of_countries(reading, actor)
            continue
        if _serves_organisation(actor) or _is_owner_only(reading.doc, actor):
            continue
        country = actor.country
        if country is None and actor.name is not None:
            country = countries.get(actor.name)
        named = actor.name is not None or bool(actor.names)
        yield Party(
            start=actor.start,
            end=_behind_bracket(reading.doc, actor.end),
            form="person" if named or actor.level is not None else "delegation",
            country=country,
            level=actor.level,
            name=actor.name,
            role=actor.role or (None if named else _phrase(reading.doc, actor)),
            names=actor.names,
            pronoun=actor.form == "pronoun",
            counterpart=_is_counterpart(reading.doc, actor),
        )


def _behind_bracket(doc: Doc, end: int) -> int:
    """The end of a phrase with the short form behind it: 'the President of Peru (PE)'."""
    short = [token.text for token in doc[end : end + 3]]
    bracket = len(short) == 3 and short[::2] == ["(", ")"] and short[1].isupper()
    return end + 3 if bracket else end


def _of_countries(reading: Reading, actor: ActorMention) -> Iterator[Party]:
    """'the deputy ministers of Peru, Kenya and Norway': one party each."""
    inside = [m for m in reading.countries if actor.start <= m.start and m.end <= actor.end]
    if len(inside) < 2 or actor.level is None:
        return
    start = actor.start
    role = (actor.role or "").split(" of ")[0] or None
    for mention in inside:
        yield Party(start, mention.end, "delegation", mention.iso3, actor.level, role=role)
        start = mention.end + 1 if mention.end < actor.end else mention.end


@cache
def _organisation_pattern() -> re.Pattern[str]:
    names = {
        form
        for entry in read_lexicon("organisations")
        if entry["type"] == "ORG" and entry["state"] == ""
        for form in (entry["name"], *entry["forms"].split("|"))
        if form
    }
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(names, key=len)[::-1])) + r")\b")


def _serves_organisation(actor: ActorMention) -> bool:
    """Whether someone holds an office in an organisation of many states, so acts for none.

    An envoy to one ('Ambassador to the United Nations') acts for his country.
    """
    role = f"{actor.role or ''} {actor.organisation or ''}"
    if actor.level == "ambassador" or re.search(r"\b(?:to|at) the\b", role):
        return False
    return names_organisation(role)


def names_organisation(text: str) -> bool:
    """Whether a text names an organisation of several states (the lexicon `organisations`)."""
    return bool(_organisation_pattern().search(text))


def _is_owner_only(doc: Doc, actor: ActorMention) -> bool:
    """'the Leaders' Summit': nobody in particular."""
    nobody = actor.name is None and not actor.names and actor.country is None
    return nobody and actor.end < len(doc) and doc[actor.end].lower_ in _POSSESSIVE


def _phrase(doc: Doc, actor: ActorMention) -> str | None:
    if actor.form == "pronoun":
        return None
    words = doc[actor.start : actor.end]
    return (
        words[1:].text if words[0].lower_ in {"the", "a", "an"} and len(words) > 1 else words.text
    )


def _is_counterpart(doc: Doc, actor: ActorMention) -> bool:
    return any(token.lower_.startswith("counterpart") for token in doc[actor.start : actor.end])


def _delegations(reading: Reading) -> Iterator[Party]:
    """'Iranian officials', 'a Cuban delegation', 'officials from Egypt', 'Egypt's ministers'."""
    doc = reading.doc
    previous: CountryMention | None = None
    for mention in reading.countries:
        index = mention.end
        before, previous = previous, mention
        while index < len(doc) and doc[index].lower_ in _POSSESSIVE:
            index += 1
        qualifies = mention.form == "adjective" or index > mention.end
        sent = _sent_by(doc, mention) if qualifies else None
        if sent is not None:
            yield sent
        elif qualifies:
            for start in range(index, min(index + _ADJECTIVE_REACH, len(doc))):
                found = _noun_at(doc, start)
                if found is not None:
                    if before is not None and _share_noun(doc, before, mention):
                        # 'British and Hungarian diplomats': the noun counts for both
                        words = (
                            f"{doc[before.start : before.end].text} {doc[start : found[0]].text}"
                        )
                        shared = _delegation(doc, before.start, before.end, before.iso3, found[1])
                        yield replace(shared, role=words)
                    yield _delegation(doc, mention.start, found[0], mention.iso3, found[1])
                    break
                if not doc[start].text.replace("-", "a").isalpha() or doc[start].lower_ in _STOPS:
                    break
        elif mention.form == "name" and doc[index : index + 1].text in {"delegation", "team"}:
            yield _delegation(doc, mention.start, index + 1, mention.iso3, "official")
        elif mention.form != "people":
            yield from _of_country(doc, mention)


def _of_country(doc: Doc, mention: CountryMention) -> Iterator[Party]:
    """'officials from Egypt', 'ministers of the Netherlands'."""
    of = _of_before(doc, mention)
    for start in range(max(0, of - 4), of):
        found = _noun_at(doc, start)
        if found is not None and found[0] == of:
            group = _delegation(doc, start, mention.end, mention.iso3, found[1])
            yield replace(group, role=doc[start:of].text.split(" of ")[0], of=True)
            return


def _of_before(doc: Doc, mention: CountryMention) -> int:
    """The token of 'of' or 'from' before a country, with 'the' or without; 0 where none is."""
    of = mention.start - 1
    if of > 0 and doc[of].lower_ == "the":
        of -= 1
    return of if of > 0 and doc[of].lower_ in {"of", "from"} else 0


def _sent_by(doc: Doc, mention: CountryMention) -> Party | None:
    """'A delegation of the Peruvian Congress', 'a delegation of heads of Peruvian schools'."""
    at = mention.start - 1
    of = False
    while at > 0 and doc[at].lower_ in _SENDING:
        of = of or doc[at].lower_ in {"of", "from", "representing"}
        at -= 1
    if not of or doc[at].lower_ not in {"delegation", "delegations"}:
        return None
    return _delegation(doc, at, mention.end, mention.iso3, "official")


def _known_delegations(reading: Reading, told: Sequence[Party]) -> Iterator[Party]:
    """'The delegation', after 'a delegation of Peru' was told: the last one.

    It must not be long ago, unless one country alone has sent any.
    """
    doc = reading.doc
    sent = [party for party in told if "delegation" in (party.role or "").lower()]
    of_one = len({party.country for party in sent}) == 1
    inside = {index for party in told for index in range(party.start, party.end)}
    for token in doc[1:] if sent else ():
        if token.lower_ != "delegation" or token.i in inside:
            continue
        if doc[token.i - 1].lower_ not in {"the", "visiting"}:
            continue
        before = [p for p in sent if p.end <= token.i]
        if before and (of_one or token.i - before[-1].end < _DELEGATION_REACH):
            yield replace(before[-1], start=token.i - 1, end=token.i + 1, of=False)


def _share_noun(doc: Doc, left: CountryMention, right: CountryMention) -> bool:
    gap = [token.lower_ for token in doc[left.end : right.start]]
    return left.form == right.form == "adjective" and gap in (["and"], [",", "and"], ["-"])


_STOPS = cue_words("stops")


def _delegation(doc: Doc, start: int, end: int, country: str, level: Level | None) -> Party:
    words = doc[start:end].text
    return Party(
        start=start,
        end=end,
        form="delegation",
        country=country,
        level=level,
        role=words,
        counterpart="counterpart" in words.lower(),
    )


def _countries(reading: Reading) -> Iterator[Party]:
    doc = reading.doc
    for mention in reading.countries:
        if mention.form in {"adjective", "people"} or not mention.acts:
            continue
        before = mention.start - 1
        if before >= 0 and doc[before].lower_ == "the":
            before -= 1
        if before >= 0 and doc[before].lower_ in {"in", "at", "to", "across", "throughout"}:
            continue  # a place, or the end of a road: 'met in Cuba', 'ambassador to Cuba'
        if mention.end < len(doc) and doc[mention.end].lower_ in _POSSESSIVE:
            continue  # 'Egypt's ports': the country owns, it does not act
        yield Party(mention.start, mention.end, "country", mention.iso3)
