"""CSV and Parquet: columns, records, and what is broken."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.sources.files import parse_file
from pipelines.sources.records import Document, SetAside

ENGLISH = "The minister of trade met with the ambassador of Peru and said that the talks went well."


def told(path: str, content: bytes | str) -> list[tuple[int | None, str]]:
    data = content.encode() if isinstance(content, str) else content
    return [
        (item.record, item.reason if isinstance(item, SetAside) else item.doc_id)
        for item in parse_file(path, data)
    ]


def parquet(**columns: object) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


@pytest.mark.parametrize(
    "head",
    [
        "text,doc_id,url,title,published,author",
        "Body,ID,Link,Headline,Date,Byline",
        "content,guid,href,title,published at,creator",
        "maintext,id,url,title,date_publish,authors",
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_go_by_the_obvious_names(head: str, delimiter: str) -> None:
    row = f'"{ENGLISH}",n1,https://news.example/1,Talks,2024-05-31 10:30,Ana Lum'
    content = f"{head}\n{row}\n".replace(",", delimiter)
    (item,) = parse_file("a.csv", content.encode())
    assert isinstance(item, Document)
    assert (item.text, item.doc_id, item.url) == (ENGLISH, "n1", "https://news.example/1")
    assert (item.title, item.published, item.author) == ("Talks", "2024-05-31 10:30", "Ana Lum")
    assert (item.published_precision, item.published_from) == ("minute", "record")


def test_a_quote_without_end_costs_its_own_record_only() -> None:
    rows = [
        "id,text",
        f'1,"{ENGLISH}"',
        f'2,"open {ENGLISH}',
        f'3,"two\nlines, ""quoted"". {ENGLISH}"',
        f"4,{ENGLISH}",
        f'5,He said "yes" and that the {ENGLISH}',
        f'6,"a" b, c {ENGLISH}',
        f'7,"open at the end {ENGLISH}',
    ]
    found = told("a.csv", "\n".join(rows))
    assert found == [
        (1, "1"),
        (2, "bad_record"),
        (3, "3"),
        (4, "4"),
        (5, "5"),
        (6, "bad_record"),
        (7, "bad_record"),
    ]


def test_a_quote_without_end_is_not_closed_by_the_next_record() -> None:
    plain = "\n".join(f"{n},{ENGLISH}" for n in range(2, 50))
    assert told("a.csv", f'id,text\n1,"open\n{plain}')[:2] == [(1, "bad_record"), (2, "2")]
    assert len(told("a.csv", f'id,text\n1,"open\n{plain}')) == 49


def test_bad_bytes_and_nul_cost_their_own_record_only() -> None:
    content = b"id,text\n1," + ENGLISH.encode() + b"\n2,a\x00b " + ENGLISH.encode() + b"\n"
    content += b"3," + ENGLISH.encode() + b" caf\xe9\n"
    assert told("a.csv", content) == [(1, "1"), (2, "bad_charset"), (3, "3")]


def test_a_table_without_texts_is_told_with_its_columns() -> None:
    for path, content in (
        ("a.csv", b"name,size\nx,1\n"),
        ("a.parquet", parquet(name=["x"], size=[1])),
    ):
        (item,) = parse_file(path, content)
        assert isinstance(item, SetAside)
        assert item.reason == "bad_record"
        assert "name, size" in item.detail


def test_parquet_gives_its_rows_with_their_times() -> None:
    content = parquet(
        body=[ENGLISH, None, ENGLISH],
        date=[datetime(2024, 5, 31, 10, 30, tzinfo=UTC), None, datetime(2099, 1, 1, tzinfo=UTC)],
        size=[1, 2, 3],
    )
    assert told("a.parquet", content) == [(1, "a-1"), (2, "bad_record"), (3, "future_date")]
    item = next(parse_file("a.parquet", content))
    assert isinstance(item, Document)
    assert item.published == "2024-05-31T10:30:00+00:00"


def test_a_broken_parquet_file_is_told() -> None:
    content = parquet(text=[ENGLISH] * 100)
    for broken in (content[:-6], content[: len(content) // 2], b"PAR1" + b"x" * 50 + b"PAR1"):
        assert told("a.parquet", broken) == [(None, "parse_error")]
    damaged = content[:30] + b"\xff" * 40 + content[70:]
    assert {what for _, what in told("a.parquet", damaged)} & {"parse_error", "bad_charset"}
