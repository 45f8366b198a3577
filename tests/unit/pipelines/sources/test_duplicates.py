"""What counts as the same words, how alike two texts are, and what a copy adds."""

from __future__ import annotations

import random

import pytest

from pipelines.sources.duplicates import (
    THRESHOLD,
    Passage,
    Wording,
    are_copies,
    band_keys,
    likeness,
    passages_added,
)

REPORT = (
    "The foreign ministers of Peru and Kenya met in Lima on 4 March and agreed to open talks on "
    "fisheries, ports and the training of young diplomats. Both sides praised the long friendship "
    "between their peoples. A joint commission will sit in Nairobi before the end of the year."
)
EXTRA = "Separately, the trade minister told reporters that coffee exporters had signed a contract."


def words(count: int, rng: random.Random) -> list[str]:
    return ["w" + str(rng.randrange(10**9)) for _ in range(count)]


def pair_of_likeness(low: float, high: float, rng: random.Random) -> tuple[str, str]:
    """A text of 120 to 300 words, and the same with so many words exchanged that it is so alike.

    A word that is exchanged, away from others, changes three shingles on either side.
    """
    while True:
        first = words(rng.randrange(120, 300), rng)
        shingles, target = len(first) - 2, rng.uniform(low, high)
        exchanged = round(shingles * (1 - target) / (1 + target) / 3)
        alike = (shingles - 3 * exchanged) / (shingles + 3 * exchanged)
        if low <= alike < high:
            second = list(first)
            for place in rng.sample(range(2, len(first) - 2, 3), exchanged):
                second[place] = words(1, rng)[0]
            return " ".join(first), " ".join(second)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Iran’s MINISTER — said", 'iran\'s minister "said"'),
        ("Café Señor", "Cafe\u0301 Sen\u0303or"),
        ("Ｔｏｋｙｏ office", "Tokyo o\ufb03ce"),
        ("coope\u00adration\u200b talks", "cooperation talks"),
        ("STRASSE", "Straße"),
    ],
)
def test_case_punctuation_and_unicode_forms_do_not_count(written: str, same: str) -> None:
    assert Wording.of(written).words == Wording.of(same).words


def test_spans_of_words_point_at_the_text() -> None:
    text = "“Añ\u0301o”, said Straße’s \U0001f600 mayor."
    wording = Wording.of(text)
    assert [text[start:end] for start, end in wording.spans] == [
        "Añ\u0301o",
        "said",
        "Straße",
        "s",
        "mayor",
    ]


def test_likeness_is_exact() -> None:
    first = Wording.of(" ".join(f"a{n}" for n in range(22)))
    second = Wording.of(" ".join([*(f"a{n}" for n in range(21)), "other"]))
    assert likeness(first, second) == 19 / 21
    assert likeness(first, first) == 1


def test_bands_find_nearly_all_copies_and_likeness_refuses_the_others() -> None:
    rng = random.Random(20240506)
    near = [pair_of_likeness(0.80, 0.85, rng) for _ in range(500)]
    apart = [pair_of_likeness(0.50, 0.79, rng) for _ in range(200)]
    found = {True: 0, False: 0}
    for is_near, pairs in ((True, near), (False, apart)):
        wordings = [(Wording.of(first), Wording.of(second)) for first, second in pairs]
        keys = band_keys([wording for pair in wordings for wording in pair])
        for number, (first, second) in enumerate(wordings):
            meet = set(keys[2 * number]) & set(keys[2 * number + 1])
            found[is_near] += bool(meet) and are_copies(first, second)
    assert found[False] == 0
    assert found[True] >= 0.98 * len(near)


def test_agency_copies_differ_by_dateline_byline_and_closing_line() -> None:
    first = Wording.of(f"LIMA (Invented Agency) - {REPORT}")
    copy = Wording.of(f"By A. Reporter\n{REPORT}\nAdditional reporting by another agency")
    assert are_copies(first, copy)
    assert set(band_keys([first])[0]) & set(band_keys([copy])[0])


def test_a_short_text_is_a_copy_only_of_the_same_words() -> None:
    first, same, other = (
        Wording.of(text)
        for text in ("Ministers met in Lima.", "MINISTERS MET in Lima", "Ministers met in Cusco.")
    )
    assert likeness(first, same) == 1
    assert likeness(first, other) == 0
    one, two, three = band_keys([first, same, other])
    assert one == two != three
    assert len(one) == 1


def test_texts_without_a_word_are_no_copies() -> None:
    empty = Wording.of("*** ---")
    assert band_keys([empty]) == [[]]
    assert likeness(empty, empty) < THRESHOLD


def test_what_a_copy_adds_is_its_own() -> None:
    first = Wording.of(f"LIMA (Invented Agency) - {REPORT}")
    text = f"{REPORT} {EXTRA}"
    (passage,) = passages_added("copy", Wording.of(text), [("first", first)])
    assert passage.article_id == "copy"
    assert text[passage.start : passage.end] == EXTRA.rstrip(".")


def test_a_passage_belongs_to_the_first_copy_that_has_it() -> None:
    first = ("first", Wording.of(REPORT))
    one = ("one", Wording.of(f"{REPORT} {EXTRA}"))
    text = f"{EXTRA} {REPORT} Nobody else wrote this last sentence at all."
    added = passages_added("two", Wording.of(text), [first, one])
    assert [(text[p.start : p.end].split(maxsplit=1)[0], p.article_id) for p in added] == [
        ("Separately,", "one"),
        ("Nobody", "two"),
    ]


def test_a_changed_word_is_no_passage_that_hides_its_sentence() -> None:
    text = REPORT.replace("praised", "hailed")
    added = passages_added("copy", Wording.of(text), [("first", Wording.of(REPORT))])
    assert [text[passage.start : passage.end] for passage in added] == ["hailed"]


def test_a_phrase_of_the_first_report_amid_new_words_is_chance() -> None:
    extra = (
        "Elsewhere a different crowd gathered outside because the foreign ministers of "
        "neighbouring islands had quarrelled loudly about whales again yesterday evening."
    )
    text = f"{REPORT} {extra}"
    added = passages_added("copy", Wording.of(text), [("first", Wording.of(REPORT))])
    assert added == (Passage(len(REPORT) + 1, len(text) - 1, "copy"),)


def test_the_same_words_add_nothing() -> None:
    assert passages_added("b", Wording.of("Yes."), [("a", Wording.of("yes"))]) == ()
    assert passages_added("b", Wording.of(REPORT.upper()), [("a", Wording.of(REPORT))]) == ()


def test_pairs_are_as_alike_as_they_say() -> None:
    rng = random.Random(1)
    for first, second in [pair_of_likeness(0.8, 0.85, rng) for _ in range(5)]:
        shingles = [
            set(zip(t, t[1:], t[2:], strict=False)) for t in (first.split(), second.split())
        ]
        alike = len(shingles[0] & shingles[1]) / len(shingles[0] | shingles[1])
        assert 0.8 <= alike < 0.85
