"""Indirect speech: verbs of speech with a subject, and what they report.

Verbs inside direct speech, and inside what another verb already reports, do not count.

What belongs here: reading a sentence from left to right for such verbs. What does not: whether a
form stands as a verb (`verb_positions`), the bounds of the clause (`reported_clauses`), and
attributions at the ends of a sentence (`closing_attributions`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.extraction.clause_words import RELATIVES, is_name
from pipelines.extraction.closing_attributions import Frame
from pipelines.extraction.cues import Cue, cue_at, word_class
from pipelines.extraction.interruptions import interrupted, interruption
from pipelines.extraction.reported_clauses import Content, content_of
from pipelines.extraction.sentence_items import Sentence
from pipelines.extraction.speakers import Speaker
from pipelines.extraction.speech_drafts import Attribution, Draft, cue_span, draft_of
from pipelines.extraction.subjects import Subjects
from pipelines.extraction.verb_positions import Verbs

_LONGEST_RELATIVE = 8  # items from the pronoun to the verb
_SUBORDINATORS = word_class("clause_openers") - {"as"}


def find_indirect(
    sentences: Sequence[Sentence], subjects: Subjects, used: frozenset[tuple[int, int]]
) -> tuple[Draft, ...]:
    """Return the indirect and mixed speech of an article, in order.

    `used` holds the (sentence, item) places that direct speech has taken.
    """
    drafts: list[Draft] = []
    taken: dict[int, set[int]] = {}
    for number, index in used:
        taken.setdefault(number, set()).add(index)
    for number, sentence in enumerate(sentences):
        drafts.extend(_Scan(sentence, subjects, taken.get(number, set())).read())
    return tuple(drafts)


class _Scan:
    """One sentence, read from left to right."""

    def __init__(self, sentence: Sentence, subjects: Subjects, taken: set[int]) -> None:
        self.sentence = sentence
        self.subjects = subjects
        self.taken = taken
        self.verbs = Verbs(sentence, subjects)
        self.subject: Speaker | None = None  # of the verb read last

    def read(self) -> Iterator[Draft]:
        """Yield what the sentence reports."""
        words = self.sentence.words
        frame = Frame(self.sentence, self.subjects, self.taken)
        closing, limit = frame.closing()
        opening = frame.opening(limit)
        if opening is not None:
            yield opening
        place = interruption(frame, limit) if opening is None else None
        if place is None and opening is None and closing is not None and closing.cue is None:
            # 'By the time it ended, according to two guests, the hall was empty'
            place = interruption(frame, len(words))
            limit = len(words) if place is not None else limit
        broken = interrupted(frame, place, limit) if place is not None else None
        if broken is not None:
            yield broken
            return
        found = opening is not None
        for draft in self._reports(0, limit):
            found = True
            yield draft
        if closing is not None and not found:
            closed = frame.closed_by(closing)
            if closed is not None:
                yield closed
                self.subject = closed.attribution.speaker
                yield from self._reports(closing.behind, len(words))

    def _reports(self, start: int, limit: int) -> Iterator[Draft]:
        """Yield what the verbs between two items report, those apart that another reports."""
        words = self.sentence.words
        reported = index = start  # the item index up to which the words are already reported
        while index < limit:
            cue = cue_at(words, index)
            free = index >= reported and index not in self.taken
            if cue is None or not free or is_name(self.sentence, index):
                index += 1
                continue
            draft, end = self._at(index, cue, limit)
            if draft is not None:
                yield draft
                reported = end
            index += len(cue.words)

    def _at(self, index: int, cue: Cue, limit: int) -> tuple[Draft | None, int]:
        """What the verb at an item reports, and the item behind it."""
        position = self.verbs.position(index, cue, self.subject)
        if position is None:
            return None, 0
        speaker = position.speaker
        self.subject = speaker or self.subject
        if cue.is_act:
            return None, 0
        words = self.sentence.words
        if self._is_aside(index):
            return None, 0
        subordinate = words[0] in _SUBORDINATORS and "," not in words[:index]
        if subordinate or self._in_relative(index):
            # 'While the minister welcomed the offer, he ...', 'the plan, which critics say is too
            # costly, passed': the clause ends at the comma
            limit = next((i for i in range(index, limit) if words[i] == ","), limit)
        content = content_of(self.sentence, index, cue, self.subjects, limit)
        if content is not None and position.rule == "speech-opening-participle":
            content, speaker = self._before_subject(content)
        if content is None or not _is_told(content, cue, speaker):
            return None, 0
        attribution = Attribution(
            speaker,
            cue_span(self.sentence, index, cue),
            position.polarity,
            position.rule,
            0.85 if speaker is not None and speaker.firm else 0.6,
        )
        return draft_of(self.sentence, content, attribution, self.taken), content.end

    def _is_aside(self, index: int) -> bool:
        """Whether the verb at an item is an aside: 'the plan, as he told the court, failed'."""
        words = self.sentence.words
        near = range(index - 1, max(0, index - _LONGEST_RELATIVE), -1)
        at = next((i for i in near if words[i] in {"as", ","}), 0)
        return at > 0 and words[at] == "as" and words[at - 1] == ","

    def _in_relative(self, index: int) -> bool:
        """Whether the verb at an item stands in a relative clause that a comma opened."""
        words = self.sentence.words
        for at in range(index - 1, max(0, index - _LONGEST_RELATIVE), -1):
            if words[at] in RELATIVES:
                return words[at - 1] == ","
            if words[at] == ",":
                return False
        return False

    def _before_subject(self, content: Content) -> tuple[Content | None, Speaker | None]:
        """'Noting the delay, the two ministers agreed': up to the comma, said by what follows."""
        words = self.sentence.words
        comma = next((i for i in range(content.start, content.end) if words[i] == ","), None)
        if comma is None:
            return None, None
        speaker = self.subjects.first_in(self.sentence.behind(comma + 1), 30)
        return Content(content.start, comma, content.frame) if speaker else None, speaker


def _is_told(content: Content, cue: Cue, speaker: Speaker | None) -> bool:
    """Whether a phrase is speech: an event also 'underscores the need', but is no speaker."""
    if content.frame == "that":
        return True
    if speaker is None:
        return cue.form != "past" or content.frame != "np"
    return speaker.firm
