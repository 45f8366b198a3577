"""Which two countries a place in a text speaks of."""

import pytest

from pipelines.extraction.pairs import read_pairs
from pipelines.language.build import build_language
from pipelines.language.read import read
from pipelines.records import Article


def pairs_at(text: str, word: str, title: str | None = None) -> tuple[str, ...]:
    doc = build_language()(text)
    pairs = read_pairs(read(doc, Article(doc_id="d", text=text, title=title)))
    token = next(t for t in doc if t.text == word)
    return pairs.pairs_at(token.i, token.i + 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya-Finland tourism grows.", ("FIN-KEN",)),
        ("Peru backs tourism between Kenya and Finland.", ("FIN-KEN",)),
        ("Kenya met Finland. They discussed tourism.", ("FIN-KEN",)),
        ("Kenya met Finland. The two sides discussed tourism in Peru.", ("FIN-KEN",)),
        ("Kenya met Finland. Kenya praised tourism.", ("FIN-KEN",)),
        ("Kenya wants tourism with Peru and Chile.", ("KEN-PER", "CHL-KEN")),
        ("Kenya, Peru and Chile back tourism.", ("KEN-PER", "CHL-KEN", "CHL-PER")),
        ("Kenya, Peru, Chile, Fiji and Malta back tourism.", ()),
        ("Kenya backs tourism.", ()),
        ("They back tourism.", ()),
    ],
)
def test_pairs(text: str, expected: tuple[str, ...]) -> None:
    assert pairs_at(text, "tourism") == expected


def test_title_tells_the_other_side() -> None:
    assert pairs_at("Kenya backs tourism.", "tourism", title="Talks with Finland") == ("FIN-KEN",)
