"""Dates of publication as the world writes them."""

from __future__ import annotations

import pytest

from pipelines.sources.written_dates import AmbiguousDateError, read_published


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-05-31", "2024-05-31"),
        ("2024-05-31T10:00:00Z", "2024-05-31T10:00:00Z"),
        ("Fri, 31 May 2024 10:00:00 GMT", "2024-05-31T10:00:00+00:00"),
        ("Fri, 31 May 2024 10:00:00 +0300", "2024-05-31T10:00:00+03:00"),
        ("31 May 2024", "2024-05-31"),
        ("31st May, 2024", "2024-05-31"),
        ("31 May 2024 10:00:00", "2024-05-31T10:00:00"),
        ("31-May-2024", "2024-05-31"),
        ("May 31, 2024", "2024-05-31"),
        ("May 31, 2024 10:00 GMT", "2024-05-31T10:00:00+00:00"),
        ("Friday, May 31st, 2024 at 3:05 pm", "2024-05-31T15:05:00"),
        ("May 31, 2024, 12:00 a.m. EST", "2024-05-31T00:00:00-05:00"),
        ("Sept 3, 2024 - 10:00 UTC+03:00", "2024-09-03T10:00:00+03:00"),
        ("31/05/2024", "2024-05-31"),
        ("05/31/2024 10:00", "2024-05-31T10:00:00"),
        ("05.05.2024", "2024-05-05"),
        ("2024/05/31", "2024-05-31"),
        ("20240531100000", "2024-05-31T10:00:00"),
        (1717142400, "2024-05-31T08:00:00+00:00"),
        ("1717142400000", "2024-05-31T08:00:00+00:00"),
    ],
)
def test_a_date_is_brought_into_iso_8601(written: object, read: str) -> None:
    assert read_published(written) == read


def test_the_order_of_a_source_settles_what_can_be_read_in_two_ways() -> None:
    with pytest.raises(AmbiguousDateError, match="date_order"):
        read_published("03/04/2024")
    with pytest.raises(AmbiguousDateError):
        read_published("03/04/2024", "YMD")
    assert read_published("03/04/2024", "DMY") == "2024-04-03"
    assert read_published("03/04/2024 09:30", "MDY") == "2024-03-04T09:30:00"
    assert read_published("2024-04-03", "MDY") == "2024-04-03"


@pytest.mark.parametrize(
    "written",
    [
        *("yesterday", "31 Foo 2024", "30 February 2024", "3.4.24", "31 May 2024 10:00 XYZ"),
        *("May 31, 2024 25:00", "May 31, 2024 13:00 pm", "0001-01-01", "9" * 14, "1" * 200, ""),
        *(None, True, 3.5, {}, "٣١ May 2024"),
    ],
)
def test_what_is_no_date_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_published(written)


def test_a_date_that_does_not_fit_the_order_is_refused() -> None:
    with pytest.raises(ValueError, match="read as MDY"):
        read_published("31/05/2024", "MDY")
