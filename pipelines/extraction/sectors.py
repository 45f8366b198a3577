"""The sectors in which two countries cooperate, wish to, or are at odds.

A word of a sector is a mention only where the text speaks of what a pair does together: in a list
of fields, beside a word of cooperation, or in a sentence on the two. Words in titles and names of
ministries are none, nor are trade figures or the affairs of one country.

What belongs here: the choice of the mentions, their stance, and the roll-up. What does not: the
words (`sector_terms`) and the pair (`pairs`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan
from spacy.util import filter_spans

from pipelines.extraction.office_names import barrier_words, terms_in_names
from pipelines.extraction.pairs import Pairs, read_pairs
from pipelines.extraction.sector_terms import SectorTerm, find_sector_terms
from pipelines.language.build import build_language
from pipelines.language.mentions import Reading
from pipelines.language.models import BLANK
from pipelines.lexicons import read_lexicon
from pipelines.records import (
    STANCES,
    Commission,
    Sector,
    SectorMention,
    Span,
    Stance,
    pair_of,
)

_OF_TWO = frozenset(
    {"cooperation", "ties", "relations", "partnership", "collaboration", "commission", "committee",
     "committees", "session", "talks", "consultations", "delegations", "three", "ministries",
     "discussions", "discussed", "agenda", "talk"}
)  # fmt: skip
"""Words that tell of two sides, in an article on two."""
_LIST_LINKS = frozenset({",", ";", "and", "or", "&", "as", "well", "also", "/", "the", "-", "–"})
_STANCE_REACH = 30
_DEALING_REACH = 8
_STANCE_ORDER: dict[str, int] = {stance: n for n, stance in enumerate(STANCES)}


@dataclass(frozen=True)
class _Words:
    """Words of cooperation and stance in a sentence, by token index."""

    part: dict[int, frozenset[str]]
    fields: frozenset[int]
    stances: tuple[tuple[int, int, str], ...]


@cache
def _matchers() -> tuple[PhraseMatcher, PhraseMatcher]:
    nlp = build_language(BLANK)
    words = PhraseMatcher(nlp.vocab, attr="LOWER")
    for entry in read_lexicon("cooperation_words"):
        words.add(entry["part"], [nlp.make_doc(entry["text"])])
    stances = PhraseMatcher(nlp.vocab, attr="LOWER")
    for entry in read_lexicon("stance_cues"):
        stances.add(f"{entry['stance']} {entry['weight']}", [nlp.make_doc(entry["text"])])
    return words, stances


def _words_of(sentence: TokenSpan) -> _Words:
    words, stances = _matchers()
    part: dict[int, set[str]] = {}
    fields = set()
    for span in words(sentence, as_spans=True):
        for index in range(span.start, span.end):
            part.setdefault(index, set()).add(span.label_)
        if span.label_ == "field":
            fields.add(span.end)
    return _Words(
        part={index: frozenset(labels) for index, labels in part.items()},
        fields=frozenset(fields),
        stances=tuple(
            (s.start, s.end, s.label_) for s in filter_spans(list(stances(sentence, as_spans=True)))
        ),
    )


def find_sector_mentions(
    reading: Reading, commissions: Sequence[Commission]
) -> tuple[SectorMention, ...]:
    """Return the mentions of sectors of cooperation, in the order of the text.

    `commissions` are those of the same article: the names of bodies give their sectors, with
    stance `existing`, for the pair of the body.
    """
    if not len(reading.doc):
        return ()
    pairs = read_pairs(reading)
    terms = find_sector_terms(reading.doc)
    barred = terms_in_names(reading, terms)
    found: list[SectorMention] = []
    in_sentences: dict[int, list[SectorTerm]] = {}
    for term in terms:
        if not any(index in barred for index in range(term.start, term.end)):
            in_sentences.setdefault(pairs.sentence_at(term.start), []).append(term)
    for number, group in in_sentences.items():
        sentence = pairs.sentences[number]
        found.extend(_of_sentence(pairs, sentence, group))
    found.extend(_of_bodies(commissions))
    found.sort(key=lambda mention: (mention.start, mention.end))
    return tuple(replace(m, id=f"n{number}") for number, m in enumerate(found, start=1))


def _of_sentence(
    pairs: Pairs, sentence: TokenSpan, terms: Sequence[SectorTerm]
) -> Iterable[SectorMention]:
    words = _words_of(sentence)
    acts = any(parts - {"dealing"} for parts in words.part.values())
    number = pairs.sentence_at(sentence.start)
    hostile = any(token.lower_ in barrier_words("hostile") for token in sentence)
    relational = acts and _relational(pairs, number, words)
    both = _both_sides(pairs, sentence) if words.part else ""
    for run in _lists(sentence.doc, terms):
        local = _beside_cooperation(sentence, words, run)
        for term in run:
            dealt = bool(both) and (term.use != "general" or _near_dealing(words, term))
            if not local and not dealt and (term.use == "general" or not relational):
                continue
            if not local and (hostile or _statistic(sentence, term)):
                continue
            stance = _stance(words, term, run)
            doc = sentence.doc
            told = local or (relational and term.use != "general")
            for pair in pairs.pairs_at(term.start, term.end) if told else (both,):
                for sector in term.sectors:
                    yield SectorMention(
                        id="",
                        evidence=Span(sentence.start_char, sentence.end_char),
                        rule="cooperation-beside" if local else _rule(told=told),
                        confidence=0.8 if local else 0.55 if told else 0.5,
                        pair=pair,
                        sector=sector,
                        stance=stance,
                        start=doc[term.start].idx,
                        end=doc[term.end - 1].idx + len(doc[term.end - 1].text),
                    )


def _rule(*, told: bool) -> str:
    return "cooperation-sentence" if told else "dealing-of-two"


def _both_sides(pairs: Pairs, sentence: TokenSpan) -> str:
    """The pair that an article is about, where a sentence speaks of both; else empty.

    'Kenya thanked Peru for training nurses', 'He invited Peruvian farmers': by name, by adjective
    or by who acts.
    """
    if len(pairs.main) != 2:
        return ""
    number = pairs.sentence_at(sentence.start)
    mentions = pairs.reading.countries
    first = bisect_left(mentions, sentence.start, key=lambda m: m.start)
    last = bisect_left(mentions, sentence.end, key=lambda m: m.start)
    told = {m.iso3 for m in mentions[first:last]} | {*pairs.inside[number]}
    return pair_of(*pairs.main) if set(pairs.main) <= told else ""


def _near_dealing(words: _Words, term: SectorTerm) -> bool:
    """Whether a verb of asking or giving stands before an everyday word of a sector."""
    near = range(max(0, term.start - _DEALING_REACH), term.start)
    return any("dealing" in words.part.get(index, ()) for index in near)


def _relational(pairs: Pairs, number: int, words: _Words) -> bool:
    """Whether a sentence speaks of two sides: it names them, or says 'bilateral', 'the two'."""
    if len({*pairs.inside[number], *pairs.located[number]}) >= 2:
        return True
    sentence = pairs.sentences[number]
    lowered = {t.lower_ for t in sentence}
    if lowered & {"bilateral", "mutual", "both", "two", "our", "they", "leaders", "sides"}:
        return True
    return bool(lowered & _OF_TWO)


def _lists(doc: Doc, terms: Sequence[SectorTerm]) -> list[list[SectorTerm]]:
    """Group terms that only links of a list part: 'trade, agriculture and medical care'."""
    runs: list[list[SectorTerm]] = []
    for term in terms:
        if runs:
            last = runs[-1][-1]
            between = doc[last.end : term.start]
            close = len(between) <= 5
            if close and all(
                t.lower_ in _LIST_LINKS or t.text in {"’s", "(", ")"} for t in between
            ):
                runs[-1].append(term)
                continue
            # one other word in a list: 'political, economic', 'health, youth and sports'
            if (
                close
                and sum(t.is_alpha and t.lower_ not in _LIST_LINKS for t in between) <= 1
                and (any(t.lower_ in {",", "and"} for t in between))
            ):
                runs[-1].append(term)
                continue
        runs.append([term])
    return runs


def _beside_cooperation(sentence: TokenSpan, words: _Words, run: Sequence[SectorTerm]) -> bool:
    """Whether a list of terms qualifies or fills a word of cooperation."""
    doc = sentence.doc
    start, end = run[0].start, run[-1].end
    if any("bond" in words.part.get(i, ()) for term in run for i in range(term.start, term.end)):
        return True
    for index in range(end, min(end + 4, sentence.end)):
        if doc[index].is_punct and doc[index].text not in {",", "-", "–", "/"}:
            break
        if "bond" in words.part.get(index, ()):
            return True
        if index >= end + 2 and not doc[index].is_alpha:
            break
    if any(term.start in words.fields for term in run):
        return True
    for index in range(start - 1, max(sentence.start, start - 6) - 1, -1):
        if index in words.fields:
            return True
        if "mutual" in words.part.get(index, ()) and start - index <= 2:
            return True
        if doc[index].is_punct and doc[index].text not in {",", ":", "-"}:
            break
    following = doc[end].lower_ if end < sentence.end else ""
    return following == "between"


def _stance(words: _Words, term: SectorTerm, run: Sequence[SectorTerm]) -> Stance:
    """Stance by the nearest word that tells one, as seen from the list that a term stands in.

    A word behind the list counts as further off, and so does a weak one ('potential', 'pact').
    """
    first, last = run[0].start, run[-1].end
    best: tuple[float, str] | None = None
    nearest = bisect_left(words.stances, first - _STANCE_REACH - 5, key=lambda cue: cue[0])
    for start, end, label in words.stances[nearest:]:
        if start > last + _STANCE_REACH:
            break
        stance, weight = label.split()
        if end <= first:
            distance = float(first - end)
        elif start >= last:
            distance = (start - last) * 1.5 + 1
        elif end <= term.start or start >= term.end:
            distance = float(term.start - end if end <= term.start else start - term.end)
        else:
            distance = 0.0
        if weight == "weak":
            distance += 15
        if distance <= _STANCE_REACH and (best is None or distance < best[0]):
            best = (distance, stance)
    return cast("Stance", best[1]) if best else "existing"


def _statistic(sentence: TokenSpan, term: SectorTerm) -> bool:
    """Whether a term stands among figures: 'exports totalled 4 billion'."""
    doc = sentence.doc
    around = doc[max(sentence.start, term.start - 4) : min(sentence.end, term.end + 6)]
    return any(t.lower_ in barrier_words("figure") for t in around)


def _of_bodies(commissions: Sequence[Commission]) -> Iterable[SectorMention]:
    for commission in commissions:
        for sector in commission.sectors:
            yield SectorMention(
                id="",
                evidence=commission.evidence,
                rule="body-name",
                confidence=commission.confidence,
                pair=commission.pair,
                sector=sector,
                stance="existing",
                start=commission.evidence.start,
                end=commission.evidence.end,
                commissions=(commission.id,),
            )


def roll_up(mentions: Sequence[SectorMention]) -> tuple[Sector, ...]:
    """Return one record a pair and sector: the strongest stance, the evidence that tells it.

    The confidence grows with every mention that says so, as of independent witnesses.
    """
    groups: dict[tuple[str, str], list[SectorMention]] = {}
    for mention in mentions:
        groups.setdefault((mention.pair, mention.sector), []).append(mention)
    sectors = []
    for number, ((pair, sector), group) in enumerate(groups.items(), start=1):
        strongest = min(group, key=lambda mention: _STANCE_ORDER[mention.stance])
        doubt = 1.0
        for mention in group:
            doubt *= 1 - mention.confidence
        sectors.append(
            Sector(
                id=f"s{number}",
                evidence=strongest.evidence,
                rule=strongest.rule,
                confidence=round(min(1 - doubt, 0.99), 2),
                pair=pair,
                sector=sector,
                stance=strongest.stance,
            )
        )
    return tuple(sectors)
