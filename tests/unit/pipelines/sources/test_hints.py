"""What the user knows of a source changes what its files give."""

from __future__ import annotations

import json
from typing import Any

from pipelines.sources.files import parse_file
from pipelines.sources.hints import Hints
from pipelines.sources.records import Document, SetAside

TALKS = "The foreign minister of Peru met with the foreign minister of Kenya in the city of Lima."
LIST = "Consulados: São Paulo, Brasília, Curitiba, Manaus, Belém, Florianópolis, Goiânia, Maceió"


def read(hints: Hints, *records: dict[str, Any]) -> list[Document | SetAside]:
    content = "\n".join(json.dumps(record) for record in records).encode()
    return list(parse_file("news/feed.jsonl", content, hints=hints))


def test_a_date_in_words_is_read_and_the_record_keeps_its_place() -> None:
    first, second, third = read(
        Hints(),
        {"text": TALKS, "published": "2024-05-30"},
        {"text": TALKS, "published": "31 May 2024", "title": "Talks"},
        {"text": TALKS, "published": "June 1, 2024 10:00 GMT", "doc_id": 7},
    )
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert (second.path, second.record, second.doc_id) == ("news/feed.jsonl", 2, "feed-2")
    assert (second.published, second.title, second.text) == ("2024-05-31", "Talks", TALKS)
    assert (third.record, third.doc_id, third.published) == (3, "7", "2024-06-01T10:00:00+00:00")


def test_an_ambiguous_date_is_set_aside_until_the_order_is_told() -> None:
    record = {"text": TALKS, "published": "03/04/2024"}
    (aside,) = read(Hints(), record)
    assert isinstance(aside, SetAside)
    assert (aside.reason, aside.record) == ("bad_published", 1)
    assert "date_order" in aside.detail
    for order, day in (("DMY", "2024-04-03"), ("MDY", "2024-03-04")):
        (document,) = read(Hints(date_order=order), record)
        assert isinstance(document, Document)
        assert document.published == day


def test_a_record_with_a_good_date_and_no_text_is_set_aside_in_its_place() -> None:
    (aside,) = read(Hints(), {"text": " ", "published": "31 May 2024"})
    assert isinstance(aside, SetAside)
    assert (aside.reason, aside.path, aside.record) == ("empty_text", "news/feed.jsonl", 1)


def test_a_text_is_in_the_language_that_the_source_is_in() -> None:
    (judged,) = read(Hints(), {"text": LIST})
    assert isinstance(judged, SetAside)
    assert judged.reason == "not_english"
    (taken,) = read(Hints(language="en"), {"text": LIST})
    assert isinstance(taken, Document)
    (foreign,) = read(Hints(language="fr"), {"text": TALKS})
    assert isinstance(foreign, SetAside)
    assert "'fr'" in foreign.detail
    (after,) = read(Hints(), {"text": TALKS})
    assert isinstance(after, Document), "a hint holds for its own source only"
