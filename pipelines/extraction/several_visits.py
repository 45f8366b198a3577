"""One telling of several visits: exchanged ones, and visitors who came in different years.

What belongs here: taking such a telling apart, one journey a visit. What does not: a tour of
several countries and the visit of one ('visits').
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.extraction.account import Account
from pipelines.extraction.cue_words import cue_words
from pipelines.extraction.encounters import Trigger
from pipelines.extraction.event_setting import Scene
from pipelines.extraction.representatives import Party
from pipelines.extraction.sides import Sides
from pipelines.extraction.visits import Journey
from pipelines.language.mentions import DateMention

_REACH = 5
_RECIPROCAL_BEFORE = cue_words("reciprocal_before")
_RECIPROCAL_AFTER = cue_words("reciprocal_after")


def read_exchanged(sides: Sides, scene: Scene, trigger: Trigger) -> tuple[Journey, ...]:
    """Return both journeys of 'A and B visited each other's countries', 'exchanged visits'.

    Only where people of two countries are told as the visitors; else none.
    """
    before = {t.lower_ for t in sides.doc[max(scene.start, trigger.start - _REACH) : trigger.start]}
    behind = sides.doc[trigger.end : min(scene.end, trigger.end + _REACH)]
    words = {token.lower_ for token in behind}
    each_other = bool({"other", "another"} & words and {"'s", "’s"} & words)
    if not (before & _RECIPROCAL_BEFORE or words & _RECIPROCAL_AFTER or each_other):
        return ()
    visitors = [p for p in sides.before(trigger.start, scene.start) if p.form != "country"]
    lands = tuple(dict.fromkeys(p.country for p in visitors if p.country))
    if len(lands) != 2:
        return ()
    return tuple(
        Journey(
            tuple(p for p in visitors if p.country == land),
            other,
            None,
            implied=False,
            rule="visits-exchanged",
        )
        for land, other in (lands, lands[::-1])
    )


def by_date(account: Account, scene: Scene) -> Iterator[Account]:
    """Yield an account for each date in brackets: 'Presidents A (2008) and B (2014) visited Peru'.

    Where no two visitors have their own, the account as it is.
    """
    groups: list[tuple[list[Party], DateMention]] = []
    waiting: list[Party] = []
    for party, following in _with_following(account.left):
        waiting.append(party)
        own = _date_behind(scene, party, following)
        if own is not None:
            groups.append((waiting, own))
            waiting = []
    if len(groups) < 2 or waiting:
        yield account
        return
    for visitors, mention in groups:
        yield replace(
            account, left=tuple(visitors), date=mention.date, date_end=mention.date_end, again=True
        )


def _with_following(parties: Sequence[Party]) -> Iterator[tuple[Party, Party | None]]:
    for index, party in enumerate(parties):
        yield party, parties[index + 1] if index + 1 < len(parties) else None


def _date_behind(scene: Scene, party: Party, following: Party | None) -> DateMention | None:
    """The date in brackets right behind a name."""
    limit = following.start if following else party.end + 3
    for mention in scene.dates:
        if party.end < mention.start <= min(limit, party.end + 2) and mention.date:
            return mention
    return None
