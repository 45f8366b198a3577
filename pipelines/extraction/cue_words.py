"""Sets of words that the readers of encounters look for, from the lexicon `encounter_cues`."""

from __future__ import annotations

from functools import cache

from pipelines.lexicons import read_lexicon


@cache
def cue_words(name: str) -> frozenset[str]:
    """Return a set of lower-case words by its name; raises KeyError where there is none."""
    sets = {entry["set"]: entry["words"] for entry in read_lexicon("encounter_cues")}
    return frozenset(sets[name].split("|"))
