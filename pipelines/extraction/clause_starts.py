"""Where what is reported begins behind a verb of speech, by the frames that the verb takes.

What belongs here: the step from a verb, past 'that', addressee and adverbials, to the first word
of what it reports. What does not: where that ends (`clause_ends`).
"""

from __future__ import annotations

from pipelines.extraction.clause_words import AUXILIARIES, BE, PREPOSITIONS
from pipelines.extraction.cues import Cue, attitude_nouns, cue_at, speaker_nouns, word_class
from pipelines.extraction.sentence_items import Sentence
from pipelines.extraction.speakers import Speakers

PUNCTUATION = frozenset(".,;:!?…—–-()[]") | {"...", "--", "[…]", "[...]"}
WEEKDAYS = word_class("weekdays")
_QUESTION_WORDS = word_class("question_words")
_CLAUSE_OPENERS = word_class("clause_openers")
ADDRESSEES = word_class("addressees")
_TEXTS = word_class("texts")
_FINITE = (BE | AUXILIARIES) - word_class("not_finite")
_BOUND = frozenset({"commitment", "commitments", "friendship", "respect", "solidarity", "support"})
"""Attitudes with no clause: 'the solidarity that unites them'."""
_ISSUED = frozenset({"publish", "release", "issue", "post"})
"""Verbs of texts, which may stand before 'that': 'in a letter published on Friday'."""
_REACH = 18


def start_of(
    sentence: Sentence, at: int, cue: Cue, speakers: Speakers, limit: int
) -> tuple[int, str] | None:
    """Return where what the verb at an item index reports begins, and by which frame.

    The frame is `that` for a clause, `np`, `to` or `mark` for a phrase. None where the verb takes
    nothing that stands before the item `limit`.
    """
    words = sentence.words
    begin = at + len(cue.words)
    if begin >= limit or words[begin] in {"by", "and", "or", "but"}:
        return None
    if words[begin] in PUNCTUATION - {",", "[", "("}:
        return None
    if cue.frames & {"that", "that!", "tell"}:
        conjunction = _that_after(words, begin, limit, "tell" in cue.frames)
        follows = words[begin + 2 : begin + 3]
        noun_alone = conjunction == begin and (not follows or follows[0] in PUNCTUATION)
        if conjunction is not None and not noun_alone:  # but 'rejected that claim.'
            return conjunction + 1, "that"
    if words[begin] == "to":
        return (begin, "to") if "to" in cue.frames else None
    dated = _behind_date(sentence, begin, limit, speakers) if "to" in cue.frames else begin
    if begin < dated < limit and words[dated] == "to":
        return dated, "to"  # 'threatened on Tuesday to leave'
    return _with_object(sentence, begin, cue.frames, speakers, limit) or _clause_or_phrase(
        sentence, begin, cue.frames, speakers, limit
    )


def _with_object(
    sentence: Sentence, begin: int, frames: frozenset[str], speakers: Speakers, limit: int
) -> tuple[int, str] | None:
    """Frames with someone or something before what is said of or to it."""
    words = sentence.words
    if words[begin] == "as" and frames & {"as", "mark", "np"}:
        return begin + 1, "np"  # 'which the ministry hailed as a turning point'
    if "as" in frames and _has_as(words, begin, limit):
        return begin, "np"
    if frames & {"ask", "ask-to"} and _asked(sentence, begin, limit, "ask" in frames):
        return begin, "to"
    if "ing" in frames and words[begin].endswith("ing"):
        return begin, "np"
    told = None
    if "tell" in frames and words[0] == "as":
        # 'As the envoy told the council, ...'
        comma = next((i for i in range(begin, min(begin + 10, limit)) if words[i] == ","), limit)
        told = comma + 1 if comma + 2 < limit else None
    if told is None and "tell" in frames:
        told = _behind_addressee(sentence, begin, limit, speakers)
    return (told, "that") if told is not None else None


def _clause_or_phrase(  # noqa: PLR0911
    sentence: Sentence, begin: int, frames: frozenset[str], speakers: Speakers, limit: int
) -> tuple[int, str] | None:
    """A clause without 'that', or a noun phrase."""
    words = sentence.words
    if words[begin] == ",":
        return None
    noun_phrase = words[begin] not in PREPOSITIONS | PUNCTUATION
    clause = _behind_date(sentence, begin, limit, speakers)
    opener = words[clause] if clause < limit else "."
    opens = opener not in PREPOSITIONS | PUNCTUATION
    if frames & {"that", "that!"} and opens and _has_finite_verb(words, clause, limit):
        return clause, "that"
    if words[begin] in WEEKDAYS and opens and opener in {"the", "a", "an", "his", "her", "its"}:
        begin = clause  # 'highlighted today the ties'
    if noun_phrase and words[begin] not in WEEKDAYS:
        hoped = _attitude_that(words, begin, limit) if frames & {"np", "attitude"} else None
        if hoped is not None:
            return hoped, "that"
        if _takes_object(sentence, begin, limit, frames, speakers):
            return begin, "np"
    if "that" in frames:
        opens = opens or opener in _CLAUSE_OPENERS | _QUESTION_WORDS
        return (clause, "that") if opens and limit - clause > 2 else None
    if "that!" in frames and words[begin] in _QUESTION_WORDS:
        return begin, "that"
    return (begin, "mark") if "mark" in frames and noun_phrase else None


def _attitude_that(words: tuple[str, ...], begin: int, limit: int) -> int | None:
    """Where the clause begins in 'expressed the hope that': behind 'that'."""
    for index in range(begin, min(begin + 4, limit - 2)):
        noun = words[index] in attitude_nouns("attitude") - _BOUND
        if noun and words[index + 1] == "that":
            return index + 2
    return None


def _has_finite_verb(words: tuple[str, ...], begin: int, limit: int) -> bool:
    """Whether a clause without 'that' begins here: 'noted prices were high'."""
    for index in range(begin + 1, min(begin + 12, limit)):
        word = words[index]
        if word in _FINITE:
            return True
        if word in PREPOSITIONS - {"of", "for"} | PUNCTUATION | {"to", "who", "which", "that"}:
            return False
    return False


def _that_after(words: tuple[str, ...], begin: int, limit: int, addressed: bool) -> int | None:
    """Where 'that' stands behind a verb, past adverbials and, if `addressed`, a person."""
    if words[begin] == "that":
        return begin
    first, second = words[begin], words[begin + 1 : begin + 2]
    opens = (
        addressed
        or first.endswith("ly")
        or first in PREPOSITIONS | WEEKDAYS | {"to", ",", "also", "again"}
    )
    # 'highlighted today the ties that unite us': no clause
    if not opens or (first in WEEKDAYS and second in {("the",), ("a",), ("an",), ("his",)}):
        return None
    if first == "," and second == ("that",):
        return begin + 1
    for index in range(begin, min(begin + _REACH, limit - 1)):
        word = words[index]
        if word == "that":
            return index
        cue = cue_at(words, index) if index > begin else None
        if word in {".", ";", ":"} or (cue is not None and cue.lemma not in _ISSUED):
            return None
    return None


def _has_as(words: tuple[str, ...], begin: int, limit: int) -> bool:
    for index in range(begin, min(begin + _REACH, limit)):
        if words[index] == "as":
            return True
        if words[index] in {",", ";", "."}:
            return False
    return False


def _asked(sentence: Sentence, begin: int, limit: int, question: bool) -> bool:
    """Whether someone is asked 'to' do something, or a question follows."""
    if question and sentence.words[begin] in _QUESTION_WORDS:
        return True
    if sentence.words[begin] == "not":
        return False  # 'who asked not to be named'
    for index in range(begin + 1, min(begin + _REACH, limit - 1)):
        word = sentence.words[index]
        if word == "to":
            return True
        if question and word in {"whether", "how", "why"}:
            return True
        if word in {",", ";", "."}:
            return False
    return False


def _behind_addressee(sentence: Sentence, begin: int, limit: int, speakers: Speakers) -> int | None:
    """Where the clause begins behind the one who is told, without 'that'."""
    index, items = begin, sentence.items
    if sentence.words[begin] in PREPOSITIONS | PUNCTUATION | {"about"}:
        return None
    if sentence.words[begin] in {"him", "her", "them", "us", "me", "reporters", "journalists"}:
        index = begin + 1
    else:
        actor = speakers.actor_on(items[begin])
        if actor is not None:
            while index < limit and items[index].start < actor.end:
                index += 1
        else:
            while index < limit and (
                items[index].text[:1].isupper() or sentence.words[index] in ADDRESSEES
            ):
                begins_clause = sentence.words[index] in {"the", "his", "its", "their", "it"}
                if index > begin and begins_clause:
                    break
                index += 1
    if index == begin or index >= limit:
        return None
    index = _behind_date(sentence, index, limit, speakers)
    if index >= limit or sentence.words[index] in PREPOSITIONS | PUNCTUATION | {"to", "and"}:
        return None
    return index if limit - index > 2 else None


def _behind_date(sentence: Sentence, begin: int, limit: int, speakers: Speakers) -> int:
    """Skip 'on Tuesday', 'Wednesday', 'on Nov. 20' behind a verb."""
    index = begin
    if sentence.words[index] == "on" and index + 1 < limit:
        index += 1
    stop = speakers.date_end(sentence.items[index])
    if stop is not None:
        while index < limit and sentence.items[index].start < stop:
            index += 1
        return index
    return index + 1 if sentence.words[index] in WEEKDAYS else begin


def _takes_object(
    sentence: Sentence, begin: int, limit: int, frames: frozenset[str], speakers: Speakers
) -> bool:
    if "np" in frames:
        return True
    if "np-thing" in frames:
        return _is_thing(sentence, begin, limit, speakers)
    if "np-with" in frames:
        return "with" in sentence.words[begin : min(begin + _REACH, limit)]
    for frame in ("attitude", "statement"):
        if frame in frames:
            nouns = attitude_nouns(frame)
            for index in range(begin, min(begin + 6, limit)):
                if sentence.words[index] in nouns:
                    return True
                if sentence.words[index] in PREPOSITIONS - {"of"} | PUNCTUATION - {","}:
                    break
    return False


def _is_thing(sentence: Sentence, begin: int, limit: int, speakers: Speakers) -> bool:
    """Whether an object is more than a person: 'welcomed the deal', 'Malta joining the pact'."""
    words = sentence.words
    item = sentence.items[begin]
    actor = speakers.actor_on(item)
    if actor is None and words[begin] in {"the", "a", "an", "his", "her", "their", "its"}:
        following = sentence.items[begin + 1] if begin + 1 < limit else item
        actor = speakers.actor_on(following)
        item = following
    if words[begin] in {"him", "her", "them", "us"}:
        return False
    head = ""
    for index in range(begin, min(begin + 9, limit)):
        if words[index] in PREPOSITIONS | PUNCTUATION | {"who", "which", "led"}:
            break
        if index > begin and words[index].endswith("ing"):
            return True
        head = words[index]
    if head in speaker_nouns() - _TEXTS:
        return False
    if actor is None:
        return not (speakers.country_on(item) and begin + 1 >= limit)
    index = begin
    while index < limit and sentence.items[index].start < actor.end:
        index += 1
    return index < limit and (words[index].endswith("ing") or words[index] in {"'s", "'"})
