"""Who said what: the quotes of an article.

What belongs here: the order in which direct and indirect speech are read, pronouns that only the
order of the quotes resolves, and the published record. What does not: the rules themselves
(`quotes_direct`, `quotes_indirect`) and marks (`quotation_marks`).

Method: verbs of speech and their syntactic frames, after the literature on quotation extraction
and attribution (Krestel, Bergler and Witte 2008; Pareti and others 2013), without a parser.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.extraction.quotation_marks import find_marked
from pipelines.extraction.quotes_direct import find_direct
from pipelines.extraction.quotes_indirect import find_indirect
from pipelines.extraction.sentence_items import split_sentences
from pipelines.extraction.speakers import Speaker
from pipelines.extraction.speech_drafts import Draft
from pipelines.extraction.subjects import Subjects
from pipelines.language.mentions import Reading
from pipelines.records import Quote

_SINGULAR = frozenset({"he", "she"})
_PLURAL = frozenset({"they", "both", "both sides", "both leaders", "both of them"})


def find_quotes(reading: Reading) -> tuple[Quote, ...]:
    """Return the attributed speech of an article, in order of the text.

    Offsets are code points of the article's text; direct speech keeps its marks, indirect speech
    has no final punctuation. Ids are `q1`, `q2`, ... in order.
    """
    text = reading.doc.text
    marked = find_marked(text)
    sentences = split_sentences(reading.doc, marked, reading.body_start)
    subjects = Subjects(reading)
    direct = find_direct(sentences, subjects)
    indirect = find_indirect(sentences, subjects, direct.used)
    drafts = sorted((*direct.drafts, *indirect), key=lambda draft: (draft.start, draft.end))
    return tuple(_quotes(drafts, text))


def _quotes(drafts: Sequence[Draft], text: str) -> list[Quote]:
    quotes: list[Quote] = []
    one: Speaker | None = None
    several: Speaker | None = None
    for draft in drafts:
        speaker = draft.attribution.speaker
        if speaker is not None:
            word = (speaker.name or "").lower()
            if word in _SINGULAR:
                speaker = one or speaker
            elif word in _PLURAL:
                speaker = several or speaker
            elif speaker.plural:
                several = speaker
            else:
                one = speaker
        cue = draft.attribution.cue
        quotes.append(
            Quote(
                id=f"q{len(quotes) + 1}",
                evidence=draft.evidence,
                rule=draft.attribution.rule,
                confidence=draft.attribution.confidence,
                start=draft.start,
                end=draft.end,
                text=text[draft.start : draft.end],
                kind=draft.kind,
                parts=draft.parts,
                speaker=speaker.name if speaker else None,
                speakers=speaker.names if speaker else (),
                speaker_role=speaker.role if speaker else None,
                speaker_country=speaker.country if speaker else None,
                cue=text[cue.start : cue.end] if cue else None,
                cue_start=cue.start if cue else None,
                cue_end=cue.end if cue else None,
                polarity=draft.attribution.polarity,
            )
        )
    return quotes
