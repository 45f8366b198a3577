"""The encounters of two countries that an article tells: talks, visits, calls, signings.

What belongs here: joining the tellings of one encounter into one record, a record a pair, and the
visit that talks were part of. What does not: reading a single sentence (`accounts`), and sessions
of standing bodies (`commissions`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations

from pipelines.extraction.account import Account
from pipelines.extraction.accounts import read_accounts
from pipelines.extraction.representatives import Party
from pipelines.extraction.rosters import Roster, find_rosters
from pipelines.extraction.sides import Sides, highest, lowest
from pipelines.language.mentions import Reading
from pipelines.lexicons import read_lexicon
from pipelines.records import (
    LEVELS,
    Commission,
    Level,
    Meeting,
    MeetingKind,
    Participant,
    Span,
    Status,
    pair_of,
)

_FACE_TO_FACE = frozenset({"talks", "negotiation", "consultation"})
_MANY = 5
_NEAR_SENTENCES = 4
_NEAR_LETTERS = 900
_LASTING = frozenset({"day", "days", "week", "tour", "arrived", "arrives", "began", "begins"})
"""Words of a visit that may go on after the day that is told."""
_REMEMBERED = 100  # encounters that a later telling may be of: no text takes quadratic time


def find_meetings(reading: Reading, commissions: Sequence[Commission] = ()) -> tuple[Meeting, ...]:
    """Return the encounters of an article, one record a pair, in the order of the text.

    `commissions` are the sessions that it tells: what is signed there has their day and place.

    Offsets are code points. An encounter told several times is one record with all that is told
    of it; of three or four countries each pair has a record, and they share `encounter`; of five
    and more only those pairs are made that are said to have met.
    """
    events: list[_Event] = []
    waiting: list[Account] = []  # tellings without sides, whose encounter may follow
    sides = Sides(reading)
    for account in read_accounts(reading, sides):
        waiting = [early for early in waiting if early.sentence == account.sentence]
        if not _add(events, account, waiting):
            waiting.append(account)
    complete = [event for event in events if event.pairs()]
    _seat(reading, complete, find_rosters(sides, reading.body_start))
    _find_parents(reading, complete)
    _settle_signings(reading, complete, commissions)
    return _records(reading, complete)


@dataclass
class _Event:
    """An encounter as it takes shape while its tellings are read."""

    account: Account
    kind: MeetingKind
    status: Status
    parties: list[Party]
    date: str | None
    date_end: str | None
    city: str | None
    place_country: str | None
    host: str | None
    parent: _Event | None = None
    ids: dict[str, str] = field(default_factory=dict)
    known: set[tuple[str | None, str | None, tuple[str, ...], str | None]] = field(
        default_factory=set
    )

    @property
    def countries(self) -> tuple[str, ...]:
        """All that take part, the visited country included."""
        codes = [party.country for party in self.parties if party.country]
        if self.account.visited:
            codes.append(self.account.visited)
        return tuple(dict.fromkeys(codes))

    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of countries that met one another; a state and its territory make none."""
        return [pair for pair in self._met() if not _is_domestic(*pair)]

    def _met(self) -> list[tuple[str, str]]:
        countries = self.countries
        if self.account.visited is not None:
            visited = self.account.visited
            return [(c, visited) for c in countries if c != visited]
        subjects = {p.country for p in self.account.left if p.country}
        partners = {p.country for p in self.account.right if p.country}
        if (self.account.separate or len(countries) >= _MANY) and subjects and partners:
            if len(subjects) > 1 and len(countries) >= _MANY:
                return []
            return [(a, b) for a in sorted(subjects) for b in countries if b in partners - {a}]
        if len(countries) >= _MANY:
            return []
        return list(combinations(countries, 2))

    def names(self, country: str) -> set[str]:
        """Surnames of the participants of a country."""
        return {
            surname(name)
            for party in self.parties
            if party.country == country
            for name in (party.name, *party.names)
            if name
        }


@cache
def _territories() -> dict[str, str]:
    return {
        territory: entry["state"]
        for entry in read_lexicon("dependencies")
        for territory in entry["territories"].split("|")
    }


def _is_domestic(one: str, other: str) -> bool:
    return _territories().get(one, one) == _territories().get(other, other)


def surname(name: str) -> str:
    """Return the last word of a name in lower case, without 'Jr.' and numerals."""
    words = [w for w in name.replace(",", " ").split() if w.lower().strip(".") not in _SUFFIXES]
    return words[-1].lower() if words else name.lower()


_SUFFIXES = frozenset({"jr", "sr", "i", "ii", "iii", "iv", "v", "vi"})


# -- one event of several tellings -----------------------------------------------------------


def _add(events: list[_Event], account: Account, waiting: Sequence[Account]) -> bool:
    """Join an account to the event that it tells of, or begin a new one; False if neither.

    `waiting` are tellings of the same sentence that could not be joined: 'In a meeting held in
    Muscat on Sunday, the ministers of A and B held talks'.
    """
    for event in reversed(events[-_REMEMBERED:]):
        if _same(event, account):
            _merge(event, account)
            return True
    if len(account.countries) < 2:
        return False
    event = _Event(
        account=account,
        kind=account.kind,
        status=account.status,
        parties=[*account.parties, *account.company],
        date=account.date,
        date_end=account.date_end,
        city=account.city,
        place_country=account.place_country,
        host=account.host,
    )
    events.append(event)
    for early in waiting:
        if _same(event, early):
            _merge(event, early)
    return True


def _same(event: _Event, account: Account) -> bool:
    """Whether an account tells of an event that is known already."""
    agree = (
        _kinds_agree(event, account)
        and _states_agree(event, account)
        and _dates_agree(event.date, account.date)
        and not (event.city and account.city and event.city != account.city)
    )
    if not agree or len(account.countries) < 2:
        return agree and _refers_back(event, account)
    if account.again or account.visited != event.account.visited:
        return False
    if len(account.countries) < _MANY <= len(event.countries):
        return False  # two who spoke in the margins of a meeting of many
    known = set(account.countries) <= set(event.countries)
    return (known or account.visited is not None) and _people_agree(event, account)


def _kinds_agree(event: _Event, account: Account) -> bool:
    if event.kind == account.kind:
        return True
    # 'the talks' may be those on the telephone that were told before
    return (
        account.kind == "talks"
        and event.kind in {"call", "video", *_FACE_TO_FACE}
        and (account.trigger.is_noun or account.trigger.form == "discuss")
    )


def _states_agree(event: _Event, account: Account) -> bool:
    done = {"held", "ongoing"}
    if event.status == account.status or {event.status, account.status} <= done:
        return True
    return {event.status, account.status} <= {"planned", "proposed"}


def _dates_agree(first: str | None, second: str | None) -> bool:
    if first is None or second is None:
        return True
    length = min(len(first), len(second))
    return first[:length] == second[:length]


def _refers_back(event: _Event, account: Account) -> bool:
    """'The meeting was held in Muscat': nothing new but the setting."""
    if account.sentence - event.account.sentence > _NEAR_SENTENCES or account.new or account.again:
        return False
    return set(account.countries) <= set(event.countries)


def _people_agree(event: _Event, account: Account) -> bool:
    """No side is told with other people: the same visitor may meet several hosts in turn."""
    for country in account.countries:
        known = event.names(country)
        told = {
            surname(name)
            for party in account.parties
            if party.country == country
            for name in (party.name, *party.names)
            if name
        }
        if known and told and not known & told:
            return False
        if bool(known) != bool(told) and not _may_be_one(event, account, country):
            return False
    return True


def _may_be_one(event: _Event, account: Account, country: str) -> bool:
    """Whether who is named can be who is told by office alone: not a minister and a president."""
    ranks = [
        {p.level for p in parties if p.country == country and p.form == "person" and p.level}
        for parties in (event.parties, account.parties)
    ]
    told = all(ranks) and not any(p.counterpart for p in (*event.parties, *account.parties))
    return not told or bool(ranks[0] & ranks[1])


def _merge(event: _Event, account: Account) -> None:
    event.date = max(event.date or "", account.date or "", key=len) or None
    event.date_end = event.date_end or account.date_end
    if event.city is None and account.city is not None:
        event.city, event.place_country = account.city, account.place_country
    event.place_country = event.place_country or account.place_country
    event.host = event.host or account.host
    if account.status == "ongoing" and event.kind == "visit":
        event.status = "ongoing"
    if event.status == "proposed":
        event.status = account.status
    for party in (*account.parties, *account.company):
        known = (party.country, party.name, party.names, party.role)
        if party.country in event.countries and known not in event.known:
            event.parties.append(party)
            event.known.add(known)


def _seat(reading: Reading, events: Sequence[_Event], rosters: Iterable[Roster]) -> None:
    """Add people to the encounter that they sat at: the last one told, or the first, the main one.

    Of one that is but referred to, the sentence must be near. Members of a delegation go with its
    visit, to all countries of a tour; hosts are no visitors.
    """
    starts = [sentence.start for sentence in reading.doc.sents]
    order = [event.account.start for event in events]
    for roster in rosters:
        lands = {party.country for party in roster.parties if party.country}
        before = bisect_right(order, roster.start)
        remembered = [*events[:1], *events[max(1, before - _REMEMBERED) : before]]
        told = [
            event
            for event in remembered
            if event.account.start <= roster.start
            and lands & set(event.countries)
            and lands != {event.account.visited}
        ]
        if not told:
            continue
        event = told[-1]
        at, last = bisect_right(starts, roster.start), bisect_right(starts, event.account.start)
        if roster.refers and at - last > 1:
            continue
        event = told[0] if at - last > _NEAR_SENTENCES else event
        visits = [e for e in told if roster.of_delegation and e.kind == "visit"]
        tour = [e for e in visits if e.account.start == visits[0].account.start]
        for sat in tour or [event]:
            _take_seats(sat, roster.parties)


def _take_seats(event: _Event, parties: Sequence[Party]) -> None:
    for party in parties:
        known = event.names(party.country) if party.country in event.countries else None
        if known is not None and party.name and surname(party.name) not in known:
            event.parties.append(party)


# -- visits and the talks within them --------------------------------------------------------


def _find_parents(reading: Reading, events: Sequence[_Event]) -> None:
    # 'on Wednesday' without a known week is not the first day of the visit
    own_day = {
        number
        for number, sentence in enumerate(reading.doc.sents)
        if any(mention.date is None for mention in reading.dates_in(sentence))
    }
    visits = [event for event in events if event.kind == "visit"]
    for event in events:
        if event.kind not in {*_FACE_TO_FACE, "signing"}:
            continue
        for visit in visits:
            if not _within(event, visit):
                continue
            event.parent = visit
            near = abs(event.account.sentence - visit.account.sentence) <= 1
            if event.city is None and event.place_country in {None, visit.place_country}:
                event.city = visit.city
                event.place_country = visit.place_country if visit.city else event.place_country
            if event.date is None and event.account.sentence not in own_day:
                event.date = _day_of_visit(reading, visit, near=near)
            break


def _day_of_visit(reading: Reading, visit: _Event, *, near: bool) -> str | None:
    """The day of talks within a visit: its own, if it has one, else the month of all its days."""
    if visit.date is None:
        return None
    if visit.date_end is not None:
        month = visit.date[:7]
        return month if len(visit.date) == 10 and visit.date_end[:7] == month else None
    account = visit.account
    words = {token.lower_.split("-")[-1] for token in reading.doc[account.start : account.end]}
    return visit.date if near or not words & _LASTING else None


def _within(event: _Event, visit: _Event) -> bool:
    """Whether talks can have been part of a visit."""
    return (
        {visit.account.visited, *visit.countries} <= set(event.countries)
        and event.place_country in {None, visit.place_country}
        and not (event.city and visit.city and event.city != visit.city)
        and _states_agree(event, visit.account)
        and (_dates_agree(event.date, visit.date) or _in_range(event.date, visit))
        and _visitor_is_there(event, visit)
    )


def _visitor_is_there(event: _Event, visit: _Event) -> bool:
    for country in set(visit.countries) - {visit.account.visited}:
        travelling, met = visit.names(country), event.names(country)
        if travelling and met and not travelling & met:
            return False
    return True


def _in_range(date: str | None, visit: _Event) -> bool:
    return bool(date and visit.date and visit.date_end and visit.date <= date <= visit.date_end)


def _settle_signings(
    reading: Reading, events: Sequence[_Event], commissions: Sequence[Commission]
) -> None:
    """Give a signing without day and place those of the talks or session told shortly before."""
    for event in events:
        if event.kind != "signing" or event.date or event.city or event.parent:
            continue
        at = reading.doc[event.account.start].idx
        occasions = [
            (_evidence(reading, other.account).start, other.date, other.city, other.place_country)
            for other in events
            if other.kind in _FACE_TO_FACE
            and set(other.countries) == set(event.countries)
            and _states_agree(event, other.account)
        ]
        # of what has just been told, not of the session of years ago that it refers to
        now = max((date for _, date, *_ in occasions if date), default=reading.article.published)
        occasions += [
            (session.evidence.start, session.date, session.city, session.place_country)
            for session in commissions
            if {*session.pair.split("-")} == {*event.countries}
            and session.status in {event.status, "held", "ongoing"}
            and not (occasions and session.date and now and session.date[:4] < now[:4])
        ]
        before = [occasion for occasion in occasions if at - _NEAR_LETTERS < occasion[0] < at]
        if before:
            _, event.date, event.city, event.place_country = max(before, key=lambda o: o[0])


# -- records ---------------------------------------------------------------------------------


def _records(reading: Reading, events: Iterable[_Event]) -> tuple[Meeting, ...]:
    meetings: list[Meeting] = []
    for event in events:
        pairs = event.pairs()
        first = f"m{len(meetings) + 1}"
        shared = len(pairs) > 1 and event.account.visited is None and not event.account.separate
        for one, other in pairs:
            number = f"m{len(meetings) + 1}"
            event.ids[pair_of(one, other)] = number
            meetings.append(
                Meeting(
                    id=number,
                    evidence=_evidence(reading, event.account),
                    rule=event.account.rule,
                    confidence=event.account.confidence,
                    pair=pair_of(one, other),
                    kind=event.kind,
                    status=_status_by_date(reading, event),
                    date=event.date,
                    date_end=event.date_end,
                    city=event.city,
                    place_country=event.place_country,
                    host_country=_host(event, {one, other}),
                    level=_level(event, one, other),
                    multilateral=len(event.countries) >= _MANY,
                    participants=_participants(event, {one, other}, shared),
                    encounter=first if shared else None,
                )
            )
    return _with_parents(meetings, events)


def _with_parents(meetings: Sequence[Meeting], events: Iterable[_Event]) -> tuple[Meeting, ...]:
    parents: dict[str, str] = {}
    for event in events:
        if event.parent is None:
            continue
        for pair, number in event.ids.items():
            if pair in event.parent.ids:
                parents[number] = event.parent.ids[pair]
    return tuple(replace(m, parent=parents[m.id]) if m.id in parents else m for m in meetings)


def _evidence(reading: Reading, account: Account) -> Span:
    span = reading.doc[account.start : account.end]
    text = span.text
    return Span(span.start_char, span.start_char + len(text.rstrip()))


def _status_by_date(reading: Reading, event: _Event) -> Status:
    """A day that is past on the day of publication has been held; one to come is planned."""
    published = (reading.article.published or "")[:10]
    if event.date is None or len(published) < 10 or event.status in {"proposed", "cancelled"}:
        return event.status
    length = len(event.date)
    if event.date > published[:length]:
        return "planned"
    last = event.date_end or event.date
    if last < published[: len(last)]:
        ended = event.status in {"planned", "held"} or event.date_end is not None
        return "held" if ended else event.status
    return event.status


def _host(event: _Event, pair: set[str]) -> str | None:
    if event.host is not None:
        return event.host
    return event.place_country if event.place_country in pair else None


def _level(event: _Event, one: str, other: str) -> Level | None:
    """The visitor's rank for a visit, else that of the lower-ranked side's highest person."""
    sides = [
        highest([_rank(p) for p in event.parties if p.country == country])
        for country in (one, other)
    ]
    if event.account.visited is not None:
        return sides[0] if event.account.visited == other else sides[1]
    if any(p.counterpart for p in event.parties):
        # a counterpart has the rank of the one whose counterpart he is
        known = [side for side in sides if side is not None]
        sides = [side or (known[0] if known else None) for side in sides]
    if event.account.summit and not any(sides):
        return "leader"
    if LEVELS[-1] in sides:
        return LEVELS[-1]  # none can be lower, whoever the others were
    return lowest(sides)


def _rank(party: Party) -> Level | None:
    """A party's rank; that of a counterpart without a name is left to the other side."""
    return None if party.counterpart and party.name is None else party.level


def _participants(event: _Event, pair: set[str], shared: bool) -> tuple[Participant, ...]:
    found: dict[tuple[str | None, str | None], Participant] = {}
    for party in event.parties:
        if party.form == "country" or party.country is None:
            continue
        if not shared and party.country not in pair:
            continue
        names: tuple[str | None, ...] = party.names or (party.name,)
        for name in names:
            key = (surname(name) if name else None, party.country)
            if name is None and not party.role:
                continue
            known = found.get(key)
            if known is None or (known.role is None and party.role is not None):
                found[key] = Participant(name, party.role, party.country)
    named = {person.country for person in found.values() if person.name}
    return tuple(p for p in found.values() if p.name or p.country not in named)
