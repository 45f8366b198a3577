from __future__ import annotations

from datetime import date, timedelta

import pytest

from assets.usual import judge, judge_day

DAY = date(2024, 6, 15)


@pytest.mark.parametrize(
    ("value", "before", "odd"),
    [
        (40, [40, 38, 41, 44, 39], None),
        (9, [40, 38, 41, 44, 39], "fewer"),
        (11, [40, 38, 41, 44, 39], None),  # a little more than a quarter
        (170, [40, 38, 41, 44, 39], "more"),
        (0, [40, 38, 41, 44, 39], None),  # silence is another question
        (170, [40, 38, 41, 44], None),  # too few days
        (170, [40, 0, 0, 38, 41, 44], None),  # days without any are none
        (1, [4, 5, 4, 5, 4], None),  # small numbers
        (170, [40, 38, 41, 44, 39, 900], "more"),  # one odd day changes nothing
        (9, [2, 90, 40, 3, 80, 38, 1], None),  # a source that is odd every day
    ],
)
def test_a_number_is_judged_by_the_days_before(
    value: float, before: list[float], odd: str | None
) -> None:
    assert judge(value, before, factor=4).odd == odd


def test_the_day_itself_and_later_ones_are_no_history() -> None:
    by_day = {DAY - timedelta(days=n): 40.0 for n in range(1, 5)}
    by_day |= {DAY: 300.0, DAY + timedelta(days=1): 41.0}
    assert judge_day(by_day, DAY, 4).usual is None
    by_day[DAY - timedelta(days=5)] = 40.0
    assert judge_day(by_day, DAY, 4).odd == "more"
    assert judge_day(by_day, DAY - timedelta(days=7), 4).value == 0
