"""What the confidence of facts is worth: the table of reliability of docs/confidence.md.

Usage: python benchmarks/confidence.py [--keep] [GOLD.jsonl or FOLDER ...]

Reads the gold files as `patterns.py` does, and prints how many of the facts of each band of
confidence are right, pooled over the kinds of facts and for each kind; whether that holds for
articles that were not counted, in five folds; and which rules carry a confidence that is not their
share. `--keep` writes all of it into docs/confidence.md.

What belongs here: confidence against gold. What does not: how often rules fire (`patterns.py`).
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from patterns import JUDGED, Judged, heading, read_from, read_judged, share

from pipelines.evaluation.scores import wilson

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "confidence.md"
BANDS = {"low": 0.0, "middle": 0.65, "high": 0.85}
"""Each band and the confidence that it starts from."""

RANGES = {"low": "below 0.65", "middle": "0.65 to below 0.85", "high": "0.85 and more"}
FOLDS = 5
SPLITS = 200
"""How often the articles are dealt into folds to tell whether the order is a matter of chance."""

LEAST_CASES = 5
"""How many facts a rule must have made for its share to be told."""

HEAD = """\
# Confidence

Every fact carries a confidence from 0 to 1: that of its rule, less where the sentence leaves
something open (a side that is filled in, a body that no session is told of). Read it in three
bands. This page says how many facts of each band are right on the gold files; *right* is what
[patterns.md](patterns.md) says it is. `python benchmarks/confidence.py --keep` writes it.

Most rules were mended while looking at these gold files: on news that nobody has looked at, expect
less in every band. The folds tell whether a band holds from one article of this gold to the next.
"""


def band(confidence: float) -> str:
    """The band of a confidence."""
    return next(name for name, start in reversed(BANDS.items()) if confidence >= start)


def bands(facts: Iterable[Judged]) -> dict[str, tuple[int, int]]:
    """How many facts of each band are right, and how many there are."""
    counts = dict.fromkeys(BANDS, (0, 0))
    for fact in facts:
        right, of = counts[band(fact.confidence)]
        counts[band(fact.confidence)] = (right + fact.right, of + 1)
    return counts


def rows(kind: str, facts: list[Judged]) -> list[str]:
    """The lines of a table for the facts of one kind, or all of them."""
    return [
        f"| {kind} | {name} | {RANGES[name]} | {of} | {right} | {share(right, of)} |"
        for name, (right, of) in bands(facts).items()
        if of or kind == "all"
    ]


def reliability(facts: list[Judged]) -> str:
    """The table of reliability: all facts first, then each kind."""
    lines = ["| facts | band | confidence | facts | right | share | 95 % |"]
    lines += ["|---|---|---|---:|---:|---:|---:|", *rows("all", facts)]
    for kind in JUDGED:
        lines += rows(kind, [fact for fact in facts if fact.kind == kind])
    return "\n".join(lines)


def folds(facts: list[Judged], seed: int = 0) -> list[list[Judged]]:
    """The facts in folds by article, dealt by chance: the same way for the same seed."""
    articles = sorted({fact.article for fact in facts})
    random.Random(seed).shuffle(articles)
    place = {article: position % FOLDS for position, article in enumerate(articles)}
    dealt: list[list[Judged]] = [[] for _ in range(FOLDS)]
    for fact in facts:
        dealt[place[fact.article]].append(fact)
    return dealt


def in_order(facts: list[Judged]) -> bool:
    """Whether each band is right more often than the one below; a band without facts is passed."""
    shares = [right / of for right, of in bands(facts).values() if of]
    return all(lower < higher for lower, higher in pairwise(shares))


def cross_validation(facts: list[Judged]) -> str:
    """What four folds predict of each band and what the fifth has, as a table and a summary."""
    dealt = folds(facts)
    lines = [
        "| fold | "
        + " | ".join(f"{name}: predicted | {name}: has" for name in BANDS)
        + " | in order |",
        "|---" + "|---:" * (2 * len(BANDS)) + "|---|",
    ]
    away: dict[str, list[float]] = {name: [] for name in BANDS}
    ordered = 0
    for number, held in enumerate(dealt):
        others = bands(f for other in range(FOLDS) if other != number for f in dealt[other])
        own = bands(held)
        cells = []
        for name in BANDS:
            (predicted, of), (right, count) = others[name], own[name]
            cells.append(f"{predicted / of:.2f}" if of else "-")
            cells.append(f"{right / count:.2f} ({right} of {count})" if count else "-")
            if of and count:
                away[name].append(abs(predicted / of - right / count))
        good = in_order(held)
        ordered += good
        lines.append(f"| {number + 1} | " + " | ".join(cells) + f" | {'yes' if good else 'no'} |")
    every = [value for values in away.values() for value in values]
    apart = ", ".join(f"{name} {mean(values):.3f}" for name, values in away.items() if values)
    told = f"Mean absolute difference {mean(every):.3f} ({apart}); low < middle < high in "
    told += f"{ordered} of {FOLDS} folds. "
    often = mean([in_order(fold) for seed in range(SPLITS) for fold in folds(facts, seed)])
    told += f"Dealt anew {SPLITS} times, it holds in {often:.0%} of the folds."
    return "\n".join(lines) + f"\n\n{told}"


def mean(values: Sequence[float]) -> float:
    """The mean, 0 of none."""
    return sum(values) / len(values) if values else 0.0


def far_off(facts: list[Judged]) -> str:
    """The rules whose confidence lies outside the interval of their share, band by band."""
    groups: defaultdict[tuple[str, str, str], list[Judged]] = defaultdict(list)
    for fact in facts:
        groups[fact.kind, fact.rule, band(fact.confidence)].append(fact)
    lines = ["| facts | rule | band | confidence | right | share | 95 % |"]
    lines.append("|---|---|---|---:|---:|---:|---:|")
    for (kind, rule, name), members in sorted(
        groups.items(), key=lambda item: (JUDGED.index(item[0][0]), -len(item[1]), item[0])
    ):
        right, of = sum(fact.right for fact in members), len(members)
        carried = mean([fact.confidence for fact in members])
        bounds = wilson(right, of)
        if of >= LEAST_CASES and bounds and not bounds[0] <= carried <= bounds[1]:
            told = f"{carried:.2f} | {right} of {of} | {share(right, of)}"
            lines.append(f"| {kind} | {rule} | {name} | {told} |")
    return "\n".join(lines)


def report(facts: list[Judged]) -> str:
    """All tables, each under its heading."""
    return f"""\
### Reliability

{reliability(facts)}

### Cross-validation

Five folds by article: the share that the other four have of a band, and what the fold has.

{cross_validation(facts)}

### Rules whose confidence is not their share

Rules with at least {LEAST_CASES} facts in a band, whose mean confidence lies outside the interval.

{far_off(facts)}
"""


def main() -> int:
    """Print the tables, and keep them where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--keep", action="store_true", help="write docs/confidence.md")
    options = parser.parse_args()
    gold = read_judged(options.gold)
    text = f"{heading()}\n\nRead: {read_from(gold)}.\n\n{report(gold.judged)}"
    print(text)
    if options.keep:
        PAGE.write_text(f"{HEAD}\n{text}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
