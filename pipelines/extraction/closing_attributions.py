"""Attributions that frame a sentence: 'According to X, ...', '..., X said', '..., according to X'.

What belongs here: finding them at the ends of a sentence, and what they attribute. What does not:
verbs with what they report behind them (`quotes_indirect`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.extraction.clause_ends import PLURAL_VERBS, end_of
from pipelines.extraction.clause_starts import ADDRESSEES, WEEKDAYS
from pipelines.extraction.clause_words import ADVERBS, FINITE, PREPOSITIONS, is_name
from pipelines.extraction.cues import Cue, cue_at, speaker_nouns
from pipelines.extraction.reported_clauses import Content
from pipelines.extraction.sentence_items import Item, Sentence
from pipelines.extraction.speakers import Speaker
from pipelines.extraction.speech_drafts import STOPS, Attribution, Draft, cue_span, draft_of
from pipelines.extraction.subjects import Subjects, phrase_end
from pipelines.records import Polarity

_PRONOUNS = frozenset({"he", "she", "they", "it", "we"})
_CLAUSE_BEGINNINGS = _PRONOUNS | {
    "the", "a", "an", "this", "these", "there", "some", "about", "over", "nearly", "almost", "both",
    "all", "no", "many", "more", "most", "several", "two", "three", "up", "only",
}  # fmt: skip
_THIRDS = frozenset({"says", "adds", "explains", "writes"})  # the rest are as often plural nouns
_SEVERAL = frozenset({"they", "people", "police", "media", "both", "many", "some"})
_ADVERBIALS = (PREPOSITIONS | WEEKDAYS | {"here", "early", "late", "earlier", "later", "last"}) - {
    "as"
}
_REACH = 45
_LONGEST_LIST = 6
_LONGEST_ADDRESSEE = 5
_LONGEST_OFFICE = 8


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing attribution: the items of its comma and its verb; no cue for 'according to'."""

    comma: int
    at: int
    cue: Cue | None

    @property
    def behind(self) -> int:
        """The item behind its verb."""
        return self.at + (len(self.cue.words) if self.cue else 2)


@dataclass(frozen=True, slots=True)
class Frame:
    """The attributions that frame one sentence; `taken` are items that direct speech has used."""

    sentence: Sentence
    subjects: Subjects
    taken: set[int]

    def opening(self, limit: int) -> Draft | None:
        """Return what 'According to X, ...' attributes, up to the item `limit`."""
        words, items = self.sentence.words, self.sentence.items
        at = next((i for i in range(min(3, limit)) if words[i : i + 2] == ("according", "to")), -1)
        if at < 0 or at + 2 >= limit:
            return None
        stop, begin = self._phrase_and_clause(at + 2, limit)
        speaker = self.subjects.resolve(items[at + 2 : max(stop, at + 3)])
        alone = begin < limit and items[begin].marked is not None  # 'According to X, "..."'
        if speaker is None or (begin + 2 >= limit and not alone):
            return None
        start = self._behind_apposition(begin, limit, speaker) if begin > stop else begin
        span = cue_span(self.sentence, at, None)
        attribution = Attribution(speaker, span, "asserted", "speech-according-to", 0.85)
        end = end_of(self.sentence, start, "that", self.subjects, limit)
        return draft_of(self.sentence, Content(start, end, "that"), attribution, self.taken)

    def _phrase_and_clause(self, start: int, limit: int) -> tuple[int, int]:
        """Where the phrase behind 'according to' ends, and where the clause behind it begins."""
        words, items = self.sentence.words, self.sentence.items
        named = self.subjects.actor_on(items[start])
        if named is not None:
            reach = start
            while reach < limit and items[reach].start < named.end:
                reach += 1
            if reach < limit and (words[reach] in _CLAUSE_BEGINNINGS or words[reach].isdigit()):
                return reach, reach  # 'According to Lund the talks failed'
        comma, depth = start, 0
        while comma < limit - 1 and (words[comma] != "," or depth > 0):
            depth += (words[comma] == "(") - (words[comma] == ")")
            if words[comma] in speaker_nouns() and words[comma + 1] in _CLAUSE_BEGINNINGS:
                return comma + 1, comma + 1  # 'According to the ministry more than ...'
            comma += 1
        return comma, comma + 1

    def _behind_apposition(self, start: int, limit: int, speaker: Speaker) -> int:
        """'According to the coach, Ana Lund, ...', 'According to Ana Lund, the minister, ...'."""
        words, items = self.sentence.words, self.sentence.items
        actor = self.subjects.actor_on(items[start])
        further = next((i for i in range(start, min(start + 14, limit)) if words[i] == ","), 0)
        if further and words[start] in {"who", "which", "whose"}:
            return further + 1
        if not further or any(word in FINITE for word in words[start:further]):
            return start
        if actor is not None and speaker.name and actor.name == speaker.name:
            return further + 1
        if words[start] in {"the", "a", "an", "his", "her"}:
            noun = self.subjects.resolve(items[start:further])
            return further + 1 if noun is not None and noun.firm else start
        return start

    def closing(self) -> tuple[Closing | None, int]:
        """Return the attribution that closes the sentence, and the item where it begins.

        The credit line of a news agency (', IRNA reported') is cut off, but attributes nothing.
        """
        stop = len(self.sentence.words)
        found = self._closing(stop)
        if found is not None and self._is_credit(found):
            stop = found.comma
            found = self._closing(stop)
        return found, found.comma if found else stop

    def _is_credit(self, closing: Closing) -> bool:
        if closing.cue is None or closing.cue.lemma != "report":
            return False
        speaker, _ = self.speaker(closing)
        return speaker is None or speaker.role is None

    def _closing(self, stop: int) -> Closing | None:
        words = self.sentence.words[:stop]
        source: Closing | None = None
        for at in range(stop - 1, max(3, stop - _REACH), -1):
            if words[at : at + 2] == ("according", "to"):
                source = Closing(at - (words[at - 1] == ","), at, None)
                continue
            cue = cue_at(words, at)
            if cue is None or at in self.taken or not self.may_close(cue, at):
                continue
            behind = at + len(cue.words)
            if words[at - 1] == "," and self.is_inverted(behind, stop):
                return Closing(at - 1, at, cue)
            comma = self._comma_before(at)
            if comma is None or not self.only_adverbial(words[self._addressed(behind, cue) :]):
                continue
            if words[behind : behind + 1] == ("to",) and "to" in cue.frames:
                continue  # 'In Lima, the minister pledged to help'
            if "that" in words[comma + 1 : at]:
                continue  # 'this will help the centre that the state announced'
            closing = Closing(comma, at, cue)
            relative = words[comma + 1] in {"which", "who", "and", "but", "that", "as"}
            if not relative and self.speaker(closing)[0] is not None:
                return closing
        return source

    def may_close(self, cue: Cue, at: int) -> bool:
        """Whether the verb at an item has a form that may stand behind what it reports."""
        if cue.form == "third" and cue.words[0] not in _THIRDS:
            return False
        if cue.form == "base":  # most are as often singular nouns
            plural = cue.lemma in PLURAL_VERBS and self._follows_plural(at)
            return plural and not is_name(self.sentence, at)
        speaks = "quote" in cue.frames and bool(cue.frames & {"that", "that!", "tell"})
        finite = cue.form in {"past", "third"} and speaks
        return finite and not is_name(self.sentence, at)

    def _follows_plural(self, at: int) -> bool:
        """Whether the word before a verb's present form is of several: 'researchers say'."""
        words = self.sentence.words
        while at > 0 and words[at - 1] in ADVERBS:
            at -= 1
        before = words[at - 1] if at else ""
        return before in _SEVERAL or (before.endswith("s") and not before.endswith("ss"))

    def _addressed(self, behind: int, cue: Cue) -> int:
        """The item behind whom the verb tells: ', he told reporters on Monday'."""
        if "tell" not in cue.frames:
            return behind
        words, items = self.sentence.words, self.sentence.items
        reach = min(behind + _LONGEST_ADDRESSEE, len(words))
        stop = behind
        while stop < reach and (
            items[stop].text[:1].isupper()
            or words[stop] in ADDRESSEES
            or words[stop] in speaker_nouns()
        ):
            stop += 1
        return stop

    def _comma_before(self, at: int) -> int | None:
        """The comma before the subject of a closing verb, past lists and appositions in it."""
        words, items = self.sentence.words, self.sentence.items
        commas = [i for i in range(at - 1, max(0, at - 30), -1) if words[i] == ","]
        comma = commas[0] if commas else None
        if comma == at - 1:  # ', its director, General Hugo Rey, told'
            near = len(commas) > 2 and commas[1] - commas[2] <= _LONGEST_OFFICE
            named = near and items[commas[1] + 1].text[:1].isupper()
            return commas[2] if named else comma
        for _ in range(_LONGEST_LIST):
            if comma is None or comma <= 3:
                break
            behind = words[comma + 1]
            earlier = next(
                (i for i in range(comma - 1, max(0, comma - 8), -1) if words[i] == ","), None
            )
            if earlier is None:
                break
            capital = items[comma + 1].text[:1].isupper() or behind == "and"
            listed = capital and "and" in words[comma:at]
            named = behind in {"a", "an"} and items[earlier + 1].text[:1].isupper()
            if not (named or listed):
                break
            comma = earlier
        return comma

    def is_inverted(self, start: int, stop: int) -> bool:
        """Whether a mere subject follows a verb behind a comma: ', said the minister.'"""
        items, words = self.sentence.items, self.sentence.words
        end = min(phrase_end(self.sentence, start, self.subjects), stop)
        if end <= start or words[start] in _PRONOUNS:
            return False
        phrase = items[start:end]
        speaker = self.subjects.resolve(phrase)
        if speaker is None or not speaker.firm or not self.only_adverbial(words[end:stop]):
            return False
        actor = self.subjects.actor_on(items[start])
        nominal = all(
            item.text[:1].isupper()
            or item.lower in {"the", "a", "an", "of", "for"} | speaker_nouns()
            for item in phrase
        )
        return nominal or (actor is not None and actor.end >= phrase[-1].end)

    @staticmethod
    def only_adverbial(behind: tuple[str, ...]) -> bool:
        """Whether nothing but an adverbial of the closing verb follows: 'on Monday'."""
        if behind[:1] == (",",) and behind[1:2] and behind[1].endswith("ing"):
            return True  # ', the minister said, adding that'
        rest = [word for word in behind if word not in STOPS]
        if not rest:
            return True
        if "," in behind[:-3]:
            return False  # 'he said on Monday, would be joined', but 'in Lima, Peru'
        if rest[0] == "who" and len(rest) > 2:
            return True  # ', said an official who was not named'
        adverbial = rest[0] in _ADVERBIALS
        return len(rest) <= 8 and adverbial and "that" not in rest

    def speaker(self, closing: Closing) -> tuple[Speaker | None, Polarity]:
        """Return who speaks in an attribution, and whether it is said or denied."""
        if closing.cue is None:
            return self.subjects.resolve(self._until_stop(closing.at + 2)), "asserted"
        if closing.at == closing.comma + 1:
            phrase = self._until_stop(closing.at + len(closing.cue.words))
            return self.subjects.resolve(phrase), "asserted"
        behind = self.sentence.behind(closing.comma + 1)
        subject = self.subjects.subject_of(behind, closing.at - closing.comma - 1)
        if subject is None or subject.passive:
            return None, "asserted"
        return subject.speaker, subject.polarity

    def closed_by(self, closing: Closing) -> Draft | None:
        """Return what a closing attribution attributes: the sentence before it."""
        words = self.sentence.words
        comma, at, cue = closing.comma, closing.at, closing.cue
        speaker, polarity = self.speaker(closing)
        if speaker is None or comma < 4 or (cue is not None and not speaker.firm):
            return None
        if comma < 8 and words[0] in PREPOSITIONS and "," not in words[:comma]:
            return None  # 'For example in 2012, according to the ministry'
        start = 0
        while start < comma and words[start] in {"-", "–", "—", "and", "but", ","}:
            start += 1
        rule = "speech-according-to" if cue is None else "speech-closing"
        span = cue_span(self.sentence, at, cue)
        attribution = Attribution(speaker, span, polarity, rule, 0.8)
        return draft_of(self.sentence, Content(start, comma, "that"), attribution, self.taken)

    def _until_stop(self, start: int) -> tuple[Item, ...]:
        words = self.sentence.words
        stop = start
        while stop < len(words) and words[stop] not in {",", ".", ";", ":"}:
            stop += 1
        return self.sentence.items[start:stop]
