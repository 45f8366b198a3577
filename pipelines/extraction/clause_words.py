"""How clauses are put together, as far as the order and the kind of words tell.

Small pure functions over the items of a sentence: where a clause begins, what its segments between
commas are, which of them are adverbials, what a verb group consists of, and the head of a phrase.

What belongs here: grammar that knows nothing of who the article's people are. What does not: who
a phrase names (`speakers`), whose verb it is (`subjects`).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.extraction.cues import cue_at, word_class
from pipelines.extraction.sentence_items import Item, Sentence
from pipelines.records import Polarity

MODALS = word_class("modals")
BE = word_class("be")
AUXILIARIES = MODALS | BE | word_class("other_auxiliaries")
NEGATIONS = word_class("negations")
ADVERBS = word_class("adverbs")
PREPOSITIONS = word_class("prepositions")
RELATIVES = word_class("relatives")
FINITE = word_class("finite")
SINGULAR_PRONOUNS = frozenset({"he", "she", "i"})
PLURAL_PRONOUNS = frozenset({"they", "both", "we", "all"})
WINDOW = 120  # items before a verb in which its subject is looked for
MAX_PHRASE = 30
_SUBORDINATORS = word_class("subordinators")
_AS_CLAUSE = word_class("as_clause")
_OPENERS = word_class("openers")


def is_verb(phrase: tuple[Item, ...], index: int) -> bool:
    """Whether a word behind the first of a phrase looks like a finite verb."""
    word = phrase[index].lower
    if index == 0 or phrase[index].text[:1].isupper():
        return False
    cue = cue_at([word], 0)
    return (
        word in FINITE
        or (cue is not None and cue.form == "past")
        or (word.endswith("ed") and phrase[index - 1].lower not in {"the", "a", "an", "of"})
    )


def last_clause(phrase: tuple[Item, ...]) -> tuple[Item, ...]:
    """Cut a phrase behind the 'and' that joins two clauses: 'A met B and both sides (said)'."""
    joint = next((i for i in range(len(phrase) - 1, 0, -1) if phrase[i].lower == "and"), 0)
    if joint and any(is_verb(phrase, i) for i in range(joint)):
        return phrase[joint + 1 :] or phrase
    return phrase


def head_noun(phrase: tuple[Item, ...]) -> str:
    """The head noun of a phrase: the word before its first preposition or comma."""
    head = ""
    for item in phrase:
        if head and (item.lower in PREPOSITIONS or item.lower in {",", "who", "(", "familiar"}):
            break
        head = item.lower
    return head


def trim_phrase(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Cut a phrase at the adverbials of the verb that stand behind the subject."""
    start = 0
    while start < len(items) and (
        items[start].lower in _OPENERS or items[start].text in {"-", "–", "—", ":", '"', ","}
    ):
        start += 1
    stop = start
    while stop < len(items):
        word = items[stop].lower
        after = items[stop + 1].lower if stop + 1 < len(items) else ""
        if stop > start and (
            word in {"during", "on", "while", "speaking", "who", "which", "amid"}
            or (word in {"in", "at", "after", "before"} and after in {"a", "an", "his", "her"})
        ):
            break
        stop += 1
    phrase = items[start:stop]
    return phrase if len(phrase) <= MAX_PHRASE else ()


def skip_verb_group(words: tuple[str, ...], at: int) -> tuple[int, Polarity, bool]:
    """Walk left over auxiliaries and adverbs; return what stands before, polarity, passive."""
    index = at - 1
    polarity: Polarity = "asserted"
    passive = False
    while index >= 0:
        word = words[index]
        if word in NEGATIONS:
            polarity = "negated"
        elif word in MODALS:
            polarity = "hypothetical" if polarity == "asserted" else polarity
        elif word in BE:
            passive = True
        elif not (
            word in AUXILIARIES
            or word in ADVERBS
            or (word.endswith("ly") and len(word) > 4 and index > 0)
        ):
            break
        index -= 1
    return index, polarity, passive


def clause_start(words: tuple[str, ...], before: int, closed: bool) -> int:
    """Return the index at which the clause of a verb begins, looking left from `before`."""
    index = before
    while index >= max(0, before - WINDOW):
        word = words[index]
        if word == ")":
            while index > 0 and words[index] != "(":
                index -= 1
            index -= 1
            continue
        if word in {";", ":", "—"} or (word in RELATIVES and not closed):
            return index + 1
        if word == "as" and not closed and index < before and words[index + 1] in _AS_CLAUSE:
            return index + 1
        if word in _SUBORDINATORS and not closed:
            if word in {"and", "or"} and not (index > 0 and words[index - 1] == ","):
                index -= 1
                continue
            if word in {"after", "before", "since", "than", "until"} and index == 0:
                index -= 1
                continue
            return index + 1
        if closed and word in {"while", "but", "and"} and index and words[index - 1] == ",":
            return index + 1
        index -= 1
    return 0


def segments_of(items: tuple[Item, ...]) -> Iterator[tuple[Item, ...]]:
    """Split items at commas that stand in no brackets."""
    start, depth = 0, 0
    for index, item in enumerate(items):
        if item.text in {"(", "["}:
            depth += 1
        elif item.text in {")", "]"}:
            depth = max(0, depth - 1)
        elif item.text == "," and not depth:
            yield items[start:index]
            start = index + 1
    yield items[start:]


def is_adverbial(segment: tuple[Item, ...]) -> bool:
    """Whether a stretch before a comma is no subject: 'In a meeting with', 'Speaking in'."""
    first = segment[0].lower
    if first in _OPENERS and len(segment) > 1:
        return is_adverbial(segment[1:])
    return (
        first in PREPOSITIONS
        or first in _OPENERS
        or (first.endswith("ing") and len(first) > 4)
        or (len(segment) == 1 and first.endswith("ly"))
        or (first in {"earlier", "later"} and len(segment) < 5)
    )


def is_name(sentence: Sentence, index: int) -> bool:
    """Whether a word that looks like a verb is part of a name: 'the United States'."""
    return (
        index > 0
        and sentence.items[index].text[:1].isupper()
        and (not sentence.items[index].text.isupper() or not sentence.items[0].text.isupper())
    )
