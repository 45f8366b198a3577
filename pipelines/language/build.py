"""The only place that builds the spaCy pipeline: tokenizer, sentence starts, language model.

The order is part of the design: sentence starts are set by rules before the model runs, and
neither its names nor its trees cross them. Building takes about half a second with the bundled
model; a process does it once a model.

What belongs here: how the pipeline is put together. What does not: where a model comes from
(`models`), how it is applied to long texts (`annotation`), and any rule of reading.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, cast

import spacy
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex
from spacy.vocab import Vocab

from pipelines.language import sentences
from pipelines.language.annotation import ModelAnnotator
from pipelines.language.models import BLANK, BUNDLED, ModelError, load_model
from pipelines.lexicons import read_lexicon

MAX_CHARACTERS = 1_000_000
"""The longest text that is read; longer ones are set aside before they get here."""

DEFAULT_MODEL = BUNDLED
"""The model that is used where none is named; the tests also run with `blank` here."""

_SEAMS = re.compile(r"(\S{256})(?=\S)|(?<=\S)(\[\d{1,3}\] ?)")
"""Where a text is cut before it is tokenized: runs far longer than any word, footnote marks."""

_OFFICES = ("co-chair", "co-chairman", "co-chairwoman", "co-chairperson", "co-operation",
            "co-ordinator", "vice-president", "vice-premier", "vice-minister", "vice-chairman",
            "ex-president", "ex-minister")  # fmt: skip
_WHOLE_WORDS = (
    *_OFFICES, *(f"{word}s" for word in _OFFICES), "co-chaired", "co-chairing", "co-chairmen",
    "co-chairmanship", "co-operate", "co-operated", "co-operating", "co-ordination",
    "co-ordinate", "co-ordinated",
)  # fmt: skip
"""Words with a hyphen that are one token: a prefix alone tells nothing of an office."""


class _SeamedTokenizer:
    """A tokenizer that takes some texts in pieces and puts their tokens together.

    spaCy peels punctuation off a run without white space mark by mark, in quadratic time: 5,000
    quotation marks in a row would take a quarter of a minute. And it leaves the full stop glued to
    the word where a footnote mark follows ('held.[1]').
    """

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self.rules = tokenizer.rules

    def __call__(self, text: str) -> Doc:
        pieces = [piece for piece in _SEAMS.split(text) if piece]
        if len(pieces) < 2:
            return cast("Doc", self.tokenizer(text))
        docs = [self.tokenizer(piece) for piece in pieces]
        return Doc.from_docs(docs, ensure_whitespace=False) or self.tokenizer(text)


def default_model() -> str:
    """The model that is used where none is named."""
    return DEFAULT_MODEL


def build_language(model: str | None = None) -> Language:
    """Return the pipeline that turns text into an annotated Doc (one object a process and model).

    `model` is what the setting `reading.model` can be: `bundled`, `blank`, a package or a folder;
    None takes `DEFAULT_MODEL`. Raises `models.ModelError` where it cannot be used.
    """
    return _build(DEFAULT_MODEL if model is None else model)


@cache
def _build(model: str) -> Language:
    nlp = English(vocab=_vocabulary())
    nlp.max_length = MAX_CHARACTERS
    nlp.tokenizer = _SeamedTokenizer(_tokenizer(nlp))
    nlp.add_pipe(sentences.COMPONENT)
    if model != BLANK:
        annotator = cast("ModelAnnotator", nlp.add_pipe(ModelAnnotator.NAME))
        annotator.load(load_model(model, nlp.vocab))
        _try_out(nlp, model)
    return nlp


def _try_out(nlp: Language, model: str) -> None:
    """Read a sentence, so that a model that loads and cannot read is told before any article."""
    try:
        nlp("The minister met with Ana Lund in Lima.")
    except Exception as error:
        raise ModelError(
            f"the language model {model!r} loads but cannot read ({type(error).__name__}): "
            f'install it again, or set model = "{BUNDLED}"'
        ) from error


@cache
def _vocabulary() -> Vocab:
    """One vocabulary a process: Docs, phrase lists and models share its strings."""
    return spacy.blank("en").vocab


def _tokenizer(nlp: Language) -> Any:
    tokenizer: Any = nlp.tokenizer  # spaCy ships no types for its compiled Tokenizer
    infixes = [
        *(nlp.Defaults.infixes or []),
        r"(?<=[A-Z]\.)[-–—](?=[A-Za-z])",  # U.S.-China, U.S.-led
    ]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    prefixes = [*(nlp.Defaults.prefixes or []), f"[{''.join(sentences.BULLETS)}]"]
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    for entry in read_lexicon("abbreviations"):
        if entry["text"] in {"no.", "nos."}:
            continue  # 'No. 5' but also 'No.': left to the sentence rules
        for form in {entry["text"], entry["text"].capitalize(), entry["text"].upper()}:
            if " " not in form and form.endswith("."):
                tokenizer.add_special_case(form, [{"ORTH": form}])
    for word in _WHOLE_WORDS:
        for form in {word, word.capitalize(), word.title(), word.upper()}:
            tokenizer.add_special_case(form, [{"ORTH": form}])
    return tokenizer
