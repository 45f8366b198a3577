"""Which two countries a place in the text speaks of.

A sentence of an article on Iran and Cuba may name both, one or none ('the two countries'); this
module fills in the rest from the paragraph, the title and the article as a whole. It serves the
facts that have a pair but no participants: commissions, sectors, agreements.

What belongs here: finding the pair. What does not: what the pair does together, and the parties
to an encounter (`sides`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Span

from pipelines.extraction.country_runs import (
    NamedPair,
    all_pairs,
    codes_of,
    find_located,
    find_named_pairs,
    find_runs,
)
from pipelines.language.build import build_language
from pipelines.language.countries import find_countries
from pipelines.language.mentions import CountryMention, Reading
from pipelines.language.models import BLANK
from pipelines.records import pair_of

MOST_SIDES = 4
"""Five or more countries that are named together are a multilateral affair: no pairs."""

MOST_MENTIONS = 40
"""A sentence that names countries more often is a table or list, not a statement on a pair."""

LOOK_BACK = 12
"""How many sentences of a paragraph may lie between a sentence and those whose sides it has."""

_REACH = 12
_LONGEST_PAIR = 20
_TOWARDS = frozenset({"with", "from", "to", "by"})
_BOTH = frozenset(
    {"two", "sides", "leaders", "presidents", "ministers", "parties", "delegations", "officials"}
)


@dataclass(frozen=True)
class Pairs:
    """The countries of one article, by sentence, by paragraph and as a whole.

    `inside` are the countries that a sentence names as sides, `located` those it names as places
    only, `acting` their mentions, `named` the pairs in its words; all by number of the sentence.
    `ranked` are the article's countries, the one it is most about first.
    """

    reading: Reading
    sentences: tuple[Span, ...]
    named: tuple[tuple[NamedPair, ...], ...]
    acting: tuple[tuple[CountryMention, ...], ...]
    inside: tuple[tuple[str, ...], ...]
    located: tuple[tuple[str, ...], ...]
    paragraph_of: tuple[int, ...]
    title: tuple[str, ...]
    ranked: tuple[str, ...]
    _starts: tuple[int, ...] = field(repr=False, default=())

    def sentence_at(self, token: int) -> int:
        """Number of the sentence that holds a token."""
        return max(0, bisect_right(self._starts, token) - 1)

    @property
    def main(self) -> tuple[str, ...]:
        """The two countries that the article is most about; fewer where it has fewer."""
        return self.ranked[:2]

    def explicit_near(self, start: int, end: int, reach: int) -> NamedPair | None:
        """The nearest relational pair within `reach` tokens of a span, in its sentence."""
        best: tuple[int, NamedPair] | None = None
        named = self.named[self.sentence_at(start)]
        first = bisect_left(named, start - reach - _LONGEST_PAIR, key=lambda pair: pair.start)
        for pair in named[first:]:
            if pair.start > end + reach:
                break
            distance = max(pair.start - end, start - pair.end, 0)
            if pair.explicit and distance <= reach and (best is None or distance < best[0]):
                best = (distance, pair)
        return best[1] if best else None

    def pairs_at(self, start: int, end: int) -> tuple[str, ...]:
        """Pairs that a span of tokens speaks of; empty where no two countries can be told.

        Several only where the sentence puts three or four countries side by side.
        """
        if not self.sentences:
            return ()
        number = self.sentence_at(start)
        near = self.explicit_near(start, end, _REACH)
        if near is not None:
            return (pair_of(*near.countries),)
        if len(self.acting[number]) > MOST_MENTIONS:
            return ()
        return (
            self._of_subject(number)
            or self._of_shared_partners(number)
            or self._of_sentence(number, start)
        )

    def _of_subject(self, number: int) -> tuple[str, ...]:
        """Pairs of a sentence whose subject is all sides, told before: 'They', 'The two sides'."""
        opening = [t.lower_ for t in self.sentences[number][:5] if t.is_alpha]
        if opening[:2] == ["the", "three"] and len(self.ranked) >= 3:
            return all_pairs(self.ranked[:3])
        place = next((n for n, word in enumerate(opening[1:4], 1) if word in _BOTH), 0)
        if opening[place + 1 : place + 2] in (["of"], ["from"]):
            return ()  # 'The ministers of Jordan, Cyprus and Greece': told here, not before
        plural = opening[:1] == ["the"] and place > 0
        if not plural and opening[:1] not in (["they"], ["both"]):
            return ()
        group = self._before(number)
        return all_pairs(group if len(group) == 2 else self.main)

    def _of_shared_partners(self, number: int) -> tuple[str, ...]:
        """Pairs of one country with each of several: 'Iran ... with Oman and Qatar'."""
        doc = self.reading.doc
        inside = self.inside[number]
        if not 2 <= len(inside) <= MOST_SIDES:
            return ()
        for run in find_runs(doc, self.acting[number]):
            codes = codes_of(run)
            first = run[0].start
            while first > 0 and doc[first - 1].lower_ in {"the", "both"}:
                first -= 1
            if len(codes) < 2 or first == 0 or doc[first - 1].lower_ not in _TOWARDS:
                continue
            hubs = [code for code in inside if code not in codes]
            if not hubs and first - self.sentences[number].start > 3:
                hubs = [code for code in self.ranked if code not in codes][:1]
            if len(hubs) == 1:
                return tuple(pair_of(hubs[0], code) for code in codes)
        return ()

    def _of_sentence(self, number: int, start: int) -> tuple[str, ...]:
        """Pairs by how many countries a sentence names: none, one, two or more."""
        inside = self.inside[number]
        if not inside:
            group = self._before(number) or self.main
            return all_pairs(group) if 2 <= len(group) <= MOST_SIDES else all_pairs(self.main)
        if len(inside) == 1:
            places = [c for c in self.located[number] if c != inside[0]]
            # where they met is no side, if the article is about two others
            sides = [c for c in places if inside[0] not in self.main or c in self.main]
            other = next(iter(sides), None) or self._partner(inside[0], number)
            other = other or next(iter(places), None)
            return (pair_of(inside[0], other),) if other else ()
        if len(inside) == 2:
            return all_pairs(inside)
        return self._of_many(number, start)

    def _of_many(self, number: int, start: int) -> tuple[str, ...]:
        """Pairs of a sentence that names three countries or more."""
        runs = [codes_of(run) for run in find_runs(self.reading.doc, self.acting[number])]
        longest = max(runs, key=len, default=())
        if len(longest) > MOST_SIDES:
            return ()
        if len(longest) >= 3:
            return self._of_list(longest, [c for run in runs for c in run if c not in longest])
        explicit = self.explicit_near(start, start + 1, reach=len(self.sentences[number]))
        if explicit is not None:
            return (pair_of(*explicit.countries),)
        if set(self.main) <= set(self.inside[number]):
            return all_pairs(self.main)
        distances = {m.iso3: abs(m.start - start) for m in self.acting[number]}
        nearest = sorted(distances, key=lambda code: distances[code])
        if self.ranked[0] in self.inside[number]:
            nearest = [self.ranked[0], *(c for c in nearest if c != self.ranked[0])]
        return all_pairs(nearest[:2])

    def _of_list(self, listed: tuple[str, ...], outside: list[str]) -> tuple[str, ...]:
        """Pairs of a list of countries: each with the one outside it, else with each other."""
        hub = next((c for c in outside if c in self.title or c in self.main), None)
        if hub is None and len(set(outside)) == 1:
            hub = outside[0]
        return tuple(pair_of(hub, code) for code in listed) if hub else all_pairs(listed)

    def _back(self, number: int) -> range:
        """Numbers of the sentences before one in its paragraph, the nearest first."""
        first = number
        while first > max(0, number - LOOK_BACK) and (
            self.paragraph_of[first - 1] == self.paragraph_of[number]
        ):
            first -= 1
        return range(number - 1, first - 1, -1)

    def _partner(self, code: str, number: int) -> str | None:
        """The other side of a sentence that names one country alone."""
        for earlier in self._back(number):
            others = [c for c in self.inside[earlier] if c != code]
            if len(others) == 1:
                return others[0]
            if others and code in self.inside[earlier]:
                break
        return next((c for c in (*self.title, *self.ranked) if c != code), None)

    def _before(self, number: int) -> tuple[str, ...]:
        """The countries of the nearest sentences before, as many as make a pair."""
        group: dict[str, None] = {}
        for earlier in self._back(number):
            inside = self.inside[earlier]
            if len(inside) > 2 and len(self.main) == 2 and set(self.main) <= set(inside):
                return self.main
            group.update(dict.fromkeys(inside))
            if len(group) >= 2:
                return tuple(group) if len(group) == 2 or len(inside) == len(group) else ()
        return ()


def find_title_countries(title: str | None) -> tuple[str, ...]:
    """Return the countries that a title names, in its order, each once."""
    if not title:
        return ()
    return codes_of(find_countries(build_language(BLANK)(title[:1000])))


def read_pairs(reading: Reading) -> Pairs:
    """Return who the article and each of its sentences speak of.

    A country counts as a side where it acts or relates; a capital that is a mere place does not,
    nor does the dateline. People count for the country they serve.
    """
    doc = reading.doc
    sentences = tuple(doc.sents) if len(doc) else ()
    starts = tuple(span.start for span in sentences)
    acting: list[list[CountryMention]] = [[] for _ in sentences]
    inside: list[dict[str, None]] = [{} for _ in sentences]
    located: list[dict[str, None]] = [{} for _ in sentences]
    lead = max(0, bisect_right(starts, reading.body_start) - 1)
    title = find_title_countries(reading.article.title)
    weights: Counter[str] = Counter(dict.fromkeys(title, 3))
    places = find_located(reading)
    mentions = [m for m in reading.countries if m.acts and m.start >= reading.body_start]
    for mention in mentions:
        acting[max(0, bisect_right(starts, mention.start) - 1)].append(mention)
    told = [(m.start, m.iso3, 2) for m in mentions]
    told += [(a.start, a.country, 1) for a in reading.actors if a.country]
    for token, code, weight in sorted(told):
        number = max(0, bisect_right(starts, token) - 1)
        if token in places:
            located[number][code] = None
            weights[code] += 1
        elif token >= reading.body_start:
            inside[number][code] = None
            weights[code] += weight + (2 if number == lead else 0)
    for mention in reading.countries:
        weights.setdefault(mention.iso3, 0)  # the dateline's country, where no other is told
    first_seen = {code: n for n, code in enumerate(weights)}
    return Pairs(
        reading=reading,
        sentences=sentences,
        named=tuple(find_named_pairs(doc, group) for group in acting),
        acting=tuple(tuple(group) for group in acting),
        inside=tuple(tuple(group) for group in inside),
        located=tuple(tuple(group) for group in located),
        paragraph_of=_paragraphs(sentences),
        title=title,
        ranked=tuple(sorted(weights, key=lambda code: (-weights[code], first_seen[code]))),
        _starts=starts,
    )


def _paragraphs(sentences: tuple[Span, ...]) -> tuple[int, ...]:
    """Number of the paragraph of each sentence: a line break before it opens a new one."""
    numbers: list[int] = []
    paragraph = 0
    for number, span in enumerate(sentences):
        before = span.doc[max(0, span.start - 2) : span.start]
        if number and any(t.is_space and "\n" in t.text for t in before):
            paragraph += 1
        numbers.append(paragraph)
    return tuple(numbers)
