"""How good and how fast the language model is: the table of its tests, and what must hold.

Usage: python benchmarks/language_model.py [--model NAME] [--corpora DIR] [--texts DIR] [--check]

Scores the model on test corpora that it was not trained on (default: ../shared/model, where it is
there), and measures loading, memory, and speed on one core beside plain spaCy with the same
components in the same run, and the gate. `--check` ends with 1 where a floor of
training/floors.toml is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one core, for both sides of the comparison

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.vocab import Vocab

from pipelines.extraction.article import extract_article
from pipelines.extraction.relevance import may_hold_facts
from pipelines.language.build import build_language
from pipelines.language.models import (
    BLANK,
    BUNDLED,
    BUNDLED_FOLDER,
    ModelError,
    model_version,
)
from pipelines.records import Article

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TREES = {"PUD": "pud_test", "EWT test": "ewt_test", "GUM news": "gum_news_test"}
NAMES = {"CrossNER politics": "crossner_test", "UNER EWT": "uner_test", "GUM": "gum_ner_test"}
LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP")


def read_docs(path: Path, vocab: Vocab) -> list[Doc]:
    """The Docs of a DocBin file."""
    return list(DocBin().from_disk(path).get_docs(vocab))


def tree_scores(nlp: Language, path: Path) -> dict[str, float]:
    """Tags, trees, lemmas and sentences on a corpus of trees, in percent."""
    gold = read_docs(path, nlp.vocab)
    scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in gold], batch_size=32)
    names = {"tag_acc": "TAG", "pos_acc": "POS", "morph_acc": "MORPH", "lemma_acc": "LEMMA",
             "dep_uas": "UAS", "dep_las": "LAS", "sents_f": "sentences"}  # fmt: skip
    return {shown: 100 * scores[key] for key, shown in names.items() if scores.get(key)}


def name_scores(nlp: Language, path: Path) -> dict[str, float]:
    """F1 of all names and of each kind on a corpus of names."""
    gold = read_docs(path, nlp.vocab)
    scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in gold], batch_size=32)
    by_type = scores["ents_per_type"] or {}
    return {"all": scores["ents_f"] or 0.0} | {
        label: by_type[label]["f"] for label in LABELS if label in by_type
    }


def sentence_score(path: Path) -> float:
    """F1 of sentence starts as the project's own rules set them, in percent."""
    rules = build_language(BLANK)
    gold = read_docs(path, rules.vocab)
    examples = [Example(rules(doc.text), doc) for doc in gold]
    scores = Scorer.score_spans(examples, "sents", getter=lambda doc, _: doc.sents)
    return 100 * float(scores["sents_f"])


def rate(work: Callable[[], int]) -> float:
    """How many units a second a piece of work does."""
    started = time.perf_counter()
    done = work()
    return done / (time.perf_counter() - started)


def alone(code: str) -> str:
    """What a fresh process prints that runs a line of code."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def speeds(model: str, texts: Sequence[str], rounds: int = 3) -> dict[str, float]:
    """Words a second on one core: the median of rounds in which all take turns."""
    words = sum(len(text.split()) for text in texts)
    ours, rules = build_language(model), build_language(BLANK)
    plain = spacy.load(BUNDLED_FOLDER if model == BUNDLED else model)

    def through(nlp: Language) -> Callable[[], int]:
        return lambda: sum(1 for _ in nlp.pipe(texts, batch_size=32)) * 0 + words

    def reading() -> int:
        for number, text in enumerate(texts):
            extract_article(Article(f"t{number}", text), model=model)
        return words

    def gate() -> int:
        for text in texts:
            may_hold_facts(None, text)
        return words

    work = {
        "gate": gate,
        "tokenizer and sentence rules": through(rules),
        "ours: rules of sentences and the model": through(ours),
        "plain spaCy, the same components": through(plain),
        "full reading, article by article": reading,
    }
    found: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, task in work.items():
            found[name].append(rate(task))
    return {name: sorted(rates)[len(rates) // 2] for name, rates in found.items()}


def gate_counts(corpora: Path) -> list[str]:
    """How many texts of general corpora, and of gold files, the gate lets through."""
    lines = []
    for name, file in (("GUM news", "gum_news_test"), ("EWT test", "ewt_test")):
        texts = [doc.text for doc in read_docs(corpora / f"{file}.spacy", spacy.blank("en").vocab)]
        kept = sum(may_hold_facts(None, text) for text in texts)
        lines.append(f"{name}: {len(texts) - kept} of {len(texts)} turned away")
    for gold in sorted((corpora.parent / "gold").glob("*.jsonl")):
        documents = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        holding = [d for d in documents if "text" in d and _bilateral(d)]
        lost = [d for d in holding if not may_hold_facts(d.get("title"), d["text"])]
        if holding:
            lines.append(f"{gold.name}: {len(lost)} of {len(holding)} with bilateral facts lost")
        speech = [d for d in documents if "text" in d and d.get("quotes") and not _bilateral(d)]
        lost = [d for d in speech if not may_hold_facts(d.get("title"), d["text"])]
        if speech:
            lines.append(f"{gold.name}: {len(lost)} of {len(speech)} with quotes alone turned away")
    return lines


def _bilateral(document: dict[str, Any]) -> bool:
    return any(
        document.get(name) for name in ("meetings", "commissions", "sectors", "agreements", "main")
    )


def table(rows: dict[str, dict[str, float]], digits: int) -> str:
    """Rows of figures as a Markdown table."""
    columns = list(dict.fromkeys(name for row in rows.values() for name in row))
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, row in rows.items():
        cells = [f"{row[column]:.{digits}f}" if column in row else "" for column in columns]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> int:
    """Print the figures; returns 1 where `--check` finds one below its floor."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--model", default=BUNDLED)
    parser.add_argument("--corpora", type=Path, default=SHARED / "model")
    parser.add_argument("--texts", type=Path, default=SHARED / "corpus" / "relations.jsonl")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    wanted = [options.corpora / f"{name}.spacy" for name in (*TREES.values(), *NAMES.values())]
    missing = [path.name for path in wanted if not path.is_file()]
    if missing:
        print(f"not at {options.corpora}: {', '.join(missing)}: nothing measured (--corpora DIR)")
        return 1 if options.check else 0
    try:
        model_version(options.model)
    except ModelError as error:
        print(error)
        return 2
    if options.model == BLANK:
        print("blank is no model: there is nothing to measure")
        return 2
    # as the project loads it; the same weights under plain spaCy give the same figures
    folder = BUNDLED_FOLDER if options.model == BUNDLED else options.model
    nlp = spacy.load(folder)
    trees = {n: tree_scores(nlp, options.corpora / f"{f}.spacy") for n, f in TREES.items()}
    for name, file in TREES.items():
        trees[name]["sentences by rules"] = sentence_score(options.corpora / f"{file}.spacy")
    print(table(trees, 1) + "\n")
    names = {n: name_scores(nlp, options.corpora / f"{f}.spacy") for n, f in NAMES.items()}
    print(table(names, 3) + "\n")
    size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    load = float(
        alone(
            "import spacy, time; t = time.perf_counter(); "
            f"spacy.load({str(folder)!r}); print(time.perf_counter() - t)"
        )
    )
    print(f"size {size / 1e6:.1f} MB, load {load:.2f} s (fresh process, spaCy imported)")
    if not options.texts.is_file():
        print(f"no texts at {options.texts}: speed is not measured (--texts FILE)")
    else:
        lines = options.texts.read_text(encoding="utf-8").splitlines()[:400]
        found = speeds(options.model, [json.loads(line)["text"] for line in lines])
        for name, words in found.items():
            print(f"{words:12,.0f} words a second   {name}")
        ours = found["ours: rules of sentences and the model"]
        print(f"ours / plain spaCy: {ours / found['plain spaCy, the same components']:.2f}")
        reading = found["full reading, article by article"]
        print(f"cost of the gate: 1/{found['gate'] / reading:,.0f} of a full reading")
    print("\n".join(gate_counts(options.corpora)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of all of this: {peak:,.0f} MB")
    if not options.check:
        return 0
    floors = tomllib.loads((ROOT / "training" / "floors.toml").read_text(encoding="utf-8"))
    measured = {"trees": trees, "names": names}
    short = [
        f"{corpus} {score}: {measured[kind][corpus][score]:.3f}, floor {floor}"
        for kind, corpora in floors.items()
        for corpus, scores in corpora.items()
        for score, floor in scores.items()
        if measured[kind][corpus][score] < floor
    ]
    print("\n".join(["below the floor:", *short]) if short else "every figure is above its floor")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
