"""Reads the tellings of encounters, sentence by sentence.

What belongs here: putting together the word of an encounter with its sides, status and setting.
What does not: how each of these is found, and joining the tellings of one encounter into a record
(`meetings`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from pipelines.extraction.account import Account
from pipelines.extraction.account_gaps import GapFiller, is_official
from pipelines.extraction.account_sides import Found, SideFinder, before_next, find_mark
from pipelines.extraction.cue_words import cue_words
from pipelines.extraction.encounters import Trigger, find_triggers
from pipelines.extraction.event_setting import Scene, last_day, read_date, read_place, read_seat
from pipelines.extraction.event_status import read_status
from pipelines.extraction.mention_index import MentionIndex
from pipelines.extraction.representatives import Party
from pipelines.extraction.several_visits import by_date, read_exchanged
from pipelines.extraction.sides import REACH, Sides
from pipelines.extraction.visits import Journey, read_journey
from pipelines.language.mentions import Reading
from pipelines.language.sentences import BULLETS
from pipelines.records import Status

_DOCUMENTS = cue_words("documents")
_SIDE_NOUNS = cue_words("side_nouns")
_DOCUMENT_REACH = 14
_ANOTHER = frozenset(
    {"previous", "last", "earlier", "preceding", "next", "former", "second", "third", "another",
     "return", "follow"}
)  # fmt: skip
_ROUNDS = frozenset({"first", "fourth", "fifth", "sixth", "seventh", "eighth", "inaugural"})
_IN_TURN = ("one after the other", "in turn", "separately")
_LONGEST_SENTENCE = 200


@dataclass(frozen=True, slots=True)
class _Telling:
    """The word of an encounter in its sentence (the `number`th), and the status that it tells."""

    number: int
    scene: Scene
    trigger: Trigger
    status: Status

    def account(self, found: Found, doc: Doc) -> Account:
        """Return an account of the sides found, without day and place yet."""
        trigger = self.trigger
        forms = {party.form for party in (*found.left, *found.right)}
        confidence = 0.9 if forms == {"person"} else 0.8 if "country" not in forms else 0.7
        near = {t.lower_ for t in doc[max(0, trigger.start - 3) : trigger.end + 4]}
        behind = doc[trigger.end : min(self.scene.end, trigger.end + REACH)].text
        apart = (
            any(words in behind for words in _IN_TURN)
            or trigger.plural
            or trigger.form == "summon"
            or near & {"separately", "separate"}
        )
        return Account(
            trigger=trigger,
            kind=trigger.kind,
            status=self.status,
            sentence=self.number,
            start=self.scene.start,
            end=self.scene.end,
            left=found.left,
            right=found.right,
            rule=found.rule,
            confidence=confidence,
            separate=bool(apart),
            again=self._is_another(doc),
            new=self._is_new(doc),
            summit=doc[trigger.end - 1].lower_ == "summit",
        )

    def _is_new(self, doc: Doc) -> bool:
        """Whether it opens the sentence as not known yet: 'A meeting of the presidents'."""
        at = self.trigger.start
        while at > self.scene.start and doc[at - 1].is_alpha and not doc[at - 1].is_stop:
            at -= 1
        opens = at == self.scene.start + 1
        return self.trigger.is_noun and opens and doc[at - 1].lower_ in {"a", "an"}

    def _is_another(self, doc: Doc) -> bool:
        """'his second visit', 'another meeting': not the one told before."""
        words = doc[max(self.scene.start, self.trigger.start - 3) : self.trigger.start]
        in_rounds = doc[self.trigger.end - 1].lower_ in {"consultations", "negotiations"}
        marks = _ANOTHER | _ROUNDS if in_rounds else _ANOTHER
        return self.trigger.is_noun and any(token.lower_ in marks for token in words)


def read_accounts(reading: Reading, sides: Sides) -> tuple[Account, ...]:
    """Return the tellings of encounters of an article with its `sides`, in the order of the text.

    Those that name fewer than two countries are among them: they may add a day or a place to an
    encounter that was told before ('The meeting took place in Muscat').
    """
    return tuple(_Reader(reading, sides).accounts())


class _Reader:
    """Goes through the sentences of an article with what was told before in mind."""

    def __init__(self, reading: Reading, sides: Sides) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.sides = sides
        self.context = reading.context
        self.triggers = find_triggers(reading.doc, reading.body_start)
        self.previous: Account | None = None
        self.finder = SideFinder(self.sides)
        self.gaps = GapFiller(self.sides, self.finder, self.context)

    def accounts(self) -> Iterator[Account]:
        """Yield the accounts sentence by sentence."""
        for number, scene in enumerate(self._scenes()):
            for trigger in scene.triggers:
                status = read_status(self.doc, trigger, scene.start, scene.end)
                if status is None:
                    continue
                for account in self._read(_Telling(number, scene, trigger, status)):
                    if len(account.countries) > 1:
                        self.previous = account
                        self.gaps.remember(account)
                    yield account

    def _scenes(self) -> Iterator[Scene]:
        dates, places, triggers = (
            MentionIndex(self.reading.dates),
            MentionIndex(self.reading.places),
            self.triggers,
        )
        at = 0
        for start, end in self._stretches():
            own: list[Trigger] = []
            while at < len(triggers) and triggers[at].start < end:
                own.append(triggers[at])
                at += 1
            yield Scene(
                start=start,
                end=end,
                dates=dates.within(start, end) if own else (),
                places=places.within(start, end) if own else (),
                triggers=tuple(own),
                parties=self.sides.within(start, end) if own else (),
            )

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """Sentences of the body; endless ones are cut, so that no text takes quadratic time."""
        for sentence in self.doc.sents:
            start = max(sentence.start, self.reading.body_start)
            while start < sentence.end:
                end = min(sentence.end, start + _LONGEST_SENTENCE)
                yield start, end
                start = end

    def _read(self, telling: _Telling) -> Iterator[Account]:
        trigger = telling.trigger
        if trigger.kind == "visit":
            yield from self._visits(telling)
            return
        account = self._signing(telling) if trigger.form == "sign" else self._talks(telling)
        if account is not None:
            yield account

    def _talks(self, telling: _Telling) -> Account | None:
        scene, trigger = telling.scene, telling.trigger
        found = self.finder.find(scene, trigger, self.previous)
        if found is None:
            return None
        account = self.gaps.complete(telling.account(found, self.doc), scene, self.previous)
        account = self._set(replace(account, company=self._company(scene, account.left)), scene)
        # 'both sides agreed to continue consultations': no one encounter
        loose = account.rule == "two-sides-talk" and account.status in {"planned", "proposed"}
        return None if loose and not (account.date or account.place_country) else account

    def _company(self, scene: Scene, left: tuple[Party, ...]) -> tuple[Party, ...]:
        """'accompanied by the ambassador': those of the same side who came along."""
        if not left:
            return ()
        for party in scene.parties:
            before = [t.lower_ for t in self.doc[max(scene.start, party.start - 4) : party.start]]
            if "accompanied" in before and party.country in {None, left[0].country}:
                listed = self.sides.after(party.start, scene.end)
                return tuple(replace(p, country=left[0].country) for p in listed)
        return ()

    def _set(self, account: Account, scene: Scene) -> Account:
        trigger = account.trigger
        date = read_date(self.reading, scene, trigger)
        if (
            date
            and trigger.form == "discuss"
            and self.doc[trigger.end - 1].lower_ != "in"  # 'agreed in Oslo on Monday'
            and not account.right
            and date.start > scene.start + 3
        ):
            date = None  # a date of what they spoke of: 'discussed last year's accord'
        place, seat = None, None
        if trigger.kind not in {"call", "video"}:  # who telephones is in no one place
            place = read_place(self.reading, scene, trigger, account.parties)
            seat = read_seat(self.reading, trigger.end, min(scene.end, trigger.end + REACH))
        host = None
        if account.trigger.form in {"host", "summon"}:
            hosts = account.right if account.rule.endswith("passive") else account.left
            host = next((p.country for p in hosts if p.country), None)
        if account.trigger.form == "summon" and place is None:
            return replace(
                account,
                date=date.date if date else None,
                date_end=date.date_end if date else None,
                place_country=host,
                host=host,
            )
        return replace(
            account,
            date=date.date if date else None,
            date_end=date.date_end if date else None,
            city=place.city if place else seat[0] if seat else None,
            place_country=place.country if place else seat[1] if seat else None,
            host=host,
        )

    def _signing(self, telling: _Telling) -> Account | None:
        """A signing whose signers, or whose countries and place, are told."""
        scene, trigger = telling.scene, telling.trigger
        words = {
            t.lower_ for t in self.doc[trigger.end : min(scene.end, trigger.end + _DOCUMENT_REACH)]
        }
        left = self.sides.before(trigger.start, scene.start)
        if self.doc[trigger.end].lower_ == "by" if trigger.end < len(self.doc) else False:
            # 'the agreement was signed by A and B'
            left = self.sides.after(trigger.end + 1, scene.end)
            words = {
                t.lower_ for t in self.doc[max(scene.start, trigger.start - 20) : trigger.start]
            }
        both = self.finder.tells_of_two(scene, trigger.start)
        both = both or self._names_the_sides(scene, trigger)
        if not left:  # 'will be signed by the ministers of the two countries'
            both = both or self.finder.tells_of_two(scene, min(scene.end, trigger.end + 22))
        if both and len({p.country for p in left if p.country}) < 2:
            left = self.finder.told_before(scene, self.previous, trigger.start)
        elif len({p.country for p in left if p.country}) == 1:
            left = (*left, *self._signed_with(scene, trigger))
        if not words & _DOCUMENTS or len({p.country for p in left if p.country}) < 2:
            return None
        account = self._set(telling.account(Found(left, (), "sign-verb"), self.doc), scene)
        vague = both and self._is_abstract(trigger)
        persons = len({p.country for p in left if p.form == "person"} - {None}) > 1
        sidelines = any(
            t.lower_ in {"sidelines", "margins"} for t in self.doc[scene.start : scene.end]
        )
        likely = (persons or telling.status == "planned") and not vague
        return account if likely or account.place_country or sidelines else None

    def _names_the_sides(self, scene: Scene, trigger: Trigger) -> bool:
        """'The ministers signed two documents', where the article is about two sides."""
        words = [t.lower_ for t in self.doc[max(scene.start, trigger.start - 3) : trigger.start]]
        named = "the" in words and bool(_SIDE_NOUNS & set(words))
        return named and len(self.finder.two_sides) == 2

    def _is_abstract(self, trigger: Trigger) -> bool:
        """'the two sides signed': nobody is told to have met for it."""
        before = self.doc[max(0, trigger.start - 10) : trigger.start]
        return any(
            token.lower_ in {"sides", "countries", "nations", "governments", "parties", "states"}
            for token in before
        )

    def _signed_with(self, scene: Scene, trigger: Trigger) -> tuple[Party, ...]:
        """'signed the agreement with Minister A', 'together with his guest'."""
        end = before_next(scene, trigger, REACH)
        mark = find_mark(self.doc, "with", trigger.end, end, {".", ";"})
        listed = () if mark is None else self.sides.after(mark + 1, scene.end)
        return tuple(party for party in listed if party.level)

    def _visits(self, telling: _Telling) -> Iterator[Account]:
        """The visits of one telling: one, as a rule; both of an exchange, all of a tour."""
        scene, trigger = telling.scene, telling.trigger
        journeys = read_exchanged(self.sides, scene, trigger)
        if journeys and telling.status == "ongoing":
            telling = replace(telling, status="held")  # the noun reads as a verb of the present
        if not journeys:
            journey = read_journey(self.reading, self.sides, scene, trigger)
            journeys = (journey,) if journey else ()
        for journey in journeys:
            account = self._visit(telling, journey)
            if account is None:
                continue
            yield from by_date(account, scene)
            for country in account.further:
                yield replace(
                    account,
                    visited=country,
                    host=country,
                    place_country=country,
                    city=None,
                    further=(),
                )

    def _visit(self, telling: _Telling, journey: Journey) -> Account | None:
        scene = telling.scene
        if self._is_uncounted(journey.visitors):
            return None
        visited = self._visited(telling, journey)
        guests = journey.visitors
        listed = self._listed_before(telling)
        if listed is not None and listed.visited == visited and guests[0].country is None:
            guests = tuple(replace(p, country=listed.left[0].country) for p in guests)
        visitors = self._visitors(guests, visited, scene) if visited else ()
        if visited is None or not visitors:
            return None
        account = telling.account(Found(visitors, (), journey.rule), self.doc)
        date = read_date(self.reading, scene, telling.trigger)
        last = date.date_end if date else None
        if date is not None and last is None:
            last = last_day(self.doc, scene, date.date)
        return replace(
            account,
            company=self._company(scene, visitors) + journey.hosts,
            further=tuple(c for c in journey.further if c != visitors[0].country),
            visited=visited,
            host=visited,
            city=journey.city,
            place_country=visited,
            date=date.date if date else None,
            date_end=last,
        )

    def _listed_before(self, telling: _Telling) -> Account | None:
        """The visit of the item before in a list: the items tell of one direction."""
        opens = self.doc[telling.scene.start].text in BULLETS
        previous = self.previous
        if not opens or previous is None or previous.sentence != telling.number - 1:
            return None
        return previous if previous.visited and previous.left else None

    def _is_uncounted(self, visitors: tuple[Party, ...]) -> bool:
        """'Several ministers have visited Peru': no one visit."""
        if not visitors or visitors[0].form == "person":
            return False
        first = visitors[0].start
        words = {token.lower_ for token in self.doc[max(0, first - 1) : first + 2]}
        return bool(words & {"several", "many", "numerous", "various", "most"})

    def _visited(self, telling: _Telling, journey: Journey) -> str | None:
        known = journey.visitors[0].country if journey.visitors else None
        if known is None and journey.implied and journey.country is None:
            listed = self._listed_before(telling)
            return listed.visited if listed else None
        if telling.trigger.form == "visiting":
            return self.gaps.host_of(known, telling.scene) if known else None
        if journey.country is None and known is not None and journey.implied:
            return self.gaps.other(known, telling.scene, self.previous)
        return journey.country

    def _visitors(
        self, visitors: tuple[Party, ...], visited: str, scene: Scene
    ) -> tuple[Party, ...]:
        """The visitors with their country, where it is not that of their hosts."""
        if visitors and visitors[0].country is None:
            home = self.context.home
            other = home if home != visited else self.gaps.other(visited, scene, self.previous)
            if other is None or not any(is_official(p) for p in visitors):
                return ()
            visitors = tuple(replace(p, country=other) for p in visitors)
        return tuple(p for p in visitors if p.country != visited)
