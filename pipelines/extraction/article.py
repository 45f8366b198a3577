"""Reads one article from start to end: text in, all of its facts out.

What belongs here: the order in which the readers run, and the links between their facts (the
quote that was said at a meeting, the agreement that was signed at a session). What does not: any
rule that finds a fact; each kind of fact has a module of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from spacy.tokens import Doc

from pipelines.extraction.agreements import find_agreements
from pipelines.extraction.commissions import find_commissions
from pipelines.extraction.entities import find_entities
from pipelines.extraction.meetings import find_meetings
from pipelines.extraction.quotes import find_quotes
from pipelines.extraction.sectors import find_sector_mentions, roll_up
from pipelines.language.build import MAX_CHARACTERS, build_language, default_model
from pipelines.language.models import model_version
from pipelines.language.read import read
from pipelines.lexicons.own import own_digest
from pipelines.records import (
    EXTRACTOR_VERSION,
    Agreement,
    Article,
    ArticleFacts,
    Commission,
    Fact,
    Meeting,
    Quote,
    SectorMention,
)

_Encounter = TypeVar("_Encounter", Meeting, Commission)
_Fact = TypeVar("_Fact", bound=Fact)

_SURROGATES = re.compile("[\ud800-\udfff]")

# A commission that is merely named, or one that is still to be founded, is no session at which
# anything could be said.
_SESSION_STATUSES = frozenset({"held", "ongoing", "planned", "established"})


def extractor_version(model: str | None = None) -> str:
    """Return what facts are marked with: versions of the rules, the model and the user's lexicons.

    Raises `models.ModelError` where there is no such model.
    """
    own = own_digest()
    lexicons = f"+lexicons-{own}" if own else ""
    return f"{EXTRACTOR_VERSION}+{model_version(model or default_model())}{lexicons}"


def extract_article(article: Article, *, model: str | None = None) -> ArticleFacts:
    """Return all facts of an article; offsets count code points of `article.text`.

    `model` is what the setting `reading.model` can be (None: the project's default). Any text is
    read without error: of one longer than `MAX_CHARACTERS` the first `MAX_CHARACTERS`, with the
    offsets of the whole text; half a surrogate pair, which is no character, as U+FFFD. Raises
    ModelError where the model cannot be used.
    """
    article = readable(article)
    return facts_of(build_language(model)(article.text), article, extractor_version(model))


def readable(article: Article) -> Article:
    """Return an article with a text that can be read: of bounded length, without half characters.

    Offsets stay those of the whole text.
    """
    return replace(article, text=_SURROGATES.sub("\ufffd", article.text[:MAX_CHARACTERS]))


def facts_of(doc: Doc, article: Article, version: str) -> ArticleFacts:
    """Return the facts of a `readable` article whose Doc is made already, marked with a version."""
    reading = read(doc, article)
    commissions = find_commissions(reading)
    meetings = find_meetings(reading, commissions)
    mentions = find_sector_mentions(reading, commissions)
    links = _Links(_Layout.of(doc), meetings, commissions)
    return ArticleFacts(
        doc_id=article.doc_id,
        entities=_marked(find_entities(reading, commissions), version),
        people=_marked(reading.people, version),
        quotes=_marked(map(links.of_quote, find_quotes(reading)), version),
        meetings=_marked(meetings, version),
        commissions=_marked(commissions, version),
        sectors=_marked(roll_up(mentions), version),
        sector_mentions=_marked(map(links.of_mention, mentions), version),
        agreements=_marked(map(links.of_agreement, find_agreements(reading)), version),
    )


def _marked(facts: Iterable[_Fact], version: str) -> tuple[_Fact, ...]:
    return tuple(replace(fact, extractor_version=version) for fact in facts)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the sentences and the paragraphs of a text begin, in code points."""

    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]

    @classmethod
    def of(cls, doc: Doc) -> _Layout:
        breaks = [t.idx + len(t.text) for t in doc if t.is_space and t.text.count("\n") > 1]
        sentences = tuple(span.start_char for span in doc.sents)
        return cls(sentences=sentences or (0,), paragraphs=(0, *breaks))

    def sentence(self, offset: int) -> int:
        """Number of the sentence that holds a code point."""
        return bisect_right(self.sentences, offset)

    def paragraph(self, offset: int) -> int:
        """Number of the paragraph that holds a code point."""
        return bisect_right(self.paragraphs, offset)


@dataclass(frozen=True, slots=True)
class _Links:
    """Finds the encounters and sessions that a quote, a mention or a document belongs to."""

    layout: _Layout
    meetings: tuple[Meeting, ...]
    commissions: tuple[Commission, ...]

    def of_quote(self, quote: Quote) -> Quote:
        """Link a quote to the encounters that its speaker can have spoken at."""
        country, name = quote.speaker_country, quote.speaker

        def fits(fact: Meeting | Commission) -> bool:
            if isinstance(fact, Meeting) and name is not None:
                names = {person.name for person in fact.participants}
                if name in names:
                    return True
            return country is None or country in fact.pair.split("-")

        meetings, commissions = self._occasions(quote.start, quote.end, fits)
        return replace(quote, meetings=meetings, commissions=commissions)

    def of_mention(self, mention: SectorMention) -> SectorMention:
        """Link a mention of a sector to the encounters of its pair."""

        def fits(fact: Meeting | Commission) -> bool:
            return fact.pair == mention.pair

        meetings, commissions = self._occasions(mention.start, mention.end, fits)
        return replace(mention, meetings=meetings, commissions=commissions)

    def of_agreement(self, agreement: Agreement) -> Agreement:
        """Link a document to the encounters of its pair at which it can have been signed."""

        def fits(fact: Meeting | Commission) -> bool:
            return fact.pair == agreement.pair

        start, end = agreement.evidence.start, agreement.evidence.end
        meetings, commissions = self._occasions(start, end, fits)
        return replace(agreement, meetings=meetings, commissions=commissions)

    def _occasions(
        self, start: int, end: int, fits: Callable[[Meeting | Commission], bool]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The `meetings` and `commissions` of a fact that stands in a range of the text.

        A session told elsewhere in the article is its occasion only where no meeting is.
        """
        meetings = self._meetings(start, end, fits)
        return meetings, self._commissions(start, end, fits, anywhere=not meetings)

    def _meetings(
        self, start: int, end: int, fits: Callable[[Meeting | Commission], bool]
    ) -> tuple[str, ...]:
        candidates = [m for m in self.meetings if m.status != "cancelled" and fits(m)]
        linked = _nearest(self.layout, start, end, candidates)
        # talks carry their visit as parent: where both are near, the talks are the occasion
        parents = {m.parent for m in linked if m.parent is not None}
        return tuple(m.id for m in linked if m.id not in parents)

    def _commissions(
        self,
        start: int,
        end: int,
        fits: Callable[[Meeting | Commission], bool],
        *,
        anywhere: bool,
    ) -> tuple[str, ...]:
        candidates = [c for c in self.commissions if c.status in _SESSION_STATUSES and fits(c)]
        linked = _nearest(self.layout, start, end, candidates, anywhere=anywhere)
        return tuple(c.id for c in linked)


def _nearest(
    layout: _Layout,
    start: int,
    end: int,
    candidates: Sequence[_Encounter],
    *,
    anywhere: bool = True,
) -> list[_Encounter]:
    """Return the candidates of the same sentence, else paragraph, else (`anywhere`) the only one.

    The records of one encounter of several countries count as one; so do a visit and its talks.
    """
    for place in (layout.sentence, layout.paragraph):
        span = range(place(start), place(max(start, end - 1)) + 1)
        near = [fact for fact in candidates if place(fact.evidence.start) in span]
        if near:
            return near
    only = anywhere and len(_occasions(candidates)) == 1
    return list(candidates) if only else []


def _occasions(candidates: Iterable[Meeting | Commission]) -> set[str]:
    occasions: set[str] = set()
    for fact in candidates:
        if isinstance(fact, Meeting):
            occasions.add(fact.parent or fact.encounter or fact.id)
        else:
            occasions.add(fact.id)
    return occasions
