"""Where what is reported ends: before all that is not part of the clause.

It ends before a stacked verb of the same speaker (', adding that'), a coordinated one ('and
stressed'), the words of another ('after Washington warned') and adverbials of the reporting verb
('during the visit').

What belongs here: that end. What does not: where the clause begins (`clause_starts`), closing
attributions (`closing_attributions`).
"""

from __future__ import annotations

from pipelines.extraction.clause_starts import PUNCTUATION, WEEKDAYS
from pipelines.extraction.clause_words import ADVERBS, AUXILIARIES, BE, PREPOSITIONS
from pipelines.extraction.cues import attitude_nouns, cue_at, speaker_nouns, word_class
from pipelines.extraction.sentence_items import Sentence
from pipelines.extraction.speakers import Speakers

_SUBJECT_PRONOUNS = word_class("subject_pronouns")
_EVENT_PREPOSITIONS = word_class("event_prepositions")
_ENCOUNTER_NOUNS = word_class("encounter_nouns")
_DETERMINERS = word_class("determiners")
_REACH = 18
PLURAL_VERBS = frozenset({"say", "argue", "believe", "think", "add", "warn", "note", "contend"})
"""Verbs whose plain form is hardly ever a noun."""
_LONGEST = 400  # items of what one verb reports


def end_of(  # noqa: PLR0911
    sentence: Sentence, start: int, frame: str, speakers: Speakers, limit: int
) -> int:
    """The item index at which the content that begins at `start` ends."""
    words = sentence.words
    nominal = frame != "that"
    index = start
    limit = min(limit, start + _LONGEST)
    while index < limit:
        word = words[index]
        if index > start:
            if word == ";":
                return index
            if word == ":" and index + 1 < limit and sentence.items[index + 1].marked:
                return index
            if word == "," and _breaks_off(
                sentence, index + 1, speakers, limit, nominal=nominal, comma=True
            ):
                return index
            if word in {"and", "but", "while", "whereas"} and _breaks_off(
                sentence, index + 1, speakers, limit, nominal=nominal, comma=False
            ):
                return index
            if word == "by" and _gerund_cue(words, index + 1):
                return index
            if words[index : index + 3] == ("as", "well", "as") and _gerund_cue(words, index + 3):
                return index
            if nominal and _is_occasion(sentence, index, speakers, limit):
                return index
        index += 1
    return limit


def before_infinitive(words: tuple[str, ...], start: int, end: int) -> int:
    """Where a further infinitive begins: 'to thank him and reaffirm the ties'."""
    for index in range(start + 1, end - 2):
        if words[index] in {"and", ","} and words[index + 1] not in {"and"}:
            cue = cue_at(words, index + 1)
            if cue is not None and cue.form == "base" and words[index + 2] in _DETERMINERS:
                return index
    return end


def _gerund_cue(words: tuple[str, ...], index: int) -> bool:
    """Whether a participle that reports further speech begins at an item: 'adding that'."""
    while index < len(words) and (words[index] in ADVERBS or words[index] in {"and", "while"}):
        index += 1
    if index >= len(words):
        return False
    cue = cue_at(words, index)
    if cue is None or cue.form != "gerund" or cue.is_act:
        return False
    if cue.frames & {"np", "that", "tell", "ask-to", "ask", "to"}:
        return True
    behind = words[index + len(cue.words) : index + len(cue.words) + 8]
    nouns = attitude_nouns("attitude") if "attitude" in cue.frames else frozenset()
    if "mark" in cue.frames and "" in behind:
        return True
    return behind[:1] in {("that",), (":",), (",",), ("",)} or any(w in nouns for w in behind)


def _breaks_off(  # noqa: PLR0911  (one way out for each thing that can begin here)
    sentence: Sentence, index: int, speakers: Speakers, limit: int, *, nominal: bool, comma: bool
) -> bool:
    """Whether a new verb of speech, or another's words, begin behind a comma or conjunction."""
    words = sentence.words
    conjunction = not comma
    while index < limit and words[index] in {"and", "but", "while", "after", "before", "although"}:
        conjunction = True
        index += 1
    if index >= limit:
        return False
    if nominal and conjunction and words[index] in {"will", "would"}:
        return True
    if words[index : index + 2] == ("according", "to"):
        return True
    stacked = words[index - 1] != "but" and (comma or nominal)
    if stacked and _gerund_cue(words, index):
        return True
    while index < limit and (
        words[index] in ADVERBS or words[index] in AUXILIARIES or words[index].endswith("ly")
    ):
        index += 1
    if index >= limit:
        return False
    if conjunction and _finite_cue(words, index, nominal):
        return True
    if not conjunction:
        # 'describing the ties as close, added: "..."'
        cue = cue_at(words, index)
        behind = words[index + len(cue.words) : index + len(cue.words) + 1] if cue else ()
        return (
            cue is not None
            and cue.form == "past"
            and "quote" in cue.frames
            and (behind in {(":",), ("that",), ("",)} or behind == (",",))
        )
    # a subject of its own: 'and they also affirmed', 'after the ministry warned'
    behind_subject = _behind_subject(sentence, index, limit, speakers)
    if behind_subject is None:
        return False
    index = behind_subject
    while index < limit and (
        words[index] in ADVERBS or words[index] in AUXILIARIES or words[index].endswith("ly")
    ):
        if words[index] in BE and not nominal:
            return False  # a passive of the clause itself: 'and Malta can be extended'
        index += 1
    return index < limit and (
        _finite_cue(words, index, nominal) or (comma and _plural_cue(words, index))
    )


def _plural_cue(words: tuple[str, ...], index: int) -> bool:
    """Whether several speak here, in the present: ', while critics say'."""
    cue = cue_at(words, index)
    several = words[index - 1].endswith("s") or words[index - 1] in _SUBJECT_PRONOUNS
    return cue is not None and cue.form == "base" and cue.lemma in PLURAL_VERBS and several


def _behind_subject(sentence: Sentence, index: int, limit: int, speakers: Speakers) -> int | None:
    """The item index behind a subject that begins here, or None where none does."""
    words, items = sentence.words, sentence.items
    if words[index] in _SUBJECT_PRONOUNS:
        return index + 1
    begun = index
    while index < limit and index - begun < _REACH:
        item = items[index]
        named = speakers.actor_on(item) or speakers.country_on(item) or item.text[:1].isupper()
        joins = words[index] in {"the", "both", "two", "of", "and"} or (
            words[index] in speaker_nouns() and index > begun
        )
        if not (named or joins):
            break
        index += 1
    while index > begun and words[index - 1] in {"the", "both", "two", "of", "and"}:
        index -= 1
    return index if index > begun else None


def _finite_cue(words: tuple[str, ...], index: int, nominal: bool) -> bool:
    """Whether a verb of the past or present stands here, which another report begins with.

    Behind a that-clause only verbs of speech count: its own verbs are often joined by 'and'.
    """
    cue = cue_at(words, index)
    if cue is None or cue.form not in {"past", "third"} or (cue.is_act and not nominal):
        return False
    after = index + len(cue.words)
    if after >= len(words):
        return False
    follows = words[after]
    if cue.form == "third" and follows in {"of", "and", ",", ".", "for", "in", "on", "to", "-"}:
        return False
    # a participle before its noun: 'and expected growth', 'and proposed measures'
    if nominal and cue.form == "past" and cue.frames & {"act", "np", "attitude"}:
        return (
            follows in _DETERMINERS
            or follows in PREPOSITIONS
            or follows in {"to", "that"}
            or (not cue.is_act and "attitude" not in cue.frames)
            or cue.lemma in {"meet", "hold", "hear", "seek", "discuss"}
        )
    return True


def _is_occasion(  # noqa: PLR0911
    sentence: Sentence, index: int, speakers: Speakers, limit: int
) -> bool:
    """Whether an adverbial of the reporting verb begins here: 'during his visit', 'on Monday'."""
    words = sentence.words
    word = words[index]
    if word == "as" and index + 1 < limit:
        return words[index + 1] in {"he", "she", "they"}
    if word not in _EVENT_PREPOSITIONS or index + 1 >= limit:
        return False
    if word == "on":
        stop = speakers.date_end(sentence.items[index + 1])
        last = sentence.items[limit - 1]
        if stop is not None:
            tail = [i for i in sentence.items[index + 1 : limit] if i.start >= stop]
            return all(i.lower in PUNCTUATION for i in tail)
        return words[index + 1] in WEEKDAYS and last.start - sentence.items[index].start < 5
    for ahead in range(index + 1, min(index + 7, limit)):
        token = words[ahead]
        if token in _ENCOUNTER_NOUNS:
            return word != "in" or words[index + 1] in {"a", "an", "his", "her", "their"}
        if token in PREPOSITIONS - {"of"} or token in PUNCTUATION:
            return False
    return False
