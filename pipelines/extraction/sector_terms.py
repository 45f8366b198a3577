"""The words that name a sector of cooperation, found in a text whatever they are said of.

What belongs here: the match against the lexicons `sectors` and `sector_terms`. What does not:
whether a word speaks of cooperation at all, and whose; that is `sectors`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipelines.language.build import build_language
from pipelines.language.models import BLANK
from pipelines.lexicons import read_lexicon

Use = Literal["plain", "general"]


@dataclass(frozen=True, slots=True)
class SectorTerm:
    """A word or phrase of the lexicon in the text; token indices, half-open.

    use: `plain` names its sector in any sentence on cooperation, `general` ('security', 'trade')
    only beside a word of cooperation.
    """

    start: int
    end: int
    sectors: tuple[str, ...]
    use: Use


@cache
def _matcher() -> tuple[PhraseMatcher, dict[str, tuple[tuple[str, ...], Use]]]:
    nlp = build_language(BLANK)
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    known: dict[str, tuple[tuple[str, ...], Use]] = {}
    codes = {entry["code"] for entry in read_lexicon("sectors")}
    for number, entry in enumerate(read_lexicon("sector_terms")):
        key = f"t{number}"
        sectors = tuple(code for code in entry["sectors"].split("|") if code in codes)
        known[key] = (sectors, "plain" if entry["use"] == "plain" else "general")
        matcher.add(key, [nlp.make_doc(entry["term"])])
    return matcher, known


def find_sector_terms(doc: Doc | Span) -> tuple[SectorTerm, ...]:
    """Return the sector words of a Doc or a part of it, longest match first, in text order.

    Phrases that only look like a sector ('press conference') hide the words in them.
    """
    matcher, known = _matcher()
    spans = [
        Span(span.doc, span.start, span.end, label=span.label)
        for span in matcher(doc, as_spans=True)
    ]
    found = []
    for span in filter_spans(spans):
        sectors, use = known[span.label_]
        if sectors:
            found.append(SectorTerm(span.start, span.end, sectors, use))
    return tuple(found)


def sectors_of(span: Span) -> tuple[str, ...]:
    """Return the sectors that a name or title speaks of, each once, in its order."""
    return tuple(dict.fromkeys(s for term in find_sector_terms(span) for s in term.sectors))
