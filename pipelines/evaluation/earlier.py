"""Reads the result of an earlier evaluation, and says which differences are new and which are gone.

What belongs here: results as files. What does not: how they are shown.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipelines.evaluation.alignment import SCORES
from pipelines.evaluation.differences import Difference

__all__ = ["EarlierError", "new_and_gone", "read_earlier"]


class EarlierError(ValueError):
    """A file that is no result of an evaluation; the message names it and what to do."""


def read_earlier(path: Path) -> dict[str, Any]:
    """Return what `entente evaluate --json` wrote. Raises EarlierError where it is none."""
    hint = "compare with what `entente evaluate GOLD --json` has written"
    try:
        earlier = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise EarlierError(f"{path} cannot be read as JSON ({error}); {hint}.") from error
    scores = [earlier.get(name) for name in SCORES] if isinstance(earlier, dict) else []
    if not any(scores) or not all(
        score is None or (isinstance(score, dict) and "f1" in score) for score in scores
    ):
        raise EarlierError(f"{path} holds no scores; {hint}.")
    result: dict[str, Any] = earlier
    return result


def new_and_gone(
    now: Iterable[Difference], earlier: dict[str, Any]
) -> tuple[list[Difference], list[Difference]] | None:
    """Return the differences that came and those that went; None where the earlier has none listed.

    A difference is the same one where score, verdict, document, fact and field are.
    """
    if not isinstance(earlier.get("differences"), list):
        return None
    before = [Difference(**plain) for plain in earlier["differences"]]
    now = list(now)
    return _without(now, before), _without(before, now)


def _without(some: list[Difference], others: list[Difference]) -> list[Difference]:
    left = Counter(difference.key for difference in others)
    alone = []
    for difference in some:
        if left[difference.key]:
            left[difference.key] -= 1
        else:
            alone.append(difference)
    return alone
