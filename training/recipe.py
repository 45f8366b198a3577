"""Makes the weights of en_entente from the corpora; training/README.md tells it step by step.

Usage: python -m training.recipe --corpora DIR --texts DIR --names FILE.csv --work DIR

`--corpora` holds ud_train, ud_dev, ner_train and ner_dev (.spacy), `--texts` is a folder of JSON
Lines of raw text, `--names` a CSV with a column `name`. Intermediate corpora and models go to
`--work`, and a step whose result is there already is not done again. The finished pipeline is
`WORK/en_entente`; `benchmarks/language_model.py` measures it, and `--install` puts it into the
project.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # what is left of a core is for other work

import spacy
from spacy import util
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from thinc.api import Config, NumpyOps, set_current_ops

from pipelines.language.models import BUNDLED_FOLDER
from training.corpora import parsed, read_docs, shuffled, write_docs
from training.renaming import Names, renamed
from training.silver import label_files

HERE = Path(__file__).resolve().parent
VERSION = "1.0.0"
"""Raise it with every training: facts are marked with it, and a new one reads everything anew."""

TEACHER_STEPS = 3_000
BREAK_BIAS = -1.0
"""Added to the parser's leaning to end a sentence. Chosen on PUD, a test: see README.md, step 5."""
TEACHER_SHAPE = {"width": 128, "depth": 5}


def configuration(train_on: Path, dev: Path) -> Config:
    """The training configuration of the shipped pipeline, on these two corpora."""
    return util.load_config(
        HERE / "config.cfg",
        overrides={
            "paths.train": str(train_on),
            "paths.dev": str(dev),
            "paths.marks": str(HERE / "marks.json"),
        },
        interpolate=False,
    )


def teacher_configuration(train_on: Path, dev: Path) -> Config:
    """The same without NER, a little larger: it gives other corpora their tags and trees."""
    config = configuration(train_on, dev)
    config["nlp"]["pipeline"].remove("ner")
    del config["components"]["ner"]
    config["components"]["tok2vec"]["model"]["encode"].update(TEACHER_SHAPE)
    config["training"]["max_steps"] = TEACHER_STEPS
    del config["corpora"]["train"]["augmenter"]
    config["corpora"]["train"]["augmenter"] = None
    return config


def trained(config: Config, folder: Path) -> Language:
    """Train a pipeline, or load it where it was trained before."""
    if not (folder / "model-last").exists():
        folder.mkdir(parents=True, exist_ok=True)
        train(init_nlp(config), folder, stdout=sys.stdout, stderr=sys.stderr)
    return spacy.load(folder / "model-last")


def names_of(path: Path) -> Names:
    """Names of the world's officials, for the renaming: two to four capitalised words."""
    with path.open(encoding="utf-8") as stream:
        names = {row["name"] for row in csv.DictReader(stream)}
    words = {name: name.split() for name in names if "." not in name}
    return Names(
        sorted(n for n, w in words.items() if 2 <= len(w) <= 4 and all(x[0].isupper() for x in w))
    )


def training_corpus(options: argparse.Namespace, teacher: Language) -> Path:
    """Gold trees twice, then gold names, the same under other names, and silver names."""
    path: Path = options.work / "train.spacy"
    if path.exists():
        return path
    trees = read_docs(options.corpora / "ud_train.spacy", teacher.vocab)
    gold = read_docs(options.corpora / "ner_train.spacy", teacher.vocab)
    others = list(renamed(gold, names_of(options.names)))
    silver = list(label_files(sorted(options.texts.glob("*.jsonl"))))
    print(f"examples: {len(trees)} trees, {len(gold)} names, {len(others)}, {len(silver)} silver")
    docs = [
        *trees,
        *trees,
        *parsed(gold, teacher, keep_sentences=False),
        *parsed(others, teacher, keep_sentences=False),
        *parsed(silver, teacher, keep_sentences=True),
    ]
    return write_docs(shuffled(docs), path)


def hold_breaks(nlp: Language) -> None:
    """Make the parser end sentences of its own accord more seldom.

    In the project the rules set sentence starts before it; this is for whoever loads it alone.
    """
    parser: Any = nlp.get_pipe("parser")
    layer = parser.model.get_ref("upper")
    bias = layer.get_param("b").copy()
    for number, move in enumerate(parser.move_names):
        if move.startswith("B-"):
            bias[number] += BREAK_BIAS
    layer.set_param("b", bias)


def finish(nlp: Language, folder: Path) -> None:
    """Write the pipeline as it is shipped: named, licensed, without what training alone needs.

    What stands in the folder beside it (its card) is kept.
    """
    hold_breaks(nlp)
    nlp.meta.update(
        {
            "name": "entente",
            "version": VERSION,
            "description": "English pipeline of Entente for news of diplomacy",
            "license": "CC BY-SA 4.0",
            "sources": [],
        }
    )
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.to_disk(folder)


def main() -> None:
    """Go through the steps."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    for name in ("--corpora", "--texts", "--names", "--work"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--install", action="store_true", help="put it into the project")
    options = parser.parse_args()
    wanted = [
        options.corpora / f"{n}.spacy" for n in ("ud_train", "ud_dev", "ner_train", "ner_dev")
    ]
    missing = [str(path) for path in (*wanted, options.names) if not path.is_file()]
    if not list(options.texts.glob("*.jsonl")):
        missing.append(f"{options.texts}/*.jsonl")
    if missing:
        parser.error(f"not there: {', '.join(missing)}")
    options.work.mkdir(parents=True, exist_ok=True)
    # numpy's own matrix product is several times as fast as the one that spaCy brings
    set_current_ops(NumpyOps(use_blis=False))
    corpora: Path = options.corpora
    teacher = trained(
        teacher_configuration(corpora / "ud_train.spacy", corpora / "ud_dev.spacy"),
        options.work / "teacher",
    )
    train_on = training_corpus(options, teacher)
    dev = write_docs(
        [
            *read_docs(corpora / "ud_dev.spacy", teacher.vocab)[::4],
            *read_docs(corpora / "ner_dev.spacy", teacher.vocab),
        ],
        options.work / "dev.spacy",
    )
    nlp = trained(configuration(train_on, dev), options.work / "model")
    finish(nlp, options.work / "en_entente")
    if options.install:
        shutil.copytree(options.work / "en_entente", BUNDLED_FOLDER, dirs_exist_ok=True)
    print(f"done: {options.work / 'en_entente'}")


if __name__ == "__main__":
    main()
