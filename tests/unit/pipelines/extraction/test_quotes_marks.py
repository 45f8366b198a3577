"""Quotation marks: pairing within paragraphs, for text alone."""

from __future__ import annotations

import pytest

from pipelines.extraction.quotation_marks import find_marked, paragraphs


def stretches(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_marked(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we agree" twice.', ['"we agree"']),
        ("He said “we agree” twice.", ["“we agree”"]),
        ("He said «we agree» twice.", ["«we agree»"]),
        ("He said »we agree« twice.", ["»we agree«"]),
        ("He said „we agree“ twice.", ["„we agree“"]),
        ("He said „we agree” twice.", ["„we agree”"]),
        ("He said ‘we agree’ twice.", ["‘we agree’"]),
        ("He said 'we agree' twice.", ["'we agree'"]),
        ("He said ``we agree'' twice.", ["``we agree''"]),
        ("He said ”we agree” twice.", ["”we agree”"]),
        ('He said, "we don\'t agree," twice.', ['"we don\'t agree,"']),
        ("‘We don’t agree,’ he said.", ["‘We don’t agree,’"]),
        ('One "a" and two “b” and three.', ['"a"', "“b”"]),
    ],
)
def test_each_kind_of_mark_pairs_with_its_own(text: str, expected: list[str]) -> None:
    assert stretches(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the ministers' plan, and Peru's too.",
        "The class of '98 met in the '90s.",
        'A pipe of 5" and one of 7" in width.',
        "The ministers’ talks and Peru’s plan.",
        "No marks at all.",
        "",
    ],
)
def test_apostrophes_and_inches_are_no_marks(text: str) -> None:
    assert stretches(text) == []


def test_nested_marks_are_one_stretch() -> None:
    assert stretches("He said “the ‘new’ plan is “good” for all” today.") == [
        "“the ‘new’ plan is “good” for all”"
    ]


def test_a_paragraph_that_does_not_close_ends_with_it_and_the_next_continues() -> None:
    text = "She began: “We came here.\n\n“We will stay.”\n\nHe left."
    first, second = find_marked(text)
    assert text[first.start : first.end] == "“We came here."
    assert (first.closed, first.continues) == (False, False)
    assert text[second.start : second.end] == "“We will stay.”"
    assert (second.closed, second.continues) == (True, True)


def test_a_closed_paragraph_is_not_continued() -> None:
    text = "“We came here.”\n\n“We will stay.”"
    assert [span.continues for span in find_marked(text)] == [False, False]


def test_an_odd_mark_loses_nothing_behind_it() -> None:
    text = 'An odd " mark, then "one" and "two".\n\nHe said “three”.'
    assert stretches(text)[-3:] == ['"one"', '"two"', "“three”"]


def test_an_odd_closing_mark_is_passed_over() -> None:
    assert stretches("An odd” mark and “one” more.") == ["“one”"]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = 'He said "we have come a\nlong way" and left.\nShe stayed.'
    assert stretches(text) == ['"we have come a\nlong way"']
    assert [text[a:b] for a, b in paragraphs(text)] == [
        'He said "we have come a\nlong way" and left.',
        "She stayed.",
    ]


@pytest.mark.parametrize("text", ['"' * 5000, "“" * 5000, "'a " * 5000, '" ' * 5000, "«" * 5000])
def test_many_marks_give_spans_in_order_within_the_text(text: str) -> None:
    spans = find_marked(text)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
