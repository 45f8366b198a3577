"""Reads the result of an earlier evaluation, and says which differences are new and which are gone.

What belongs here: results as files. What does not: how they are shown.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
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
    if not any(scores) or not all(map(_is_score, scores)) or not _is_result(earlier):
        raise EarlierError(f"{path} holds no scores as this program writes them; {hint}.")
    result: dict[str, Any] = earlier
    return result


def _is_score(value: Any) -> bool:
    """Whether a value is one score of a result, or none."""
    if value is None:
        return True
    if not isinstance(value, dict) or not {"f1", "matched"} <= set(value):
        return False
    shares = [value["f1"]]
    for field in value.values():
        if isinstance(field, dict):
            shares.append(field.get("f1", field.get("share")))
    return all(share is None or type(share) in (int, float) for share in shares)


def _is_result(earlier: dict[str, Any]) -> bool:
    """Whether what stands beside the scores is as it should be."""
    known = {field.name for field in fields(Difference)}
    return (
        isinstance(earlier.get("documents"), int)
        and isinstance(earlier.get("doc_ids", []), list)
        and isinstance(earlier.get("differences", []), list)
        and all(
            isinstance(difference, dict) and set(difference) == known
            for difference in earlier.get("differences", [])
        )
    )


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
