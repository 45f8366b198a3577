"""Prints differences as plain text: a block each, under the score that it lowers.

What belongs here: text. What does not: finding differences (`differences`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import wrap

from pipelines.evaluation.differences import Difference, RuleRecord

__all__ = ["render_differences", "render_rules"]

_WIDTH = 100


def render_differences(differences: Iterable[Difference]) -> str:
    """Return the differences, by score, then by verdict, in the order of the articles."""
    order = {"missed": 0, "invented": 1, "wrong": 2}
    lines: list[str] = []
    ordered = sorted(differences, key=lambda d: (d.score, order[d.verdict]))
    for (score, verdict), group in groupby(ordered, key=lambda d: (d.score, d.verdict)):
        members = list(group)
        lines += ["", f"{score}: {len(members)} {verdict}"]
        for difference in members:
            lines += _block(difference)
    return "\n".join(lines).strip("\n") + "\n" if lines else "No differences.\n"


def render_rules(records: Iterable[RuleRecord]) -> str:
    """Return how often each rule was right, by score."""
    rows = [(r.score, r.rule, f"{r.right} of {r.made}", f"{r.right / r.made:.2f}") for r in records]
    if not rows:
        return "No rule made anything.\n"
    heads = ("score", "rule", "matched", "share")
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(4)]
    lines = []
    for row in (heads, *rows):
        names = (row[column].ljust(widths[column]) for column in (0, 1))
        figures = (row[column].rjust(widths[column]) for column in (2, 3))
        lines.append("  ".join((*names, *figures)))
    return "\n".join(lines) + "\n"


def _block(difference: Difference) -> Iterator[str]:
    made_by = ""
    if difference.rule is not None:
        made_by = f"   [{difference.rule}"
        if difference.confidence is not None:
            made_by += f" {difference.confidence:.2f}"
        made_by += "]"
    yield f"  {difference.doc_id}  {_shortened(difference.fact)}{made_by}"
    if difference.field is not None:
        yield f"      {difference.field}: gold {difference.gold!r}"
        yield f"      {' ' * len(difference.field)}  found {difference.found!r}"
    if difference.sentence is not None:
        yield from wrap(
            difference.sentence, _WIDTH, initial_indent="    > ", subsequent_indent="      "
        )


def _shortened(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
