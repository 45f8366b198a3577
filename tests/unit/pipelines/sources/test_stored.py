"""Records in stored bytes: found, and taken out without a loss to the others."""

from __future__ import annotations

import csv
import gzip
import io
import json

import pyarrow
import pytest
from pyarrow import parquet
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.sources.files import parse_file
from pipelines.sources.records import Document
from pipelines.sources.stored import (
    has_text,
    probes_of,
    record_text,
    records_of,
    unpacked,
    without_records,
    words_of,
    words_of_bytes,
)

TALKS = (
    "Peru's foreign minister met \"Kenya's\" envoy in Lima; they spoke of fisheries & mining.\nEnd."
)
OTHER = "The foreign minister of Ghana met with the foreign minister of Chile in the city of Accra."
LINES = "\n".join([json.dumps({"text": OTHER}), "{broken", json.dumps({"text": TALKS})]) + "\n"


def test_a_record_is_found_by_the_number_that_the_parser_gives() -> None:
    content = LINES.encode()
    assert record_text("a.jsonl", content, 2) == "{broken"
    assert json.loads(record_text("a.jsonl", content, 3) or "") == {"text": TALKS}
    assert record_text("a.jsonl", content, 9) is None
    assert record_text("a.txt", content, 1) is None
    assert dict(records_of("a.json", b'[{"text": "x"}, 3]') or ()) == {1: {"text": "x"}, 2: 3}
    assert dict(records_of("a.jsonl.gz", gzip.compress(content)) or ())[2] == "{broken"


def test_the_others_keep_values_and_numbers() -> None:
    rest = without_records("a.jsonl", LINES.encode(), lambda number, _: number == 2)
    assert rest is not None
    assert (rest.removed, rest.left) == (1, 2)
    before = [item for item in parse_file("a.jsonl", LINES.encode()) if isinstance(item, Document)]
    assert list(parse_file("a.jsonl", rest.content)) == before
    listed = json.dumps([{"text": TALKS}, {"text": OTHER}]).encode()
    rest = without_records("a.json", listed, lambda number, _: number == 1)
    assert rest is not None
    assert json.loads(rest.content) == [None, {"text": OTHER}]
    assert without_records("a.html", listed, lambda *_: True) is None


def test_a_packed_file_is_written_anew_packed() -> None:
    packed = gzip.compress(LINES.encode())
    rest = without_records(
        "a.jsonl.gz", packed, lambda _, value: has_text(value, frozenset({words_of(TALKS)}))
    )
    assert rest is not None
    assert gzip.decompress(rest.content).decode() == "\n".join(LINES.split("\n")[:2]) + "\n\n"


def test_a_row_of_a_table_is_emptied() -> None:
    written = io.StringIO()
    csv.writer(written).writerows([["title", "text"], ["Talks", TALKS], ["Other", OTHER]])
    rest = without_records(
        "a.csv",
        written.getvalue().encode(),
        lambda _, value: has_text(value, frozenset({words_of(TALKS)})),
    )
    assert rest is not None
    assert (rest.removed, rest.left) == (1, 1)
    rows = list(csv.reader(io.StringIO(rest.content.decode())))
    assert rows == [["title", "text"], ["", ""], ["Other", OTHER]]


def test_the_same_text_has_the_same_words_wherever_it_stands() -> None:
    page = f"<html><p>{TALKS.replace('&', '&amp;')}</p></html>"
    for written in (json.dumps({"text": TALKS}), page, TALKS.upper(), TALKS.replace(" ", "\r\n")):
        assert words_of(TALKS) in (words_of_bytes(written.encode()) or "")
    assert words_of_bytes(gzip.compress(TALKS.encode())) == words_of(TALKS)
    assert words_of_bytes(b"PAR1\x00\x00\x01") is None
    assert words_of_bytes(b"\x89PNG\x00") is None


def test_a_record_that_quotes_a_text_is_not_the_record_that_has_it() -> None:
    texts = frozenset({words_of(TALKS)})
    assert has_text({"a": {"text": TALKS.lower()}}, texts)
    assert not has_text({"text": f"{OTHER} {TALKS}"}, texts)
    assert has_text('{"text": "' + TALKS, texts), "a broken line that holds it"
    assert not has_text("{broken", frozenset({"broken"})), "a word is no text"
    assert not has_text(3, texts)


def test_probes_are_parts_of_the_text() -> None:
    words = words_of(f"{TALKS} {OTHER} {TALKS}")
    assert len(probes_of(words)) == 3
    assert all(probe in words for probe in probes_of(words))
    assert probes_of("one two") == ("one two",)


@pytest.mark.parametrize("content", [b"\x1f\x8bnonsense", gzip.compress(b"abc", mtime=0)[:-3]])
def test_what_cannot_be_unpacked_is_told(content: bytes) -> None:
    assert unpacked(content) is None
    assert without_records("a.jsonl.gz", content, lambda *_: True) is None


def test_several_packed_members_are_one_file() -> None:
    assert unpacked(gzip.compress(b"one ") + gzip.compress(b"two")) == b"one two"


LONG = f"{OTHER} They agreed on scholarships, and on a ferry between the ports of both countries."
PAGE = (
    "<html><p>{}</p><aside>Read also</aside><p>They agreed on scholarships, and on a ferry between "
    "the ports of both countries.</p></html>"
)


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_is_taken_out_of_a_web_archive(packed: bool) -> None:
    written = io.BytesIO()
    writer = WARCWriter(written, gzip=packed)
    for text in ("One page.", OTHER, "Another page."):
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://a.example/{len(text)}",
            "response",
            payload=io.BytesIO(PAGE.format(text).encode()),
            http_headers=head,
        )
        writer.write_record(record)
    content = written.getvalue()
    name = "a.warc.gz" if packed else "a.warc"
    texts = frozenset({words_of(LONG)})
    assert all(probe in (words_of_bytes(content) or "") for probe in probes_of(words_of(OTHER)))
    rest = without_records(name, content, lambda _, page: has_text(page, texts))
    assert rest is not None
    assert (rest.removed, rest.left) == (1, 2)
    assert "ghana" not in (words_of_bytes(rest.content) or "")
    kinds, pages = [], []
    for record in ArchiveIterator(io.BytesIO(rest.content)):
        kinds.append(record.rec_type)
        pages.append(record.content_stream().read().decode())
    assert kinds == ["response", "metadata", "response"], "the third keeps its number"
    assert ["One page." in pages[0], "Another page." in pages[2]] == [True, True]
    assert rest.content.startswith(b"\x1f\x8b") is packed


def test_a_row_of_a_parquet_file_becomes_nulls() -> None:
    table = pyarrow.table({"text": [OTHER, TALKS], "n": [1, 2]})
    written = pyarrow.BufferOutputStream()
    parquet.write_table(table, written)
    content = bytes(written.getvalue())
    assert words_of(TALKS) in (words_of_bytes(content) or "")
    texts = frozenset({words_of(TALKS)})
    rest = without_records("a.parquet", content, lambda _, row: has_text(row, texts))
    assert rest is not None
    assert (rest.removed, rest.left) == (1, 1)
    assert parquet.read_table(pyarrow.BufferReader(rest.content)).to_pylist() == [
        {"text": OTHER, "n": 1},
        {"text": None, "n": None},
    ]
    assert words_of(TALKS) not in (words_of_bytes(rest.content) or "")
    assert without_records("a.parquet", b"PAR1 broken", lambda *_: True) is None


@pytest.mark.parametrize("content", [b"WARC/1.0\r\nbroken", b"WARC/", b"PAR1"])
def test_a_broken_archive_costs_nothing(content: bytes) -> None:
    assert words_of_bytes(content) in (None, "")
    texts = frozenset({words_of(TALKS)})
    rest = without_records("a.warc", content, lambda _, value: has_text(value, texts))
    assert rest is None or rest.removed == 0


GOOD, FELLOW = json.dumps({"text": TALKS}), json.dumps({"text": OTHER})


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"status": "ok", "articles": [{"text": TALKS}, {"text": OTHER}]}, indent=1),
        json.dumps({"n": None, "articles": [{"text": TALKS}, {"text": OTHER}], "more": [1]}),
        f'{{"articles":[\n{GOOD},\n{FELLOW}\n]}}',
        f'{{"status":"ok",\n"articles":[\n{GOOD},\n{FELLOW}\n]}}\n',
        f"{GOOD}\n{FELLOW}\n",
        f"[{GOOD},{FELLOW}]",
        f"\ufeff[{GOOD},{FELLOW}]",
    ],
)
@pytest.mark.parametrize("number", [1, 2])
def test_the_records_of_a_json_file_are_counted_as_the_reader_does(
    content: str, number: int
) -> None:
    plain = content.encode()
    assert dict(records_of("a.json", plain) or ()) == {1: {"text": TALKS}, 2: {"text": OTHER}}
    text = (TALKS, OTHER)[number - 1]
    rest = without_records(
        "a.json", plain, lambda _, value: has_text(value, frozenset({words_of(text)}))
    )
    assert rest is not None
    assert (rest.removed, rest.left) == (1, 1)
    assert words_of(text) not in words_of(rest.content.decode())
    before = [item for item in parse_file("a.json", plain) if item.record != number]
    after = [item for item in parse_file("a.json", rest.content) if isinstance(item, Document)]
    assert after == before
    assert ("status" in content) == (b"status" in rest.content), "what is around stays"


@pytest.mark.parametrize("gone", [{1}, {2}, {3}, {1, 2}, {1, 3}])
@pytest.mark.parametrize(
    "content",
    [
        f'[\n {{\n "text": {json.dumps(TALKS)}\n }},\n {{\n "text": two\n }},\n {FELLOW}\n]',
        f'{{"items": [{GOOD}, nonsense, {FELLOW}]}}',
        f'[\n{GOOD},\n{{"text": "open }},\n{FELLOW}\n]',
        f'{GOOD}\n{{"text": "open\n{FELLOW}\n',
        f'{{"text": "open\n{GOOD}\n{FELLOW}\n',
    ],
)
def test_a_broken_record_of_a_json_file_costs_no_other(content: str, gone: set[int]) -> None:
    plain = content.encode()
    shown = dict(records_of("a.json", plain) or ())
    before = {item.record: item for item in parse_file("a.json", plain)}
    assert {n for n, value in shown.items() if isinstance(value, dict)} == {
        n for n, item in before.items() if isinstance(item, Document)
    }
    rest = without_records("a.json", plain, lambda number, _: number in gone)
    if rest is None:  # it would be read in another way
        assert "open" in content
        assert gone != {1, 2, 3}
        return
    after = {item.record: item for item in parse_file("a.json", rest.content)}
    for number, item in before.items():
        if number in gone:
            assert not isinstance(after.get(number), Document)
        elif isinstance(item, Document):
            assert after[number] == item
        else:
            assert isinstance(after[number], type(item))
