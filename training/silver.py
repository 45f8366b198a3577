"""Labels names in raw text by what the reading rules find, as extra training data for NER.

Titles of office, the country list and the names of bodies are surer than a small model in this
domain: 'Omani Foreign Minister Sayyid Badr Albusaidi' tells that the last three words are a
person. What the rules know is labelled, words in lower case are labelled as outside, and every
other capitalised word is left missing, so that nothing is taught that the rules do not know.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from pipelines.extraction.article import extract_article
from pipelines.language.build import build_language
from pipelines.language.models import BLANK
from pipelines.language.read import read
from pipelines.records import Article

LABELS = {"PERSON": "PERSON", "ORG": "ORG", "BODY": "ORG"}
"""Our types of entity, and what the model calls them; places and dates are left to the rules."""

PIECE_TOKENS = 150
"""About how long a training example is."""


def label_text(text: str) -> Doc:
    """Return a text as a Doc with the entities that the rules are sure of, the rest missing."""
    article = Article(doc_id="silver", source="silver", text=text)
    doc = build_language(BLANK)(text)
    facts = extract_article(article, model=BLANK)
    titled = {person.name for person in facts.people if person.role and " " in person.name}
    spans: list[Span] = []
    for entity in facts.entities:
        label = LABELS.get(entity.type)
        if label is None or (label == "PERSON" and entity.entity not in titled):
            continue  # a single word behind a title can be an office's own ('Quad Leaders')
        span = doc.char_span(entity.start, entity.end, label=label)
        if span is not None:
            spans.append(span)
    entities = filter_spans(spans)
    known = {token.i for span in entities for token in span}
    offices = _office_words(doc, article)
    missing = [
        doc[token.i : token.i + 1]
        for token in doc
        if token.i not in known | offices and not (token.is_lower or token.is_stop)
    ]
    doc.set_ents(entities, missing=missing, default="outside")
    return doc


def _office_words(doc: Doc, article: Article) -> set[int]:
    """The words of titles before names: they are no part of a name, however they are written."""
    reading = read(doc, article)
    countries = {i for mention in reading.countries for i in range(mention.start, mention.end)}
    words: set[int] = set()
    for actor in reading.actors:
        if actor.name_start is not None and actor.role:
            words.update(range(actor.start, actor.name_start))
    return words - countries


def pieces(doc: Doc) -> Iterator[Doc]:
    """Cut a Doc at sentence starts into examples of about `PIECE_TOKENS`."""
    start = 0
    for sentence in doc.sents:
        if sentence.end - start >= PIECE_TOKENS:
            yield doc[start : sentence.end].as_doc()
            start = sentence.end
    if start < len(doc):
        yield doc[start:].as_doc()


def label_files(paths: Iterable[Path]) -> Iterator[Doc]:
    """Yield labelled examples from JSON Lines files with a `text` in each record.

    Examples without a single person are left out: they teach little.
    """
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                for piece in pieces(label_text(json.loads(line)["text"])):
                    if any(span.label_ == "PERSON" for span in piece.ents):
                        yield piece


def write(docs: Iterable[Doc], target: Path) -> int:
    """Store examples as a DocBin; returns how many."""
    store = DocBin(attrs=["ENT_IOB", "ENT_TYPE", "SENT_START"], store_user_data=False)
    count = 0
    for doc in docs:
        store.add(doc)
        count += 1
    store.to_disk(target)
    return count
