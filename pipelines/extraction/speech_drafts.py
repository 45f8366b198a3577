"""What the rules of direct and indirect speech hand to `quotes`: a quote before it has an id.

What belongs here: that record, and how reported words become one. What does not: rules, and the
published record (`records.Quote`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.extraction.cues import Cue
from pipelines.extraction.reported_clauses import Content
from pipelines.extraction.sentence_items import Sentence
from pipelines.extraction.speakers import Speaker
from pipelines.records import Polarity, QuoteKind, Span

STOPS = frozenset(".,;:!?…")
_BARE_PRONOUNS = frozenset({"it", "him", "her", "them", "this", "that", "so"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said it, and the words that say so: `cue` is the code point span of the verb."""

    speaker: Speaker | None
    cue: Span | None
    polarity: Polarity
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Draft:
    """A stretch of speech (code points), its kind, its parts and who said it."""

    parts: tuple[Span, ...]
    kind: QuoteKind
    attribution: Attribution
    evidence: Span

    @property
    def start(self) -> int:
        """Where the speech begins."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Where the speech ends."""
        return self.parts[-1].end


def cue_span(sentence: Sentence, at: int, cue: Cue | None) -> Span:
    """The code points of a verb of speech that begins at an item; of 'according to' where None."""
    last = sentence.items[at + (len(cue.words) if cue else 2) - 1]
    return Span(sentence.items[at].start_char, last.end_char)


def draft_of(
    sentence: Sentence, content: Content, attribution: Attribution, taken: set[int]
) -> Draft | None:
    """Return reported words as a draft: indirect, mixed, or direct where all stands in marks.

    None where nothing is left but a pronoun, or marks that direct speech has `taken` (by item).
    """
    start, end = content.start, content.end
    while end > start and sentence.items[end - 1].lower in STOPS:
        end -= 1
    indices = range(start, end)
    items = [
        sentence.items[i]
        for i in indices
        if sentence.items[i].marked is not None or sentence.items[i].lower not in STOPS
    ]
    marked = [item for item in items if item.marked is not None]
    told = [item for item in items if item.lower not in _BARE_PRONOUNS]
    known = any(i in taken and sentence.items[i].marked is not None for i in indices)
    if not told or (known and len(items) < 3):
        return None
    if not marked and len(items) == 1 and content.frame != "np":
        return None
    evidence = Span(sentence.start_char, sentence.end_char)
    if marked and len(told) == 1:
        span = Span(marked[0].start_char, marked[0].end_char)
        return Draft((span,), "direct", attribution, evidence)
    span = Span(sentence.items[start].start_char, sentence.items[end - 1].end_char)
    return Draft((span,), "mixed" if marked else "indirect", attribution, evidence)
