"""When something was published: reading what sources write, and how exact it is.

What belongs here: one moment, as a string, and its precision. What does not: the forms of dates
(`written_dates`), finding one in a page (`page_dates`), time zones of sources (the caller's).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from pipelines.sources.written_dates import read_published

LATEST = timedelta(days=2)
"""How far ahead of now a publication may lie: clocks and time zones differ by less."""


def publication(value: object) -> tuple[str, str] | None:
    """Return a moment as ISO 8601 with its precision (day, minute or second), or None.

    Takes what `publication_told` takes, but says nothing of why a value cannot be read.
    """
    try:
        return publication_told(value)
    except ValueError:
        return None


def publication_told(value: object, date_order: str | None = None) -> tuple[str, str]:
    """Return a moment as ISO 8601 with its precision (day, minute or second).

    Takes what `read_published` takes, and values of date and time. What is ISO stays as it is
    written; midnight sharp is how programs write a day. Raises ValueError with the reason.
    """
    if isinstance(value, datetime | date):
        value = value.isoformat()
    text = read_published(value, date_order)
    return text, _precision(text, datetime.fromisoformat(text))


def _precision(text: str, moment: datetime) -> str:
    clock = text[10:].lstrip("T ")
    if not clock or moment.time() == time():
        return "day"
    digits = sum(character.isdigit() for character in clock.partition("+")[0].partition("-")[0])
    return "second" if digits >= 6 else "minute"


def is_future(published: str, now: datetime | None = None) -> bool:
    """Whether a moment as `publication` returns it lies more than two days ahead."""
    moment = datetime.fromisoformat(published)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment > (now or datetime.now(UTC)) + LATEST
