"""Texts that are none: a result in bounded time, with offsets inside the text."""

from __future__ import annotations

import pytest

from pipelines.extraction.article import extract_article
from pipelines.records import Article

TEXTS = {
    "nothing": "",
    "blanks": " \n\t\n ",
    "one endless word": "a" * 1_000_000,
    "only punctuation": "?!,." * 25_000,
    "full stops": "a. " * 20_000,
    "mixed scripts": "会谈 talks переговоры مباحثات met Cuba 北京. " * 300,
    "control characters": "\x00\x01 The\x07 minister\x1b of Peru met\x08 Kenya.\r\n" * 200,
    "another language": "El ministro de Perú se reunió con su homólogo de Kenia en Lima. " * 100,
    "half a character": "The minister of Peru \ud800 met Kenya's \udfff envoy.",
    "a table": "Peru\t12\tKenya\t13\n" * 2_000,
    "capitals": "THE MINISTER OF PERU MET WITH THE ENVOY OF KENYA IN LIMA ON TUESDAY. " * 50,
}


@pytest.mark.parametrize("model", ["bundled", "blank"])
@pytest.mark.parametrize("name", TEXTS)
def test_any_text_is_read(name: str, model: str) -> None:
    text = TEXTS[name]
    facts = extract_article(Article("t", text), model=model)
    spans = [(e.start, e.end) for e in facts.entities] + [(q.start, q.end) for q in facts.quotes]
    assert all(0 <= start < end <= len(text) for start, end in spans)
