"""Agreements, memoranda and other documents that two countries conclude or want to.

What belongs here: a document that is named with its kind, and how it stands. What does not: mere
agreement ('they agreed that'), pacts of many countries, and what the document is used for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from spacy.matcher import PhraseMatcher
from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token
from spacy.util import filter_spans

from pipelines.extraction.country_runs import all_pairs, codes_of
from pipelines.extraction.mention_index import MentionIndex
from pipelines.extraction.pairs import Pairs, read_pairs
from pipelines.extraction.sector_terms import find_sector_terms, sectors_of
from pipelines.language.build import build_language
from pipelines.language.mentions import CountryMention, DateMention, Reading
from pipelines.language.models import BLANK
from pipelines.lexicons import read_lexicon
from pipelines.records import Agreement, AgreementKind, AgreementStatus, Span

REACH_BEFORE = 12
REACH_AFTER = 16
LONGEST_TITLE = 20

_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "this", "that", "of", "in", "to"})
_LONGEST_CUE = 6
_EDGES = frozenset({"and", "&", "of", "'s", "’s"})
_CONTENT = frozenset({"on", "for", "of", "to", "in", "regarding", "concerning", "about", "with"})
_BREAKS = frozenset(
    {"which", "that", "who", "while", "after", "during", "when", "where", "as", "was", "were", "is"}
    | {"are", "has", "have", "had", "said", "will", "by", "between", "at", "following", "aimed"}
    | {"reported"}
)


@dataclass(frozen=True, slots=True)
class _Document:
    """A document as one mention tells it; token indices of its title."""

    start: int
    end: int
    kind: str
    status: str
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Mentions:
    """Indexes of an article's mentions; `settings` are the first tokens of dates and places."""

    dates: MentionIndex[DateMention]
    countries: MentionIndex[CountryMention]
    settings: frozenset[int]


@cache
def _matchers() -> tuple[PhraseMatcher, PhraseMatcher]:
    nlp = build_language(BLANK)
    kinds = PhraseMatcher(nlp.vocab, attr="LOWER")
    for entry in read_lexicon("agreement_kinds"):
        kinds.add(f"{entry['kind']} {entry['weight']}", [nlp.make_doc(entry["text"])])
    cues = PhraseMatcher(nlp.vocab, attr="LOWER")
    for entry in read_lexicon("agreement_cues"):
        cues.add(entry["status"], [nlp.make_doc(entry["text"])])
    return kinds, cues


@cache
def _title_words() -> frozenset[str]:
    return frozenset(entry["text"] for entry in read_lexicon("agreement_title_words"))


def find_agreements(reading: Reading) -> tuple[Agreement, ...]:
    """Return the documents of two countries that an article tells, in the order of the text.

    Several documents told in one phrase ('three agreements') are one record. A document that is
    told in several places is one record, with the first title and the strongest status.
    """
    if not len(reading.doc):
        return ()
    pairs = read_pairs(reading)
    kinds, _ = _matchers()
    found: list[tuple[Agreement, frozenset[str]]] = []
    last_end = 0
    mentions = _Mentions(
        dates=MentionIndex(reading.dates),
        countries=MentionIndex([mention for mention in reading.countries if mention.acts]),
        settings=frozenset(
            {mention.start for mention in reading.dates}
            | {mention.start for mention in reading.places}
        ),
    )
    for span in filter_spans(list(kinds(reading.doc, as_spans=True))):
        if span.label_.startswith("- ") or span.start < last_end:
            continue
        sentence = pairs.sentences[pairs.sentence_at(span.start)]
        document = _document(mentions, sentence, span)
        if document is None:
            continue
        last_end = document.end
        for agreement in _records(pairs, mentions, sentence, document):
            _add(found, agreement, document.topics)
    return tuple(
        replace(agreement, id=f"a{number}") for number, (agreement, _) in enumerate(found, start=1)
    )


def _document(mentions: _Mentions, sentence: TokenSpan, span: TokenSpan) -> _Document | None:
    kind, weight = span.label_.split()
    start = _title_start(mentions, sentence, span)
    end = _title_end(sentence, span, mentions.settings)
    doc = sentence.doc
    proper = span.text[0].isupper() and start < span.start
    status = _status(sentence, start, span.end)
    if status == "-" or (status is None and not proper):
        return None
    if weight == "loose" and not (status == "signed" or (proper and _has_content(sentence, span))):
        return None
    if kind == "plan" and status is None:
        return None
    pointed = end - start == 1 and doc[start - 1].lower_ in {"the", "this", "that"}
    if pointed and status != "signed":
        return None  # 'obstacles to the deal': one that is known, if at all, from elsewhere
    topics = {
        t.lower_
        for t in doc[start:end]
        if t.is_alpha and len(t.text) > 3 and t.lower_ not in _BREAKS
    }
    topics -= {t.lower_ for t in span} | _title_words()
    return _Document(start, end, kind, status or "in_force", frozenset(topics))


def _has_content(sentence: TokenSpan, span: TokenSpan) -> bool:
    """Whether a field follows a name: 'Framework for', 'Partnership on'."""
    return span.end < sentence.end and sentence.doc[span.end].lower_ in {"for", "on"}


def _title_start(mentions: _Mentions, sentence: TokenSpan, span: TokenSpan) -> int:
    """First token of a title: 'Trade and Investment Framework' before 'Agreement'."""
    doc = sentence.doc
    floor = max(sentence.start, span.start - LONGEST_TITLE)
    terms = (
        {
            index
            for term in find_sector_terms(doc[floor : span.start])
            for index in range(term.start, term.end)
        }
        if floor < span.start
        else set()
    )
    countries = {m.end - 1: m.start for m in mentions.countries.within(floor, span.start)}
    proper = span.text[0].isupper()
    start = index = span.start
    while index > floor:
        token = doc[index - 1]
        if token.i in countries:
            start = index = countries[token.i]
        elif token.i in terms or token.lower_ in _title_words() or _capital(token, proper):
            start = index = index - 1
        elif (token.lower_ in {"and", "&", "-", "–", ",", "'s", "’s"} and start == index) or (
            proper and token.lower_ == "of" and start == index
        ):
            index -= 1
        else:
            break
    while start < span.start and (doc[start].is_punct or doc[start].lower_ in _EDGES):
        start += 1
    return start


def _capital(token: Token, proper: bool) -> bool:
    return (
        proper and token.text[0].isupper() and token.is_alpha and token.lower_ not in _DETERMINERS
    ) and not token.is_sent_start


def _title_end(sentence: TokenSpan, span: TokenSpan, settings: frozenset[int]) -> int:
    """End of the content that follows: 'on cooperation in the field of media'."""
    doc = sentence.doc
    index = span.end
    if index + 2 < sentence.end and doc[index].text == "(" and doc[index + 2].text == ")":
        index += 3
    end = index if index > span.end else span.end
    if index >= sentence.end or doc[index].lower_ not in _CONTENT:
        return end
    limit = min(sentence.end, index + LONGEST_TITLE)
    cursor = index + 1
    while cursor < limit:
        token = doc[cursor]
        if token.lower_ in _BREAKS or (token.is_punct and token.text not in {",", "-", "–"}):
            break
        if token.text == "," and not _list_goes_on(sentence, cursor):
            break
        if token.lower_ in {"in", "on", "at"} and settings & {cursor + 1, cursor + 2}:
            break  # 'on trade in Lima on Monday': place and date are not of the title
        cursor += 1
    return cursor


def _list_goes_on(sentence: TokenSpan, comma: int) -> bool:
    """Whether a comma parts items of a list rather than clauses."""
    behind = sentence.doc[comma + 1 : min(comma + 6, sentence.end)]
    return bool(find_sector_terms(behind)) if len(behind) else False


def _status(sentence: TokenSpan, start: int, end: int) -> str | None:
    """Status by the nearest word that tells it, None where there is none."""
    _, cues = _matchers()
    best: tuple[float, str] | None = None
    first = max(sentence.start, start - REACH_BEFORE - _LONGEST_CUE)
    last = min(sentence.end, end + REACH_AFTER + _LONGEST_CUE)
    for cue in filter_spans(list(cues(sentence.doc[first:last], as_spans=True))):
        if cue.end <= start:
            distance = float(start - cue.end)
            if distance > REACH_BEFORE:
                continue
        elif cue.start >= end:
            distance = 1.0 + cue.start - end
            if distance > REACH_AFTER:
                continue
        else:
            continue
        if best is None or distance < best[0]:
            best = (distance, cue.label_)
    return best[1] if best else None


def _records(
    pairs: Pairs,
    mentions: _Mentions,
    sentence: TokenSpan,
    document: _Document,
) -> list[Agreement]:
    reading = pairs.reading
    title = reading.doc[document.start : document.end]
    date = None
    best = 20
    if document.status == "signed":
        for mention in mentions.dates.within(sentence.start, sentence.end):
            distance = max(mention.start - document.end, document.start - mention.end, 0)
            if mention.date is not None and distance < best:
                best, date = distance, mention.date
    inside = codes_of(mentions.countries.within(title.start, title.end))
    near = pairs.pairs_at(document.start, document.end)
    told = all_pairs(inside) if len(inside) == 2 else near
    return [
        Agreement(
            id="",
            evidence=Span(sentence.start_char, sentence.end_char),
            rule=f"document-{document.status.replace('_', '-')}",
            confidence=0.75 if document.status == "signed" else 0.85,
            pair=pair,
            kind=cast("AgreementKind", document.kind),
            status=cast("AgreementStatus", document.status),
            title=" ".join(title.text.split()),
            sectors=sectors_of(title),
            date=date,
        )
        for pair in told
    ]


def _add(
    found: list[tuple[Agreement, frozenset[str]]], new: Agreement, topics: frozenset[str]
) -> None:
    """Add a record, or join it to the one of the same document."""
    ranks: Sequence[str] = ("signed", "in_force", "planned", "proposed")
    for number, (known, words) in enumerate(found):
        if (known.pair, known.kind) != (new.pair, new.kind):
            continue
        if not (topics <= words or words <= topics):
            continue
        strongest = min(known.status, new.status, key=ranks.index)
        found[number] = (
            replace(
                known,
                status=strongest,
                date=known.date or new.date,
                sectors=tuple(dict.fromkeys((*known.sectors, *new.sectors))),
            ),
            words | topics,
        )
        return
    found.append((new, topics))
