"""When two values of a field say the same: names, dates, places and stretches of speech.

What belongs here: comparing one value with one value. What does not: whole records and counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = [
    "fold",
    "is_bare_pronoun",
    "overlap",
    "same_date",
    "same_place",
    "surname",
    "surnames",
    "trim_speech",
    "words",
]

_NUMERAL = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})|\d+(?:st|nd|rd|th)?")
"""A regnal number: Roman below forty in capitals (so that the name Xi is none), or in figures."""

_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_WORD = re.compile(r"\w+")

# Letters with a stroke, a bar or no dot do not decompose in Unicode, but readers of English write
# them without all the same.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)

_PRONOUN = re.compile(
    r"i|we|you|he|she|it|they|one|me|us|him|her|them|who|whom|which|that|this|these|those"
    r"|all|both|some|many|others|someone|somebody|everyone|everybody",
    re.IGNORECASE,
)


def fold(text: str) -> str:
    """Return the text without case and accents, its white space collapsed."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN_LETTERS)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.split())


def surname(name: str | None) -> str | None:
    """Return the last token of a name without case, accents and numerals, or None without a name.

    'Abdullah II' gives 'abdullah', 'Nguyễn Phú Trọng' 'trong'. Punctuation at its ends and a
    possessive s are no part of a token.
    """
    tokens = [_strip(token) for token in (name or "").split()]
    tokens = [token for token in tokens if token]
    while len(tokens) > 1 and _NUMERAL.fullmatch(tokens[-1]):
        tokens.pop()
    return fold(tokens[-1]) if tokens else None


def surnames(participants: Iterable[Mapping[str, Any]] | None) -> frozenset[str]:
    """Return the surnames of the participants that have a name."""
    found = (surname(participant.get("name")) for participant in participants or ())
    return frozenset(name for name in found if name)


def is_bare_pronoun(speaker: str) -> bool:
    """Whether a speaker is told by a pronoun alone; capitals as in WHO are an organisation."""
    word = speaker.strip()
    if len(word) > 1 and word.isupper():
        return False
    return _PRONOUN.fullmatch(word) is not None


def same_date(gold: str, predicted: str | None) -> bool:
    """Whether a date says what gold says, to gold's precision: '2021-05-04' fits '2021-05'."""
    return predicted == gold or (predicted or "").startswith(f"{gold}-")


def same_place(gold: str, predicted: str | None) -> bool:
    """Whether two names of a city are the same but for case and accents."""
    return predicted is not None and fold(gold) == fold(predicted)


def trim_speech(text: str) -> str:
    """Return speech without the marks and punctuation at its ends, white space collapsed."""
    start, end = 0, len(text)
    while start < end and _is_edge(text[start]):
        start += 1
    while end > start and _is_edge(text[end - 1]):
        end -= 1
    return " ".join(text[start:end].split())


def words(text: str) -> Counter[str]:
    """Return how often each word stands in a stretch of speech, without case."""
    return Counter(_WORD.findall(trim_speech(text).casefold()))


def overlap(gold: Counter[str], predicted: Counter[str]) -> float:
    """Return the token-overlap F of two stretches of speech: 0 (none) to 1 (the same words)."""
    total = gold.total() + predicted.total()
    shared = sum(min(count, predicted[word]) for word, count in gold.items() if word in predicted)
    return 2 * shared / total if total else 0.0


def _strip(token: str) -> str:
    """Return a token of a name without the punctuation around it and a possessive s."""
    return _POSSESSIVE.sub("", token.strip(".,;:()[]\"“”‘’'«»–—-")).strip("'’")


def _is_edge(char: str) -> bool:
    """Whether a character at the end of speech is a mark, punctuation or white space."""
    return char.isspace() or char in "`´" or unicodedata.category(char).startswith("P")
