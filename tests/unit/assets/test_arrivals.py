from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from assets.arrivals import Arrival, article_row, quarantine_row
from assets.settings import Source
from pipelines.sources.records import Document, SetAside

NOW = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)


def row(timezone: str = "UTC", **values: Any) -> dict[str, Any]:
    document = Document(
        **{"path": "news/a.jsonl", "record": 3, "doc_id": "x", "text": "A text.", **values}
    )
    source = Source("agency", Path("/data/news"), timezone)
    return article_row(Arrival(source, document, "hash", date(2024, 6, 1), NOW))


def test_an_article_without_an_address_is_known_by_source_path_and_record() -> None:
    assert row()["article_id"] == "agency/news/a.jsonl#3"


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a?id=4",
        "HTTPS://NEWS.example:443/a?utm_source=feed&id=4#top",
    ],
)
def test_an_address_is_normalised(url: str) -> None:
    assert row(url=url)["article_id"] == "https://news.example/a?id=4"


@pytest.mark.parametrize("url", ["http://[not-an-address", "N/A", "ftp://files.example/a"])
def test_an_address_that_is_none_does_not_count(url: str) -> None:
    assert row(url=url)["article_id"] == "agency/news/a.jsonl#3"


@pytest.mark.parametrize(
    ("published", "timezone", "utc", "local"),
    [
        (None, "UTC", None, None),
        ("2024-05-31", "UTC", datetime(2024, 5, 31), date(2024, 5, 31)),
        ("2024-05-31", "Asia/Tehran", datetime(2024, 5, 30, 20, 30), date(2024, 5, 31)),
        ("2024-05-31T23:30:00", "Asia/Tehran", datetime(2024, 5, 31, 20, 0), date(2024, 5, 31)),
        ("2024-05-31T22:30:00Z", "Asia/Tehran", datetime(2024, 5, 31, 22, 30), date(2024, 6, 1)),
    ],
)
def test_publication_is_utc_with_the_local_date_of_the_source(
    published: str | None, timezone: str, utc: datetime | None, local: date | None
) -> None:
    made = row(timezone, published=published)
    assert (made["published_at"], made["published_local_date"]) == (utc, local)


def test_the_content_hash_tells_a_revision() -> None:
    assert row()["content_hash"] == row(record=9, url="https://news.example/b")["content_hash"]
    hashes = {row(**change)["content_hash"] for change in ({}, {"text": "B"}, {"title": "T"})}
    assert len(hashes) == 3


def test_what_is_set_aside_keeps_its_id_over_runs() -> None:
    def made(day: int, record: int) -> dict[str, Any]:
        item = SetAside("a.jsonl", record, "bad_json_line", "Mend it.", 10)
        source = Source("agency", Path("/data"))
        return quarantine_row(Arrival(source, item, "hash", date(2024, 6, day), NOW))

    assert made(1, 2)["quarantine_id"] == made(2, 2)["quarantine_id"]
    assert made(1, 2)["quarantine_id"] != made(1, 3)["quarantine_id"]


def test_an_unknown_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="no_reason"):
        SetAside("a", None, "no_reason", "", 0)


def test_of_the_time_of_a_page_the_day_alone_makes_a_revision() -> None:
    def content_hash(published: str, told_by: str) -> str:
        return str(row(published=published, published_from=told_by)["content_hash"])

    day, morning, evening = "2024-05-31", "2024-05-31T09:30:00", "2024-05-31T21:00:00Z"
    assert len({content_hash(told, "meta") for told in (day, morning, evening)}) == 1
    assert content_hash(day, "meta") != content_hash("2024-06-01", "meta")
    assert content_hash(morning, "record") != content_hash(evening, "record")
