"""The project's own gold: its invented articles, annotated by hand, and what they must score.

What belongs here: where they stand and whether a score is good enough. What does not: scoring.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pipelines.evaluation.alignment import SCORES
from pipelines.evaluation.scores import F1, Scores

__all__ = ["OWN_GOLD", "Shortfall", "floors", "shortfalls"]

_FOLDER = Path(str(files("pipelines"))) / "gold"

OWN_GOLD = _FOLDER / "samples.jsonl"
"""The gold file: every article that the project ships, with all of its facts."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A score that is lower than it must be."""

    score: str
    f1: float
    floor: float

    def __str__(self) -> str:
        return f"{self.score} F1 {self.f1:.3f}, floor {self.floor:.2f}"


def floors() -> dict[str, float]:
    """Return the least F1 of each score on the own gold, as `pipelines/gold/floors.toml` has it.

    Raises ValueError where the file lacks a score or names another one.
    """
    found = tomllib.loads((_FOLDER / "floors.toml").read_text(encoding="utf-8"))
    if set(found) != set(SCORES):
        raise ValueError(f"floors.toml must name {', '.join(SCORES)}; it names {', '.join(found)}")
    return {name: float(found[name]) for name in SCORES}


def shortfalls(scores: Scores) -> list[Shortfall]:
    """Return the scores that are below their floor; one that cannot be computed is."""
    found = []
    for name, floor in floors().items():
        part = getattr(scores, name)
        records: F1 | None = part if isinstance(part, F1 | None) else part.records
        f1 = (records.f1 if records is not None else None) or 0.0
        if f1 < floor:
            found.append(Shortfall(name, f1, floor))
    return found
