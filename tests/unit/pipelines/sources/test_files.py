from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pipelines.sources.files import (
    MAX_TEXT_CHARACTERS,
    decode,
    find_files,
    labels_of,
    parse_file,
    parse_stream,
    read_bytes,
)
from pipelines.sources.records import Document, SetAside

ENGLISH = "The minister of trade met with the ambassador of Peru and said that the talks went well."


def only(path: str, content: bytes | str) -> Document | SetAside:
    data = content.encode() if isinstance(content, str) else content
    (item,) = parse_file(path, data)
    return item


def reason(path: str, content: bytes | str) -> str:
    item = only(path, content)
    assert isinstance(item, SetAside), item
    assert item.detail
    assert item.path == path
    return item.reason


def test_a_text_file_is_one_article_named_after_the_file() -> None:
    item = only("news/2024/talks.in.lima.txt", ENGLISH)
    assert isinstance(item, Document)
    assert (item.doc_id, item.record, item.text) == ("talks.in.lima", 1, ENGLISH)
    assert (item.title, item.published, item.language) == (None, None, "en")


def test_line_ends_and_byte_order_marks_are_no_text() -> None:
    assert decode(b"\xef\xbb\xbfone\r\ntwo\rthree\n") == "one\ntwo\nthree\n"
    assert decode("é“x”".encode("utf-16")) == "é“x”"


def test_western_text_that_is_not_utf8_is_read() -> None:
    text = "The minister said: “Relations with São Tomé are excellent”, and left for Brasília."
    item = only("a.txt", (text * 3).encode("cp1252"))
    assert isinstance(item, Document)
    assert "São Tomé" in item.text
    assert "“Relations" in item.text


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("a.txt", b"", "empty_text"),
        ("a.txt", b" \n\t \n", "empty_text"),
        ("a.txt", b"\x00\x01\x02\x03" * 400, "binary"),
        ("a.txt", bytes(range(128, 256)) * 8 + b"\x00", "binary"),
        ("a.txt", b"plain\x01\x02\x03 words", "binary"),
        ("a.pdf", b"%PDF-1.7", "unsupported_type"),
        ("a.csv", ENGLISH.encode(), "unsupported_type"),
        (
            "a.txt",
            "El ministro de Comercio se reunió con el embajador del Perú en La Habana.".encode(),
            "not_english",
        ),
        ("a.txt", "外交部长会见了古巴副总理,双方就经贸合作交换了意见。".encode(), "not_english"),
        ("a.txt", ("word " * (MAX_TEXT_CHARACTERS // 5 + 1)).encode(), "too_large"),
        ("a.html", b"<html><body></body></html>", "empty_text"),
    ],
)
def test_what_cannot_be_an_article_is_set_aside_with_its_reason(
    path: str, content: bytes, expected: str
) -> None:
    assert reason(path, content) == expected


def test_one_bad_record_costs_no_other() -> None:
    lines = [
        json.dumps({"text": ENGLISH, "doc_id": "first"}),
        '{"text": "cut off',
        "",
        "[1, 2]",
        json.dumps({"title": "no text"}),
        json.dumps({"text": ENGLISH, "published": "last Tuesday"}),
        json.dumps({"text": " "}),
        json.dumps({"text": "half a pair \ud800 " + ENGLISH}),
        "[" * 100_000,
        json.dumps(
            {"text": ENGLISH, "source": "https://news.example/a", "published": "2024-05-31"}
        ),
    ]
    items = list(parse_file("x/feed.jsonl", "\n".join(lines).encode()))
    told = [(i.record, i.reason if isinstance(i, SetAside) else i.doc_id) for i in items]
    assert told == [
        (1, "first"),
        (2, "bad_json_line"),
        (4, "bad_record"),
        (5, "bad_record"),
        (6, "bad_published"),
        (7, "empty_text"),
        (8, "bad_charset"),
        (9, "bad_json_line"),
        (10, "feed-10"),
    ]
    last = items[-1]
    assert isinstance(last, Document)
    assert (last.url, last.published) == ("https://news.example/a", "2024-05-31")


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("text", ENGLISH + "\x00", "bad_charset"),
        ("title", "a\x00b", "bad_charset"),
        ("doc_id", "\ud800", "bad_charset"),
        ("url", "https://news.example/\udfff", "bad_charset"),
        ("published", "0001-01-01T00:00:00+14:00", "bad_published"),
        ("published", 20240531, "bad_published"),
        ("text", None, "bad_record"),
    ],
)
def test_a_value_that_cannot_be_stored_is_set_aside(
    field: str, value: object, expected: str
) -> None:
    assert reason("a.jsonl", json.dumps({"text": ENGLISH, field: value})) == expected


def test_a_json_file_may_hold_one_article_a_list_or_lines() -> None:
    article = {"text": ENGLISH}
    for content, count in (
        (json.dumps(article, indent=1), 1),
        (json.dumps([article, article]), 2),
        ("\n".join([json.dumps(article)] * 3), 3),
    ):
        items = list(parse_file("a.json", content.encode()))
        assert [type(item) for item in items] == [Document] * count
        assert [item.record for item in items] == list(range(1, count + 1))


def test_a_page_gives_title_text_date_and_address() -> None:
    page = f"""<html lang="en"><head><title>Talks in Lima</title>
    <link rel="canonical" href="https://ministry.example/talks">
    <meta property="article:published_time" content="2024-05-17T09:30:00+03:00"></head>
    <body><nav><a href="/">Home</a> <a href="/x">Press</a></nav><article><h1>Talks in Lima</h1>
    <p>{ENGLISH} {ENGLISH}</p><p>{ENGLISH} It was the second such meeting.</p></article>
    <footer>All rights reserved</footer></body></html>"""
    item = only("a.html", page)
    assert isinstance(item, Document)
    assert item.url == "https://ministry.example/talks"
    assert item.title == "Talks in Lima"
    assert item.published == "2024-05-17"
    assert "second such meeting" in item.text
    assert "All rights reserved" not in item.text
    assert "Press" not in item.text


def test_standard_input_is_records_if_its_first_line_parses() -> None:
    records = "\n".join(json.dumps({"text": ENGLISH}) for _ in range(2))
    assert [type(item) for item in parse_stream(records.encode())] == [Document, Document]
    (text,) = parse_stream(ENGLISH.encode())
    assert isinstance(text, Document)
    assert (text.doc_id, text.text) == ("stdin", ENGLISH)


def test_folders_are_read_in_a_fixed_order_without_hidden_files(tmp_path: Path) -> None:
    root = tmp_path / "news"
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", ".hidden", ".git/config"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(ENGLISH)
    paths = [file.path for file in find_files(root)]
    assert paths == ["a/b/c.txt", "a/z.txt", "b.txt"]
    assert [file.path for file in find_files(root / "b.txt", "news")] == ["news/b.txt"]
    with pytest.raises(FileNotFoundError, match="nowhere"):
        list(find_files(tmp_path / "nowhere"))


def test_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for name in ("x/news", "y/news"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "1.txt").write_text(ENGLISH)
    roots = [tmp_path / "x/news", tmp_path / "y/news", tmp_path / "x/news/1.txt"]
    assert labels_of(roots) == ["news", "news~2", "news"]


def test_what_is_no_regular_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "news" / "pipe.txt")
    (tmp_path / "news").joinpath(os.fsdecode(b"caf\xe9.txt")).write_text(ENGLISH)
    results = {file.path: read_bytes(file) for file in find_files(tmp_path / "news")}
    assert sorted(results) == ["caf\\udce9.txt", "gone.txt", "pipe.txt"]
    for name in ("gone.txt", "pipe.txt"):
        aside = results[name]
        assert isinstance(aside, SetAside)
        assert aside.reason == "unreadable"
