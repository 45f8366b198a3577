"""What the user knows of a source: the language of its texts, the order of day and month.

Readers ask for the hints that hold while they read (`current`), so that none has to hand them down.

What belongs here: the hints and the time for which they hold. What does not: what they change
(`language`, `fields`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a source's texts: `language` (ISO 639-1), `date_order` (DMY, MDY, YMD)."""

    language: str | None = None
    date_order: str | None = None


NO_HINTS = Hints()

_current: ContextVar[Hints] = ContextVar("hints", default=NO_HINTS)


def current() -> Hints:
    """Return the hints that hold for what is being read."""
    return _current.get()


def under(hints: Hints, items: Iterator[Item]) -> Iterator[Item]:
    """Yield the items, each made while the hints hold."""
    while True:
        token = _current.set(hints)
        try:
            item = next(items)
        except StopIteration:
            return
        finally:
            _current.reset(token)
        yield item
