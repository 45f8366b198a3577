"""Expressions of time: which day, month or year they stand for.

What belongs here: dates written out ('14 March 2024'), parts of dates ('in March 2019'), ranges
('from 3 to 5 May') and relative ones ('on Tuesday', 'last month'), resolved against the day of
publication. What does not: to which event a date belongs.

A date that the text does not give is never made up: without a day of publication 'on Tuesday' is
a mention without a date, but close behind a day that is told, and a week is told to the month at
best. Where an expression leaves the direction open ('on Friday', 'on 3 June'), the tense of the
verb nearest to it decides; a weekday without a verb is the last one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from spacy.tokens import Doc

from pipelines.language.mentions import DateMention
from pipelines.language.tense import tense_near

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
            "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}  # fmt: skip

_SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
_MONTH = "(?:" + "|".join(
    [*_MONTHS, *(m.upper() for m in _MONTHS), _SHORT_MONTH]
) + ")"  # fmt: skip
_LONG_MONTH = "(?:" + "|".join([*_MONTHS, *(m.upper() for m in _MONTHS)]) + ")"
_WEEKDAY = "(?:" + "|".join([*_DAYS, *(d.upper() for d in _DAYS)]) + ")"
_YEAR = r"(?:1[6-9]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_TO = r"\s?(?:-|–|—|to|and|until|till|through|&)\s?"
_OF_YEAR = rf"(?:,?\s(?:of\s|in\s)?(?P<y>{_YEAR})(?![\d%])(?!,\d))?"
_WEEKDAY_BEFORE = rf"(?:{_WEEKDAY},?\s(?:the\s)?)?"
_ANCHOR_REACH = 120
"""How many tokens may stand between 'two days later' and the date that it is counted from."""
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The first month of each."""
_FIRST_YEAR, _LAST_YEAR = 1600, 2200
_RECENT = 200
"""Days from the publication within which a month without a year is not one of the background."""
_WEEKDAY_REACH = 25
"""As many for a weekday in an article whose day of publication is not known."""
_BACKGROUND = 400
"""How many code points back the year of a background story may stand."""
_SIDE = r"(?<![\w.,/-])"

# nouns that make the number before them a count and no year
_COUNTED = (
    r"(?!\s?(?:people|persons|tons?|tonnes|million|billion|thousand|percent|per\scent|%|dollars|"
    r"euros|rials|kilomet|km|met(?:er|re)s|miles|MW|megawatt|kilowatt|hectares|barrels|troops|"
    r"soldiers|students|workers|cases|companies|villages|units|homes|houses|participants|delegates|"
    r"participants|refugees|citizens|others|points|hours|days|seats|votes)\b)"
)


@dataclass(frozen=True, slots=True)
class _Clock:
    """What a relative date is counted from, and how to ask for tense and stated years.

    `stated_year` gives the year told before an offset, and whether in the same sentence.
    """

    published: date | None
    tense: Callable[[int], str | None]
    stated_year: Callable[[int], tuple[int | None, bool]]


_Found = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class _FromAnother:
    """A date that is counted from the one told before it: 'two days later', 'the same year'.

    For the unit `weekday`, `number` is that of the day (Monday is 0), the first on or after it.
    `month` narrows a year down: 'in June of that year'.
    """

    unit: str
    number: int
    month: int | None = None


_Reader = Callable[[re.Match[str], _Clock], _Found | _FromAnother | None]


def find_dates(doc: Doc, published: str | None) -> tuple[DateMention, ...]:
    """Return the expressions of time in a Doc, in order and without overlap.

    `published` is the article's day of publication, an ISO 8601 date or date-time in the source's
    own time zone, or None. Spans are token indices and cover the expression without the
    preposition before it.
    """
    text = doc.text
    if not text:
        return ()
    day = _parse_published(published)
    taken = bytearray(len(text))
    matches: list[tuple[int, int, _Found | _FromAnother]] = []
    starts = [token.idx for token in doc]

    def token_at(offset: int) -> int:
        return max(bisect_right(starts, offset) - 1, 0)

    years = [(m.start(), int(m.group())) for m in _STATED_YEAR.finditer(text)]
    clock = _Clock(
        published=day,
        tense=lambda offset: tense_near(doc, token_at(offset)),
        stated_year=lambda offset: _year_in_sentence(doc, token_at(offset), offset, years, day),
    )
    for pattern, reader in _families():
        for match in pattern.finditer(text):
            start, end = match.span("x") if "x" in pattern.groupindex else match.span()
            if start >= end or any(taken[start:end]):
                continue
            found = reader(match, clock)
            if found is None:
                continue
            taken[start:end] = b"\x01" * (end - start)
            matches.append((start, end, found))
    mentions: list[DateMention] = []
    for start, end, found in sorted(matches, key=lambda match: match[:2]):
        begin, stop = token_at(start), token_at(end - 1) + 1
        if mentions and begin < mentions[-1].end:
            continue
        if isinstance(found, _FromAnother):
            reach = _WEEKDAY_REACH if found.unit == "weekday" else _ANCHOR_REACH
            back = day if found.number < 0 else None
            first, last = _counted(found, _anchor(mentions, begin, back, reach)), None
        else:
            first, last = found
        mentions.append(DateMention(begin, stop, first, last))
    return tuple(mentions)


def _anchor(
    mentions: list[DateMention], place: int, published: date | None, reach: int
) -> str | None:
    """The date told last before a place, at most `reach` tokens before; else `published`."""
    for mention in reversed(mentions):
        if place - mention.end > reach:
            break
        if mention.date is not None:
            return mention.date_end or mention.date
    return published.isoformat() if published else None


def _counted(found: _FromAnother, anchor: str | None) -> str | None:
    """Count days, months or years from a date, None where that is told less exactly."""
    precision = {"year": 4, "month": 7}.get(found.unit, 10)
    if anchor is None or len(anchor) < precision:
        return None
    if found.unit == "weekday":
        then = date.fromisoformat(anchor)
        return (then + timedelta(days=(found.number - then.weekday()) % 7)).isoformat()
    if found.unit in {"day", "week"}:
        then = date.fromisoformat(anchor)
        if found.unit == "day":
            return (then + timedelta(days=found.number)).isoformat()
        return (then + timedelta(weeks=found.number)).isoformat()[: 10 if not found.number else 7]
    if found.unit == "year":
        year = f"{int(anchor[:4]) + found.number:04}"
        return f"{year}-{found.month:02}" if found.month else year
    months = int(anchor[:4]) * 12 + int(anchor[5:7]) - 1 + found.number
    return f"{months // 12:04}-{months % 12 + 1:02}"


def _parse_published(published: str | None) -> date | None:
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


_STATED_YEAR = re.compile(rf"(?<![\d.,$€£])(?<!\d-){_YEAR}(?![\d%]|,\d){_COUNTED}")


@cache
def _families() -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    """The patterns, those that read most first, each with what reads its match."""
    m1, m2 = _MONTH.replace("(?:", "(?P<m1>", 1), _MONTH.replace("(?:", "(?P<m2>", 1)
    month = _MONTH.replace("(?:", "(?P<m>", 1)
    long_month = _LONG_MONTH.replace("(?:", "(?P<m>", 1)
    first, last, day = f"(?P<d1>{_DAY})", f"(?P<d2>{_DAY})", f"(?P<d>{_DAY})"
    year1 = rf"(?:,?\s(?P<y1>{_YEAR}))?"
    part = r"(?:(?:the\s)?(?:early|late|mid|beginning\sof|end\sof|start\sof|middle\sof)[\s-])?"
    word = r"(?P<n>a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})"
    sources: tuple[tuple[str, _Reader], ...] = (
        (rf"{_SIDE}(?P<y>{_YEAR})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)", _numeric),
        (rf"{_SIDE}(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>{_YEAR})(?!\d)", _numeric),
        (rf"{_SIDE}(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})/(?P<y>{_YEAR})(?!\d)", _slashed),
        # 28 April to 2 May 2023; April 28 - May 2, 2023
        (rf"{_SIDE}{first}\s(?:of\s)?{m1}{year1}{_TO}{last}\s(?:of\s)?{m2}{_OF_YEAR}", _span_over),
        (rf"\b{m1}\s{first}{year1}{_TO}{m2}\s{last}\b{_OF_YEAR}", _span_over),
        # 3 to 5 May 2023; May 3-5, 2023
        (rf"{_SIDE}{first}{_TO}{last}\s(?:of\s)?{month}\b{_OF_YEAR}", _span_within),
        (rf"\b{_WEEKDAY_BEFORE}{month}\s{first}{_TO}{last}\b(?!\s(?:{_LONG_MONTH})){_OF_YEAR}",
         _span_within),
        (rf"{_SIDE}{_WEEKDAY_BEFORE}{day}(?:\s|-)(?:of\s)?{month}(?![\w]){_OF_YEAR}", _full),
        (rf"\b{_WEEKDAY_BEFORE}{month}\s{day}(?![\w%]|[.,]\d){_OF_YEAR}", _full),
        # June and July 2019; March 2019; December last year
        (rf"\b{m1}{year1}{_TO}{m2},?\s(?:of\s)?(?P<y>{_YEAR})(?![\d%])", _months_span),
        (rf"\b{part}{month},?\s(?:of\s|in\s)?(?P<y>{_YEAR})(?![\d%])", _month_of_year),
        (rf"\b{part}{long_month}\s(?:of\s)?(?P<r>last|this|next)\syear\b",
         _month_of_relative_year),
        (rf"\b{part}{long_month}\s(?:of\s)?(?:the\ssame|that)\syear\b", _month_of_that_year),
        (rf"\b{part}{month}\s\((?P<y>{_YEAR})\)", _month_of_year),
        (rf"\b(?P<r>last|this|next|this\spast|this\scoming)\s{long_month}\b", _relative_month),
        (rf"\b(?i:in|since|until|till|during|by|of|from|for|and|to|before|after)\s"
         rf"(?P<x>{part}{long_month})\b(?!\s(?:{_DAY}\b|[A-Z]))", _month_alone),
        (rf"\b(?P<x>(?:early|late|mid)[\s-]{long_month})\b", _month_alone),
        # 2005 to 2010; in 2005; a 2003 visit; Name (2008)
        (rf"\b(?i:from|between|in|during|for)\s(?P<x>(?P<y1>{_YEAR}){_TO}(?P<y2>{_YEAR}))(?![\d%])",
         _years),
        (rf"\b(?i:in|since|until|till|during|by|of|from|before|after|around|circa|between|to|for|"
         rf"and|year|early|late|mid|through|both)[\s-](?P<x>(?P<y>{_YEAR}))(?![\d%s]|[.,-]\d)"
         rf"{_COUNTED}", _year),
        (rf"\((?P<x>(?P<y>{_YEAR}))\)", _year),
        (rf"\b(?i:a|the|his|her|its|their|that)\s(?P<x>(?P<y>{_YEAR}))(?=\s[A-Za-z]){_COUNTED}",
         _year),
        # Tuesday; last Tuesday
        (rf"\b(?P<x>(?:(?P<r>last|next|this|this\scoming|this\spast)\s)?(?P<w>{_WEEKDAY}))\b",
         _weekday),
        (r"\b(?i:(?:the\s(?:very\s)?same|that\ssame|that\svery|that)\s(?P<u>day|month|year))\b"
         r"(?!['’])", _same_period),
        (rf"\b(?i:{word}\s(?P<u>day|week|month|year)s?\s"
         rf"(?P<r>later|earlier|(?:before|after)(?=[,.;])))\b", _counted_on),
        (rf"(?<=(?:1[6-9]|20)\d\d,\s)(?P<x>(?P<y>{_YEAR}))(?=,|\sand\b)", _year),
        (rf"(?:['’]s|\b(?i:his|her|their|the|a|its))\s(?P<x>{part}{long_month})"
         rf"(?=\s(?:state\s|official\s)?(?:visit|trip|meeting|summit|talks|tour|session|call)\b)",
         _month_alone),
        (r"\b(?i:the\s(?P<r>following|next|previous)\s(?P<u>day|week|month|year))\b", _next_period),
        (rf"\b(?:(?i:early|late|mid)[\s-])?(?i:spring|summer|autumn|fall|winter)\s(?:of\s)?"
         rf"(?P<y>{_YEAR})(?!\d)", _year),
        (r"\b(?i:(?P<d>\d{1,2})(?:st|nd|rd|th)\sof\sthis\smonth)\b", _day_of_this_month),
        (r"\b(?i:(?P<r>the\sday\sbefore\syesterday|yesterday|today|tonight|tomorrow|"
         r"this\s(?:morning|afternoon|evening)))\b", _near_day),
        (rf"\b(?i:{word}\s(?P<u>day|week|month|year|decade)s?\s(?P<r>ago))\b", _ago),
        (r"\b(?i:(?:earlier\s|later\s)?(?P<r>last|this|next|the\spast|the\scoming)\s"
         r"(?P<u>week|month|year))\b", _near_period),
        (r"\b(?i:(?P<r>last|this|next)\s(?P<s>spring|summer|autumn|fall|winter))\b(?!-)",
         _season),
    )  # fmt: skip
    return tuple((re.compile(pattern), reader) for pattern, reader in sources)


def _month_number(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month[:3].lower() == name[:3].lower())


def _day_number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _stated(match: re.Match[str]) -> int | None:
    year = match.group("y")
    return int(year) if year else None


def _pick_year(match: re.Match[str], clock: _Clock, month: int, day: int | None) -> int | None:
    """The year of a date that names none: that of its sentence, else the one nearest in tense."""
    stated, same_sentence = clock.stated_year(match.start())
    published = clock.published
    tense = clock.tense(match.start())
    if stated is not None and not same_sentence:
        nearest = _nearest_year(published, month, day, tense)
        then = date(nearest, month, min(day or 15, 28)) if published and nearest else None
        if published and then and abs((published - then).days) < _RECENT:
            return nearest
    if stated is not None and not (
        published is not None and tense == "future" and stated < published.year
    ):
        return stated
    return _nearest_year(published, month, day, tense)


def _nearest_year(
    published: date | None, month: int, day: int | None, tense: str | None
) -> int | None:
    """The year that puts a day or month nearest to the publication, on the side of the tense."""
    if published is None:
        return None
    by_distance: list[tuple[int, int]] = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            then = date(year, month, day or 15)
        except ValueError:
            continue
        slack = 1 if day else 30
        away = (then - published).days
        if (tense == "past" and away > slack) or (tense == "future" and away < -max(slack, 7)):
            continue
        by_distance.append((abs(away), year))
    return min(by_distance)[1] if by_distance else None


def _numeric(match: re.Match[str], clock: _Clock) -> _Found | None:
    iso = _iso(int(match["y"]), int(match["m"]), int(match["d"]))
    return (iso, None) if iso else None


def _slashed(match: re.Match[str], clock: _Clock) -> _Found | None:
    first, second = int(match["d"]), int(match["m"])
    if first > 12:
        iso = _iso(int(match["y"]), second, first)
    elif second > 12 or first == second:
        iso = _iso(int(match["y"]), first, second)
    else:  # day and month cannot be told apart
        return match["y"], None
    return (iso, None) if iso else None


def _full(match: re.Match[str], clock: _Clock) -> _Found | None:
    month, day = _month_number(match["m"]), _day_number(match["d"])
    if _iso(2024, month, day) is None:
        return None
    year = _stated(match) or _pick_year(match, clock, month, day)
    return (_iso(year, month, day) if year else None), None


def _span_within(match: re.Match[str], clock: _Clock) -> _Found | None:
    month = _month_number(match["m"])
    first, last = _day_number(match["d1"]), _day_number(match["d2"])
    if first >= last or _iso(2024, month, last) is None:
        return None
    year = _stated(match) or _pick_year(match, clock, month, first)
    if year is None:
        return None, None
    return _iso(year, month, first), _iso(year, month, last)


def _span_over(match: re.Match[str], clock: _Clock) -> _Found | None:
    month1, month2 = _month_number(match["m1"]), _month_number(match["m2"])
    first, last = _day_number(match["d1"]), _day_number(match["d2"])
    year = _stated(match) or _pick_year(match, clock, month2, last)
    if year is None:
        return None, None
    start_year = int(match["y1"]) if match["y1"] else year - (month1 > month2)
    return _iso(start_year, month1, first), _iso(year, month2, last)


def _months_span(match: re.Match[str], clock: _Clock) -> _Found | None:
    year = int(match["y"])
    month1, month2 = _month_number(match["m1"]), _month_number(match["m2"])
    start_year = int(match["y1"]) if match["y1"] else year - (month1 > month2)
    return f"{start_year}-{month1:02}", f"{year}-{month2:02}"


def _month_of_year(match: re.Match[str], clock: _Clock) -> _Found | None:
    return f"{match['y']}-{_month_number(match['m']):02}", None


def _month_of_relative_year(match: re.Match[str], clock: _Clock) -> _Found | None:
    month = _month_number(match["m"])
    if clock.published is None:
        return None, None
    year = clock.published.year + {"last": -1, "this": 0, "next": 1}[match["r"]]
    return f"{year}-{month:02}", None


def _month_of_that_year(match: re.Match[str], clock: _Clock) -> _FromAnother:
    return _FromAnother("year", 0, _month_number(match["m"]))


def _relative_month(match: re.Match[str], clock: _Clock) -> _Found | None:
    published = clock.published
    if published is None:
        return None, None
    month = _month_number(match["m"])
    year = published.year
    if match["r"] in {"last", "this past"} and month >= published.month:
        year -= 1
    elif match["r"] in {"next", "this coming"} and month <= published.month:
        year += 1
    return f"{year}-{month:02}", None


def _month_alone(match: re.Match[str], clock: _Clock) -> _Found | None:
    month = _month_number(match["m"])
    year = _pick_year(match, clock, month, None)
    return (f"{year}-{month:02}" if year else None), None


def _years(match: re.Match[str], clock: _Clock) -> _Found | None:
    return (match["y1"], match["y2"]) if match["y1"] < match["y2"] else None


def _year(match: re.Match[str], clock: _Clock) -> _Found | None:
    return match["y"], None


def _weekday(match: re.Match[str], clock: _Clock) -> _Found | _FromAnother | None:
    published = clock.published
    index = next(i for i, d in enumerate(_DAYS) if d.lower() == match["w"].lower())
    relation = match["r"] or ""
    if published is None:
        return (None, None) if relation else _FromAnother("weekday", index)
    back = (published.weekday() - index) % 7
    ahead = (index - published.weekday()) % 7
    if relation in {"last", "this past"}:
        return (published - timedelta(days=back or 7)).isoformat(), None
    if relation in {"next", "this coming"}:
        return (published + timedelta(days=ahead or 7)).isoformat(), None
    if clock.tense(match.start("w")) == "future":
        return (published + timedelta(days=ahead)).isoformat(), None
    return (published - timedelta(days=back)).isoformat(), None


def _near_day(match: re.Match[str], clock: _Clock) -> _Found | None:
    if clock.published is None:
        return None, None
    said = " ".join(match["r"].lower().split())
    days = {"the day before yesterday": -2, "yesterday": -1, "tomorrow": 1}.get(said, 0)
    return (clock.published + timedelta(days=days)).isoformat(), None


def _ago(match: re.Match[str], clock: _Clock) -> _Found | None:
    published = clock.published
    if published is None:
        return None, None
    word = match["n"].lower()
    number = _NUMBERS[word] if word in _NUMBERS else int(word)
    unit = match["u"].lower()
    if unit == "day":
        return (published - timedelta(days=number)).isoformat(), None
    if unit == "week":
        return (published - timedelta(weeks=number)).isoformat()[:7], None
    if unit == "month":
        months = published.year * 12 + published.month - 1 - number
        return f"{months // 12:04}-{months % 12 + 1:02}", None
    year = published.year - number * (10 if unit == "decade" else 1)
    return (str(year) if unit == "year" else None), None


def _same_period(match: re.Match[str], clock: _Clock) -> _FromAnother:
    return _FromAnother(match["u"].lower(), 0)


def _counted_on(match: re.Match[str], clock: _Clock) -> _FromAnother:
    word = match["n"].lower()
    number = _NUMBERS[word] if word in _NUMBERS else int(word)
    back = match["r"].lower() in {"earlier", "before"}
    return _FromAnother(match["u"].lower(), -number if back else number)


def _next_period(match: re.Match[str], clock: _Clock) -> _FromAnother:
    return _FromAnother(match["u"].lower(), -1 if match["r"].lower() == "previous" else 1)


def _day_of_this_month(match: re.Match[str], clock: _Clock) -> _Found | None:
    if clock.published is None:
        return None, None
    iso = _iso(clock.published.year, clock.published.month, int(match["d"]))
    return (iso, None) if iso else None


def _season(match: re.Match[str], clock: _Clock) -> _Found:
    """'last summer': the year of the latest one that is over, 'next spring' that of the coming one.

    Seasons are those of the north; a winter is of the year in which it begins.
    """
    if clock.published is None:
        return None, None
    first = _SEASONS[match["s"].lower()]
    year, month = clock.published.year, clock.published.month
    relation = match["r"].lower()
    if relation == "last" and month < first + 3:
        year -= 1
    elif relation == "next" and month >= first:
        year += 1
    elif relation == "this" and first == _SEASONS["winter"] and month < _SEASONS["spring"]:
        year -= 1  # the winter that goes on
    return str(year), None


def _near_period(match: re.Match[str], clock: _Clock) -> _Found | None:
    published = clock.published
    if published is None:
        return None, None
    step = {"last": -1, "the past": -1, "this": 0}.get(" ".join(match["r"].lower().split()), 1)
    unit = match["u"].lower()
    if unit == "year":
        return str(published.year + step), None
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return f"{months // 12:04}-{months % 12 + 1:02}", None
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
    sunday = monday + timedelta(days=6)
    if monday.month != sunday.month:
        return None, None
    return monday.isoformat()[:7], None


def _year_in_sentence(
    doc: Doc, token: int, offset: int, years: list[tuple[int, int]], published: date | None
) -> tuple[int | None, bool]:
    """The last year that the sentence states before an offset.

    Else the last one of the paragraph up to there, if it is in the past for good: who tells of 1998
    and goes on with 'in June' tells of that year.
    """
    place = bisect_right(years, (offset, 0)) - 1
    if place < 0:
        return None, False
    start = token
    while start > max(token - 100, 0) and not doc[start].is_sent_start:
        start -= 1
    where, year = years[place]
    if where >= doc[start].idx:
        return year, True
    told = doc.text[where:offset]
    if doc.text[max(0, where - 6) : where].lower() == "since ":
        return None, False
    background = published is not None and year < published.year - 1 and "\n" not in told
    return (year if background and len(told) < _BACKGROUND else None), False
