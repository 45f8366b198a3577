"""Pages: what is taken from them, and what becomes of hostile ones."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator

import pytest

from pipelines.sources import page_process
from pipelines.sources.acceptance import PageTask
from pipelines.sources.files import parse_file
from pipelines.sources.page_pool import PagePool
from pipelines.sources.records import Document, SetAside

ENGLISH = "The minister of trade met with the ambassador of Peru and said that the talks went well."
BODY = f"<p>{ENGLISH} {ENGLISH}</p><p>{ENGLISH} It was the second such meeting.</p>"


def page(head: str = "", body: str = BODY) -> str:
    return (
        f"<!doctype html><html><head><title>Talks in Lima</title>{head}</head><body><nav>"
        '<a href="/">Home</a> <a href="/x">Press</a></nav><article><h1>Talks in Lima</h1>'
        f"{body}</article><footer>All rights reserved</footer></body></html>"
    )


def read(html: str | bytes, path: str = "a.html") -> Document:
    (item,) = parse_file(path, html.encode() if isinstance(html, str) else html)
    assert isinstance(item, Document), item
    return item


def reason(html: str | bytes) -> str:
    (item,) = parse_file("a.html", html.encode() if isinstance(html, str) else html)
    assert isinstance(item, SetAside), item
    assert item.detail
    return item.reason


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


META = '<meta property="article:published_time" content="%s">'


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (
            ld(**{"@type": "NewsArticle", "datePublished": "2024-05-17T09:30:15Z"})
            + META % "2024-05-18T10:00:00Z",
            "",
            ("2024-05-17T09:30:15Z", "second", "json-ld"),
        ),
        (
            ld(**{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"},
               {"@type": ["Article"], "datePublished": "2024-05-17"}]})
            + META % "2024-05-17T10:00+03:00",
            "",
            ("2024-05-17T10:00+03:00", "minute", "meta"),
        ),
        (
            ld(**{"@type": "NewsArticle", "datePublished": "2024-05-17",
                  "dateModified": "2025-01-01"}),
            "",
            ("2024-05-17", "day", "json-ld"),
        ),
        ('<script type="application/ld+json">{broken</script>' + META % "2024-05-17T00:00:00Z", "",
            ("2024-05-17", "day", "meta")),
        ("", '<time datetime="2024-05-17T08:00:00">17 May</time>',
            ("2024-05-17T08:00:00", "second", "time")),
        ('<link rel="canonical" href="https://a.example/2024/05/17/talks.html">', "",
            ("2024-05-17", "day", "url")),
        (META % "2099-01-01" + '<meta name="date" content="2024-05-17">', "",
            ("2024-05-17", "day", "meta")),
        ("", "<p>Published: 17 May 2024</p>", ("2024-05-17", "day", "text")),
        ("", "", (None, None, None)),
    ],
)  # fmt: skip
def test_the_time_of_publication_has_a_precision_and_a_witness(
    head: str, body: str, expected: tuple[str | None, ...]
) -> None:
    item = read(page(head, body + BODY))
    assert (item.published, item.published_precision, item.published_from) == expected


def test_a_page_from_the_future_is_set_aside() -> None:
    assert reason(page(META % "2099-01-01T10:00:00Z")) == "future_date"


def test_author_title_address_and_dateline_are_kept() -> None:
    head = (
        ld(**{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ana Lum"}})
        + '<link rel="canonical" href="https://ministry.example/talks?id=7">'
    )
    item = read(
        page(
            head, f"<p><span class='dateline'>LIMA (Invented Agency) - </span>{ENGLISH}</p>" + BODY
        )
    )
    assert item.author == "Ana Lum"
    assert item.title == "Talks in Lima"
    assert item.url == "https://ministry.example/talks?id=7"
    assert "LIMA (Invented Agency) - The minister" in item.text
    assert "\n\n" in item.text
    for boilerplate in ("Press", "All rights reserved"):
        assert boilerplate not in item.text


def test_a_page_that_calls_itself_the_front_page_has_no_address() -> None:
    assert read(page('<link rel="canonical" href="https://ministry.example/">')).url is None


@pytest.mark.parametrize(
    ("codec", "label"),
    [
        ("utf-8", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("cp1252", "iso-8859-1"),
        ("utf-16", "utf-8"),
        ("utf-8-sig", "windows-1251"),
        ("iso8859-2", "iso-8859-2"),
        ("cp1252", "no-such-charset"),
    ],
)
def test_pages_are_decoded_whatever_they_say(codec: str, label: str) -> None:
    word = "Łódź" if codec == "iso8859-2" else "São Tomé"
    html = page(f'<meta charset="{label}">', f"<p>{ENGLISH} They met in {word}.</p>" + BODY)
    assert f"They met in {word}." in read(html.encode(codec)).text


def test_records_may_hold_html() -> None:
    records = [
        {"html": page(META % "2024-05-17"), "id": "x", "title": "As the feed tells it"},
        {"html": page(META % "2024-05-17"), "published": "2024-05-18", "author": "Desk"},
        {"content": f"<div><p>{ENGLISH}</p><p>{ENGLISH}</p></div>"},
        {"html": "<html></html>"},
        {"text": ENGLISH, "html": page()},
    ]
    first, second, third, fourth, fifth = parse_file(
        "a.jsonl", "\n".join(map(json.dumps, records)).encode()
    )
    assert isinstance(first, Document)
    assert (first.doc_id, first.title) == ("x", "As the feed tells it")
    assert (first.published, first.published_from) == ("2024-05-17", "meta")
    assert isinstance(second, Document)
    assert (second.published, second.published_from, second.author) == (
        "2024-05-18", "record", "Desk",
    )  # fmt: skip
    assert isinstance(third, Document)
    assert "<p>" not in third.text
    assert isinstance(fourth, SetAside)
    assert fourth.reason == "empty_text"
    assert isinstance(fifth, Document)
    assert fifth.text == ENGLISH


def test_elements_hundreds_deep_are_read_and_thousands_deep_are_told() -> None:
    for depth in (100, 260, 900, 1900):
        item = read(f"<html><body>{'<div>' * depth}{BODY}{'</div>' * depth}</body></html>")
        assert "It was the second such meeting." in item.text, depth
    assert reason("<html><body>" + "<div>" * 100_000 + BODY) == "too_deep"
    lists = "<html><body>" + "<section><aside>" * 300 + BODY
    assert reason(lists) == "too_deep"


def test_a_page_of_one_endless_paragraph_is_too_large() -> None:
    assert reason(f"<html><body><p>{ENGLISH * 170_000}</p></body></html>") == "too_large"


def test_stray_control_characters_and_half_pairs_do_not_cost_the_page() -> None:
    html = page(body=BODY + f"<p>{ENGLISH} And\x00 so &#xD800; on.</p>")
    assert "second such meeting" in read(html).text


def task(content: str) -> PageTask:
    return PageTask(Document("a.html", 1, "a", ""), content.encode(), len(content))


@pytest.fixture
def pool() -> Iterator[PagePool]:
    pages = PagePool(1, seconds=3.0)
    yield pages
    pages.close()


def test_a_page_that_takes_too_long_is_killed_and_the_next_is_read(pool: PagePool) -> None:
    assert pool.read(task(page()))["text"]
    slow = page(body=BODY * 500)
    pool._seconds = 0.05
    began = time.monotonic()
    told = pool.read(task(slow))
    assert told["reason"] == "timeout"
    assert time.monotonic() - began < 5
    pool._seconds = 60.0
    assert pool.read(task(page()))["title"] == "Talks in Lima"


def test_one_process_reads_many_pages_and_is_replaced_when_it_dies(pool: PagePool) -> None:
    pool._seconds = 60.0
    pool.read(task(page()))
    (first,) = pool._all
    pool.read(task(page()))
    assert pool._all == {first}
    os.kill(first.pid, 9)
    assert pool.read(task(page()))["reason"] == "parse_error"
    assert pool.read(task(page()))["text"]


def test_the_order_stays_where_pages_are_read_at_once() -> None:
    pages = PagePool(2)
    try:
        steps = [
            task(page(body=f"<p>{ENGLISH} Page {n}.</p>" + BODY))
            if n % 3
            else SetAside(str(n), None, "binary", "x", 0)
            for n in range(20)
        ]
        found = [
            item.path
            if isinstance(item, SetAside)
            else item.text.partition("Page ")[2].partition(".")[0]
            for item in pages.finish(steps)
        ]
    finally:
        pages.close()
    assert found == [str(n) for n in range(20)]


def test_memory_is_limited_in_the_process() -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_AS)
    pid = os.fork()
    if pid == 0:
        page_process.limit_memory(256 * 1024 * 1024)
        try:
            bytearray(10**9)
        except MemoryError:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_lists_and_tables_are_text_and_buttons_are_not() -> None:
    table = (
        "<table><tr><td>Year</td><td>Trade</td></tr><tr><td>2023</td><td>4 tons</td></tr></table>"
    )
    points = "<ul><li>The first point that they agreed upon.</li><li>The second point.</li></ul>"
    item = read(
        page(body=f"{BODY}<h2>Trade</h2>{points}{table}<p>{ENGLISH}</p><p>Share this article</p>")
    )
    assert "2023 | 4 tons" in item.text
    assert "The first point that they agreed upon." in item.text
    assert "Share this" not in item.text
    cell = f"{ENGLISH}<br><br>{ENGLISH}"
    in_a_cell = read(f"<html><body><table><tr><td>{cell}</td></tr></table></body></html>")
    assert in_a_cell.text.startswith("The minister")
    assert "|" not in in_a_cell.text


def test_a_page_of_several_articles_and_a_teaser_give_what_they_show() -> None:
    feed = "".join(
        f"<article><h2><a href=/{n}>Story {n}</a></h2><p>{ENGLISH} {ENGLISH} It was number {n}.</p>"
        "</article>"
        for n in range(4)
    )
    several = read(f"<html><head><title>News</title></head><body>{feed}</body></html>")
    assert all(f"number {n}." in several.text for n in range(4))
    wall = '<div class="paywall"><p>Subscribe to read the full story</p><a href=/s>Log in</a></div>'
    teaser = read(page(body=f"<p>{ENGLISH}</p>{wall}"))
    assert ENGLISH in teaser.text
    assert "Log in" not in teaser.text
