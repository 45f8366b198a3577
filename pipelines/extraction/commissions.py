"""Sessions of joint commissions and other standing bilateral bodies.

Each place where a body is named tells something: an ordinal, that it sat, sits or is to sit, when
and where. What is told of one session in several places becomes one record.

What belongs here: the session that a mention of a body tells, and which mentions are one session.
What does not: finding the names (`bodies`) and the two countries (`pairs`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as date_type
from functools import cache
from typing import cast, get_args

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan
from spacy.util import filter_spans

from pipelines.extraction.bodies import BodyMention, find_bodies
from pipelines.extraction.body_references import find_references
from pipelines.extraction.body_words import find_body_words
from pipelines.extraction.chairs import find_chairs
from pipelines.extraction.mention_index import MentionIndex
from pipelines.extraction.pairs import Pairs, read_pairs
from pipelines.extraction.sector_terms import sectors_of
from pipelines.language.build import build_language
from pipelines.language.mentions import ActorMention, DateMention, PlaceMention, Reading
from pipelines.language.models import BLANK
from pipelines.lexicons import read_lexicon
from pipelines.records import Commission, CommissionStatus, Span, pair_of

REACH_BEFORE = 9
REACH_AFTER = 14
"""How many tokens a word may stand from the name of a body to tell its status."""

REACH_SETTING = 28
"""How many tokens a date or place may stand from the name of a body to be its session's."""

_LONGEST_CUE = 6
_WITHIN = 10.0  # a word within the phrase ('meeting of') tells less than one beside it
_PLACE_WORDS = frozenset({"in", "at", "to"})
_MARK_REACH = 5
_CHAIRS_REACH = 3
_MOST_FOLLOWING = 20
_MONTH = len("2025-04")
_MONTH_NAME = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_PROPOSAL_REACH = 16
_APPOSED_REACH = 9
_PROPOSING = frozenset(
    {"proposed", "proposes", "proposing", "suggested", "suggests", "urged", "recommended",
     "offered", "hoped", "hopes", "appealed", "would"}
)  # fmt: skip
_STATUSES: frozenset[str] = frozenset(get_args(CommissionStatus))
_DISTINCTIVE = frozenset(
    {"partnership", "strategic", "security", "military", "defence", "boundary"}
)
_SEATS = frozenset({"secretariat", "headquarters", "office", "embassy", "center", "centre", "seat"})
_FOUNDING = frozenset({"established", "founded", "formed", "created", "set", "instituted"})
_PAPERS = frozenset({"signed", "agreement", "treaty", "accord", "protocol"})
"""What founds a body, and has nothing to do with the day of its sessions."""
_OTHER_EVENTS = frozenset(
    {"visit", "visits", "trip", "summit", "suspended", "since", "decided", "said", "announced"}
    | {"reported", "told", "confirmed", "phone", "until"}
    | _PAPERS
)


@dataclass(frozen=True, slots=True)
class _Session:
    """What one mention of a body tells of a session."""

    body: BodyMention
    pair: str
    status: str
    rule: str
    evidence: Span
    ordinal: int | None
    date: str | None = None
    date_end: str | None = None
    city: str | None = None
    place_country: str | None = None
    co_chairs: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Text:
    """An article's pairs, its mentions of bodies in order, and indexes of its other mentions."""

    pairs: Pairs
    bodies: Sequence[BodyMention]
    dates: MentionIndex[DateMention]
    places: MentionIndex[PlaceMention]
    actors: MentionIndex[ActorMention]

    def sentences_from(self, number: int) -> tuple[TokenSpan, ...]:
        """The sentence of a body and two behind it, up to one that tells of another session."""
        first = self.pairs.sentence_at(self.bodies[number].start)
        last = first + 1
        limit = first + _CHAIRS_REACH
        for body in self.bodies[number + 1 : number + 1 + _MOST_FOLLOWING]:
            if self._is_other(number, body):
                limit = min(limit, self.pairs.sentence_at(body.start))
                break
        last = max(last, min(limit, len(self.pairs.sentences)))
        return self.pairs.sentences[first:last]

    def _is_other(self, number: int, body: BodyMention) -> bool:
        own = self.bodies[number]
        numbered = own.ordinal is not None and body.ordinal is not None
        return bool(body.which) or (numbered and own.ordinal != body.ordinal)

    def part_of(self, number: int, sentence: TokenSpan) -> tuple[int, int]:
        """The tokens of a sentence between the bodies before and after this one."""
        start, end = sentence.start, sentence.end
        body = self.bodies[number]
        if number > 0 and self.bodies[number - 1].after > start:
            # 'its fourth meeting in Lima and its fifth in Oslo': what follows a session is its own
            start = body.outer if body.sits else max(start, self.bodies[number - 1].after)
        if number + 1 < len(self.bodies):
            end = min(end, self.bodies[number + 1].outer)
        return start, end


def find_commissions(reading: Reading) -> tuple[Commission, ...]:
    """Return the sessions of bilateral bodies that an article tells, one record a session.

    A body that is merely named gives one record with status `mentioned`. A body of three or four
    countries gives one record a pair. Bodies of one country alone or of many give none.
    """
    if not len(reading.doc):
        return ()
    pairs = read_pairs(reading)
    words = find_body_words(reading)
    named = find_bodies(pairs, words)
    bodies = sorted((*named, *find_references(pairs, words, named)), key=lambda body: body.start)
    text = _Text(
        pairs,
        bodies,
        MentionIndex(reading.dates),
        MentionIndex(reading.places),
        MentionIndex(reading.actors),
    )
    told = [session for number in range(len(bodies)) for session in _sessions(text, number)]
    return tuple(_record(session, number) for number, session in enumerate(_merge(told), start=1))


@cache
def _cues() -> PhraseMatcher:
    nlp = build_language(BLANK)
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for entry in read_lexicon("session_cues"):
        matcher.add(f"{entry['status']} {entry['side']}", [nlp.make_doc(entry["text"])])
    return matcher


def _sessions(text: _Text, number: int) -> list[_Session]:
    """What the mention of a body with this number tells, once for each of its pairs."""
    body = text.bodies[number]
    sentence = text.pairs.sentences[text.pairs.sentence_at(body.start)]
    part = text.part_of(number, sentence)
    status, rule = _status(sentence, part, body)
    date = _date(text, sentence, part, body, status)
    if status == "unknown" or (status == "mentioned" and body.ordinal is not None):
        status = "held" if body.ordinal is not None or _sits(sentence, body) else "mentioned"
        rule = "session-named" if status == "held" else "body-named"
    published = (text.pairs.reading.article.published or "")[:10]
    if status in {"planned", "cancelled"} and date and published:
        date = _to_come(text.pairs.reading, date, published, planned=status == "planned")
    if status in {"held", "concluded"} and date and date.date and published:
        status = "planned" if date.date > published[: len(date.date)] else status
    if status == "established" and body.ordinal is not None:
        status = "held"  # 'launched the fourth round of'
    sits = status not in {"mentioned", "proposed"}
    aside = body.later and body.ordinal is None and _is_aside(sentence, body)
    date = None if aside else date
    sits_there = sits and not aside
    place = _place(text, sentence, part, body) if sits_there else None
    session = _Session(
        body=body,
        pair="",
        status=status,
        rule=rule,
        evidence=Span(sentence.start_char, sentence.end_char),
        ordinal=body.ordinal,
        date=date.date if date and sits else None,
        date_end=date.date_end if date and sits else None,
        city=place.city if place else None,
        place_country=place.country if place else None,
        sectors=sectors_of(sentence.doc[body.start : body.end]),
    )
    around = (sentence.doc[part[0] : part[1]], *text.sentences_from(number)[1:]) if sits else ()
    its_pairs = _with_host(text, body, place) if place else body.pairs
    return [
        replace(session, pair=pair, co_chairs=find_chairs(around, text.actors, pair))
        for pair in its_pairs
    ]


def _with_host(text: _Text, body: BodyMention, place: PlaceMention) -> tuple[str, ...]:
    """The pairs of a body that its name does not tell: a session sits in one of its two lands.

    Only where the article's first country is one of them and people of the host act in it.
    """
    first, host = text.pairs.ranked[0], place.country
    known = body.pairs[0].split("-") if len(body.pairs) == 1 else []
    if body.named_pair or host is None or host in known or first not in known or "EUU" in known:
        return body.pairs
    acts = any(actor.country == host for actor in text.pairs.reading.actors)
    return (pair_of(first, host),) if acts else body.pairs


def _status(sentence: TokenSpan, part: tuple[int, int], body: BodyMention) -> tuple[str, str]:
    """Status of a session by the nearest word that tells it, and the rule that did."""
    best: tuple[float, str, str] | None = None
    first = max(sentence.start, body.outer - REACH_BEFORE - _LONGEST_CUE)
    last = min(sentence.end, body.after + REACH_AFTER + _LONGEST_CUE)
    told = list(_cues()(sentence.doc[first:last], as_spans=True))
    longest = {(cue.start, cue.end) for cue in filter_spans(told)}
    for cue in told:  # a phrase can mean one thing before the name and another behind it
        start, end = cue.start, cue.end
        status, side = cue.label_.split()
        if (start, end) not in longest:
            continue
        if start < body.after and end > body.outer:
            if end <= body.start and side != "after":
                best = best or (_WITHIN, status, "session-cue-before")
            continue
        if end <= body.outer:
            distance, where = body.outer - end, "before"
        else:
            distance, where = start - body.after, "after"
        of_next = where == "after" and end > part[1]  # 'created in 1987, held | its fourth meeting'
        if (
            of_next
            or side not in {"any", where}
            or distance > (REACH_BEFORE if where == "before" else REACH_AFTER)
        ):
            continue
        # a sentence tells of its subject behind it: 'after' cues weigh a little more
        weight = distance * (0.8 if where == "after" else 1.0)
        apposed = where == "after" and _is_apposed(sentence, start, end)
        if status == "established" and (apposed or body.ordinal is not None):
            weight += REACH_AFTER  # ', established in 1998, met in Lima'; no numbered session is
        if best is None or weight < best[0]:
            best = (weight, status, f"session-cue-{where}")
    if best is not None and best[1] == "established" and _is_proposed(sentence, body):
        return "proposed", best[2]
    if best is not None and best[1] != "cancelled" and _is_called_off(sentence, body, part):
        return "cancelled", "session-called-off"
    return (best[1], best[2]) if best else ("unknown", "body-named")


def _is_apposed(sentence: TokenSpan, start: int, end: int) -> bool:
    """Whether a phrase stands between commas."""
    doc = sentence.doc
    behind = [t.text for t in doc[end : min(sentence.end, end + _APPOSED_REACH)]]
    return doc[start - 1].text == "," and "," in behind


def _is_proposed(sentence: TokenSpan, body: BodyMention) -> bool:
    """'has proposed that the two countries form a joint working group'."""
    doc = sentence.doc
    before = [t.lower_ for t in doc[max(sentence.start, body.outer - _PROPOSAL_REACH) : body.outer]]
    base = set(before[-4:]) & {"form", "create", "establish", "set", "launch"}
    return bool(base) and bool(set(before) & _PROPOSING)


def _is_aside(sentence: TokenSpan, body: BodyMention) -> bool:
    """'On the sidelines of the session, A met B on Monday': the day is not the session's."""
    doc = sentence.doc
    before = {t.lower_ for t in doc[max(sentence.start, body.outer - 4) : body.outer]}
    return bool(before & {"sidelines", "margins", "following", "after", "ahead", "before", "since"})


def _is_called_off(sentence: TokenSpan, body: BodyMention, part: tuple[int, int]) -> bool:
    """'The session that was to open on Monday has been put off': whatever is nearer."""
    doc = sentence.doc
    before = doc[max(part[0], body.outer - REACH_BEFORE) : body.outer]
    behind = doc[body.after : max(body.after, min(part[1], body.after + REACH_SETTING))]
    return any(
        cue.label_.split()[0] == "cancelled"
        for span in (before, behind)
        for cue in _cues()(span, as_spans=True)
    )


def _sits(sentence: TokenSpan, body: BodyMention) -> bool:
    """Whether the mention speaks of a sitting: 'a meeting of the ...', '... meeting'."""
    if body.sits:
        return True
    doc = sentence.doc
    words = {t.lower_ for t in doc[body.outer : body.start]}
    behind = {t.lower_ for t in doc[body.after : min(body.after + 2, sentence.end)]}
    return bool((words | behind) & {"meeting", "session", "round", "sitting"})


def _date(
    text: _Text, sentence: TokenSpan, part: tuple[int, int], body: BodyMention, status: str
) -> DateMention | None:
    """The nearest date in the part of the sentence that speaks of this body."""
    best: tuple[int, DateMention] | None = None
    for mention in text.dates.within(*part):
        if mention.date is None or _of_something_else(sentence.doc, mention, body, status):
            continue
        distance = max(mention.start - body.after, body.outer - mention.end, 0)
        if distance <= REACH_SETTING and (best is None or distance < best[0]):
            best = (distance, mention)
    if best is not None:
        return best[1]
    # 'In May 2004 the A Commission and the B Committee met'
    opening = text.dates.within(sentence.start, min(sentence.start + 6, sentence.end))
    return next((mention for mention in opening if mention.date), None)


def _to_come(
    reading: Reading, mention: DateMention, published: str, *, planned: bool
) -> DateMention | None:
    """A month that names no year is the one nearest to the publication: 'in late April'.

    Any other past day is none of a planned session, but of the words that tell it ('agreed on
    Monday that it will be held'); that of one called off stays.
    """
    told = reading.doc[mention.start : mention.end].text
    if mention.date is None or mention.date >= published[: len(mention.date)]:
        return mention
    bare = mention.date[:4] not in told and not {"ago", "last"} & set(told.lower().split())
    if bare and len(mention.date) >= _MONTH and _MONTH_NAME.search(told):
        moved = _year_later(mention)
        if moved is not None and _days_apart(moved, published) < _days_apart(mention, published):
            return moved
    return None if planned and len(mention.date) > _MONTH else mention


def _year_later(mention: DateMention) -> DateMention | None:
    """A mention of the same days a year on; None where there is no such day."""
    days = [day for day in (mention.date, mention.date_end) if day is not None]
    if any(day.endswith("-02-29") for day in days):
        return None
    first, *last = (f"{int(day[:4]) + 1}{day[4:]}" for day in days)
    return replace(mention, date=first, date_end=last[0] if last else None)


def _days_apart(mention: DateMention, published: str) -> int:
    day = f"{mention.date}-15"[:10]
    return abs((date_type.fromisoformat(day) - date_type.fromisoformat(published)).days)


def _of_something_else(doc: Doc, mention: DateMention, body: BodyMention, status: str) -> bool:
    """Whether a date belongs to a word beside it: 'the visit in June', 'suspended in 1996'."""
    if body.outer <= mention.start < body.after:
        return False
    others = _OTHER_EVENTS - _PAPERS if status == "established" else _OTHER_EVENTS | _FOUNDING
    before = doc[max(0, mention.start - 4) : mention.start]
    return any(t.lower_ in others for t in before if t.i >= body.after or t.i < body.outer)


def _place(
    text: _Text, sentence: TokenSpan, part: tuple[int, int], body: BodyMention
) -> PlaceMention | None:
    """The place where a sentence puts the session, None where it does not tell one."""
    best: tuple[int, PlaceMention] | None = None
    for mention in text.places.within(*part):
        if mention.start < body.after and mention.end > body.outer:
            continue
        first = max(sentence.start, mention.start - _MARK_REACH)
        before = {t.lower_ for t in sentence.doc[first : mention.start]}
        here = sentence.doc[mention.start].lower_ == "here"
        hosts = _is_host(sentence, mention.start, mention.end)
        if not (here or hosts or _PLACE_WORDS & before or _is_set_for(before)) or _SEATS & before:
            continue
        behind = mention.start >= body.after
        distance = mention.start - body.after if behind else body.outer - mention.end + 4
        if distance <= REACH_SETTING and (best is None or distance < best[0]):
            best = (distance, mention)
    return best[1] if best else _host_capital(text, sentence, part)


def _is_set_for(before: set[str]) -> bool:
    """'planned for Lima in 2023'."""
    return "for" in before and bool(before & {"planned", "scheduled", "billed", "slated", "set"})


def _is_host(sentence: TokenSpan, start: int, end: int) -> bool:
    """'Lima hosted', 'which Lima will host', 'hosted by Lima'."""
    doc = sentence.doc
    before = [t.lower_ for t in doc[max(sentence.start, start - 3) : start]]
    behind = {t.lower_ for t in doc[end : min(sentence.end, end + 3)]}
    return before[-2:] == ["hosted", "by"] or bool(behind & {"hosted", "host", "hosts"})


def _host_capital(text: _Text, sentence: TokenSpan, part: tuple[int, int]) -> PlaceMention | None:
    """A capital that acts as the host: 'the minutes of the session that Lima hosted'."""
    for mention in text.pairs.reading.countries:
        inside = part[0] <= mention.start < part[1] and mention.form == "capital"
        if inside and _is_host(sentence, mention.start, mention.end):
            city = sentence.doc[mention.start : mention.end].text
            return PlaceMention(mention.start, mention.end, city, mention.iso3)
    return None


def _merge(told: Sequence[_Session]) -> list[_Session]:
    """Make one session of the mentions that tell of the same one, in order of first mention."""
    merged: list[_Session] = []
    for session in told:
        for number, known in enumerate(merged):
            if _same(known, session):
                merged[number] = _join(known, session)
                break
        else:
            merged.append(session)
    return _absorb(merged)


def _same(known: _Session, session: _Session) -> bool:
    if known.pair != session.pair or not _same_body(known.body, session.body):
        return False
    if known.ordinal is not None and session.ordinal is not None:
        return known.ordinal == session.ordinal
    if _clash(known.date, session.date):
        return False
    ahead = {"planned", "proposed"}
    apart = (known.status in ahead) != (session.status in ahead)
    if apart and "other" in {known.body.which, session.body.which}:
        return False  # 'will meet soon; its previous meeting was held in 2022'
    # the founding of a body and a numbered session of it are two records
    numbered = known.ordinal is not None or session.ordinal is not None
    return not (numbered and "established" in {known.status, session.status})


def _same_body(first: BodyMention, second: BodyMention) -> bool:
    if first.acronym and first.acronym == second.acronym:
        return True
    dialogues = [b.head in {"dialogue", "dialog", "forum"} for b in (first, second)]
    if dialogues[0] != dialogues[1]:
        return False
    if not first.topics or not second.topics:
        return True
    if not (first.topics <= second.topics or second.topics <= first.topics):
        return False
    # 'Economic' and 'Trade and Economic' are one body, 'Economic' and 'Economic Partnership' two
    return not (first.topics ^ second.topics) & _DISTINCTIVE


def _clash(first: str | None, second: str | None) -> bool:
    if first is None or second is None:
        return False
    shorter = min(len(first), len(second))
    return first[:shorter] != second[:shorter]


def _join(known: _Session, session: _Session) -> _Session:
    """One record of two mentions: the first tells, the second fills in."""
    status = known.status
    if session.status == "concluded" and status != "cancelled":
        status = "concluded"
    elif status == "mentioned" or (status == "proposed" and session.status != "mentioned"):
        status = session.status
    fuller = session.body if len(session.body.topics) > len(known.body.topics) else known.body
    evidence, rule = known.evidence, known.rule
    if known.ordinal is None and session.ordinal is not None:
        evidence, rule = session.evidence, session.rule
    return replace(
        known,
        body=fuller,
        status=status,
        rule=rule,
        evidence=evidence,
        ordinal=known.ordinal if known.ordinal is not None else session.ordinal,
        date=known.date or session.date,
        date_end=known.date_end if known.date else session.date_end,
        city=known.city or session.city,
        place_country=known.place_country or session.place_country,
        co_chairs=known.co_chairs or session.co_chairs,
        sectors=tuple(dict.fromkeys((*known.sectors, *session.sectors))),
    )


def _absorb(sessions: list[_Session]) -> list[_Session]:
    """Drop bare mentions of a body that another record tells more of."""
    kept = []
    for session in sessions:
        bare = session.ordinal is None and session.status in {"mentioned", "proposed"}
        told = any(
            other is not session
            and other.pair == session.pair
            and other.status not in {"mentioned", "proposed"}
            and not (session.status == "proposed" and other.body.which == "other")
            and _same_body(other.body, session.body)
            for other in sessions
        )
        if not (bare and told):
            kept.append(session)
    return kept


def _record(session: _Session, number: int) -> Commission:
    status = "held" if session.status == "concluded" else session.status
    if status not in _STATUSES:
        status = "mentioned"
    confidence = 0.6 + 0.15 * session.body.named_pair + 0.15 * (session.ordinal is not None)
    if session.status == "mentioned":
        confidence -= 0.1
    return Commission(
        id=f"c{number}",
        evidence=session.evidence,
        rule=session.rule,
        confidence=round(confidence, 2),
        pair=session.pair,
        name=session.body.name,
        ordinal=session.ordinal,
        status=cast("CommissionStatus", status),
        date=session.date,
        date_end=session.date_end,
        city=session.city,
        place_country=session.place_country,
        co_chairs=session.co_chairs,
        sectors=session.sectors,
    )
