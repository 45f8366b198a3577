"""Attributions in the middle of what is said: 'The plant, officials said, will open in June'.

What belongs here: finding the two commas, and what stands before and behind them. What does not:
attributions at the ends of a sentence (`closing_attributions`), and speech in quotation marks,
which is interrupted in the same way (`quotes_direct`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.extraction.clause_words import is_adverbial, is_name
from pipelines.extraction.closing_attributions import Closing, Frame
from pipelines.extraction.cues import cue_at
from pipelines.extraction.speech_drafts import Attribution, Draft, cue_span
from pipelines.records import Span

_NO_SUBJECTS = frozenset(
    {"which", "who", "whose", "whom", "where", "when", "and", "but", "that", "as", "or", "if"}
)
_NO_SPEECH = frozenset({"that", "who", "which", "whose", "where", "when", "adding", "but"})
_LONGEST_SUBJECT = 16
_LONGEST_ADVERBIAL = 8
_SHORTEST_REST = 2


@dataclass(frozen=True, slots=True)
class Interruption:
    """The items of an attribution between two commas: `comma`, its verb `at`, and `behind`."""

    comma: int
    at: int
    behind: int


def interruption(frame: Frame, limit: int) -> Interruption | None:
    """Return the attribution that interrupts a sentence before the item `limit`, or None."""
    words = frame.sentence.words
    if "," not in words[:limit]:
        return None
    for at in range(2, limit - _SHORTEST_REST):
        cue = cue_at(words, at)
        if cue is None or is_name(frame.sentence, at):
            continue
        if at in frame.taken or not frame.may_close(cue, at):
            if cue.form == "past" and "quote" in cue.frames and at not in frame.taken:
                return None  # what stands behind it is reported by this verb
            continue
        return _around(frame, at, len(cue.words), limit)
    return None


def _around(frame: Frame, at: int, length: int, limit: int) -> Interruption | None:
    """The commas around an attribution whose verb is at an item, where there are two."""
    words = frame.sentence.words
    comma = next(
        (i for i in range(at - 1, max(0, at - _LONGEST_SUBJECT), -1) if words[i] == ","), 0
    )
    reach = at + length + _LONGEST_SUBJECT
    behind = next((i for i in range(at + length, min(reach, limit)) if words[i] == ","), 0)
    if not comma or not behind or behind + _SHORTEST_REST >= limit:
        return None
    if words[comma + 1] in _NO_SUBJECTS or words[behind + 1] in _NO_SPEECH:
        return None
    if any(item.marked for item in frame.sentence.items[: behind + 2]):
        return None
    inverted = at == comma + 1
    between = words[at + length : behind]
    if inverted and not (between and frame.is_inverted(at + length, behind)):
        return None
    if between[:1] and between[0] in {"to", "with"}:
        return None  # 'charged with protecting them', 'pledged to help'
    if not inverted and not (len(between) <= _LONGEST_ADVERBIAL and frame.only_adverbial(between)):
        return None
    return Interruption(comma, at, behind)


def interrupted(frame: Frame, found: Interruption, limit: int) -> Draft | None:
    """Return the speech around an interruption; None where nobody who can speak is named.

    An adverbial before it ('In his address, the minister said, ...') is no part of the speech.
    """
    items, words = frame.sentence.items, frame.sentence.words
    cue = cue_at(words, found.at)
    if cue is None:
        return None
    speaker, polarity = frame.speaker(Closing(found.comma, found.at, cue))
    if speaker is None or not speaker.firm:
        return None
    last = limit - 1
    while last > found.behind and words[last] in {".", "!", "?", ","}:
        last -= 1
    adverbial = is_adverbial(items[: found.comma])
    if adverbial and "np" in cue.frames:
        return None  # 'After the talks, both announced on Monday, an accord': its object
    parts = [Span(items[found.behind + 1].start_char, items[last].end_char)]
    if not adverbial:
        parts.insert(0, Span(items[0].start_char, items[found.comma - 1].end_char))
    mixed = any(item.marked for item in items[found.behind : limit])
    attribution = Attribution(
        speaker, cue_span(frame.sentence, found.at, cue), polarity, "speech-interrupted", 0.8
    )
    evidence = Span(frame.sentence.start_char, frame.sentence.end_char)
    return Draft(tuple(parts), "mixed" if mixed else "indirect", attribution, evidence)
