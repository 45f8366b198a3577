"""Web archives: pages, what is passed over, and archives that are cut off, damaged or hostile."""

from __future__ import annotations

import gzip
import io
import re
from collections import Counter

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.sources.files import parse_file
from pipelines.sources.records import Document, SetAside

ENGLISH = "The minister of trade met with the ambassador of Peru and said that the talks went well."
HTML = "text/html; charset=utf-8"


def page(number: int) -> bytes:
    return (
        f"<html><head><title>Talks {number}</title></head><body><article><p>{ENGLISH} {ENGLISH}</p>"
        f"<p>{ENGLISH} It was session {number}.</p></article></body></html>"
    ).encode()


def response(
    writer: WARCWriter,
    number: int,
    content: bytes | None = None,
    status: str = "200 OK",
    **more: str,
) -> None:
    headers = {"Content-Type": HTML, **{name.replace("_", "-"): v for name, v in more.items()}}
    http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            f"https://news.example/{number}",
            "response",
            payload=io.BytesIO(page(number) if content is None else content),
            http_headers=http,
        )
    )


def archive(*, packed: bool, count: int = 4) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for number in range(1, count + 1):
        response(writer, number)
    return out.getvalue()


def told(path: str, content: bytes) -> list[str]:
    return [
        item.reason if isinstance(item, SetAside) else str(item.url).rpartition("/")[2]
        for item in parse_file(path, content)
    ]


def test_pages_are_read_and_the_rest_is_counted() -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    response(writer, 1)
    response(writer, 2, status="404 Not Found")
    response(writer, 3, status="301 Moved Permanently", Location="https://news.example/1")
    response(writer, 4, b"\x89PNG", Content_Type="image/png")
    writer.write_record(
        writer.create_revisit_record("https://news.example/1", "sha1:AAAA", "x", "2024-05-31")
    )
    response(writer, 1, page(9))
    passed: Counter[str] = Counter()
    first, again = parse_file("news/a.warc.gz", out.getvalue(), passed=passed)
    assert isinstance(first, Document)
    assert isinstance(again, Document)
    assert (first.url, first.record, first.doc_id) == ("https://news.example/1", 2, "a-2")
    assert first.title == "Talks 1"
    assert (again.url, again.record) == (first.url, 7)
    assert "session 9" in again.text
    assert passed == {
        "warcinfo": 1,
        "error response": 1,
        "redirect": 1,
        "other media": 1,
        "revisit": 1,
    }


def test_an_archive_without_pages_is_told() -> None:
    assert told("a.warc.gz", archive(packed=True, count=0)) == ["empty_text"]


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_that_is_cut_off_gives_what_stands_before(packed: bool) -> None:
    content = archive(packed=packed)
    for cut in range(len(content) // 2, len(content) - 4, 37):
        found = told("a.warc", content[:cut])
        assert found.count("truncated_warc") <= 1
        assert set(found) - {"truncated_warc"} <= {"1", "2", "3", "4"}
        assert len(found) >= 2
        if "4" not in found:
            starts = [m.start() for m in re.finditer(rb"WARC/1|\x1f\x8b\x08", content)]
            assert "truncated_warc" in found or cut in starts, cut


@pytest.mark.parametrize("length", ["3", "500", "9999", "99999999", "9" * 15, "9" * 40, "-5", "x"])
def test_a_false_length_costs_its_own_record_only(length: str) -> None:
    content = archive(packed=False)
    second = list(re.finditer(rb"Content-Length: (\d+)\r\n\r\nHTTP", content))[1]
    false = content[: second.start(1)] + length.encode() + content[second.end(1) :]
    assert told("a.warc", false) == ["1", "bad_record", "3", "4"]


def test_a_head_that_is_none_costs_its_own_record_only() -> None:
    content = archive(packed=False)
    second = [m.start() for m in re.finditer(rb"WARC/1", content)][2]
    assert told("a.warc", content[:second] + b"XXXX" + content[second + 4 :]) == [
        "1",
        "bad_record",
        "3",
        "4",
    ]


def test_a_damaged_record_of_a_packed_archive_costs_no_other() -> None:
    content = bytearray(archive(packed=True))
    second = [m.start() for m in re.finditer(rb"\x1f\x8b\x08", content)][2]
    content[second + 150] ^= 0xFF
    assert told("a.warc.gz", bytes(content)) == ["1", "parse_error", "3", "4"]


def test_changed_bytes_do_not_pass_their_digest() -> None:
    content = archive(packed=False)
    assert told("a.warc", content.replace(b"session 2", b"session 7")) == [
        "1",
        "bad_record",
        "3",
        "4",
    ]


def test_a_bomb_in_an_archive_costs_no_other_page() -> None:
    out = io.BytesIO()
    response(WARCWriter(out, gzip=True), 7, b"<html>" + b"a" * (80 * 1024 * 1024))
    assert told("a.warc.gz", out.getvalue() + archive(packed=True)) == ["bomb", "1", "2", "3", "4"]


def test_pages_are_unpacked_as_their_headers_say() -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    response(writer, 1, gzip.compress(page(1)), Content_Encoding="gzip")
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (page(2)[:50], page(2)[50:]))
    response(writer, 2, chunks + b"0\r\n\r\n", Transfer_Encoding="chunked")
    response(writer, 3, chunks[:-30], Transfer_Encoding="chunked")
    response(writer, 4, gzip.compress(page(4))[:-40], Content_Encoding="gzip")
    response(writer, 5, Content_Length=str(len(page(5)) + 100))
    response(writer, 6, b"\x1b\x00\x00", Content_Encoding="br")
    response(writer, 7, gzip.compress(b"a" * (80 * 1024 * 1024)), Content_Encoding="gzip")
    assert told("a.warc.gz", out.getvalue()) == [
        "1",
        "2",
        "truncated_warc",
        "truncated_warc",
        "truncated_warc",
        "unsupported_type",
        "bomb",
    ]
