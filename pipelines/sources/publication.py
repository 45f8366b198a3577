"""When something was published: reading what sources write, and how exact it is.

What belongs here: one moment, as a string. What does not: finding it in a page (`page_dates`), time
zones of sources (they are the caller's).
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

LATEST = timedelta(days=2)
"""How far ahead of now a publication may lie: clocks and time zones differ by less."""

_FORMATS = (
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
)


def publication(value: object) -> tuple[str, str] | None:
    """Return a moment as ISO 8601 with its precision (day, minute or second), or None.

    Takes ISO 8601, the dates of mail and feeds (`Fri, 31 May 2024 10:00:00 GMT`), `2024/05/31`,
    `31 May 2024`, `May 31, 2024`, and values of date and time. What is ISO stays as it is written.
    Midnight sharp is how programs write a day.
    """
    if isinstance(value, datetime | date):
        value = value.isoformat()
    if not isinstance(value, str):
        return None
    text = value.strip()
    moment = _iso(text)
    if moment is None:
        moment = _other(text)
        if moment is None:
            return None
        has_time = ":" in text
        text = moment.isoformat() if has_time else moment.date().isoformat()
    if not MINYEAR < moment.year < MAXYEAR:  # a zone must not carry it out of the calendar
        return None
    return text, _precision(text, moment)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _other(text: str) -> datetime | None:
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007  (a zone is the source's)
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


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
