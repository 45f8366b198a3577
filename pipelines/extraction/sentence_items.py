"""Sentences as attribution reads them: words, with each stretch in marks as one item.

Inside a quotation sentences begin and end, and verbs of speech occur, that are the speaker's and
not the writer's. Here they are closed away, so that the rules for cues and subjects see only what
the writer of the article says.

What belongs here: that view of the Doc. What does not: rules that read it.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from pipelines.extraction.quotation_marks import Marked

_ACRONYMS = frozenset({"WHO", "US", "IT"})  # names that would read as pronouns in lower case


@dataclass(frozen=True, slots=True)
class Item:
    """A word, a punctuation mark, or (where `marked` is set) a whole stretch in marks.

    `start` and `end` are half-open token indices, `start_char` and `end_char` code points.
    """

    start: int
    end: int
    start_char: int
    end_char: int
    text: str
    lower: str
    marked: Marked | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The items of one sentence; `words` are their texts in lower case, '' for marked ones."""

    items: tuple[Item, ...]
    words: tuple[str, ...]
    begins_paragraph: bool

    @property
    def start_char(self) -> int:
        """Where the sentence begins, in code points."""
        return self.items[0].start_char

    @property
    def end_char(self) -> int:
        """Where the sentence ends, in code points."""
        return self.items[-1].end_char

    def behind(self, index: int) -> Sentence:
        """Return the sentence from an item index on."""
        return Sentence(self.items[index:], self.words[index:], False)


def split_sentences(
    doc: Doc, marked: tuple[Marked, ...], body_start: int = 0
) -> tuple[Sentence, ...]:
    """Return the sentences of a Doc from the token `body_start` on; none is empty."""
    sentences: list[Sentence] = []
    current: list[Item] = []
    paragraph = True  # the sentence that is being collected begins one

    def finish() -> None:
        nonlocal current
        if len(current) > 2 and current[0].text.isdigit() and current[1].text == ".":
            current = current[2:]  # the number of a paragraph: '1. The ministers agreed'
        if current:
            sentences.append(
                Sentence(tuple(current), tuple(item.lower for item in current), begins)
            )
            current = []

    begins = True
    spans = iter(marked)
    span = next(spans, None)
    index, count, text = body_start, len(doc), doc.text
    while index < count:
        token = doc[index]
        end_char = token.idx + len(token.text)
        while span is not None and span.end <= token.idx:
            span = next(spans, None)
        if token.is_space:
            paragraph = paragraph or "\n" in token.text
            index += 1
            continue
        if token.is_sent_start and current:
            finish()
        if not current:
            begins, paragraph = paragraph, False
        if span is not None and span.start < end_char:
            if token.idx < span.start:  # a word that the tokenizer left glued to the mark
                current.append(_word(doc, index, span.start))
            stop = index + 1
            while stop < count and doc[stop].idx < span.end:
                stop += 1
            stretch = text[span.start : span.end]
            current.append(Item(index, stop, span.start, span.end, stretch, "", span))
            comma = _comma_within(text, span)
            if comma is not None:  # '"a disgrace," adding that': it ends the clause all the same
                current.append(Item(stop - 1, stop, comma, comma + 1, ",", ","))
            index = stop
            continue
        current.append(_word(doc, index, end_char))
        index += 1
    finish()
    return tuple(sentences)


def _comma_within(text: str, span: Marked) -> int | None:
    """Where a comma stands last in marks, as American printers set it, if none follows them."""
    last = len(text[span.inner_start : span.inner_end].rstrip()) + span.inner_start - 1
    if text[last : last + 1] != "," or text[span.end : span.end + 1] == ",":
        return None
    return last


def _word(doc: Doc, index: int, end_char: int) -> Item:
    token = doc[index]
    text = token.text[: end_char - token.idx]
    lower = text if text in _ACRONYMS else text.lower().replace("’", "'")
    return Item(index, index + 1, token.idx, end_char, text, lower)
