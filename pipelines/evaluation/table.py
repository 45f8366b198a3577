"""Prints scores as a plain text table.

What belongs here: columns and figures as text. What does not: computing them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from pipelines.evaluation.scores import (
    F1,
    CommissionScores,
    MeetingScores,
    QuoteScores,
    Scores,
    Share,
)

__all__ = ["render"]

_COLUMNS = ("score", "precision", "recall", "F1", "share", "counts")
_SCORES = (
    "meeting_pairs",
    "meetings",
    "commissions",
    "sectors",
    "agreements",
    "people",
    "quotes",
)
_Row = tuple[str, str, str, str, str, str]


def render(scores: Scores) -> str:
    """Return the scores as a table: a line a score, below it indented its fields, with counts.

    'matched / found / gold' are the counts of an F1; 'n of m' those of a share. A dash stands
    where there is nothing to divide by.
    """
    rows = [_COLUMNS, *(row for name in _SCORES for row in _rows(name, scores))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS) - 1)]
    lines = [f"{scores.documents} documents; counts are matched / found / gold, or n of m", ""]
    for row in rows:
        name, *figures, counts = row
        cells = [name.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=True)]
        lines.append("  ".join([*cells, counts]).rstrip())
    return "\n".join(lines) + "\n"


def _rows(name: str, scores: Scores) -> Iterator[_Row]:
    """Yield the line of a score and those of its fields."""
    part: F1 | MeetingScores | CommissionScores | QuoteScores | None = getattr(scores, name)
    if part is None:
        yield name, "", "", "", "", "not scored: gold has no such list"
    elif isinstance(part, F1):
        yield _f1_row(name, part)
    else:
        yield _f1_row(name, part.records)
        for field in fields(part):
            if field.name == "records":
                continue
            value: F1 | Share = getattr(part, field.name)
            label = "  " + field.name.replace("_", " ")
            yield _f1_row(label, value) if isinstance(value, F1) else _share_row(label, value)


def _f1_row(label: str, value: F1) -> _Row:
    """Return the line of an F1."""
    return (
        label,
        _figure(value.precision),
        _figure(value.recall),
        _figure(value.f1),
        "",
        f"{value.matched} / {value.predicted} / {value.gold}",
    )


def _share_row(label: str, value: Share) -> _Row:
    """Return the line of a share."""
    return label, "", "", "", _figure(value.share), f"{value.count} of {value.of}"


def _figure(value: float | None) -> str:
    """Return a share with three decimals, or a dash."""
    return "-" if value is None else f"{value:.3f}"
