"""The gate: which articles can hold a fact between two states at all, told before they are read.

Reading is dear, and most of a news feed is about something else. The gate looks at single words
only, at a small part of what a reading costs: an article passes if two states are named (by name,
adjective, capital, metonym or a leader's name) beside a word of any kind of dealings, or one state
beside a word of diplomacy. It is meant to let through far too much rather than to lose an article.

What belongs here: that decision. What does not: facts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipelines.lexicons import read_lexicon

__all__ = ["may_hold_facts"]

_WORDS = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*\.?")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))
_COLUMNS = ("name", "names", "adjectives", "people", "capitals", "metonyms")


@dataclass(frozen=True, slots=True)
class _Table:
    """Names of states by their first word: what follows it, and the state."""

    single: dict[str, str]
    longer: dict[str, tuple[tuple[str, str], ...]]

    def states(self, words: Iterable[str], text: str) -> set[str]:
        """The states that are named in a text of these words."""
        found: set[str] = set()
        for word in words:
            state = self.single.get(word)
            if state is not None:
                found.add(state)
            for name, code in self.longer.get(word, ()):
                if code not in found and name in text:
                    found.add(code)
        return found


def may_hold_facts(title: str | None, text: str) -> bool:
    """Whether an article can hold a meeting, commission, agreement or sector of two states.

    False means that it need not be read: no state is named, or nothing that states do together.
    """
    whole = _plain(" ".join(f"{title or ''} {text}".split()))
    words = {word.removesuffix(".") for word in _WORDS.findall(whole)}
    states = _names().states(words, whole)
    if not states:
        return False
    relations, acts = _dealings()
    lower = " ".join(words).lower()
    if relations.search(lower):
        return True
    return len(states) > 1 and acts.search(lower) is not None


def _plain(text: str) -> str:
    """A text with plain apostrophes and letters: names are written with accents and without."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(letter)
    ).translate(_APOSTROPHES)


@cache
def _names() -> _Table:
    single: dict[str, str] = {}
    longer: dict[str, list[tuple[str, str]]] = {}

    def add(spelling: str, code: str) -> None:
        name = _plain(spelling)
        words = [word.removesuffix(".") for word in _WORDS.findall(name)]
        if words == [name.removesuffix(".")]:
            single.setdefault(words[0], code)
        elif words:
            longer.setdefault(words[0], []).append((name, code))

    for entry in read_lexicon("countries"):
        for column in _COLUMNS:
            for name in filter(None, entry[column].split("|")):
                add(name, entry["iso3"])
                add(name.upper(), entry["iso3"])
    for entry in read_lexicon("leaders"):
        surname = entry["name"].split()[-1]
        add(surname, entry["country"])
        add(surname.upper(), entry["country"])
    return _Table(single, {word: tuple(names) for word, names in longer.items()})


@cache
def _dealings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    groups: dict[str, list[str]] = {"relation": [], "act": []}
    for entry in read_lexicon("relevance_words"):
        word = re.escape(entry["word"].removesuffix("*"))
        groups[entry["group"]].append(word + (r"\w*" if entry["word"].endswith("*") else ""))
    relation, act = (re.compile(r"\b(?:" + "|".join(words) + r")\b") for words in groups.values())
    return relation, act
