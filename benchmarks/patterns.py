"""How often each pattern fires, and how often it is right: the tables of docs/patterns.md.

Usage: python benchmarks/patterns.py [--keep] [--corpus FOLDER] [GOLD.jsonl or FOLDER ...]

Reads the project's own gold, every gold file that is named or lies in a folder that is (default:
../shared/gold, where it is there; files in another format are named and left out), and real text
without annotation (default: ../shared/corpus, where it is there). Prints a table for each kind of
fact with a row a rule: how many facts it made of each text, and how many of those that gold judges
gold has too. `--keep` writes them into docs/patterns.md.

What belongs here: counts by rule. What does not: what the confidence of facts is worth
(`confidence.py`), how much of gold is found (`quality.py`).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from quality import DEFAULT, gold_files

from pipelines.evaluation import (
    OWN_GOLD,
    SCORES,
    GoldDocument,
    GoldError,
    aligned_articles,
    read_gold,
)
from pipelines.evaluation.scores import wilson
from pipelines.extraction.article import extractor_version
from pipelines.extraction.batch import Outcome, read_articles
from pipelines.language.build import default_model
from pipelines.records import Article, ArticleFacts, to_plain

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "patterns.md"
CORPUS = ROOT.parent / "shared" / "corpus"
TEXTS = ("relations", "readouts")
"""The files of the corpus, and the columns that they make."""

JUDGED = tuple(dict.fromkeys(SCORES.values()))
"""The kinds of facts that gold is compared with, in the order of the scores."""

KINDS = (*JUDGED, "sector_mentions", "entities")
PARTLY = {"quotes_gum": "direct"}
"""Gold files that lack quotes of a kind: what is found of it there is neither right nor wrong."""

PAUSE = 2.0
"""Seconds between two lines of progress."""

HEAD = """\
# Patterns

How often each rule made a fact, and how often it was right.
`python benchmarks/patterns.py --keep` writes this page.

A pattern is a rule that makes facts: a verb, a noun, a title or a frame of a sentence, with what
must stand around it. Every fact names its rule (`rule`), here and in the marts.

{texts}*gold*: how many facts the rule made, of texts without annotation and of
the gold articles. *right*: how many of those that gold judges stand in gold too.

- A meeting or an agreement stands there with the same pair and kind, a commission with the same
  pair and ordinal, a sector with the same pair, a person with the same surname and country, a quote
  with half of its words or more. Other fields (date, city, status) may be wrong all the same.
- Of facts that count once an article (sectors, people) the first is judged. An article without a
  list of a kind judges none of it; mentions are judged nowhere, direct quotes not in quotes_gum,
  which lacks those without a speaker.
- *95 %* is Wilson's interval of the share: a few cases say little.

Most rules were mended while looking at these gold files: on news that nobody has looked at, expect
less. [confidence.md](confidence.md) tells what the confidence of facts is worth.
"""


@dataclass(frozen=True)
class Judged:
    """A found fact that gold judges: its rule, its article, and whether it is right."""

    kind: str
    rule: str
    confidence: float
    right: bool
    article: str


@dataclass
class Gold:
    """All gold files as they were read: their names and words, how often rules fired, and verdicts.

    `fired` counts every fact by kind and rule, those that gold does not judge too.
    """

    files: list[str] = field(default_factory=list)
    articles: int = 0
    fired: Counter[tuple[str, str]] = field(default_factory=Counter)
    judged: list[Judged] = field(default_factory=list)


def gold_documents(named: list[Path]) -> dict[str, list[GoldDocument]]:
    """The articles of the own gold and of each gold file that is named, by the name of the file."""
    found = {"own": read_gold(OWN_GOLD)}
    for path in gold_files(named or ([DEFAULT] if DEFAULT.exists() else [])):
        try:
            found[path.stem] = read_gold(path)
        except GoldError as error:
            sys.stderr.write(f"left out: {error}\n")
    return found


def corpus_articles(folder: Path) -> dict[str, list[Article]]:
    """The articles of each file of the corpus that is there."""
    found = {}
    for name in TEXTS:
        path = folder / f"{name}.jsonl"
        if path.exists():
            with path.open(encoding="utf-8") as lines:
                found[name] = [article(json.loads(line)) for line in lines if line.strip()]
    return found


def article(record: dict[str, Any]) -> Article:
    """An article of the corpus."""
    told = {name: record.get(name) for name in ("source", "url", "title", "published")}
    return Article(doc_id=record["doc_id"], text=record["text"], **told)


def read_texts(texts: dict[str, list[Article]]) -> Iterator[tuple[str, list[Outcome]]]:
    """Yield what was read of each text in turn; all go to the workers as one stream."""
    outcomes = read_articles(chain.from_iterable(texts.values()))
    for name, articles in texts.items():
        read = []
        told = time.monotonic()
        for outcome in islice(outcomes, len(articles)):
            read.append(outcome)
            if time.monotonic() - told > PAUSE:
                told = time.monotonic()
                sys.stderr.write(f"{name}: {len(read):,} of {len(articles):,} articles\n")
        yield name, read


def fired(facts: ArticleFacts) -> Counter[tuple[str, str]]:
    """How many facts of each kind each rule made of an article."""
    return Counter((kind, fact.rule) for kind in KINDS for fact in getattr(facts, kind))


def judge(name: str, documents: list[GoldDocument], outcomes: list[Outcome], into: Gold) -> None:
    """Add a gold file: what was found in it, and what gold says of that."""
    found = []
    for outcome in outcomes:
        if outcome.facts is None:
            raise RuntimeError(f"{name}: {outcome.article.doc_id} not read: {outcome.error}")
        into.fired += fired(outcome.facts)
        found.append(to_plain(outcome.facts))
    into.files.append(name)
    into.articles += len(documents)
    for document, lists in aligned_articles(documents, found):
        for kind in JUDGED:
            if kind not in lists:
                continue
            verdicts = [(fact, True) for _, fact in lists[kind].pairs]
            verdicts += [(fact, False) for fact in lists[kind].invented]
            into.judged += [
                Judged(kind, fact["rule"], fact["confidence"], right, f"{name}/{document.doc_id}")
                for fact, right in verdicts
                if kind != "quotes" or fact["kind"] != PARTLY.get(name)
            ]


def read_judged(named: list[Path]) -> Gold:
    """Read the gold files alone."""
    documents = gold_documents(named)
    gold = Gold()
    texts = {name: [document.article for document in file] for name, file in documents.items()}
    for name, outcomes in read_texts(texts):
        judge(name, documents[name], outcomes, gold)
    return gold


def read_all(
    named: list[Path], folder: Path
) -> tuple[Gold, dict[str, int], dict[str, Counter[tuple[str, str]]]]:
    """Read gold and corpus: also how many articles each file of the corpus has, and what fired."""
    documents = gold_documents(named)
    corpus = corpus_articles(folder)
    texts = {f"gold {name}": [d.article for d in file] for name, file in documents.items()}
    gold = Gold()
    counts: dict[str, Counter[tuple[str, str]]] = {}
    for name, outcomes in read_texts({**texts, **corpus}):
        if name in texts:
            own = name.removeprefix("gold ")
            judge(own, documents[own], outcomes, gold)
            continue
        counts[name] = Counter()
        for outcome in outcomes:
            if outcome.facts is None:
                sys.stderr.write(f"{name}: {outcome.article.doc_id} not read: {outcome.error}\n")
            else:
                counts[name] += fired(outcome.facts)
    return gold, {name: len(articles) for name, articles in corpus.items()}, counts


def share(right: int, of: int) -> str:
    """A share and its interval as two cells of a table, dashes where there is nothing to divide."""
    bounds = wilson(right, of)
    if bounds is None:
        return "- | -"
    return f"{right / of:.2f} | {bounds[0]:.2f}-{bounds[1]:.2f}"


def table(kind: str, gold: Gold, counts: dict[str, Counter[tuple[str, str]]]) -> str:
    """The rules of a kind of fact as a Markdown table, those that fire most often first."""
    judged = Counter(fact.rule for fact in gold.judged if fact.kind == kind)
    right = Counter(fact.rule for fact in gold.judged if fact.kind == kind and fact.right)
    made = Counter[str]()
    for counter in (gold.fired, *counts.values()):
        made += Counter({rule: count for (of, rule), count in counter.items() if of == kind})
    heads = ("rule", *counts, "gold", "right", "share", "95 %")
    lines = ["| " + " | ".join(heads) + " |", "|---" + "|---:" * (len(heads) - 1) + "|"]
    for rule in sorted(made, key=lambda rule: (-made[rule], rule)):
        on_texts = [f"{counter[kind, rule]:,}" for counter in counts.values()]
        of = judged[rule]
        told = f"{right[rule]} of {of}" if of else "-"
        cells = (rule, *on_texts, f"{gold.fired[kind, rule]:,}", told, share(right[rule], of))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def heading() -> str:
    """The heading of tables that are made now."""
    return f"## {datetime.now(UTC).date().isoformat()}, rules {extractor_version(default_model())}"


def read_from(gold: Gold) -> str:
    """Which gold was read, in a few words."""
    return f"gold {gold.articles:,} articles ({', '.join(gold.files)})"


def main() -> int:
    """Print the tables, and keep them where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder of the corpus")
    parser.add_argument("--keep", action="store_true", help="write docs/patterns.md")
    options = parser.parse_args()
    gold, sizes, counts = read_all(options.gold, options.corpus)
    texts = "".join(f"; {name} {size:,} articles" for name, size in sizes.items())
    parts = [f"{heading()}\n\nRead: {read_from(gold)}{texts}."]
    for kind in KINDS:
        parts.append(f"### {kind.replace('_', ' ').capitalize()}\n\n{table(kind, gold, counts)}")
    text = "\n\n".join(parts) + "\n"
    print(text)
    if options.keep:
        head = HEAD.format(texts="".join(f"*{name}*, " for name in counts))
        PAGE.write_text(f"{head}\n{text}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
