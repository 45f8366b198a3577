"""Prints scores as a plain text table, beside those of an earlier evaluation where there is one.

What belongs here: columns and figures as text. What does not: computing them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from pipelines.evaluation.alignment import SCORES
from pipelines.evaluation.scores import (
    F1,
    CommissionScores,
    MeetingScores,
    QuoteScores,
    Scores,
    Share,
)

__all__ = ["render"]

_COLUMNS = ("score", "precision", "recall", "F1", "share", "95% interval")
_COMPARED = ("before", "change")
_Row = tuple[str, ...]


def render(scores: Scores, earlier: Mapping[str, Any] | None = None) -> str:
    """Return the scores as a table: a line a score, below it indented its fields, with counts.

    'matched / found / gold' are the counts of an F1; 'n of m' those of a share. A dash stands
    where there is nothing to divide by. `earlier` is what `Scores.to_plain` gave before: two
    columns then say what the F1 or share was, and what has changed.
    """
    heads = (*_COLUMNS, *(_COMPARED if earlier is not None else ()), "counts")
    rows = [heads, *(row for name in SCORES for row in _rows(name, scores, earlier))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads) - 1)]
    documents = f"{scores.documents} document" + ("" if scores.documents == 1 else "s")
    lines = [f"{documents}; counts are matched / found / gold, or n of m", ""]
    for row in rows:
        name, *figures, counts = row
        cells = [name.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=True)]
        lines.append("  ".join([*cells, counts]).rstrip())
    return "\n".join(lines) + "\n"


def _rows(name: str, scores: Scores, earlier: Mapping[str, Any] | None) -> Iterator[_Row]:
    """Yield the line of a score and those of its fields."""
    part: F1 | MeetingScores | CommissionScores | QuoteScores | None = getattr(scores, name)
    before = None if earlier is None else earlier.get(name) or {}
    if part is None:
        blanks = len(_COLUMNS) - 1 + (0 if before is None else len(_COMPARED))
        yield (name, *[""] * blanks, "not scored: gold has no such list")
    elif isinstance(part, F1):
        yield _f1_row(name, part, before)
    else:
        yield _f1_row(name, part.records, before)
        for field in fields(part):
            if field.name == "records":
                continue
            value: F1 | Share = getattr(part, field.name)
            label = "  " + field.name.replace("_", " ")
            inner = None if before is None else before.get(field.name) or {}
            yield (
                _f1_row(label, value, inner)
                if isinstance(value, F1)
                else _share_row(label, value, inner)
            )


def _f1_row(label: str, value: F1, before: Mapping[str, Any] | None) -> _Row:
    """Return the line of an F1."""
    return (
        label,
        _figure(value.precision),
        _figure(value.recall),
        _figure(value.f1),
        "",
        _interval(value),
        *_change(value.f1, before, "f1"),
        f"{value.matched} / {value.predicted} / {value.gold}",
    )


def _share_row(label: str, value: Share, before: Mapping[str, Any] | None) -> _Row:
    """Return the line of a share."""
    return (
        label,
        "",
        "",
        "",
        _figure(value.share),
        _interval(value),
        *_change(value.share, before, "share"),
        f"{value.count} of {value.of}",
    )


def _change(now: float | None, before: Mapping[str, Any] | None, name: str) -> tuple[str, ...]:
    """Return the figure before and its change; nothing where nothing is compared."""
    if before is None:
        return ()
    was = before.get(name)
    if was is None or now is None:
        return (_figure(was), "")
    change = round(now, 4) - was
    return (_figure(was), "=" if abs(change) < 0.0005 else f"{change:+.3f}")


def _interval(value: F1 | Share) -> str:
    bounds = value.interval
    return "-" if bounds is None else f"{bounds[0]:.3f}-{bounds[1]:.3f}"


def _figure(value: float | None) -> str:
    """Return a share with three decimals, or a dash."""
    return "-" if value is None else f"{value:.3f}"
