"""The record of one telling of an encounter: who met whom, where and when, as one sentence has it.

What belongs here: the record. What does not: reading it from the text, see `accounts`.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.extraction.encounters import Trigger
from pipelines.extraction.representatives import Party
from pipelines.records import MeetingKind, Status


@dataclass(frozen=True, slots=True)
class Account:
    """An encounter as one sentence tells it; `sentence` is its number in the article.

    `left` and `right` are the two lists of parties: subject and partners, visitors and (for a
    visit) nobody. `separate` tells that the subject met each partner apart from the others, `new`
    that it is told as one not known yet ('a meeting').
    """

    trigger: Trigger
    kind: MeetingKind
    status: Status
    sentence: int
    start: int
    end: int
    left: tuple[Party, ...]
    right: tuple[Party, ...]
    rule: str
    confidence: float
    date: str | None = None
    date_end: str | None = None
    city: str | None = None
    place_country: str | None = None
    host: str | None = None
    visited: str | None = None
    separate: bool = False
    summit: bool = False
    again: bool = False
    new: bool = False
    company: tuple[Party, ...] = ()
    further: tuple[str, ...] = ()

    @property
    def parties(self) -> tuple[Party, ...]:
        """All who take part."""
        return self.left + self.right

    @property
    def countries(self) -> tuple[str, ...]:
        """Their countries, in the order of the text; for a visit also the one visited."""
        codes = [party.country for party in self.parties if party.country]
        return tuple(dict.fromkeys([*codes, *([self.visited] if self.visited else [])]))
