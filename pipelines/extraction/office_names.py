"""Words of sectors that are part of a title, a ministry or some other name.

'Minister of Health', 'the Ministry of Trade', 'International Monetary Fund' say nothing about
cooperation in health, trade or finance; 'Energy Partnership' and 'Trade Agreement' do.

What belongs here: which sector words stand in such names. What does not: what the others tell
(`sectors`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc

from pipelines.extraction.sector_terms import SectorTerm
from pipelines.language.mentions import Reading
from pipelines.lexicons import read_lexicon

_LONGEST_FIELD = 14
_REACH = 8
_AND = frozenset({"and", "&", ","})
_NAME_LINKS = frozenset({"of", "and", "for", "on", "&", "the"})
_BODY_WORDS = frozenset({"commission", "committee", "council", "dialogue", "plan", "group"})


@cache
def barrier_words(part: str) -> frozenset[str]:
    """Return the words of one part of the lexicon `sector_barriers`."""
    return frozenset(e["text"] for e in read_lexicon("sector_barriers") if e["part"] == part)


@cache
def _cooperative() -> frozenset[str]:
    words = {e["text"] for e in read_lexicon("cooperation_words") if e["part"] != "field"}
    return _BODY_WORDS | words


def terms_in_names(reading: Reading, terms: Sequence[SectorTerm]) -> frozenset[int]:
    """Return the tokens of titles of people, of ministries and of names without cooperation."""
    doc = reading.doc
    barred: set[int] = set()
    for actor in reading.actors:
        if actor.form == "named":
            barred.update(range(actor.start, actor.end))
        elif actor.form == "role":
            barred.update(range(actor.start, min(actor.end, actor.start + _LONGEST_FIELD)))
    for token in doc:
        if token.lower_ in barrier_words("office"):
            barred.update(_field_after(doc, token.i))
        if token.lower_ in barrier_words("behind"):
            barred.update(_field_before(doc, token.i))
    for term in terms:
        if _in_other_name(doc, term):
            barred.update(range(term.start, term.end))
    return frozenset(barred)


def _field_after(doc: Doc, office: int) -> Iterator[int]:
    """Tokens of the field behind an office: 'Minister of Trade, Industry and Mines'."""
    if office + 1 >= len(doc) or doc[office + 1].lower_ not in {"of", "for"}:
        return
    for index in range(office + 2, min(len(doc), office + 2 + _LONGEST_FIELD)):
        word = doc[index].lower_
        if _capital(doc, index) or word == "-":
            yield index
        elif word == ",":
            behind = [t for t in doc[index + 1 : index + 3] if t.lower_ not in _AND]
            if not behind or not behind[0].text[:1].isupper():
                return
        elif word not in _NAME_LINKS:
            return


def _field_before(doc: Doc, office: int) -> Iterator[int]:
    """Tokens of the field before an office: 'Health Ministry', 'the trade minister'."""
    for index in range(office - 1, max(-1, office - _REACH), -1):
        word = doc[index].lower_
        plain = index == office - 1 and doc[office].lower_.startswith("minist")
        if _capital(doc, index) or (plain and doc[index].is_alpha):
            yield index
        elif word not in _AND:
            return


def _in_other_name(doc: Doc, term: SectorTerm) -> bool:
    """Whether a term is part of a name that is none of cooperation: 'Monetary Fund'."""
    if not _capital(doc, term.start) or doc[term.start].is_sent_start:
        return False
    start, end = term.start, term.end
    while start > max(0, term.start - _REACH) and _in_name(doc, start - 1):
        start -= 1
    while end < min(len(doc), term.end + _REACH) and _in_name(doc, end):
        end += 1
    beside = (*range(start, term.start), *range(term.end, end))
    if not any(_capital(doc, index) for index in beside) or doc[start:end].text.isupper():
        return False
    return not any(token.lower_ in _cooperative() for token in doc[start:end])


def _capital(doc: Doc, index: int) -> bool:
    return doc[index].text[:1].isupper() and doc[index].is_alpha


def _in_name(doc: Doc, index: int) -> bool:
    if _capital(doc, index):
        return not doc[index].is_sent_start
    return doc[index].lower_ in _NAME_LINKS
