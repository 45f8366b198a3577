"""The only place that builds the spaCy pipeline.

Today it is rules on a blank English tokenizer; a trained pipeline comes in here, and nowhere
else. Building takes about half a second; a process does it once.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from pipelines.language import sentences
from pipelines.lexicons import read_lexicon

MAX_CHARACTERS = 1_000_000
"""The longest text that is read; longer ones are set aside before they get here."""

_LONG_RUN = re.compile(r"(\S{256})(?=\S)")
"""Pieces of runs that are far longer than any word."""


class _BoundedTokenizer:
    """A tokenizer that takes long runs without white space in pieces.

    spaCy peels punctuation off such a run mark by mark, in quadratic time: 5,000 quotation marks
    in a row would take a quarter of a minute.
    """

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self.rules = tokenizer.rules

    def __call__(self, text: str) -> Doc:
        pieces = _LONG_RUN.split(text) if _LONG_RUN.search(text) else [text]
        if len(pieces) == 1:
            return cast("Doc", self.tokenizer(text))
        docs = [self.tokenizer(piece) for piece in pieces if piece]
        return Doc.from_docs(docs, ensure_whitespace=False) or self.tokenizer(text)


@cache
def build_language() -> Language:
    """Return the pipeline that turns text into an annotated Doc (one object a process)."""
    nlp = spacy.blank("en")
    nlp.max_length = MAX_CHARACTERS
    tokenizer: Any = nlp.tokenizer  # spaCy ships no types for its compiled Tokenizer
    infixes = [*(nlp.Defaults.infixes or []), r"(?<=[A-Z]\.)[-–—](?=[A-Z])"]  # U.S.-China
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    for entry in read_lexicon("abbreviations"):
        if entry["text"] in {"no.", "nos."}:
            continue  # 'No. 5' but also 'No.': left to the sentence rules
        for form in {entry["text"], entry["text"].capitalize(), entry["text"].upper()}:
            if " " not in form and form.endswith("."):
                tokenizer.add_special_case(form, [{"ORTH": form}])
    for word in ("co-chair", "co-chairs", "co-chaired", "co-chairing", "co-operation"):
        for form in (word, word.capitalize(), word.title(), word.upper()):
            tokenizer.add_special_case(form, [{"ORTH": form}])
    nlp.tokenizer = _BoundedTokenizer(tokenizer)
    nlp.add_pipe(sentences.COMPONENT)
    return nlp
