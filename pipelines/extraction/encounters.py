"""The words that tell of an encounter: 'met', 'held talks', 'a phone call', 'visited'.

What belongs here: finding those words and telling apart their uses (the verb 'to visit' from the
noun, 'a call with' from 'a call for', a meeting of two sides from a session of a body). What does
not: who met, whether it took place, when and where.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc

from pipelines.extraction.cue_words import cue_words
from pipelines.language.build import build_language
from pipelines.language.models import BLANK
from pipelines.lexicons import read_lexicon
from pipelines.records import MEETING_KINDS, MeetingKind

_MODALS = cue_words("modals")
_BE = cue_words("be")
_DETERMINERS = cue_words("determiners")
_PHONE = cue_words("phone")
_VIDEO = cue_words("video")

# Heads of the names of bodies: their meetings are sessions, not encounters of two sides.
_BODY_NOUNS = cue_words("body_nouns")
_BODY_REACH = 9
_DELEGATIONS = cue_words("delegations")
_DELEGATION_REACH = 9
_DEPARTURE_REACH = 8
_MEDIUM_REACH = 25
MEALS = frozenset({"reception", "dinner", "luncheon", "banquet", "lunch"})
"""Nouns that tell of an encounter only where somebody gives one for a guest."""
_BEFORE_GERUND = frozenset({"to", "of", "after", "before", "while", "currently"})
_FRINGES = frozenset({"sidelines", "margins", "fringes"})
_MISSIONS = frozenset(
    {"special", "permanent", "diplomatic", "peacekeeping", "stabilization", "union",
     "nations", "assistance", "support", "its", "military"}
)  # fmt: skip
"""What stands before 'mission to' where it is a body: 'the Permanent Mission to the UN'."""
_AFTER_APPEAL = frozenset({"for", "on", "upon", "to", "into", "out", "it"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that tells of an encounter (half-open token indices).

    `form` is its grammar as the lexicon `encounters` describes it (`depart` becomes `visit`), plus
    `visiting` for the attributive participle ('the visiting minister'). `tense` is past, present,
    base, ing or, for nouns, empty.
    """

    start: int
    end: int
    form: str
    kind: MeetingKind
    tense: str
    plural: bool

    @property
    def is_noun(self) -> bool:
        """Whether the encounter is told by a noun."""
        return self.form in {"talk", "trip"}


@cache
def _lexicon() -> dict[str, list[tuple[tuple[str, ...], Trigger]]]:
    """Phrases by their first word, longest first."""
    tokenize = build_language(BLANK).make_doc
    known: dict[str, list[tuple[tuple[str, ...], Trigger]]] = {}
    for entry in read_lexicon("encounters"):
        words = tuple(token.lower_ for token in tokenize(entry["text"]))
        kind = next(kind for kind in MEETING_KINDS if kind == entry["kind"])
        trigger = Trigger(
            0, len(words), entry["form"], kind, entry["tense"], entry["number"] == "plural"
        )
        known.setdefault(words[0], []).append((words, trigger))
    for phrases in known.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return known


def find_triggers(doc: Doc, start: int = 0) -> tuple[Trigger, ...]:
    """Return the words of encounters from token `start` on, in order, without overlaps."""
    return tuple(_triggers(doc, start))


def _triggers(doc: Doc, start: int) -> Iterator[Trigger]:
    lexicon = _lexicon()
    words = [token.lower_ for token in doc]
    index = start
    while index < len(words):
        options = lexicon.get(words[index], ())
        matches = [
            replace(trigger, start=index, end=index + len(phrase))
            for phrase, trigger in options
            if tuple(words[index : index + len(phrase)]) == phrase
        ]
        if not matches:
            index += 1
            continue
        longest = max(trigger.end for trigger in matches)
        readings = [trigger for trigger in matches if trigger.end == longest]
        chosen = _disambiguate(words, readings)
        if chosen is not None:
            yield chosen
        index = longest


def _disambiguate(words: list[str], readings: list[Trigger]) -> Trigger | None:
    """Choose among the readings of a phrase by the words around it; None if no encounter."""
    start, end = readings[0].start, readings[0].end
    before = words[start - 1] if start else ""
    after = words[end] if end < len(words) else ""
    chosen = _choose(readings, before, after)
    if chosen.is_noun:
        return None if _is_no_encounter(words, chosen, before, after) else _by_medium(words, chosen)
    has_modal = before in _MODALS or _has_modal(words, start)
    was_met = chosen.form == "meet" and before in _BE and chosen.tense == "past"
    is_due = words[start] in {"due", "expected"}
    if (chosen.tense == "base" and not has_modal and not is_due) or was_met:
        return None
    if chosen.form == "lead":
        return _with_delegation(words, chosen)
    if chosen.form == "depart":
        return _to_destination(words, chosen)
    if words[start] == "visiting" and before not in _BE and before not in _BEFORE_GERUND:
        return replace(chosen, form="visiting")
    return _by_medium(words, chosen)


def _choose(readings: list[Trigger], before: str, after: str) -> Trigger:
    """'visit', 'visits', 'meets': verb after 'to' or a modal, noun after a determiner."""
    by_noun = {trigger.is_noun: trigger for trigger in readings}
    if len(by_noun) == 1:
        return readings[0]
    verb, noun = by_noun[False], by_noun[True]
    if verb.tense == "ing":  # 'are meeting in Lima', against 'the meeting'
        return verb if before in {"is", "are", "was", "were", "be", "been", "currently"} else noun
    if verb.tense == "base":
        return verb if before in _MODALS else noun
    return noun if _is_nominal(before, after) else verb


def _with_delegation(words: list[str], trigger: Trigger) -> Trigger | None:
    """'headed a high-level delegation': the verb counts with its object, and reaches to it."""
    reach = words[trigger.end : trigger.end + _DELEGATION_REACH]
    for offset, word in enumerate(reach):
        if word in {".", ";", ",", "to"}:
            return None
        if word in _DELEGATIONS:
            return replace(trigger, end=trigger.end + offset + 1)
    return None


def _to_destination(words: list[str], trigger: Trigger) -> Trigger | None:
    """'left Lima on Friday for Quito': the verb counts with its 'for', and reaches to it."""
    reach = words[trigger.end : trigger.end + _DEPARTURE_REACH]
    for offset, word in enumerate(reach):
        if word in {".", ";", ",", "to", "and", "for"}:
            found = word == "for" and offset
            return replace(trigger, form="visit", end=trigger.end + offset + 1) if found else None
    return None


def _is_nominal(before: str, after: str) -> bool:
    return before in _DETERMINERS or after in {"to", "by", "of", "between", "from", "was", "were"}


def _has_modal(words: list[str], start: int) -> bool:
    """'to officially visit', 'will soon meet', 'did not meet': up to two adverbs in between."""
    for word in reversed(words[max(0, start - 3) : start]):
        if word in _MODALS or word in {"did", "does", "do"}:
            return True
        if not word.endswith("ly") and word not in {"not", "also", "soon", "then", "again", "n't"}:
            return False
    return False


def _is_no_encounter(words: list[str], trigger: Trigger, before: str, after: str) -> bool:
    """'a call for peace', 'a summit-level panel', 'the 18th meeting of the Joint Commission'."""
    head = words[trigger.end - 1]
    by_phone = words[trigger.start] in _PHONE  # 'a telephone call on Monday from'
    if head in {"call", "calls"} and not by_phone and (after in _AFTER_APPEAL or before in _MODALS):
        return True
    if head == "call" and after == "from" and trigger.end - trigger.start == 1:
        return not {"received", "took", "had", "fielded", "got"} & set(
            words[max(0, trigger.start - 6) : trigger.start]
        )  # 'the joint call from the presidents to resume talks'
    if trigger.form == "trip" or after == "-":
        return after == "-" or (words[trigger.start] == "mission" and before in _MISSIONS)
    if head in MEALS:  # 'hosted a reception for', not 'the reception was warm'
        return not {"hosted", "gave", "held", "hosting", "offered"} & set(
            words[max(0, trigger.start - 6) : trigger.start]
        )
    near = words[max(0, trigger.start - 4) : trigger.start]
    at_its_fringe = _FRINGES & set(near) and after not in {"between", "with", "of"}
    if at_its_fringe or any(word in _BODY_NOUNS for word in near[-2:]):
        return True  # 'in the margins of the meeting, A met B'
    return after == "of" and _is_session(words[trigger.end + 1 : trigger.end + 1 + _BODY_REACH])


def _is_session(following: list[str]) -> bool:
    """Whether 'meeting of ...' goes on with the name of a body."""
    for word in following:
        if word in {",", ".", ";", "with", "held", "in", "between", "\n\n"}:
            return False
        if word in _BODY_NOUNS:
            return True
    return False


def _medium(following: list[str]) -> set[str]:
    """What stands behind 'via' or 'by' further on: 'held talks with President A via video link'."""
    for index, word in enumerate(following):
        if word in {".", ";"}:
            return set()
        if word in {"via", "by", "over", "through"}:
            behind = set(following[index + 1 : index + 3])
            if behind & (_VIDEO | _PHONE):
                return behind
    return set()


def _by_medium(words: list[str], trigger: Trigger) -> Trigger:
    """A meeting 'by phone' is a call, one held 'virtually' a video conference."""
    if trigger.kind not in {"talks", "call", "negotiation", "consultation"}:
        return trigger
    near = words[max(0, trigger.start - 3) : trigger.start]
    after = words[trigger.end : trigger.end + 5]
    if _VIDEO & set(near + after):
        return replace(trigger, kind="video")
    medium = _medium(words[trigger.end : trigger.end + _MEDIUM_REACH])
    if medium & _VIDEO:
        return replace(trigger, kind="video")
    if medium & _PHONE:
        return replace(trigger, kind="call")
    if trigger.kind == "talks" and _PHONE & set(near[-2:] + after[:3]):
        return replace(trigger, kind="call")
    return trigger
