"""Direct speech in the styles of the world's press, to the character; and who is meant to speak.

All names are invented. Each direct case is tried with six kinds of marks, so that 10 frames make 60
cases; nine in ten must be exact, and the frames that are not are listed.
"""

import pytest

from pipelines.extraction.article import extract_article
from pipelines.records import Article, Quote

MARKS = [('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("‘", "’"), ("``", "''")]

FRAMES = [
    "{o}We shall build the port together,{c} Peruvian Foreign Minister Ana Ruiz said on Monday.",
    "{o}We shall build the port together,{c} said Peruvian Foreign Minister Ana Ruiz.",
    "Peruvian Foreign Minister Ana Ruiz said: {o}We shall build the port together.{c}",
    "Peruvian Foreign Minister Ana Ruiz told reporters, {o}We shall build the port together.{c}",
    "According to Peruvian Foreign Minister Ana Ruiz, {o}We shall build the port together.{c}",
    "In her remarks, Peruvian Foreign Minister Ana Ruiz stressed, {o}We shall build the port "
    "together.{c}",
    "{o}We shall build the port together!{c} exclaimed Peruvian Foreign Minister Ana Ruiz.",
    "{o}We shall build the port together,{c} added the minister, Ana Ruiz of Peru, before leaving.",
    "Rain fell. {o}We shall build the port together,{c} Ana Ruiz, Peru's foreign minister, noted.",
    "Peruvian Foreign Minister Ana Ruiz arrived late. {o}We shall build the port together,{c} "
    "she said.",
]


def quotes(text: str) -> tuple[Quote, ...]:
    """The quotes of a text."""
    return extract_article(Article("case", text, published="2025-03-14")).quotes


def test_nine_in_ten_direct_quotes_are_exact_with_their_speaker() -> None:
    wrong = []
    for frame in FRAMES:
        for opening, closing in MARKS:
            text = frame.format(o=opening, c=closing)
            start = text.index(opening + "We")
            end = text.index(closing, start + len(opening)) + len(closing)
            found = {(q.start, q.end, q.speaker) for q in quotes(text) if q.kind == "direct"}
            if (start, end, "Ana Ruiz") not in found:
                wrong.append(text)
    assert len(FRAMES) * len(MARKS) == 60
    assert len(wrong) <= 6, wrong


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "The Herald quoted Peruvian Minister Ana Ruiz as saying that the port would open.",
            ["Ana Ruiz"],
        ),
        (
            '"We value these ties," the press service quoted Minister Ana Ruiz of Peru as saying.',
            ["Ana Ruiz"],
        ),
        (
            "Peruvian Foreign Minister Ana Ruiz met Kenyan Minister Joseph Mutua. According to "
            "her, the port will open.",
            ["Ana Ruiz"],
        ),
        (
            "Peruvian Foreign Minister Ana Ruiz met Kenyan Minister Joseph Mutua. The head of "
            "Peruvian diplomacy said that trade would grow.",
            ["Ana Ruiz"],
        ),
        (
            "Peruvian Foreign Minister Ana Ruiz met Kenyan Trade Minister Joseph Mutua. The Kenyan "
            "official stressed that trade would grow.",
            ["Joseph Mutua"],
        ),
        (
            "Kenya's minister met the Ambassador of Peru to the country, Luis Soto. The ambassador "
            "stressed that flights would resume.",
            ["Luis Soto"],
        ),
        (
            "Peruvian Foreign Minister Ana Ruiz met Kenyan Minister Joseph Mutua. The Kenyan side "
            "stressed that trade would grow.",
            ["Kenyan side"],
        ),
        (
            "The talks ended late, a note of the Ministry of Foreign Affairs read. The ministry "
            "said that trade would grow.",
            ["Ministry of Foreign Affairs"],
        ),
        (
            "Malaysian Deputy Minister Hamzah Rosli Tajuddin came to Lima. Hamzah said that trade "
            "would grow.",
            ["Hamzah Rosli Tajuddin"],
        ),
    ],
)
def test_who_is_meant_to_speak(text: str, speakers: list[str]) -> None:
    assert [q.speaker for q in quotes(text)][-len(speakers) :] == speakers
