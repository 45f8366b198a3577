from __future__ import annotations

import gzip
import io
import json
import os
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.sources.charset import decode
from pipelines.sources.files import (
    Content,
    find_files,
    labels_of,
    open_file,
    parse_file,
    parse_stream,
)
from pipelines.sources.records import MAX_TEXT_CHARACTERS, REASONS, Document, SetAside

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
        ("a.doc.gz", gzip.compress(ENGLISH.encode()), "unsupported_type"),
        ("a.gz", gzip.compress(ENGLISH.encode()), "unsupported_type"),
        ("a.csv", ENGLISH.encode(), "bad_record"),
        ("a.csv", b"id,text\n", "empty_text"),
        ("a.jsonl", b"\n \n", "empty_text"),
        ("a.json", b'{"name": "no article", "list": [1, 2]}', "bad_record"),
        ("a.html", b"<html>" + bytes(range(1, 9)) * 40, "binary"),
        (
            "a.txt",
            b"Talks \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
            "bad_charset",
        ),
        ("a.txt.gz", ENGLISH.encode(), "parse_error"),
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
        (9, "too_deep"),
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
        ("published", 31, "bad_published"),
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
    assert item.published == "2024-05-17T09:30:00+03:00"
    assert (item.published_precision, item.published_from) == ("second", "meta")
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
    results = {file.path: open_file(file) for file in find_files(tmp_path / "news")}
    assert sorted(results) == ["caf\\udce9.txt", "gone.txt", "pipe.txt"]
    for name in ("gone.txt", "pipe.txt"):
        aside = results[name]
        assert isinstance(aside, SetAside)
        assert aside.reason == "unreadable"
    opened = results["caf\\udce9.txt"]
    assert not isinstance(opened, SetAside)
    with opened:
        assert opened.read().decode() == ENGLISH


def test_a_pattern_finds_files_counted_from_its_fixed_part(tmp_path: Path) -> None:
    for name in (
        "news/2024-01/a/1.jsonl.gz",
        "news/2024-02/2.jsonl.gz",
        "news/2023-12/3.jsonl.gz",
        "news/2024-02/.hidden.jsonl.gz",
        "news/2024-02/notes.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    pattern = tmp_path / "news/2024-*/**/*.jsonl.gz"
    assert [file.path for file in find_files(pattern, "news")] == [
        "news/2024-01/a/1.jsonl.gz",
        "news/2024-02/2.jsonl.gz",
    ]
    assert labels_of([pattern, tmp_path / "news"]) == ["news", "news"]
    folders = [file.path for file in find_files(tmp_path / "news/*-02")]
    assert folders == ["2024-02/2.jsonl.gz", "2024-02/notes.txt"]
    with pytest.raises(FileNotFoundError):
        list(find_files(tmp_path / "news/2019-*"))


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "talks [1].txt").write_text(ENGLISH)
    (file,) = find_files(tmp_path / "talks [1].txt")
    assert file.path == "talks [1].txt"


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.csv"])
def test_every_format_may_be_packed_and_given_as_bytes_stream_or_path(
    tmp_path: Path, name: str
) -> None:
    content = {
        "a.txt": ENGLISH,
        "a.jsonl": json.dumps({"text": ENGLISH}),
        "a.json": json.dumps([{"text": ENGLISH}]),
        "a.csv": f"text\n{ENGLISH}\n",
    }[name].encode()
    packed = gzip.compress(content[:20]) + gzip.compress(content[20:])
    (tmp_path / name).write_bytes(content)
    ways: list[tuple[str, Content]] = [
        (name, content),
        (name, io.BytesIO(content)),
        (name, tmp_path / name),
        (f"{name}.gz", packed),
        (name, packed),
    ]
    for path, given in ways:
        (item,) = parse_file(path, given)
        assert isinstance(item, Document), item
        assert item.text == ENGLISH
        assert item.doc_id in ("a", "a-1")


def test_a_packed_file_that_is_cut_off_gives_what_stands_before() -> None:
    lines = "".join(json.dumps({"text": f"{ENGLISH} {n}"}) + "\n" for n in range(5_000)).encode()
    items = list(parse_file("a.jsonl.gz", gzip.compress(lines)[:-1_000]))
    *documents, last = items
    assert len(documents) > 3_000
    assert all(isinstance(item, Document) for item in documents)
    assert isinstance(last, SetAside)
    assert (last.record, last.reason) == (None, "truncated_gzip")


@pytest.mark.parametrize("name", ["a.txt.gz", "a.html.gz", "a.jsonl.gz", "a.json.gz", "a.csv.gz"])
def test_a_bomb_is_not_unpacked_to_its_end(name: str) -> None:
    content = b"text\n" + b"0" * (100 * 1024 * 1024)
    *_, last = parse_file(name, gzip.compress(content, 1))
    assert isinstance(last, SetAside)
    assert last.reason == "bomb"


def test_a_line_without_end_is_set_aside_and_reading_goes_on() -> None:
    good = json.dumps({"text": ENGLISH}).encode()
    content = b"\n".join([good, b'{"text": "' + b"a" * (17 * 1024 * 1024) + b'"}', good])
    for name in ("a.jsonl", "a.json"):
        told = [
            (item.record, item.reason if isinstance(item, SetAside) else "read")
            for item in parse_file(name, content)
        ]
        assert told == [(1, "read"), (2, "too_large"), (3, "read")], name


def test_a_list_of_any_length_is_cut_into_records_and_a_bad_one_costs_no_other() -> None:
    good = json.dumps({"text": ENGLISH, "more": {"a": [1, {"b": 'x]}"'}]}})
    bad = ('{"text": "x",}', '{"a": [1, 2}', "nonsense", '{"a": "x"}]')
    for broken in bad:
        for head, tail in (("[", "]"), ('{"meta": ["articles"], "articles": [', '], "n": 3}')):
            content = f"{head}{good}, {broken}, {good}{tail}"
            told = [
                (item.record, isinstance(item, Document))
                for item in parse_file("a.json", content.encode())
            ]
            assert (1, True) in told, broken
            if "]," in f"{broken}," and head != "[":
                continue  # that closes the list of the object: what follows is no record
            assert (3, True) in told, (broken, told)
            assert (2, False) in told, (broken, told)


def test_records_that_a_quote_without_end_swallowed_are_read_where_each_has_its_line() -> None:
    good = json.dumps({"text": ENGLISH})
    content = f'[\n{good},\n{{"text": "open }},\n{good},\n{good}\n]'
    told = [isinstance(item, Document) for item in parse_file("a.json", content.encode())]
    assert told == [True, False, True, True]


def test_countless_bad_lines_are_told_one_by_one_up_to_a_number() -> None:
    items = list(parse_file("a.jsonl", b"{\n" * 10_500))
    assert len(items) == 10_001
    last = items[-1]
    assert isinstance(last, SetAside)
    assert (last.record, last.reason) == (None, "bad_json_line")
    assert "500 further records" in last.detail


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.html", "a.json"])
def test_noise_is_told_as_such(name: str) -> None:
    noise = random.Random(1).randbytes(20_000)
    items = list(parse_file(name, noise))
    assert {item.reason for item in items if isinstance(item, SetAside)} <= {
        "binary",
        "bad_charset",
        "bad_json_line",
    }
    assert len(items) == 1


def test_cyrillic_that_is_called_utf8_is_not_taken_for_english() -> None:
    text = "Министр иностранных дел провёл переговоры со своим коллегой из Перу. " * 9
    page = f'<html><head><meta charset="utf-8"></head><body><p>{text}</p></body></html>'
    for name, content in (
        ("a.txt", text),
        ("a.html", page),
        ("a.jsonl", json.dumps({"text": text}, ensure_ascii=False)),
    ):
        (item,) = parse_file(name, content.encode("cp1251"))
        assert isinstance(item, SetAside)
        assert item.reason in ("not_english", "bad_charset")


def test_a_date_in_the_future_is_set_aside() -> None:
    soon = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    late = (datetime.now(UTC) + timedelta(days=4)).date().isoformat()
    lines = "\n".join(json.dumps({"text": ENGLISH, "published": day}) for day in (soon, late))
    first, second = parse_file("a.jsonl", lines.encode())
    assert isinstance(first, Document)
    assert isinstance(second, SetAside)
    assert second.reason == "future_date"
    assert late in second.detail


def test_every_reason_is_in_words() -> None:
    assert all(words and words[0].islower() for words in REASONS.values())


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"status": "ok", "articles": [{"text": ENGLISH}] * 2}, indent=1),
        json.dumps({"articles": [{"text": ENGLISH}] * 2}),
        json.dumps({"status": "ok", "articles": [{"text": ENGLISH}] * 2}) + "\n",
        '{{"articles":[\n{0},\n{0}\n]}}'.format(json.dumps({"text": ENGLISH})),
        '{{"status":"ok",\n"Articles":[\n{0},\n{0}]}}'.format(json.dumps({"text": ENGLISH})),
        '{{\n"data":[\n{0}\n,\n{0}\n]}}\n'.format(json.dumps({"text": ENGLISH})),
    ],
)
def test_a_list_within_an_object_is_read_however_it_is_written(content: str) -> None:
    items = list(parse_file("a.json", content.encode()))
    assert [(item.record, type(item)) for item in items] == [(1, Document), (2, Document)]


def test_lines_under_the_ending_of_json_may_begin_with_a_broken_one() -> None:
    good = json.dumps({"text": ENGLISH})
    items = list(parse_file("a.json", f'{{"text": "cut off\n{good}\n{good}\n'.encode()))
    assert [(item.record, isinstance(item, Document)) for item in items] == [
        (1, False),
        (2, True),
        (3, True),
    ]
