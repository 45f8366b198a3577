"""Who else sat at an encounter: 'The delegation was led by A', 'B also attended the meeting'.

What belongs here: sentences that list members of a side without telling of the encounter anew.
What does not: the encounter itself (`accounts`), and which of several it was (`meetings`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Span

from pipelines.extraction.cue_words import cue_words
from pipelines.extraction.representatives import Party
from pipelines.extraction.sides import Sides
from pipelines.language.build import build_language
from pipelines.language.models import BLANK
from pipelines.lexicons import read_lexicon

_BEFORE_REACH = 12
_OBJECT_REACH = 4
_DELEGATIONS = cue_words("roster_delegations")
_ENCOUNTERS = cue_words("roster_encounters")
_REFERRING = cue_words("roster_referring")
_STOPS = cue_words("roster_stops")


@dataclass(frozen=True, slots=True)
class Roster:
    """Named people who sat at an encounter; `start` is the first token of the sentence.

    `refers` tells that the encounter is but referred to ('it was attended by'): it is one of the
    same sentence or of the one before; `of_delegation` that they are members of one side's.
    """

    start: int
    parties: tuple[Party, ...]
    refers: bool
    of_delegation: bool = False


@dataclass(frozen=True, slots=True)
class _Cue:
    words: tuple[str, ...]
    side: str
    needs: str


@cache
def _cues() -> dict[str, list[_Cue]]:
    """Phrases by their first word, longest first."""
    tokenize = build_language(BLANK).make_doc
    known: dict[str, list[_Cue]] = {}
    for entry in read_lexicon("roster_cues"):
        words = tuple(token.lower_ for token in tokenize(entry["text"]))
        known.setdefault(words[0], []).append(_Cue(words, entry["side"], entry["needs"]))
    for cues in known.values():
        cues.sort(key=lambda cue: -len(cue.words))
    return known


def find_rosters(sides: Sides, body_start: int = 0) -> Iterator[Roster]:
    """Yield the lists of members in an article, in the order of the text."""
    for sentence in sides.doc.sents:
        if sentence.start < body_start:
            continue
        for index, cue in _found(sentence):
            refers = _refers(sides.doc, sentence, index, cue)
            if refers is None:
                continue
            end = index + len(cue.words)
            listed = (
                _named(sides, end, sentence.end, sentence.start)
                if cue.side == "after"
                else sides.before(index, sentence.start)
            )
            named = tuple(party for party in listed if party.name and party.form == "person")
            if named:
                yield Roster(sentence.start, named, refers, _travels(sides.doc, index, cue))


def _found(sentence: Span) -> Iterator[tuple[int, _Cue]]:
    words = [token.lower_ for token in sentence]
    known = _cues()
    for offset, word in enumerate(words):
        for cue in known.get(word, ()):
            if tuple(words[offset : offset + len(cue.words)]) == cue.words:
                yield sentence.start + offset, cue
                break


def _refers(doc: Doc, sentence: Span, index: int, cue: _Cue) -> bool | None:
    """Whether the encounter is but referred to; None where a cue lacks what it needs."""
    before = {t.lower_ for t in doc[max(sentence.start, index - _BEFORE_REACH) : index]}
    if cue.needs == "delegation":
        return False if before & _DELEGATIONS else None
    if cue.needs == "encounter":
        if before & _ENCOUNTERS:
            return False
        return True if before & _REFERRING else None
    if cue.needs == "object":
        end = index + len(cue.words)
        behind = {t.lower_ for t in doc[end : min(sentence.end, end + _OBJECT_REACH)]}
        return False if behind & _ENCOUNTERS else None
    return False


def _travels(doc: Doc, index: int, cue: _Cue) -> bool:
    """'Members of the delegation included', 'travelled with the delegation'."""
    near = {token.lower_ for token in doc[max(0, index - 4) : index + len(cue.words)]}
    return bool(near & {"delegation", "delegations"}) and cue.needs != "object"


def _named(sides: Sides, start: int, end: int, opening: int) -> Iterator[Party]:
    """Those named in a range, up to a clause of its own, with the country told last."""
    doc = sides.doc
    at = start
    for party in sides.within(start, end):
        if any(token.lower_ in _STOPS for token in doc[at : party.start]):
            return
        at = max(at, party.end)
        if party.country is None:
            told = sides.countries.within(opening, party.start)
            yield replace(party, country=told[-1].iso3) if told else party
        else:
            yield party
