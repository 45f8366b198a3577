"""Dates counted from one told before, and months and seasons without a year of their own.

The published day is Friday, 10 May 2024.
"""

from __future__ import annotations

import pytest

from pipelines.language.build import build_language
from pipelines.language.dates import find_dates

PUBLISHED = "2024-05-10"


def last(text: str, published: str | None = PUBLISHED) -> tuple[str, str | None]:
    """The last expression of time of a text and what it stands for."""
    doc = build_language()(text)
    mention = find_dates(doc, published)[-1]
    return doc[mention.start : mention.end].text, mention.date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on 3 March 2019. Two days later they signed.", "2019-03-05"),
        ("They met from 3 to 5 March 2019. Two days later they signed.", "2019-03-07"),
        ("They met on 3 March 2019. Three days earlier a ship had left.", "2019-02-28"),
        ("They met on 3 March 2019. The following day they signed.", "2019-03-04"),
        ("They met on 31 December 2019. The next day they signed.", "2020-01-01"),
        ("They met on 30 December 2019. A week later they signed.", "2020-01"),
        ("They met in November 2019. Three months later they signed.", "2020-02"),
        ("They met on 3 March 2019. The same year they signed.", "2019"),
        ("They met on 3 March 2019. Two years before, they had signed.", "2017"),
        ("They met in 1998. Four years later they signed.", "2002"),
        ("They met in 1998. In June of that year they signed.", "1998-06"),
    ],
)
def test_a_date_is_counted_from_the_one_told_before(text: str, expected: str) -> None:
    assert [last(text, day)[1] for day in (PUBLISHED, None)] == [expected, expected]


@pytest.mark.parametrize(
    "text",
    [
        "Two days later they signed.",
        "The same year they signed.",
        "They met later that year.",
        "They met on the 20th of this month.",
        "They signed on Wednesday.",
        "They met on 3 March 2019. They signed last Wednesday.",
        "They met in March 2019. Two days later they signed.",
        "They met in 1998. The following day they signed.",
    ],
)
def test_a_date_stays_open_where_none_is_told_to_count_from(text: str) -> None:
    assert last(text, None)[1] is None


def test_the_date_to_count_from_may_not_be_long_before() -> None:
    text = "They met on 3 March 2019." + " The port grew and rice was sold." * 30
    assert last(f"{text} Two days later they signed.", None) == ("Two days later", None)


@pytest.mark.parametrize("text", ["The same year they signed.", "They met later that year."])
def test_the_day_of_publication_is_no_date_told_before(text: str) -> None:
    assert last(text)[1] is None


@pytest.mark.parametrize(
    ("published", "expected"), [(None, "2019-03-06"), (PUBLISHED, "2024-05-08")]
)
def test_a_weekday_is_counted_from_the_date_before_only_without_a_day_of_publication(
    published: str | None, expected: str
) -> None:
    text = "They met on 3 March 2019. They signed on Wednesday."
    assert last(text, published) == ("Wednesday", expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The road was built in 2011. In August a second bridge followed.", "2011-08"),
        ("They met in 1998. In June they signed.", "1998-06"),
        ("The road was built in 2011. In April the ministers met.", "2024-04"),
        ("Since 2011 they have met. In April the ministers met.", "2024-04"),
        ("The road was built in 2011.\n\nIn August the ministers met.", "2023-08"),
    ],
)
def test_a_month_is_of_a_year_told_before_unless_it_is_near_the_publication(
    text: str, expected: str
) -> None:
    assert last(text)[1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in spring 2019.", "2019"),
        ("They met in late autumn 2019.", "2019"),
        ("The visits of President Lind, January (1976), followed.", "1976-01"),
        ("They will meet on the 20th of this month.", "2024-05-20"),
    ],
)
def test_seasons_brackets_and_days_of_this_month(text: str, expected: str) -> None:
    assert last(text)[1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "They met in the spring.",
        "They met days later.",
        "A three-day visit took place.",
        "They met two days after the vote.",
    ],
)
def test_what_counts_from_no_date_is_none(text: str) -> None:
    assert find_dates(build_language()(text), PUBLISHED) == ()
