"""Attributions in the middle of what is said: 'The plant, officials said, will open in June'.

What belongs here: finding the two commas, and what stands before and behind them. What does not:
attributions at the ends of a sentence (`closing_attributions`), and speech in quotation marks,
which is interrupted in the same way (`quotes_direct`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.extraction.clause_words import FINITE, is_adverbial, is_name
from pipelines.extraction.closing_attributions import Closing, Frame
from pipelines.extraction.cues import Cue, cue_at
from pipelines.extraction.sentence_items import Item
from pipelines.extraction.speech_drafts import Attribution, Draft, cue_span
from pipelines.records import Span

_NO_SUBJECTS = frozenset(
    {"which", "who", "whose", "whom", "where", "when", "and", "but", "that", "as", "or", "if"}
)
_NO_SPEECH = frozenset({"that", "who", "which", "whose", "where", "when", "but"})
_LONGEST_SUBJECT = 16
_LONGEST_ADVERBIAL = 8
_SHORTEST_REST = 2


@dataclass(frozen=True, slots=True)
class Interruption:
    """The items of an attribution between two commas: `comma`, its verb `at`, and `behind`.

    `cue` is None for 'according to'.
    """

    comma: int
    at: int
    behind: int
    cue: Cue | None


def interruption(frame: Frame, limit: int) -> Interruption | None:
    """Return the attribution that interrupts a sentence before the item `limit`, or None."""
    words = frame.sentence.words
    if "," not in words[:limit]:
        return None
    for at in range(2, limit - _SHORTEST_REST):
        if words[at : at + 2] == ("according", "to") and words[at - 1] == ",":
            return _of_source(frame, at, limit)
        cue = cue_at(words, at)
        if cue is None or is_name(frame.sentence, at):
            continue
        if at in frame.taken or not frame.may_close(cue, at):
            if cue.form == "past" and "quote" in cue.frames and at not in frame.taken:
                return None  # what stands behind it is reported by this verb
            continue
        return _around(frame, at, cue, limit)
    return None


def _of_source(frame: Frame, at: int, limit: int) -> Interruption | None:
    """The commas around 'according to', where the clause that it interrupts goes on behind."""
    words, items = frame.sentence.words, frame.sentence.items
    commas = [i for i in range(at + 3, min(at + 2 * _LONGEST_SUBJECT, limit)) if words[i] == ","]
    for behind in commas[:2]:  # an apposition may stand before the second one
        rest = items[behind + 1 : limit]
        if len(rest) > _SHORTEST_REST and _goes_on(frame, rest):
            return Interruption(at - 1, at, behind, None)
    return None


def _goes_on(frame: Frame, rest: tuple[Item, ...]) -> bool:
    """Whether a clause goes on here, and no apposition: with its verb, or with a subject of it."""
    first, doc = rest[0], frame.subjects.reading.doc
    if first.lower in _NO_SUBJECTS or first.lower.endswith("ing"):
        return False
    if first.lower in FINITE or doc[first.start].pos_ in {"VERB", "AUX"}:
        return True
    comma = next((i for i, item in enumerate(rest) if item.lower == ","), len(rest))
    return any(item.lower in FINITE for item in rest[: min(comma, _LONGEST_SUBJECT)])


def _around(frame: Frame, at: int, cue: Cue, limit: int) -> Interruption | None:
    """The commas around an attribution whose verb is at an item, where there are two."""
    words = frame.sentence.words
    length = len(cue.words)
    comma = next(
        (i for i in range(at - 1, max(0, at - _LONGEST_SUBJECT), -1) if words[i] == ","), 0
    )
    reach = at + length + _LONGEST_SUBJECT
    behind = next((i for i in range(at + length, min(reach, limit)) if words[i] == ","), 0)
    if not comma or not behind or behind + _SHORTEST_REST >= limit:
        return None
    follows, between = words[behind + 1], words[at + length : behind]
    if words[comma + 1] in _NO_SUBJECTS or follows in _NO_SPEECH or follows.endswith("ing"):
        return None
    if any(item.marked for item in frame.sentence.items[: behind + 2]):
        return None
    if at == comma + 1:
        fits = bool(between) and frame.is_inverted(at + length, behind)
    else:
        # but 'charged with protecting them', 'pledged to help'
        fits = between[:1] not in {("to",), ("with",)} and len(between) <= _LONGEST_ADVERBIAL
        fits = fits and frame.only_adverbial(between)
    return Interruption(comma, at, behind, cue) if fits else None


def interrupted(frame: Frame, found: Interruption, limit: int) -> Draft | None:
    """Return the speech around an interruption; None where nobody who can speak is named.

    An adverbial before it ('In his address, the minister said, ...') is no part of the speech.
    """
    items, words = frame.sentence.items, frame.sentence.words
    speaker, polarity = frame.speaker(Closing(found.comma, found.at, found.cue))
    if speaker is None or not (speaker.firm or found.cue is None):
        return None
    adverbial = found.cue is not None and is_adverbial(items[: found.comma])
    if adverbial and found.cue is not None and "np" in found.cue.frames:
        return None  # 'After the talks, both announced on Monday, an accord': its object
    last = limit - 1
    while last > found.behind and words[last] in {".", "!", "?", ","}:
        last -= 1
    parts = [Span(items[found.behind + 1].start_char, items[last].end_char)]
    if not adverbial:
        parts.insert(0, Span(items[0].start_char, items[found.comma - 1].end_char))
    mixed = any(item.marked for item in items[:limit])
    span = cue_span(frame.sentence, found.at, found.cue)
    attribution = Attribution(speaker, span, polarity, "speech-interrupted", 0.8)
    evidence = Span(frame.sentence.start_char, frame.sentence.end_char)
    return Draft(tuple(parts), "mixed" if mixed else "indirect", attribution, evidence)
