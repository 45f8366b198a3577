"""The verbs that report speech, as rules look them up.

What belongs here: the cue lexicon in the form that scanning needs, and which form of the verb a
word is. What does not: whether a word is a verb where it stands (see `speakers`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipelines.lexicons import read_lexicon

VerbForm = Literal["base", "third", "past", "gerund"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a verb of speech: its words in lower case, its lemma and the frames it takes."""

    words: tuple[str, ...]
    lemma: str
    form: VerbForm
    frames: frozenset[str]

    @property
    def is_act(self) -> bool:
        """Whether the verb reports no speech but ends what was reported before it."""
        return self.frames == {"act"}


def _form_of(word: str, all_forms: frozenset[str]) -> VerbForm:
    stem_y = word[:-1] if word.endswith("y") else None
    thirds = {f"{word}s", f"{word}es"} | ({f"{stem_y}ies"} if stem_y else set())
    if thirds & all_forms:
        return "base"
    if word.endswith("ing"):
        return "gerund"
    return "third" if word.endswith("s") else "past"


@cache
def _cues_by_first_word() -> dict[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for entry in read_lexicon("cues"):
        forms = entry["forms"].split("|")
        heads = frozenset(form.split()[0] for form in forms)
        frames = frozenset(entry["frames"].split("|"))
        for form in forms:
            words = tuple(form.split())
            cue = Cue(words, entry["lemma"], _form_of(words[0], heads), frames)
            found.setdefault(words[0], []).append(cue)
    return {
        word: tuple(sorted(cues, key=lambda cue: -len(cue.words))) for word, cues in found.items()
    }


def cue_at(words: Sequence[str], index: int) -> Cue | None:
    """Return the longest cue whose words (lower case) begin at an index, or None."""
    for cue in _cues_by_first_word().get(words[index], ()):
        if tuple(words[index : index + len(cue.words)]) == cue.words:
            return cue
    return None


@cache
def attitude_nouns(kind: str) -> frozenset[str]:
    """Return the nouns of `attitudes.tsv` of a kind: `attitude` or `statement`."""
    return frozenset(e["noun"] for e in read_lexicon("attitudes") if e["kind"] == kind)


@cache
def speaker_nouns() -> frozenset[str]:
    """Return the common nouns (lower case) of people and bodies that can speak."""
    return frozenset(entry["noun"] for entry in read_lexicon("speaker_nouns"))


@cache
def word_class(name: str) -> frozenset[str]:
    """Return a class of `speech_words.tsv` (lower case); raises KeyError where there is none."""
    classes = {e["class"]: frozenset(e["words"].split("|")) for e in read_lexicon("speech_words")}
    return classes[name]
