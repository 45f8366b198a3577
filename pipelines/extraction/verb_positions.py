"""Whether a form of a verb of speech stands as a verb, and whose it is.

Many forms are also nouns or adjectives ('demands', 'the stated aim', 'reports'). A form counts
behind a subject, as a participle behind a comma, or as an infinitive of purpose behind an
encounter ('called the president to congratulate').

What belongs here: these tests of position. What does not: what the verb reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from pipelines.extraction.clause_words import ADVERBS, BE, PREPOSITIONS
from pipelines.extraction.cues import Cue, cue_at, word_class
from pipelines.extraction.sentence_items import Sentence
from pipelines.extraction.speakers import Speaker
from pipelines.extraction.subjects import Subject, Subjects
from pipelines.records import Polarity

_DETERMINERS = word_class("determiners_indirect")
_ENCOUNTER_VERBS = word_class("encounter_verbs")
_UTTERANCES = word_class("utterances")
_LIGHT_VERBS = word_class("light_verbs")
_ADVERBIAL = 12  # items between commas: 'explains, in a note to the council, that'
_GLAD = frozenset({"proud", "pleased", "happy", "glad", "delighted"})


@dataclass(frozen=True, slots=True)
class Position:
    """Who speaks at a verb, whether it was said, and by which rule it counts as a verb."""

    speaker: Speaker | None
    polarity: Polarity
    rule: str


@dataclass(frozen=True, slots=True)
class Verbs:
    """The verbs of one sentence."""

    sentence: Sentence
    subjects: Subjects

    def position(  # noqa: PLR0911
        self, index: int, cue: Cue, current: Speaker | None
    ) -> Position | None:
        """Return how the form at an item index stands as a verb, or None where it is none.

        `current` is the subject of the verb before it in the sentence, which it may share.
        """
        words = self.sentence.words
        behind = index + len(cue.words)
        follows = words[behind] if behind < len(words) else ""
        previous = words[index - 1] if index else ""
        if previous in _DETERMINERS or follows in {"by", "of"} or behind >= len(words):
            return None
        if cue.form == "gerund":
            return self._participle(index, current)
        if cue.form == "base" and previous == "to":
            return self._purpose(index)
        subject = self.subjects.subject_of(self.sentence, index)
        if subject is None:
            return None
        if subject.passive:
            return self._passive(follows, subject)
        if subject.inherited:
            return self._coordinated(cue, subject, current)
        unsure = cue.form in {"third", "base"} and not self._agrees(index, cue, subject)
        if unsure or subject.speaker is None:
            return None
        return Position(subject.speaker, subject.polarity, "speech-verb")

    def _coordinated(self, cue: Cue, subject: Subject, current: Speaker | None) -> Position | None:
        """'met the envoy and stressed': a present form needs a subject that is known."""
        if cue.form in {"third", "base"} and current is None:
            return None
        speaker = current or self._first(subject.verb_start)
        return Position(speaker, subject.polarity, "speech-coordinated") if speaker else None

    def _agrees(self, index: int, cue: Cue, subject: Subject) -> bool:
        """Whether a present form, which may be a noun, follows a subject of its number."""
        words = self.sentence.words
        before = cue_at(words, index - 1)
        if not subject.adjacent or (before is not None and before.form == "past"):
            return False  # a plural noun: 'and invited advocates'
        if cue.form == "third":
            behind = index + len(cue.words)
            follows = words[behind]
            if follows == "," and words[behind + 1] in PREPOSITIONS:
                return (",", "that") in pairwise(words[behind + 1 : behind + _ADVERBIAL])
            return follows not in {"and", ",", ".", "with", "in", "on", "from", "between"}
        auxiliary = subject.verb_start < index
        last = words[subject.verb_start - 1]
        if (not auxiliary and last.endswith("ed")) or last in _LIGHT_VERBS:
            return False  # the noun of a light verb: 'paid state visits'
        plural = last.endswith("s") or last in {"they", "we", "both", "people", "all"}
        several = subject.speaker is not None and (
            len(subject.speaker.names) > 1 or subject.speaker.plural
        )
        return auxiliary or plural or several

    def _first(self, stop: int) -> Speaker | None:
        return self.subjects.first_in(self.sentence, stop)

    def _participle(self, index: int, current: Speaker | None) -> Position | None:
        words, items = self.sentence.words, self.sentence.items
        before = index - 1
        while before >= 0 and (words[before] in ADVERBS or words[before].endswith("ly")):
            before -= 1
        if before < 0:
            return Position(None, "asserted", "speech-opening-participle")
        if words[before] in BE:
            subject = self.subjects.subject_of(self.sentence, index)
            if subject is None or subject.speaker is None:
                return None
            return Position(subject.speaker, subject.polarity, "speech-verb")
        speaker: Speaker | None = None
        source = self.subjects.quoted_source(self.sentence, index)
        if source is not None:
            speaker = source
        elif self._shares_subject(index, before):
            speaker = current or self._first(before)
        elif (governed := self._governed(before)) is not None:
            speaker = self.subjects.resolve(items[governed:index])
        elif self.subjects.actor_on(items[before]) is not None:
            speaker = current or self._first(before)
        return Position(speaker, "asserted", "speech-participle") if speaker else None

    def _shares_subject(self, index: int, before: int) -> bool:
        """Whether a participle has the subject of the sentence: behind a comma, a statement."""
        words = self.sentence.words
        if words[before] in {",", "and", "while", "by", "as", "but", "or", "—", "–"}:
            return True
        if any(word in _UTTERANCES for word in words[max(0, before - 2) : before + 1]):
            return True
        return words[index + 1 : index + 2] == ("that",) and words[before] not in PREPOSITIONS

    def _governed(self, before: int) -> int | None:
        """Where the participle's own subject begins: 'with the ministry announcing'."""
        words, items = self.sentence.words, self.sentence.items
        actor = self.subjects.actor_on(items[before])
        for index in range(before, max(0, before - 12), -1):
            if words[index] == ",":
                return None
            if words[index] == "from" and actor is not None and items[index].end == actor.start:
                return index + 1
            if words[index] == "with" and (actor or items[before].text[:1].isupper()):
                return index + 1
        return None

    def _purpose(self, index: int) -> Position | None:
        """'met with the minister to express': said at the encounter."""
        words = self.sentence.words
        glad = index > 1 and words[index - 2] in _GLAD
        if not glad and not any(w in _ENCOUNTER_VERBS for w in words[max(0, index - 40) : index]):
            return None
        speaker = self._first(index)
        return Position(speaker, "asserted", "speech-purpose") if speaker else None

    def _passive(self, follows: str, subject: Subject) -> Position | None:
        """'it was stressed that': said, but not told by whom."""
        if self.sentence.words[subject.verb_start - 1] == "it" and follows == "that":
            return Position(None, subject.polarity, "speech-passive")
        return None
