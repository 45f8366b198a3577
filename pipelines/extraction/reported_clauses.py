"""What a verb of speech reports: the clause or phrase and nothing but it.

What belongs here: putting beginning (`clause_starts`) and end (`clause_ends`) together, in item
indices of a sentence. What does not: whether a verb reports speech, and whose.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.extraction.clause_ends import before_infinitive, end_of
from pipelines.extraction.clause_starts import PUNCTUATION, start_of
from pipelines.extraction.cues import Cue
from pipelines.extraction.sentence_items import Sentence
from pipelines.extraction.speakers import Speakers


@dataclass(frozen=True, slots=True)
class Content:
    """Items `start` to `end` (half-open) that a verb reports, by the frame that found them."""

    start: int
    end: int
    frame: str


def content_of(
    sentence: Sentence, at: int, cue: Cue, speakers: Speakers, limit: int
) -> Content | None:
    """Return what the verb at an item index reports, or None where it reports nothing.

    `limit` is the item index at which a trailing attribution begins, or the sentence's length.
    """
    found = start_of(sentence, at, cue, speakers, limit)
    if found is None:
        return None
    start, frame = found
    end = end_of(sentence, start, frame, speakers, limit)
    if cue.form == "base":
        end = before_infinitive(sentence.words, start, end)
    while end > start and sentence.words[end - 1] in PUNCTUATION - {")", "]"}:
        end -= 1
    while start < end and sentence.words[start] in PUNCTUATION - {"(", "["}:
        start += 1
    if frame == "mark" and not any(i.marked for i in sentence.items[start:end]):
        return None
    return Content(start, end, frame) if end > start else None
