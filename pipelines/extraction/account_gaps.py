"""Sides that a sentence takes for granted: 'the minister met his Omani counterpart'.

What belongs here: filling them in from the article's home side, its title, the sentence before
and the encounter told last. What is filled in so is less sure, and says so (`confidence`). What
does not belong here: sides that the sentence tells.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from pipelines.extraction.account import Account
from pipelines.extraction.account_sides import SideFinder, phrase_start
from pipelines.extraction.encounters import Trigger
from pipelines.extraction.event_setting import Scene, place_of_clause
from pipelines.extraction.representatives import Party
from pipelines.extraction.sides import Sides
from pipelines.language.mentions import Context
from pipelines.records import MeetingKind


def is_official(party: Party) -> bool:
    """Whether a party holds an office; a businessman or an artist represents no country."""
    return party.level is not None or party.form == "delegation" or party.counterpart


def _bare_country(account: Account, country: str | None) -> Party:
    """A side that the sentence leaves unsaid."""
    return Party(account.trigger.start, account.trigger.start, "country", country)


class GapFiller:
    """Adds unsaid sides to the accounts of one article."""

    def __init__(self, sides: Sides, finder: SideFinder, context: Context) -> None:
        self.sides = sides
        self.finder = finder
        self.doc = sides.doc
        self.context = context
        self._kinds: dict[str, MeetingKind] = {}
        self._sentences = [sentence.start for sentence in sides.doc.sents]

    def complete(self, account: Account, scene: Scene, previous: Account | None) -> Account:
        """Add a side that the sentence takes for granted, from the context."""
        theirs = self._is_theirs(scene, account.trigger)
        told = tuple(
            p for p in scene.parties if p.form != "country" and p.end <= account.trigger.start
        )
        if theirs and len({p.country for p in told if p.country}) == 2:
            return replace(account, left=told, right=(), confidence=0.7)
        another = account.again and self._is_of_nobody(account.trigger)
        # 'the committees held their meetings'
        alone = theirs and self._noun(account) == "meetings"
        implied = another or theirs or self._is_bilateral(account.trigger)
        if not account.parties and implied and not alone:
            both = self.finder.told_before(scene, previous, account.trigger.start)
            if another and not theirs:  # who sat at another round is not told
                codes = dict.fromkeys(p.country for p in both if p.country)
                both = tuple(_bare_country(account, code) for code in codes)
            kind = self._kinds.get(self._noun(account), account.kind)
            return replace(account, left=both, kind=kind, confidence=0.5)
        summons = account.trigger.form == "summon"
        if len(account.countries) > 1 and not summons:
            return account
        known = account.countries[0] if account.countries else None
        if known is None and self._is_of_ambassador(account):
            lands = tuple(_bare_country(account, code) for code in self.finder.two_sides)
            return replace(account, right=(*account.right, *lands), confidence=0.4)
        if summons and not any(p.country for p in account.left):
            home = self.context.home
            summoners = (_bare_country(account, home),) if home else ()
            return replace(account, left=summoners, confidence=0.7)
        return self._complete_one(account, known, scene, previous) if known else account

    def _is_of_ambassador(self, account: Account) -> bool:
        """'Ambassador A met General B', both of no known land: each is of another."""
        levels = [party.level for party in account.parties]
        both = bool(account.left) and bool(account.right) and None not in levels
        return both and levels.count("ambassador") == 1

    def remember(self, account: Account) -> None:
        """Keep the kind that a noun of consultations or negotiations stands for in the article."""
        if account.kind in {"consultation", "negotiation"}:
            self._kinds[self._noun(account)] = account.kind

    def _noun(self, account: Account) -> str:
        return self.doc[account.trigger.end - 1].lower_

    def _complete_one(
        self, account: Account, known: str, scene: Scene, previous: Account | None
    ) -> Account:
        """Add the other side to the one that is known."""
        there = place_of_clause(self.sides.reading, scene, account.trigger)
        if there is not None and account.left and there.country not in {None, known}:
            right = tuple(replace(p, country=there.country) for p in account.right)
            right = right or (_bare_country(account, there.country),)
            return replace(account, right=right, confidence=0.7)
        if not account.right:
            host = previous.visited if previous and previous.start == account.start else None
            if self._has_partner(account) and host not in {None, known} and account.left:
                return replace(account, right=(_bare_country(account, host),), confidence=0.6)
            return self._complete_joint(account, known)
        if not any(p.country for p in account.left):
            return self._complete_subject(account, known)
        return self._complete_partners(account, known, self.other(known, scene, previous))

    def _has_partner(self, account: Account) -> bool:
        """'visited Lima for talks', 'visited Lima and met with members of the party'."""
        end = account.trigger.end
        behind = self.doc[end].lower_ if end < len(self.doc) else ""
        return account.trigger.form == "talk" or (
            account.trigger.form == "meet" and behind == "with"
        )

    def _complete_partners(self, account: Account, known: str, other: str | None) -> Account:
        """'sent a delegation to Peru, which met the prime minister': he is of the other side."""
        right = account.right
        if other in {None, known} or any(p.country for p in right):
            return account
        if not any(p.level for p in right):
            return account
        filled = tuple(replace(p, country=other) for p in right)
        return replace(account, right=filled, confidence=0.5)

    def _is_of_nobody(self, trigger: Trigger) -> bool:
        """'their previous meeting', but not 'the second meeting of the Friends of the Sea'."""
        after = self.doc[trigger.end].lower_ if trigger.end < len(self.doc) else ""
        before = {token.lower_ for token in self.doc[max(0, trigger.start - 3) : trigger.start]}
        of_them = {t.lower_ for t in self.doc[trigger.end : trigger.end + 3]} & {"two", "three"}
        named = bool(before & {"'s", "’s"}) or (after in {"of", "for", "on"} and not of_them)
        return trigger.form == "talk" and not named

    def _is_bilateral(self, trigger: Trigger) -> bool:
        """'the bilateral consultations', 'a second round of negotiations': both sides are clear."""
        before = {token.lower_ for token in self.doc[max(0, trigger.start - 2) : trigger.start]}
        words = {token.lower_ for token in self.doc[trigger.start : trigger.end]}
        return trigger.form == "talk" and ("bilateral" in before or "round" in words)

    def _is_theirs(self, scene: Scene, trigger: Trigger) -> bool:
        head = phrase_start(self.doc, scene, trigger)
        return trigger.form == "talk" and self.doc[head].lower_ == "their"

    def _complete_joint(self, account: Account, known: str) -> Account:
        """'Minister A and his Omani counterpart met': A is of the home country."""
        home = self.context.home
        if home in {None, known} or not any(p.country is None for p in account.left):
            return account
        filled = tuple(
            replace(p, country=home) if p.country is None and is_official(p) else p
            for p in account.left
        )
        return replace(account, left=filled, confidence=0.6)

    def _complete_subject(self, account: Account, known: str) -> Account:
        home = self.context.home
        if account.left:
            other = home if home not in {None, known} else self._commonest_other(known)
            if other is not None and any(is_official(p) for p in account.left):
                filled = tuple(replace(p, country=other) for p in account.left)
                return replace(account, left=filled, confidence=0.6)
            return account
        previous = self._last_subject(account.start, known)
        if previous is not None:
            return replace(account, left=(previous,), confidence=0.6)
        titled = set(self.context.titled) - {known}
        persons = any(p.form == "person" or p.counterpart for p in account.right)
        if known in self.context.titled and len(titled) == 1 and persons:
            return replace(account, left=(_bare_country(account, titled.pop()),), confidence=0.4)
        return account

    def _commonest_other(self, known: str) -> str | None:
        """The country spoken of most besides one, if no other is spoken of as much."""
        counts = [item for item in self.context.common if item[0] != known]
        if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
            return None
        return counts[0][0]

    def _last_subject(self, start: int, known: str) -> Party | None:
        """The first official of the sentence before, if of another country."""
        at = bisect_left(self._sentences, start) - 1
        begin = max(self._sentences[at], self.sides.reading.body_start) if at >= 0 else start
        for party in self.sides.within(begin, start):
            if party.form == "person" and party.country not in {None, known}:
                return party
        return None

    def other(self, known: str, scene: Scene, previous: Account | None) -> str | None:
        """The one other country that a sentence, the last account or the title speaks of."""
        near = {m.iso3 for m in self.sides.countries.within(scene.start, scene.end)} - {known}
        if len(near) == 1:
            return near.pop()
        own = self.context.own
        if own not in {None, known} and (previous is None or own not in previous.countries):
            return own
        if previous is not None and known in previous.countries:
            others = set(previous.countries) - {known}
            if len(others) == 1:
                return others.pop()
        titled = set(self.context.titled) - {known}
        if known in self.context.titled and len(titled) == 1:
            return titled.pop()
        home = self.context.home
        return home if home != known else None

    def host_of(self, known: str, scene: Scene) -> str | None:
        """The country that a 'visiting minister' is in: that of the other official told of."""
        others = {
            p.country
            for p in scene.parties
            if p.form != "country" and p.country and p.country != known
        }
        if len(others) == 1:
            return others.pop()
        return self.context.home if self.context.home != known else None
