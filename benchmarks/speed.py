"""How long the commands take, and how fast articles are read: figures for one machine, one moment.

Usage: python benchmarks/speed.py [ARTICLES.jsonl]

Starts each command a few times and prints the median; reads the samples (or the articles given) and
prints words a second on one core, beside the tokenizer alone in the same run.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from pipelines.extraction.article import extract_article
from pipelines.language.build import build_language
from pipelines.records import Article
from pipelines.sources.files import find_files, parse_file
from pipelines.sources.records import Document

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SAMPLE = ROOT / "pipelines" / "samples" / "agency-joint-commission.txt"
COMMANDS = {
    "entente --help": [BIN / "entente", "--help"],
    "entente sql (on published marts)": [BIN / "entente", "sql", "select 1"],
    "entente extract, one article": [BIN / "entente", "extract", SAMPLE],
    "dagster definitions validate": [
        BIN / "dagster",
        "definitions",
        "validate",
        "-w",
        ROOT / "workspace.yaml",
    ],
}


def median_seconds(command: list[str | Path], times: int = 3) -> float:
    """Median wall time of a command, in seconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        subprocess.run([str(part) for part in command], capture_output=True, check=False)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def documents(path: Path) -> list[Article]:
    """The articles of a file or folder."""
    found = []
    for file in find_files(path):
        found += [
            Article(item.doc_id, item.text, title=item.title, published=item.published)
            for item in parse_file(file.path, file.location)
            if isinstance(item, Document)
        ]
    return found


def main() -> None:
    """Print the figures."""
    for name, command in COMMANDS.items():
        print(f"{median_seconds(command):8.2f} s   {name}")
    articles = documents(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE.parent)
    words = sum(len(article.text.split()) for article in articles)
    language = build_language()
    for article in articles[:5]:
        extract_article(article)  # whatever is compiled on first use
    started = time.perf_counter()
    for article in articles:
        language.make_doc(article.text)
    tokenizing = time.perf_counter() - started
    started = time.perf_counter()
    for article in articles:
        extract_article(article)
    reading = time.perf_counter() - started
    print(
        f"{words / reading:8,.0f} words a second read in full, one core ({len(articles)} articles)"
    )
    print(f"{reading / tokenizing:8.1f} times the time of the tokenizer alone")


if __name__ == "__main__":
    main()
