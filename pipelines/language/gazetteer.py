"""Finding names from a list in a Doc: the longest match wins.

The list's names are matched as they are written and in capitals ('TEHRAN'), with straight and
curly apostrophes, with and without accents, with hyphen and en dash. A line break inside a name
('Saudi' at the end of one line, 'Arabia' on the next) does no harm.

What belongs here: matching and the variants of spelling. What does not: what the names mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from pipelines.language.build import build_language
from pipelines.language.models import BLANK
from pipelines.language.spelling import without_accents

_APOSTROPHES = ("'", "’", "‘", "`", "ʻ")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: half-open token indices of the Doc, and the keys that the name has."""

    start: int
    end: int
    keys: tuple[str, ...]


class Gazetteer:
    """A list of names, each with one or several keys, compiled for matching."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """Compile names; `names` maps a name to its keys (what it stands for)."""
        keys_of: dict[str, list[str]] = {}
        for name, keys in names.items():
            for variant in spellings(name):
                found = keys_of.setdefault(variant, [])
                found.extend(key for key in keys if key not in found)
        # by first token, the longest first; plain dictionaries start in a third of the time that
        # a PhraseMatcher takes, and find as fast
        self._names: dict[str, list[tuple[list[str], tuple[str, ...]]]] = {}
        for variant, found in keys_of.items():
            tokens = _tokens(variant)
            self._names.setdefault(tokens[0], []).append((tokens, tuple(found)))
        for entries in self._names.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, doc: Doc) -> list[Hit]:
        """Return the names in a Doc, in order, none within or across another: the longest wins."""
        # paragraph breaks are left in: no name runs across one
        index = [t.i for t in doc if not t.is_space or t.text.count("\n") > 1]
        texts = [doc[i].text for i in index]
        hits: list[Hit] = []
        position = 0
        while position < len(texts):
            for tokens, keys in self._names.get(texts[position], ()):
                end = position + len(tokens)
                if texts[position:end] == tokens:
                    hits.append(Hit(index[position], index[end - 1] + 1, keys))
                    position = end
                    break
            else:
                position += 1
        return hits


def _tokens(name: str) -> list[str]:
    """Return the tokens of a name as the pipeline makes them."""
    language = build_language(BLANK)
    tokenizer: Any = language.tokenizer
    words = name.split(" ")
    # letters alone are one token each; anything else is for the tokenizer to say
    if all(word.isalpha() and word not in tokenizer.rules for word in words):
        return words
    return [token.text for token in tokenizer(name)]


def spellings(name: str) -> list[str]:
    """Return the ways in which a name is written: apostrophes, dashes, accents, capitals."""
    forms = [name]
    if any(mark in name for mark in _APOSTROPHES):
        plain = name
        for mark in _APOSTROPHES[1:]:
            plain = plain.replace(mark, "'")
        forms = [plain, *(plain.replace("'", mark) for mark in _APOSTROPHES[1:])]
    forms += [form.replace("-", dash) for form in forms for dash in ("–", "‑") if "-" in form]
    forms += [bare for form in forms if (bare := without_accents(form)) != form]
    forms += [form.upper() for form in forms if len(form) > 3 or form.isupper()]
    return list(dict.fromkeys(forms))
