"""Whose verb it is: the subject of a verb of speech, found by the order of words.

Without a parser the subject is what stands before the verb within its clause, past auxiliaries
and adverbs, past an apposition between commas, and past adverbials that begin the sentence ('In a
meeting with ..., the minister said'). A coordinated verb or a participle shares the subject of the
verb before it.

What belongs here: finding that phrase. What does not: what it resolves to (`speakers`), and what
was said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipelines.extraction.clause_words import (
    MAX_PHRASE,
    PLURAL_PRONOUNS,
    PREPOSITIONS,
    RELATIVES,
    SINGULAR_PRONOUNS,
    WINDOW,
    clause_start,
    head_noun,
    is_adverbial,
    is_verb,
    last_clause,
    segments_of,
    skip_verb_group,
    trim_phrase,
)
from pipelines.extraction.cues import speaker_nouns
from pipelines.extraction.sentence_items import Item, Sentence
from pipelines.extraction.speakers import Speaker, Speakers, speaker_of
from pipelines.language.syntax import coordinates, noun_phrase, owns_subject, subject
from pipelines.records import Polarity

_QUOTED = frozenset({"quoted", "quotes", "quote", "quoting", "cited", "cites", "citing"})
_ANYBODY = frozenset({"i", "we", "you", "one", "it", "that", "this"})


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a verb: where the verb group begins (item index), who, and how it is said."""

    verb_start: int
    speaker: Speaker | None
    inherited: bool = False
    passive: bool = False
    polarity: Polarity = "asserted"
    adjacent: bool = True


@dataclass(frozen=True)
class Subjects(Speakers):
    """The subjects of an article's verbs."""

    def subject_of(self, sentence: Sentence, at: int) -> Subject | None:
        """Return the subject of the verb at an item index, or None where it has none.

        `inherited` says that the verb shares the subject of the one before it. Where the order of
        words tells no speaker for sure, the tree is asked, if there is one.
        """
        source = self.quoted_source(sentence, at)
        if source is not None:
            return Subject(at, source)
        ordered = self._by_order(sentence, at)
        unsure = ordered is None or (
            not ordered.inherited
            and not ordered.passive
            and (ordered.speaker is None or not ordered.speaker.firm)
        )
        if not unsure:
            return ordered
        speaker = self._by_syntax(sentence, at)
        if speaker is None:
            return ordered
        before, polarity, passive = skip_verb_group(sentence.words, at)
        if passive:
            return ordered
        return Subject(before + 1, speaker, False, passive, polarity)

    def quoted_source(self, sentence: Sentence, at: int) -> Speaker | None:
        """The source in 'the agency quoted the minister as saying that'."""
        words = sentence.words
        if words[at] != "saying" or words[max(0, at - 1) : at] != ("as",):
            return None
        for quoted in range(at - 2, max(-1, at - WINDOW), -1):
            if words[quoted] in _QUOTED:
                return self.resolve(sentence.items[quoted + 1 : at - 1])
        return None

    def _by_syntax(self, sentence: Sentence, at: int) -> Speaker | None:
        """The speaker that is the subject of a verb in the tree of its sentence, where sure."""
        verb = self.reading.doc[sentence.items[at].start]
        head = subject(verb) if verb.dep and verb.pos_ in {"VERB", "AUX"} else None
        if head is None or not owns_subject(verb) or head.lower_ in _ANYBODY:
            return None
        if any(child.lower_ == "what" for child in verb.children):
            return None  # 'what they call ...' names a thing, and reports nobody
        phrases = [noun_phrase(noun) for noun in (head, *coordinates(head))]
        start, end = min(p.start for p in phrases), max(p.end for p in phrases)
        items = tuple(i for i in sentence.items if start <= i.start < end)
        if not items or any(item.marked for item in items):
            return None
        speaker = self.resolve(items)
        return speaker if speaker is not None and speaker.firm else None

    def _by_order(self, sentence: Sentence, at: int) -> Subject | None:  # noqa: PLR0911
        words = sentence.words
        before, polarity, passive = skip_verb_group(words, at)
        verb_start = before + 1
        if before < 0:
            return None
        if words[before] in {"and", "but", "or", "&", "then", "as"}:
            return Subject(verb_start, None, True, passive, polarity)
        items = sentence.items
        closed = words[before] == ","
        if closed and before > 0 and words[before - 1] in {"and", "but"}:
            return Subject(verb_start, None, True, passive, polarity)
        start = max(clause_start(words, before, closed), before - WINDOW)
        if start == 0 and words[0] == "as" and self._begins_subject(items[1]):
            start = 1  # 'As the envoy told the council, ...'
        if start > 0 and words[start - 1] in RELATIVES and start - 1 <= before:
            relative = self._before_relative(sentence, start - 1)
            if start > before or relative is not None:
                return Subject(verb_start, relative, relative is None, passive, polarity)
        region = items[start : before + (0 if closed else 1)]
        speaker = self._speaker_in(region, closed)
        if speaker is None and closed:
            # 'met in Doha with his counterpart, and also stressed'
            return Subject(verb_start, None, True, passive, polarity)
        if speaker is None and passive and words[before] == "it":
            return Subject(verb_start, None, False, passive, polarity)
        if speaker is None:
            return None
        last = items[before - 1] if closed else items[before]
        if last.text == ")" and last.start:
            opened = next((i for i in range(before, -1, -1) if words[i] == "("), 0)
            last = items[max(0, opened - 1)]
        adjacent = self.actor_on(last) is not None or self.country_on(last) is not None
        adjacent = adjacent or last.text[:1].isupper() or last.lower in speaker_nouns()
        adjacent = adjacent or speaker.firm or last.lower in SINGULAR_PRONOUNS | PLURAL_PRONOUNS
        return Subject(verb_start, speaker, False, passive, polarity, adjacent)

    def _begins_subject(self, item: Item) -> bool:
        return (
            self.actor_on(item) is not None
            or item.text[:1].isupper()
            or item.lower in {"the", "he", "she", "they"}
        )

    def _before_relative(self, sentence: Sentence, at: int) -> Speaker | None:
        """The phrase that a relative pronoun at an item index refers to."""
        stop = at - 1 if at > 0 and sentence.words[at - 1] == "," else at
        actor = self.actor_on(sentence.items[stop - 1]) if stop > 0 else None
        if actor is not None:
            return speaker_of([actor], self.reading)
        start = stop
        while start > 0 and sentence.items[start - 1].text[:1].isupper():
            start -= 1
        named = start < stop and (start == 0 or sentence.words[start - 1] in {",", "and", "but"})
        speaker = self.resolve(sentence.items[start:stop]) if named else None
        return speaker if speaker is not None and speaker.firm else None

    def _speaker_in(  # noqa: PLR0911
        self, region: tuple[Item, ...], closed: bool
    ) -> Speaker | None:
        segments = [s for s in segments_of(region) if s]
        while segments and is_adverbial(segments[0]):
            if len(segments) == 1:
                return self._last_actor(segments[0])
            segments.pop(0)
        if not segments:
            return None
        if closed:
            return self._with_apposition(segments)
        chosen = last_clause(segments[-1])
        if len(segments) > 1 and self._is_apposition(segments[0], chosen):
            return self.resolve(segments[0])
        if len(segments) > 1 and chosen[0].lower == "and":
            joined = tuple(i for s in segments for i in s)
            actors = [a for s in segments for a in self.leading_actors(trim_phrase(s) or s)]
            if len(actors) > 1:
                return speaker_of(actors, self.reading)
            chosen = joined if len(joined) < MAX_PHRASE else chosen
        if is_adverbial(chosen):
            return self._last_actor(chosen) or self.resolve(segments[0])
        return self.resolve(chosen)

    def _with_apposition(self, segments: list[tuple[Item, ...]]) -> Speaker | None:
        """The first phrase, named by the one behind it: 'The ministry's spokesman, Ana Lund,'."""
        speaker = self.resolve(segments[0])
        if speaker is None or len(segments) < 2 or not segments[1]:
            return speaker
        first = next(self.leading_actors(trim_phrase(segments[0]) or segments[0]), None)
        second = next(self.leading_actors(segments[1]), None)
        if (
            second is None
            and _is_full_name(segments[1])
            and head_noun(trim_phrase(segments[0])) in speaker_nouns()
        ):
            # 'The family's lawyer, Everett Simmons, ...': a name that nothing else tells
            named = self.resolve(segments[1])
            return replace(named, role=speaker.name) if named is not None else speaker
        if second is None or second.form != "named" or not second.name:
            return speaker
        if first is None or (first.form == "role" and first.name is None):
            return replace(
                speaker_of([second], self.reading),
                role=second.role or (first.role if first else None),
            )
        return speaker

    def _is_apposition(self, before: tuple[Item, ...], last: tuple[Item, ...]) -> bool:
        """Whether a phrase says more of the one named before: 'Ana Lund, the envoy said'."""
        named = next(self.leading_actors(before), None)
        offices = list(self.leading_actors(last[1:] if last[0].lower == "and" else last))
        return (
            named is not None
            and named.form == "named"
            and bool(offices)
            and all(office.form == "role" and not office.name for office in offices)
        )

    def _last_actor(self, segment: tuple[Item, ...]) -> Speaker | None:
        """The actor or country that an adverbial without a comma runs into: 'In Doha Lund said'."""
        last = segment[-1]
        if last.lower in SINGULAR_PRONOUNS | PLURAL_PRONOUNS:
            return self.resolve(segment[-1:])
        actor = self.actor_on(last)
        start = len(segment) - 1
        if actor is not None and actor.start > segment[0].start:
            while start and segment[start - 1].start >= actor.start:
                start -= 1
            if segment[start - 1].lower == "the":
                start -= 1
        else:
            # the last noun phrase that no preposition governs
            while start > 0 and not (
                segment[start].lower in {"the", "both"}
                or (segment[start].text[:1].isupper() and not segment[start - 1].text[:1].isupper())
            ):
                start -= 1
            if start and segment[start - 1].lower == "the":
                start -= 1
            if start and segment[start - 1].lower in {"of", "and"}:
                start -= 2
                while start > 0 and segment[start].lower not in {"the", "both"}:
                    start -= 1
        governed = start <= 0 or segment[start - 1].lower in PREPOSITIONS | {"the", "and", "a"}
        return None if governed else self.resolve(segment[start:])

    def first_in(self, sentence: Sentence, stop: int) -> Speaker | None:
        """Return the subject of a sentence: the phrase that it begins with, before `stop`."""
        items = sentence.items[: min(stop, WINDOW)]
        segments = [s for s in segments_of(items) if s]
        for segment in segments:
            if is_adverbial(segment):
                continue
            actors = list(self.leading_actors(trim_phrase(segment) or segment))
            if actors:
                return speaker_of(actors, self.reading)
            countries = self._leading_countries(segment)
            if countries is not None:
                return countries
        main = next((s for s in segments if not is_adverbial(s)), ())
        verb = next((i for i in range(len(main)) if is_verb(main, i)), 0)
        speaker = self.resolve(main[:verb]) if verb else None
        if speaker is not None and speaker.firm:
            return speaker
        actors = [a for a in (self.actor_on(i) for i in items) if a is not None]
        return speaker_of(actors[:1], self.reading) if actors else None

    def _leading_countries(self, segment: tuple[Item, ...]) -> Speaker | None:
        stop = 0
        while stop < len(segment) and (
            self.country_on(segment[stop]) is not None or segment[stop].lower in {"the", "and", "&"}
        ):
            stop += 1
        while stop and segment[stop - 1].lower in {"the", "and", "&"}:
            stop -= 1
        return self.resolve(segment[:stop]) if stop else None


def _is_full_name(phrase: tuple[Item, ...]) -> bool:
    """Whether a phrase is two to four capital words and nothing else."""
    return 2 <= len(phrase) <= 4 and all(
        item.text[:1].isupper() and not item.text.isupper() for item in phrase
    )


def phrase_end(sentence: Sentence, start: int, subjects: Subjects) -> int:
    """Where the subject behind an inverted verb ends: '..." said the minister on Monday'."""
    index, words = start, sentence.words
    while index < len(words) and index - start < 25:
        item = sentence.items[index]
        if item.marked or words[index] in {",", ".", ";", ":", "!", "?", "(", "—", "–"}:
            break
        if (
            index > start
            and subjects.actor_on(item) is None
            and (
                words[index] in {"during", "on", "while", "after", "before", "as", "who", "adding"}
                or (words[index] in {"in", "at"} and words[index + 1 : index + 2] != ("the",))
            )
        ):
            break
        index += 1
    return index
