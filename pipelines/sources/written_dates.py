"""The date of publication, as the world writes it, brought into ISO 8601.

What belongs here: reading one date that stands by itself in a record or a feed. What does not: the
dates in a text (`pipelines.language.dates`) and what a time zone makes of them.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone

DATE_ORDERS = ("DMY", "MDY", "YMD")

_MONTHS = {
    month: number
    for number, month in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        start=1,
    )
}
_ZONES = {
    "Z": 0,
    "UT": 0,
    "UTC": 0,
    "GMT": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
"""The zones that RFC 2822 names, in hours from UTC; other letters mean several zones each."""

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_TIME = (
    r"(?:(?:\s*,|\s*[-|–]|\s+at|\s*T)?\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?:\.\d+)?\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>\(?[A-Z]{1,4}\)?|(?:GMT|UTC)?\s*[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_NUMBERS = r"(?P<first>\d{1,4})(?P<mark>[/.-])(?P<second_number>\d{1,2})(?P=mark)(?P<third>\d{1,4})"
_FORMS = tuple(
    re.compile(_WEEKDAY + form + _TIME, re.IGNORECASE)
    for form in (
        rf"{_DAY}[\s-]+{_MONTH},?[\s-]+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        _NUMBERS,
    )
)
_DIGITS = re.compile(r"\d{10}|\d{13}|\d{14}")
_LONGEST = 100


class AmbiguousDateError(ValueError):
    """A date in numbers that can be read in two ways."""


def read_published(value: object, date_order: str | None = None) -> str:
    """Return a date of publication as an ISO 8601 date or date-time.

    Understood are ISO 8601, RFC 2822 (as feeds write it), dates with the month in English words,
    dates in numbers, and seconds or milliseconds since 1970. `date_order` says how dates in
    numbers are meant where they can be read in two ways. A time without a zone stays without one.
    Raises AmbiguousDateError where it has to be known and is not, ValueError for anything else.
    """
    text = " ".join(str(value).split()) if isinstance(value, str | int) else ""
    if not text or isinstance(value, bool) or len(text) > _LONGEST or not text.isascii():
        raise ValueError("it is no date")
    if (iso := _iso(text)) is not None:
        _refuse_far_year(iso)
        return text
    moment: date | None = _digits(text)
    if moment is None:
        for form in _FORMS:
            if match := form.fullmatch(text):
                moment = _moment(match, date_order)
                break
        else:
            raise ValueError("it is no date of a form that is known")
    _refuse_far_year(moment)
    return moment.isoformat()


def _refuse_far_year(day: date) -> None:
    if not MINYEAR < day.year < MAXYEAR:  # a zone must not carry it out of the calendar
        raise ValueError("its year is out of the calendar")


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _digits(text: str) -> datetime | None:
    """Read seconds or milliseconds since 1970, and YYYYMMDDHHMMSS."""
    if not _DIGITS.fullmatch(text):
        return None
    if len(text) == 14:
        return datetime.strptime(text, "%Y%m%d%H%M%S")  # noqa: DTZ007  (its zone is the source's)
    return datetime.fromtimestamp(int(text) // (1 if len(text) == 10 else 1000), UTC)


def _moment(match: re.Match[str], date_order: str | None) -> date | datetime:
    found = match.groupdict()
    if found.get("month"):
        month = _MONTHS[found["month"][:3].lower()]
        day = date(int(found["year"]), month, int(found["day"]))
    else:
        day = _date_in_numbers((found["first"], found["second_number"], found["third"]), date_order)
    if found["hour"] is None:
        return day
    hour = int(found["hour"])
    if half := found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"there is no hour {hour} {half}")
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    at = time(hour, int(found["minute"]), int(found["second"] or 0))
    return datetime.combine(day, at, _zone(found["zone"]))


def _zone(name: str | None) -> timezone | None:
    if name is None:
        return None
    bare = re.sub(r"(?:GMT|UTC)\s*(?=[+-])|[\s():]", "", name.upper())
    if numbers := re.fullmatch(r"([+-])(\d{2})(\d{2})", bare):
        sign = -1 if numbers[1] == "-" else 1
        return timezone(sign * timedelta(hours=int(numbers[2]), minutes=int(numbers[3])))
    if bare not in _ZONES:
        raise ValueError(f"its time zone '{name.strip()}' is not known: write it as +03:00")
    return timezone(timedelta(hours=_ZONES[bare]))


def _date_in_numbers(numbers: tuple[str, str, str], date_order: str | None) -> date:
    first, second, third = numbers
    if len(first) == 4 and len(third) <= 2:
        return date(int(first), int(second), int(third))
    if len(third) != 4 or len(first) > 2:
        raise ValueError("its year must have four digits")
    day_first, month_first = int(second) <= 12, int(first) <= 12
    if date_order in ("DMY", "MDY"):
        order = date_order
    elif day_first and month_first and int(first) != int(second):
        raise AmbiguousDateError(
            'it can be read in two ways: say which with date_order = "DMY" or "MDY" for its '
            "source in settings.toml"
        )
    else:
        order = "DMY" if day_first else "MDY"
    day, month = (first, second) if order == "DMY" else (second, first)
    try:
        return date(int(third), int(month), int(day))
    except ValueError as error:
        raise ValueError(f"{error}, when it is read as {order}") from None
