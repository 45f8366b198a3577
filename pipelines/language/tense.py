"""Past or future: the tense of the verb nearest to a place, by its words alone.

What belongs here: which way a sentence looks in time, as far as auxiliaries, endings and words of
planning tell it. What does not: dates, which use it (`dates`).
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc

from pipelines.lexicons import read_lexicon


def tense_near(doc: Doc, token: int, reach: int = 15) -> str | None:
    """Return 'past' or 'future' by the nearest verb before a token, else behind it, else None.

    `reach` is how many tokens away a verb may be; the search ends with the sentence.
    """
    index = token
    while index > 0 and token - index < reach and not doc[index].is_sent_start:
        index -= 1
        tense = _tense_of(doc, index)
        if tense is not None:
            return tense
    for index in range(token + 1, min(token + reach, len(doc))):
        if doc[index].is_sent_start:
            return None
        tense = _tense_of(doc, index)
        if tense is not None:
            return tense
    return None


@cache
def _tense_words() -> dict[str, str]:
    return {entry["word"]: entry["tense"] for entry in read_lexicon("tense_words")}


def _tense_of(doc: Doc, index: int) -> str | None:
    word = doc[index].lower_
    before = [doc[i].lower_ for i in range(max(index - 4, 0), index)]
    told = _tense_words().get(word)
    if told is None and word == "to" and before[-1:] in (["is"], ["are"]):
        return "future"
    if told is None and word.endswith("ed") and len(word) > 4 and word.isalpha():
        told = "past"
    if told == "past":
        ahead = {"will", "shall", "would"}.intersection(before) or before[-2:] == ["to", "be"]
        return "future" if ahead else "past"
    return told
