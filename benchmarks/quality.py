"""How well articles are read: the scores on all gold files, and the dated table in docs/scores.md.

Usage: python benchmarks/quality.py [--keep] [--note WORDS] [GOLD.jsonl or FOLDER ...]

Scores the project's own gold and every gold file that is named or lies in a folder that is
(default: the invented news beside the own gold, and ../shared/gold, where it is there; files in
another format are named and left out).
Prints a table with a column a file. `--keep` puts it on top of docs/scores.md under today's date,
beside the figures of the table before; a second one of a day and a version of the rules takes the
place of the first.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.evaluation import OWN_GOLD, SCORES, GoldError, Scores, read_gold, score
from pipelines.extraction.batch import read_articles
from pipelines.records import EXTRACTOR_VERSION, to_plain

ROOT = Path(__file__).resolve().parent.parent
DEFAULT = ROOT.parent / "shared" / "gold"
NEWS = OWN_GOLD.parent / "news.jsonl"
PAGE = ROOT / "docs" / "scores.md"
HEAD = """\
# Scores

How well articles are read, newest first: `make scores` adds a table. F1 with matched / found /
gold, or a share with its counts; `own` are the invented articles that the project ships, the other
files are gold that lies beside it. Most rules were mended while looking at those files: on news
that nobody has looked at, expect less. In brackets: the change since the table before.
"""


@dataclass(frozen=True)
class Result:
    """The scores of one gold file, how many words it has and how long it took."""

    name: str
    scores: Scores
    words: int
    seconds: float


def evaluate(path: Path, name: str) -> Result:
    """Score one gold file. Raises GoldError where it is none."""
    documents = read_gold(path)
    words = sum(len(document.article.text.split()) for document in documents)
    started = time.perf_counter()
    found = []
    for outcome in read_articles(document.article for document in documents):
        if outcome.facts is None:
            raise RuntimeError(f"{name}: {outcome.article.doc_id} not read: {outcome.error}")
        found.append(to_plain(outcome.facts))
    scores = score(documents, found)
    return Result(name, scores, words, time.perf_counter() - started)


def gold_files(named: list[Path]) -> list[Path]:
    """The files that are named, and those in the folders that are."""
    found: list[Path] = []
    for path in named:
        found += sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    return found


def cells(plain: dict[str, Any]) -> dict[str, tuple[float | None, str]]:
    """Every figure of a result by its row: the value, and its counts as text."""
    rows: dict[str, tuple[float | None, str]] = {}
    for name in SCORES:
        part = plain[name]
        if part is None:
            continue
        rows[name] = (part["f1"], counts(part))
        for field, value in part.items():
            if isinstance(value, dict):
                share = value["f1"] if "f1" in value else value["share"]
                rows[f"{name}: {field.replace('_', ' ')}"] = (share, counts(value))
    return rows


def counts(part: dict[str, Any]) -> str:
    """The counts of an F1 or a share."""
    if "matched" in part:
        return f"{part['matched']}/{part['predicted']}/{part['gold']}"
    return f"{part['count']}/{part['of']}"


def table(results: list[Result], before: dict[str, dict[str, float | None]]) -> str:
    """The scores as a Markdown table: a row a score, a column a gold file."""
    columns = [(result.name, cells(result.scores.to_plain())) for result in results]
    rows = list(dict.fromkeys(row for _, figures in columns for row in figures))
    lines = ["| | " + " | ".join(name for name, _ in columns) + " |"]
    lines.append("|---" * (len(columns) + 1) + "|")
    for row in rows:
        told = []
        for name, figures in columns:
            value, count = figures.get(row, (None, ""))
            was = before.get(name, {}).get(row)
            change = "" if was is None or value is None else f" ({value - was:+.3f})"
            change = "" if change in (" (+0.000)", " (-0.000)") else change
            told.append("" if value is None else f"{value:.3f}{change} {count}")
        lines.append(f"| {row} | " + " | ".join(told) + " |")
    return "\n".join(lines)


def keep(text: str, results: list[Result]) -> None:
    """Put a section on top of the page; one of the same day and rules is replaced."""
    sections = sections_of(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else []
    figures = {
        result.name: {row: value for row, (value, _) in cells(result.scores.to_plain()).items()}
        for result in results
    }
    section = f"{heading()}\n\n{text}\n\n<!-- figures {json.dumps(figures)} -->\n"
    others = [other for other in sections if not other.startswith(f"{heading()}\n")]
    PAGE.write_text("\n".join([HEAD, section, *others]), encoding="utf-8")


def heading() -> str:
    """The heading of a table that is made now."""
    return f"## {datetime.now(UTC).date().isoformat()}, rules {EXTRACTOR_VERSION}"


def sections_of(page: str) -> list[str]:
    """The dated sections of the page, as they stand."""
    return [part.strip("\n") + "\n" for part in re.split(r"(?m)^(?=## \d{4}-)", page)[1:]]


def earlier_figures() -> dict[str, dict[str, float | None]]:
    """The figures of the newest table that is not of this day and these rules."""
    for section in sections_of(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else []:
        found = re.search(r"<!-- figures (.*) -->", section)
        if found and not section.startswith(f"{heading()}\n"):
            figures: dict[str, dict[str, float | None]] = json.loads(found[1])
            return figures
    return {}


def main() -> int:
    """Print the table, and keep it where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--keep", action="store_true", help="put it into docs/scores.md")
    parser.add_argument("--note", default="", help="a sentence to stand above the table")
    options = parser.parse_args()
    named = options.gold or [NEWS, *([DEFAULT] if DEFAULT.exists() else [])]
    results = [evaluate(OWN_GOLD, "own")]
    for path in gold_files(named):
        sys.stderr.write(f"{path.name}\n")
        try:
            results.append(evaluate(path, path.stem))
        except GoldError as error:
            sys.stderr.write(f"left out: {error}\n")
    speed = ", ".join(f"{r.name} {r.words:,} words in {r.seconds:.1f} s" for r in results)
    text = f"{options.note}\n\n{table(results, earlier_figures())}\n\nRead in full: {speed}."
    print(text)
    if options.keep:
        keep(text, results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
