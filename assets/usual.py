"""Whether a number is as the days before let expect.

Robust against single odd days: the middle of the days before, and how far days commonly lie from
it. What belongs here: this one judgement. What does not: what is counted (`warehouse.history`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

LEAST_DAYS = 5
"""How many earlier days must have brought something before a day is judged at all."""

SPREADS = 3.0
"""How many times the common distance from the middle a day may lie away from it, too."""

_NORMAL = 1.4826  # a median distance as a standard deviation
_LEAST_DIFFERENCE = 5.0  # one article instead of four is no event


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a day brought, what is usual, and what is odd about it; nothing where it is not."""

    value: float
    usual: float | None
    odd: str | None = None


def judge(value: float, before: Sequence[float], factor: int) -> Judgement:
    """Judge a day's number by those of earlier days, of which days without any are left out.

    It is odd where it is `factor` times more or fewer than usual and lies further away than days
    commonly do. Fewer than LEAST_DAYS days let nothing be said. A day that brings nothing at all
    is not judged: how long a source may be silent is another question.
    """
    active = [number for number in before if number > 0]
    if len(active) < LEAST_DAYS:
        return Judgement(value, None)
    usual = median(active)
    spread = SPREADS * _NORMAL * median(abs(number - usual) for number in active)
    if value <= 0 or abs(value - usual) < _LEAST_DIFFERENCE:
        return Judgement(value, usual)
    if value < min(usual / factor, usual - spread):
        return Judgement(value, usual, "fewer")
    if value > max(usual * factor, usual + spread):
        return Judgement(value, usual, "more")
    return Judgement(value, usual)


def judge_day(by_day: Mapping[date, float], day: date, factor: int) -> Judgement:
    """Judge the number of a day by those of the earlier days that the mapping holds."""
    before = [number for earlier, number in by_day.items() if earlier < day]
    return judge(by_day.get(day, 0), before, factor)
