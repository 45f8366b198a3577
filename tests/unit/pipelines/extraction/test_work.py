"""Reading an article takes work in proportion to its length, whatever the text."""

from __future__ import annotations

import pytest

from pipelines.extraction.batch import read_article
from pipelines.records import Article
from tests.work import growth

UNITS = {
    "prose": "The Peruvian minister Ana Quispe met with Kenya's Daniel Otieno in Lima. "
    'He said: "We agree on trade." She added that talks went well.\n\n',
    "one sentence": "the minister of Peru met with the ambassador of Kenya and ",
    "quotation marks": '" ',
    "lines that open": 'Ana said: "We agree.\n',
    "interruptions": "The port, he said, is open, she said, and ",
    "commas": "Peru, Kenya, ",
    "capitals": "MINISTER OF TRADE ANA QUISPE ",
    "bodies": "the 18th Joint Commission on Trade between Peru and Kenya ",
    "cues": "said that he added and stressed ",
    "dates": "on 4 March 2024 ",
    "nothing": "x ",
}


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_twice_the_text_is_about_twice_the_work(unit: str) -> None:
    def read(size: int) -> None:
        outcome = read_article(Article("a", unit * (size // len(unit))))
        assert outcome.error is None

    assert growth(read, 4_000) < 3


@pytest.mark.parametrize(
    "text",
    ["", "\n", "a" * 100_000, "." * 5_000, "\x00\ufffe", "🇵🇪" * 500, "(((" * 500, "’" * 2_000],
    ids=["empty", "newline", "one word", "stops", "no characters", "emoji", "brackets", "marks"],
)
def test_odd_texts_are_read_without_error(text: str) -> None:
    outcome = read_article(Article("a", text, title=text[:50], published="2024-05-06"))
    assert outcome.error is None
