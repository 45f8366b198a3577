"""Direct speech: which stretches in quotation marks are speech, and who speaks.

A verb of speech before the marks ('X added: "..."'), behind them in either order ('"...," said
X', '"...," X said'), or a paragraph or sentence that is nothing but marks, which goes on with the
speaker before. What has none of these (titles, nicknames, scare quotes) is no speech.

What belongs here: these rules. What does not: pairing of marks (`quotation_marks`), words in marks
inside a reported clause (`quotes_indirect`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.extraction.clause_words import PREPOSITIONS, RELATIVES, is_name
from pipelines.extraction.cues import Cue, cue_at
from pipelines.extraction.sentence_items import Item, Sentence
from pipelines.extraction.speakers import Speaker
from pipelines.extraction.speech_drafts import Attribution, Draft, cue_span
from pipelines.extraction.subjects import Subjects, phrase_end
from pipelines.records import Span

_BEFORE_SPEECH = frozenset({",", ":", ";", "—", "–", "-", "and", "but", "that", "", "(", "["})
_STOPS = frozenset({".", "!", "?", "…", "..."})
_ATTRIBUTION_REACH = 30
_COLON_REACH = 60
_COMMA_REACH = 14


@dataclass(frozen=True, slots=True)
class DirectSpeech:
    """The drafts found, and the (sentence, item) places of the verbs and marks that they used."""

    drafts: tuple[Draft, ...]
    used: frozenset[tuple[int, int]]


def find_direct(sentences: Sequence[Sentence], subjects: Subjects) -> DirectSpeech:
    """Return the direct speech of an article, in order."""
    search = _Search(sentences, subjects)
    for number, sentence in enumerate(sentences):
        for index, item in enumerate(sentence.items):
            if item.marked is not None and (number, index) not in search.used:
                search.read(number, index)
    return DirectSpeech(tuple(search.drafts), frozenset(search.used))


class _Search:
    def __init__(self, sentences: Sequence[Sentence], subjects: Subjects) -> None:
        self.sentences = sentences
        self.subjects = subjects
        self.drafts: list[Draft] = []
        self.used: set[tuple[int, int]] = set()
        self.last_sentence = -9  # where the last direct speech stood

    def read(self, number: int, index: int) -> None:
        """Decide on the stretch in marks at an item of a sentence."""
        sentence = self.sentences[number]
        item = sentence.items[index]
        marked = item.marked
        if marked is None:
            return
        if marked.continues and self.drafts and self._follows_open(number):
            self._extend(item)
            self.used.add((number, index))
            self.last_sentence = number
            return
        found = (
            self._cue_before(number, index)
            or self._cue_behind(number, index)
            or self._cue_in_next(number, index)
            or self._bare(number, index)
        )
        if found is None:
            return
        attribution, rest = found
        parts = [Span(item.start_char, item.end_char)]
        self.used.add((number, index))
        if rest is not None and rest < len(sentence.items) and sentence.items[rest].marked:
            further = sentence.items[rest]
            parts.append(Span(further.start_char, further.end_char))
            self.used.add((number, rest))
        evidence = Span(sentence.start_char, sentence.end_char)
        self.drafts.append(Draft(tuple(parts), "direct", attribution, evidence))
        self.last_sentence = number

    def _follows_open(self, number: int) -> bool:
        return number - self.last_sentence <= 1

    def _extend(self, item: Item) -> None:
        last = self.drafts[-1]
        part = Span(item.start_char, item.end_char)
        self.drafts[-1] = replace(last, parts=(*last.parts, part))

    def _cue_before(self, number: int, index: int) -> tuple[Attribution, int | None] | None:
        """'X added: "..."', 'X said, "..."', 'saying "..."'."""
        sentence = self.sentences[number]
        words = sentence.words
        before = index - 1
        if before < 0:
            if number == 0 or self.sentences[number - 1].words[-1] not in {":", ","}:
                return None
            number -= 1
            sentence = self.sentences[number]
            words, before = sentence.words, len(sentence.words) - 1
            index = before + 1
        separator = words[before] if words[before] in {":", ","} else ""
        reach = {":": _COLON_REACH, ",": _COMMA_REACH, "": 4}[separator]
        stop = before if separator else before + 1
        for at in range(stop - 1, max(-1, stop - reach), -1):
            if sentence.items[at].marked or words[at] == ";":
                break
            cue = cue_at(words, at)
            if (
                cue is None
                or "quote" not in cue.frames
                or is_name(sentence, at)
                or at + len(cue.words) > stop
            ):
                continue
            between = words[at + len(cue.words) : stop]
            if not _may_stand_between(between, separator, cue):
                continue
            subject = speaker_for(sentence, at, cue, self.subjects)
            if subject is None:
                continue
            if not separator and not self._ends_there(sentence, index):
                return None
            self.used.add((number, at))
            return self._attribution(sentence, at, cue, subject, "quote-cue-before"), None
        if separator == ":" and self._is_speech(self._marked_item(number, index)):
            speaker = self.subjects.first_in(sentence, stop)
            if speaker is not None:
                return Attribution(speaker, None, "asserted", "quote-colon", 0.6), None
        return None

    def _marked_item(self, number: int, index: int) -> Item:
        sentence = self.sentences[number]
        if index < len(sentence.items):
            return sentence.items[index]
        return self.sentences[number + 1].items[0]

    def _ends_there(self, sentence: Sentence, index: int) -> bool:
        """Whether the marks close the clause: nothing of it follows them."""
        inner = sentence.items[index].text.rstrip("\"”“»«’'›‹")[-1:]
        if inner in {"!", "?"}:
            return True
        after = sentence.words[index + 1 : index + 3]
        return not after or after[0] in _STOPS | {",", ";", "(", "[", "and", "in", "on", "during"}

    def _cue_behind(  # noqa: PLR0911, PLR0912
        self, number: int, index: int
    ) -> tuple[Attribution, int | None] | None:
        """'"...," said X', '"...," X said', also with more speech behind it."""
        sentence = self.sentences[number]
        words, items = sentence.words, sentence.items
        at = index + 1
        if at >= len(words):
            return None
        if index and words[index - 1] not in _BEFORE_SPEECH:
            return None
        inner = sentence.items[index].text.rstrip("\"”“»«’'›‹")[-1:]
        comma = words[at] == ","
        if not comma and inner not in {",", "?", "!", "…", "-", "—", "–", "."}:
            return None
        at += comma
        if at >= len(words):
            return None
        cue = cue_at(words, at)
        if cue is not None and "quote" in cue.frames and cue.form in {"past", "third"}:
            start = at + len(cue.words)
            stop = phrase_end(sentence, start, self.subjects)
            speaker = self.subjects.resolve(items[start:stop]) if stop > start else None
            if speaker is not None:
                self.used.add((number, at))
                found = self._attribution(
                    sentence, at, cue, (speaker, "asserted"), "quote-inverted"
                )
                return found, _next_marked(sentence, stop)
        for place in range(at + 1, min(at + _ATTRIBUTION_REACH, len(words))):
            if items[place].marked or words[place] in {";", ":"}:
                return None
            cue = cue_at(words, place)
            if (
                cue is None
                or "quote" not in cue.frames
                or is_name(sentence, place)
                or cue.form not in {"past", "third", "base"}
            ):
                continue
            if cue.form == "base" and not words[place - 1].endswith("s"):
                continue
            if words[place - 1] in RELATIVES and "," in words[place:]:
                continue  # 'the official, who asked not to be named, said'
            source = self._quoted_as(sentence, place)
            if source is not None:
                self.used.add((number, place))
                told = (source, "asserted")
                return self._attribution(sentence, place, cue, told, "quote-cue-behind"), None
            subject = self.subjects.subject_of(sentence.behind(at), place - at)
            if subject is None or subject.speaker is None or subject.passive:
                continue
            if words[place + len(cue.words) : place + len(cue.words) + 1] == ("that",):
                return None
            self.used.add((number, place))
            attributed = (subject.speaker, subject.polarity)
            found = self._attribution(sentence, place, cue, attributed, "quote-cue-behind")
            return found, _next_marked(sentence, place + len(cue.words))
        return None

    def _quoted_as(self, sentence: Sentence, place: int) -> Speaker | None:
        """The source in 'the agency quoted the minister as saying'."""
        words = sentence.words
        end = min(len(words) - 1, place + _ATTRIBUTION_REACH)
        if words[place] not in {"quoted", "quotes", "cited", "cites"}:
            return None
        stop = next(
            (i for i in range(place + 2, end) if words[i : i + 2] == ("as", "saying")), None
        )
        return self.subjects.resolve(sentence.items[place + 1 : stop]) if stop else None

    def _cue_in_next(self, number: int, index: int) -> tuple[Attribution, int | None] | None:
        """'"..." X said.' where the mark of a question or exclamation ended the sentence."""
        sentence = self.sentences[number]
        if index + 1 < len(sentence.items) or number + 1 >= len(self.sentences):
            return None
        following = self.sentences[number + 1]
        if following.begins_paragraph or len(following.items) > 14:
            return None
        words = following.words
        for at in range(1, len(words)):
            cue = cue_at(words, at)
            if (
                cue is None
                or "quote" not in cue.frames
                or is_name(following, at)
                or cue.form not in {"past", "third"}
            ):
                continue
            behind = words[at + len(cue.words) :]
            if any(w not in _STOPS for w in behind) and (
                behind[0] not in PREPOSITIONS or len(behind) > 6
            ):
                return None
            subject = self.subjects.subject_of(following, at)
            if subject is None or subject.speaker is None or not subject.speaker.firm:
                return None
            self.used.add((number + 1, at))
            attributed = (subject.speaker, subject.polarity)
            return self._attribution(following, at, cue, attributed, "quote-cue-behind"), None
        return None

    def _bare(self, number: int, index: int) -> tuple[Attribution, int | None] | None:
        """Speech that is a sentence by itself: it goes on with the speaker before."""
        sentence = self.sentences[number]
        alone = index == 0 and all(w in _STOPS for w in sentence.words[1:])
        if not alone or not self._is_speech(sentence.items[0]):
            return None
        speaker: Speaker | None = None
        if self.drafts and number - self.last_sentence <= 2:
            speaker = self.drafts[-1].attribution.speaker
        elif number:
            before = self.sentences[number - 1]
            speaker = self.subjects.first_in(before, len(before.items))
        confidence = 0.6 if speaker is not None else 0.4
        return Attribution(speaker, None, "asserted", "quote-bare", confidence), None

    def _is_speech(self, item: Item) -> bool:
        """Whether marks hold more than a title or nickname: five words, and an end or a start."""
        inner = item.text.strip("\"“”„«»‹›‘’'` ")
        words = len(inner.split())
        return words >= 5 or (words >= 2 and any(stop in inner for stop in ".!?"))

    def _attribution(
        self,
        sentence: Sentence,
        at: int,
        cue: Cue,
        subject: tuple[Speaker | None, str],
        rule: str,
    ) -> Attribution:
        speaker, polarity = subject
        span = cue_span(sentence, at, cue)
        sure = 0.95 if speaker is not None else 0.7
        return Attribution(
            speaker, span, "negated" if polarity == "negated" else "asserted", rule, sure
        )


def speaker_for(  # noqa: PLR0911
    sentence: Sentence, at: int, cue: Cue, subjects: Subjects
) -> tuple[Speaker | None, str] | None:
    """Return the speaker and polarity of a verb before its speech, or None where it is no verb."""
    subject = subjects.subject_of(sentence, at)
    source = subjects.quoted_source(sentence, at)
    if source is not None:
        return source, "asserted"
    if cue.form == "gerund" or (subject is not None and subject.inherited):
        if subject is not None and subject.speaker is not None and subject.adjacent:
            inherited = subjects.first_in(sentence, at)
            with_comma = at > 0 and sentence.words[at - 1] == ","
            return (inherited if with_comma and inherited else subject.speaker, "asserted")
        return subjects.first_in(sentence, at), "asserted"
    if subject is None or subject.speaker is None:
        return None
    if subject.passive:
        return None
    if cue.form == "third" and not subject.adjacent:
        return None
    if at > 0 and sentence.words[at - 1] in {"the", "a", "an", "his", "her", "its", "their"}:
        return None
    return subject.speaker, subject.polarity


def _may_stand_between(between: tuple[str, ...], separator: str, cue: Cue) -> bool:
    """Whether words between a verb and its speech are an addressee or an adverbial."""
    if not between:
        return True
    if not separator:
        return (
            ("tell" in cue.frames and len(between) <= 3)
            or between in {("that",), ("it",)}
            or (between[0] == "it" and len(between) == 1)
        )
    if separator == ":":
        return True
    return (
        "tell" in cue.frames
        or between[0] in PREPOSITIONS
        or between[0] in {"to", "that", ",", "reporters"}
        or len(between) <= 2
    )


def _next_marked(sentence: Sentence, index: int) -> int | None:
    """The item of speech that goes on behind an attribution: '" he said, "'."""
    for at in range(index, min(index + 12, len(sentence.items))):
        if sentence.items[at].marked:
            linked = at > 0 and sentence.words[at - 1] in {",", "—", "–", "-", ":"}
            return at if linked else None
        if sentence.words[at] in {".", ";"} or (
            at > index and cue_at(sentence.words, at) is not None
        ):
            return None
    return None
