"""Whether an encounter took place, is going on, is planned or proposed, or fell through.

What belongs here: the words around the word of an encounter that tell it. What does not: dates;
`meetings` compares them with the day of publication.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from pipelines.extraction.cue_words import cue_words
from pipelines.extraction.encounters import Trigger
from pipelines.records import Status

_REACH = 14
_FAR = 32
_GLAD = frozenset({"honored", "honoured", "pleased", "delighted", "proud", "happy", "glad"})
_AIMS = frozenset({"return", "commitment", "committed", "opposed", "openness", "alternative"})
_HABIT = frozenset({"regular", "frequent", "several", "many", "numerous", "various", "occasional"})
_BE = frozenset({"was", "were", "been", "be", "is", "are"})
_ARRIVED = frozenset({"arrived", "arrives", "landed"})
_DONE = cue_words("done")
_NEXT = frozenset({"upcoming", "forthcoming", "scheduled", "planned", "next"})
_OWNER_MARKS = frozenset({"for", "of", "to", "before", "with", ","})

_FUTURE = cue_words("future")
_PLANNED = cue_words("planned")
_PROPOSED = cue_words("proposed")
_CANCELLED = cue_words("cancelled")
_REFUSED = cue_words("refused")
_NEGATED = cue_words("negated")
_HELD_BEFORE = cue_words("held_before")
_AHEAD = cue_words("ahead")
_HELD_VERBS = cue_words("held_verbs")
_ONGOING = cue_words("ongoing")
_BREAKS = cue_words("breaks")


def read_status(
    doc: Doc, trigger: Trigger, sentence_start: int, sentence_end: int
) -> Status | None:
    """Return the status that the words tell, or None where they say there was no encounter.

    `sentence_start` and `sentence_end` are token indices. The nearest telling word to the left
    decides; only where there is none are the words to the right looked at ('talks will be held').
    """
    left = [_word(t) for t in doc[max(sentence_start, trigger.start - _REACH) : trigger.start]]
    right = [_word(t) for t in doc[trigger.end : min(sentence_end, trigger.end + _REACH)]]
    left = [w for at, w in enumerate(left) if not (w == "will" and at and left[at - 1] == "good")]
    if trigger.form == "visiting":
        return "ongoing"
    if _is_repeated(right) or _is_conditional(left) or _is_denied(left, right, trigger):
        return None
    if _CANCELLED & set(left[-6:]) or _CANCELLED & set(right[:12]):
        return "cancelled"
    if trigger.is_noun and _falls_through(doc, trigger, sentence_end):
        return "cancelled"
    if trigger.is_noun:
        return _of_noun(left, right, trigger)
    return _of_verb(left, trigger)


def _is_repeated(right: list[str]) -> bool:
    """'visited Oslo many times', 'over 40 times': no one encounter."""
    near = right[:6]
    if any(word.isdigit() for word in near):
        return "times" in right[:7]
    return "times" in near and bool({"many", "several", "numerous"} & set(near))


def _is_denied(left: list[str], right: list[str], trigger: Trigger) -> bool:
    """'dismissed reports that he had been received', 'a meeting is not on the programme'."""
    rumour = {"reports", "claims", "rumours", "rumors", "report"} & set(left)
    if rumour and {"dismissed", "denied", "rejected", "dismisses", "denies"} & set(left):
        return True
    if not trigger.is_noun:
        return left[-2:] in (["have", "been"], ["has", "been"]) and trigger.tense == "ing"
    if trigger.plural and _HABIT & set(left[-3:]):
        return True
    if left[-1:] == ["to"] and left[-2:-1] and left[-2] in _AIMS:
        return True  # 'call for a return to negotiations'
    return any(
        word in {"not", "never"} and _BE & set(right[max(0, at - 1) : at]) and "on" in right[at:]
        for at, word in enumerate(right)
    )


def _word(token: Token) -> str:
    """A token in lower case; the month of May is no verb."""
    return "(month)" if token.text == "May" else str(token.lower_)


def _falls_through(doc: Doc, trigger: Trigger, sentence_end: int) -> bool:
    """'a meeting of the ministers that had been set for Thursday was postponed'."""
    words = [t.lower_ for t in doc[trigger.end : min(sentence_end, trigger.end + _FAR)]]
    for index, word in enumerate(words):
        off = word == "off" and words[index - 1 : index] in (["called"], ["put"])
        if (off or word in _CANCELLED) and _BE & set(words[max(0, index - 3) : index]):
            return True
    return False


def _is_conditional(left: list[str]) -> bool:
    """'If the presidents meet, ...': nothing is told to take place."""
    for word in reversed(left):
        if word in {",", ";", "if", "unless"}:
            return word in {"if", "unless"}
    return False


def _first(*cases: tuple[object, Status | None]) -> Status | None:
    """Return the status of the first case that holds; the last one always does."""
    return next(status for holds, status in cases if holds)


def _of_verb(left: list[str], trigger: Trigger) -> Status | None:
    near = left[-4:]
    if trigger.tense == "base":
        return _first(
            (_NEGATED & set(near) and (_REFUSED & set(left) or "chosen" in left), "cancelled"),
            (_NEGATED & set(near), None),
            (_REFUSED & set(near), "cancelled"),
            (True, _of_infinitive(left, trigger.form)),
        )
    if trigger.tense == "ing":
        return _first(
            ("forward" in near or _PLANNED & set(left[-6:]), "planned"),
            ({"is", "are", "'s", "currently"} & set(near[-2:]), "ongoing"),
            (True, "held"),
        )
    if left[-2:] == ["to", "be"]:
        return _of_infinitive(left, trigger.form)  # 'is to be received'
    travelling = trigger.form == "visit" and trigger.tense in {"present", "arrival"}
    to_come = trigger.tense == "present" and {"when", "before", "once", "until"} & set(left[-9:])
    return _first(
        (to_come, "planned"),  # 'will be signed when the minister visits Oslo'
        (_NEGATED & set(near[-3:]), "cancelled" if "had" in near else None),
        (_FUTURE & set(near[-2:]), "planned"),
        ({"could", "may", "might", "should", "if"} & set(near[-2:]), "proposed"),
        (travelling, "ongoing"),
        (True, "held"),
    )


def _of_infinitive(left: list[str], form: str) -> Status:
    """'will meet', 'is scheduled to meet', 'invited him to visit', 'arrived in Baku to meet'."""
    for index in range(len(left) - 1, -1, -1):
        word = left[index]
        first_ever = word in {"first", "only", "last"} and "'s" not in left[index:]
        emphatic = word in {"did", "does", "do"} and index >= len(left) - 3
        is_to = word in {"is", "are", "was", "were"} and left[index + 1 : index + 2] == ["to"]
        if word in _GLAD and left[index + 1 : index + 2] == ["to"]:
            return "held"  # 'is honoured to welcome'
        if word in _FUTURE or word in _PLANNED or is_to or word in _ARRIVED:
            return "planned"
        if first_ever or emphatic or word in _DONE:
            return "held"  # 'the first president to visit', 'travelled to Oslo to meet'
        if word in _PROPOSED:
            return "proposed"
    return "held" if form == "discuss" else "planned"


def _of_noun(left: list[str], right: list[str], trigger: Trigger) -> Status | None:
    phrase, governor = _split_phrase(left)
    if phrase[:1] in (["'s"], ["’s"]):
        governor = _before_owner(governor)
    last = governor[-1] if governor else ""
    told = set(phrase)
    denied = {"no", "never", "denied"} & {*phrase[-3:], last} or _NEGATED & set(governor[-3:])
    on_trip = trigger.form == "trip" and last == "on" and _ONGOING & set(governor[-4:])
    during = last in {"during", "after", "following", "at"}
    within = last in {"in", "on"} and not (_FUTURE | _PLANNED) & set(governor[-7:])
    refused = {"refused", "rejected", "declined"} & {last, *governor[-2:]}
    return _first(
        (refused or governor[-2:] == ["ruled", "out"], "cancelled"),
        (denied, None),
        (_NEXT & told, "planned"),
        ({"possible", "proposed"} & told, "proposed"),
        ("ongoing" in told, "ongoing"),
        (last in _AHEAD or governor[-2:] == ["ahead", "of"], "planned"),
        (on_trip, "ongoing"),
        (during or within, "held"),
        (True, _nearest_cue(governor, trigger) or _from_right(right) or "held"),
    )


def _split_phrase(left: list[str]) -> tuple[list[str], list[str]]:
    """Split the words before a noun into its own phrase ('a two-day official') and the rest."""
    for index in range(len(left) - 1, -1, -1):
        word = left[index]
        if word in {"a", "an", "the", "his", "her", "their", "its", "'s", "’s", "this", "no"}:
            return left[index:], left[:index]
        if word in _HELD_VERBS or word in _HELD_BEFORE or word in {"to", "hold", "for", "of", ","}:
            return left[index + 1 :], left[: index + 1]
        if len(left) - index > 6:
            break
    return left[-3:], left[:-3]


def _before_owner(governor: list[str]) -> list[str]:
    """What stands before the owner of an encounter: 'agreed during | King Olaf 's visit'."""
    for index in range(len(governor) - 1, max(-1, len(governor) - 9), -1):
        if governor[index] in _HELD_BEFORE or governor[index] in _OWNER_MARKS:
            return governor[: index + 1]
    return governor


def _nearest_cue(governor: list[str], trigger: Trigger) -> Status | None:
    for index in range(len(governor) - 1, -1, -1):
        word = governor[index]
        after = governor[index + 1] if index + 1 < len(governor) else ""
        is_being = word in {"is", "are"}
        if word in _FUTURE or word in _PLANNED or (is_being and after == "to"):
            return "planned"
        if word in _PROPOSED:
            return "proposed"
        if is_being and trigger.kind != "visit":
            return "ongoing" if after in {"holding", "in"} else None
        if word in _HELD_VERBS:
            return "held"
        if word in _BREAKS:
            break
    return None


def _from_right(right: list[str]) -> Status | None:
    for index, word in enumerate(right):
        if word in {".", ";", ","} and index > 1:
            return None
        if word in _FUTURE or (word in {"scheduled", "slated", "expected", "due"}):
            return "planned"
        if word in {"was", "were", "held", "took", "concluded", "ended", "focused", "began"}:
            return "held"
        if word in {"underway", "continue", "continues"}:
            return "ongoing"
    return None
