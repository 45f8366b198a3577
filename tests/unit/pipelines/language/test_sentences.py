from __future__ import annotations

import pytest

from pipelines.language.build import build_language


def sentences(text: str) -> list[str]:
    return [sentence.text.strip() for sentence in build_language()(text).sents]


@pytest.mark.parametrize(
    "text",
    [
        "H.E. Dr. Amina Kavulu met with U.S. Secretary John F. Gardner on Monday.",
        "Mr. T. Okoro, Maj. Gen. B. Lund and St. Lucia's envoy spoke at No. 5, Harbour Street.",
        "The cost, approx. five million dollars, was approved vs. none last year.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_closing_marks_belong_to_the_sentence_that_they_close() -> None:
    assert sentences(
        'He said: "We agree." "Fine," she said. “Yes.” He left (in haste.) They sat.'
    ) == [
        'He said: "We agree."',
        '"Fine," she said.',
        "“Yes.”",
        "He left (in haste.)",
        "They sat.",
    ]


def test_a_paragraph_break_begins_a_sentence_and_a_wrapped_line_does_not() -> None:
    assert sentences("A heading without a stop\n\nThe ministers met\nin Lima.\nThey left.") == [
        "A heading without a stop",
        "The ministers met\nin Lima.",
        "They left.",
    ]


def test_a_full_stop_before_no_number_ends_a_sentence() -> None:
    assert sentences("The answer was No. He left.") == ["The answer was No.", "He left."]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "...", "\n\nHi there.", '"', "a" * 10_000, ". " * 500]
)
def test_odd_texts_have_sentences_too(text: str) -> None:
    doc = build_language()(text)
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)


def test_names_with_hyphens_come_apart_and_offices_do_not() -> None:
    tokens = [token.text for token in build_language()("The U.S.-China talks, co-chaired by X")]
    assert tokens == ["The", "U.S.", "-", "China", "talks", ",", "co-chaired", "by", "X"]
