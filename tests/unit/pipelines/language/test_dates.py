"""Expressions of time against what they stand for; the published day is Friday, 10 May 2024."""

import pytest

from pipelines.language.build import build_language
from pipelines.language.dates import find_dates

PUBLISHED = "2024-05-10"


def read(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None, str | None]]:
    doc = build_language()(text)
    return [(doc[m.start : m.end].text, m.date, m.date_end) for m in find_dates(doc, published)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("They met on March 14, 2023 in Lima.", "2023-03-14"),
        ("They met on 14 March 2023 in Lima.", "2023-03-14"),
        ("They met on the 14th of March, 2023.", "2023-03-14"),
        ("They met on Tuesday, March 14, 2023.", "2023-03-14"),
        ("They met on 14.03.2023 in Lima.", "2023-03-14"),
        ("They met on 2023-03-14 in Lima.", "2023-03-14"),
        ("They met on 14/03/2023 in Lima.", "2023-03-14"),
        ("They met on Sept. 5, 2023.", "2023-09-05"),
        ("LIMA, MARCH 14, 2023: they met.", "2023-03-14"),
    ],
)
def test_a_date_written_out_is_that_day(text: str, date: str) -> None:
    assert [m[1] for m in read(text)] == [date]
    assert [m[1] for m in read(text, None)] == [date]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The accord was signed in March 2019.", "2019-03"),
        ("The accord was signed in early March 2019.", "2019-03"),
        ("The accord was signed in 2005.", "2005"),
        ("In 2005 the accord was signed.", "2005"),
        ("A 2003 visit by the king followed.", "2003"),
        ("President Lind (2008) signed it.", "2008"),
    ],
)
def test_a_part_of_a_date_has_its_precision(text: str, date: str) -> None:
    assert [m[1] for m in read(text, None)] == [date]


@pytest.mark.parametrize(
    ("text", "date", "date_end"),
    [
        ("The talks were held from 3 to 5 May 2023.", "2023-05-03", "2023-05-05"),
        ("The talks were held on May 3-5, 2023.", "2023-05-03", "2023-05-05"),
        ("The talks were held on 3–5 May 2023.", "2023-05-03", "2023-05-05"),
        ("It ran from 28 April to 2 May 2023.", "2023-04-28", "2023-05-02"),
        ("It ran from December 30, 2022 to January 2, 2023.", "2022-12-30", "2023-01-02"),
        ("It ran between June and July 2019.", "2019-06", "2019-07"),
        ("It ran from 2005 to 2010.", "2005", "2010"),
    ],
)
def test_a_range_has_both_ends(text: str, date: str, date_end: str) -> None:
    assert [m[1:] for m in read(text)] == [(date, date_end)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The ministers met on Tuesday.", "2024-05-07"),
        ("The ministers met on Friday.", "2024-05-10"),
        ("The ministers met last Friday.", "2024-05-03"),
        ("The ministers will meet on Tuesday.", "2024-05-14"),
        ("The talks will be held on Tuesday.", "2024-05-14"),
        ("The session is scheduled for Monday.", "2024-05-13"),
        ("The ministers meet next Monday.", "2024-05-13"),
        ("The ministers met today.", "2024-05-10"),
        ("The ministers met yesterday.", "2024-05-09"),
        ("The ministers will meet tomorrow.", "2024-05-11"),
        ("They met three days ago.", "2024-05-07"),
        ("They met two years ago.", "2022"),
        ("They met last month.", "2024-04"),
        ("They met last year.", "2023"),
        ("They met last December.", "2023-12"),
        ("They met in December last year.", "2023-12"),
        ("They met earlier this month.", "2024-05"),
        ("They will meet next week.", "2024-05"),
        ("They met on 14 March.", "2024-03-14"),
        ("They met on 14 December.", "2023-12-14"),
        ("They will meet on 14 March.", "2025-03-14"),
        ("They met in November.", "2023-11"),
    ],
)
def test_a_relative_date_counts_from_the_day_of_publication(text: str, date: str) -> None:
    assert [m[1] for m in read(text)] == [date]


def test_the_nearest_verb_decides_the_direction() -> None:
    found = read("He said on Tuesday that he will travel to Lima on Sunday.")
    assert [m[1] for m in found] == ["2024-05-07", "2024-05-12"]


@pytest.mark.parametrize(
    "text", ["They met on Tuesday.", "They met yesterday.", "They met on 14 March."]
)
def test_without_a_day_of_publication_a_relative_date_stays_open(text: str) -> None:
    assert [m[1] for m in read(text, None)] == [None]


def test_a_week_over_two_months_stays_open() -> None:
    assert [m[1] for m in read("They met last week.", "2024-05-08")] == [None]


def test_a_date_without_a_year_takes_that_of_its_sentence() -> None:
    found = read("In 2005 the king travelled from 8 to 15 October.")
    assert [m[1:] for m in found] == [("2005", None), ("2005-10-08", "2005-10-15")]


def test_a_coming_date_does_not_take_a_year_gone_by() -> None:
    found = read("The accord signed in 2005 will be renewed on 3 June.")
    assert [m[1] for m in found] == ["2005", "2024-06-03"]


def test_the_published_time_of_day_does_not_matter() -> None:
    assert read("They met today.", "2024-05-10T23:30:00+03:30") == [("today", "2024-05-10", None)]


@pytest.mark.parametrize(
    "text",
    [
        "The sides may meet in the capital.",
        "Prime Minister May thanked her host.",
        "Some 2,005 people attended.",
        "They shipped 2015 tonnes of rice.",
        "A grant of 2015 million was promised.",
        "They will march to the palace.",
        "Flight 1945 was late.",
        "It cost $1999 in all.",
        "On 31 February they rested.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["", " \n\n", "May " * 500, "2019-" * 500, "x" * 10_000])
def test_odd_texts_are_read_without_error(text: str) -> None:
    doc = build_language()(text)
    mentions = find_dates(doc, PUBLISHED)
    assert all(0 <= m.start < m.end <= len(doc) for m in mentions)


def test_an_unreadable_day_of_publication_counts_as_none() -> None:
    assert [m[1] for m in read("They met yesterday.", "last week")] == [None]
