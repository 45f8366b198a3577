"""Which of several copies is the first, and of which report each is a copy.

The rule is a function of the articles alone, whatever the batches in which they were compared:
in order of arrival, an article is a copy of the earliest article before it that it is a near copy
of, and belongs to that one's group. The first report of a group is a copy of none, and nothing that
arrives later changes it. A copy of a copy belongs to the group too, although it may be less like
the first report than a near copy is: what it tells beyond the others is kept as its own passages.

What belongs here: the rule. What does not: likeness (`duplicates`), tables (`warehouse.copies`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pipelines.sources.duplicates import THRESHOLD, Passage, Wording, likeness, passages_added

MOST_TELLERS = 100
"""Against how many reports of its group, from the first on, a copy's passages are compared."""

_WINDOWS = (8, 64, 512)
"""How many candidates are read at a time: the earliest is mostly the right one."""


@dataclass(frozen=True, slots=True)
class Place:
    """The place of an article in the order of arrival: day, time, id."""

    arrived_on: date
    fetched_at: datetime
    article_id: str

    @property
    def key(self) -> tuple[date, datetime, str]:
        """What articles are sorted by."""
        return self.arrived_on, self.fetched_at, self.article_id


@dataclass(frozen=True, slots=True)
class Link:
    """What an article is a copy of: nothing, or `copy_of` in the group of `first_id`."""

    article_id: str
    first_id: str | None = None
    copy_of: str | None = None
    jaccard: float | None = None
    passages: tuple[Passage, ...] = ()


@dataclass
class Batch:
    """The articles compared together, and what is known of those compared before.

    `places` orders all articles that occur; `first_ids` gives the first report of those that are
    linked already; `wordings` those read so far; `read` reads more, by id.
    """

    places: Mapping[str, Place]
    first_ids: dict[str, str]
    read: Callable[[Iterable[str]], Mapping[str, Wording]]
    wordings: dict[str, Wording] = field(default_factory=dict)

    def need(self, article_ids: Iterable[str]) -> None:
        """Read those that are not read yet."""
        missing = [name for name in article_ids if name not in self.wordings]
        if missing:
            self.wordings.update(self.read(missing))

    def like(self, first: str, second: str) -> float:
        """Likeness of two articles; 0 where one of them is gone."""
        if first not in self.wordings or second not in self.wordings:
            return 0.0
        return likeness(self.wordings[first], self.wordings[second])


def earliest_originals(
    batch: Batch, candidates: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, float]]:
    """Return of which article each is a near copy, with the likeness; what is none is left out.

    `candidates` gives for each article those before it that share a band.
    """
    waiting = {
        name: sorted(found, key=lambda other: batch.places[other].key)
        for name, found in candidates.items()
        if found
    }
    batch.need(waiting)
    found: dict[str, tuple[str, float]] = {}
    round_number = 0
    while waiting:
        size = _WINDOWS[round_number] if round_number < len(_WINDOWS) else _WINDOWS[-1] * 8
        batch.need(sorted({other for others in waiting.values() for other in others[:size]}))
        left: dict[str, list[str]] = {}
        for name, others in waiting.items():
            for other in others[:size]:
                jaccard = batch.like(name, other)
                if jaccard >= THRESHOLD:
                    found[name] = other, jaccard
                    break
            else:
                if len(others) > size:
                    left[name] = others[size:]
        waiting = left
        round_number += 1
    return found


def link(
    batch: Batch,
    originals: Mapping[str, tuple[str, float]],
    members: Callable[[Iterable[str]], Mapping[str, Sequence[Place]]],
    article_ids: Sequence[str],
) -> list[Link]:
    """Return the links of `article_ids`, which are in order of arrival.

    `members` gives the reports of groups, by the id of the first, as they were linked before.
    """
    for name in article_ids:
        if name in originals:
            original = originals[name][0]
            batch.first_ids[name] = batch.first_ids.get(original, original)
    copies = [name for name in article_ids if name in originals]
    groups: dict[str, dict[str, Place]] = {
        first_id: {place.article_id: place for place in places}
        for first_id, places in members({batch.first_ids[name] for name in copies}).items()
    }
    for name in copies:
        groups.setdefault(batch.first_ids[name], {})[name] = batch.places[name]
    ordered = {
        first_id: sorted(places.values(), key=lambda place: place.key)
        for first_id, places in groups.items()
    }
    batch.need(sorted({batch.first_ids[name] for name in copies}))
    return [
        Link(
            name,
            batch.first_ids[name],
            *originals[name],
            _passages(batch, name, ordered[batch.first_ids[name]]),
        )
        if name in originals
        else Link(name)
        for name in article_ids
    ]


def _passages(batch: Batch, name: str, group: Sequence[Place]) -> tuple[Passage, ...]:
    first_id = batch.first_ids[name]
    if first_id not in batch.wordings:
        return ()
    first, copy = (first_id, batch.wordings[first_id]), batch.wordings[name]
    if not passages_added(name, copy, [first]):
        return ()  # all of it stands in the first report: the others need not be read
    key = batch.places[name].key
    between = [p.article_id for p in group if p.key < key and p.article_id != first_id]
    between = between[:MOST_TELLERS]
    batch.need(between)
    tellers = [(other, batch.wordings[other]) for other in between if other in batch.wordings]
    return passages_added(name, copy, [first, *tellers])
