"""Names and what ties them to a title or a country: beside it, said of it, or in the genitive."""

from __future__ import annotations

import pytest

from pipelines.language.build import build_language
from pipelines.language.countries import find_countries
from pipelines.language.mentions import ActorMention
from pipelines.language.people import find_people
from pipelines.records import Person


def read(text: str) -> tuple[tuple[ActorMention, ...], tuple[Person, ...]]:
    doc = build_language()(text)
    return find_people(doc, find_countries(doc))


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    """Name, role and country of each person."""
    return [(p.name, p.role, p.country) for p in read(text)[1]]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("He met Ana Quispe, the trade minister of Peru, in Cairo.", "trade minister of Peru"),
        ("Ana Quispe (minister of trade of Peru) spoke.", "minister of trade of Peru"),
        ("The trade minister of Peru, Ana Quispe, spoke.", "trade minister of Peru"),
        ("Ms. Ana Quispe Minister of Trade of Peru spoke.", "Minister of Trade of Peru"),
        ("Ana Quispe served as ambassador of Peru to Egypt.", "ambassador of Peru to Egypt"),
        ("Ana Quispe has been named Peru's ambassador to Egypt.", "ambassador to Egypt"),
        ("Ana Quispe is the new Peruvian ambassador to Egypt.", "ambassador to Egypt"),
        ("The ambassador of Peru to Egypt is Ms. Ana Quispe.", "ambassador of Peru to Egypt"),
        ("The Peruvian ambassador to Egypt at the time was Ana Quispe.", "ambassador to Egypt"),
    ],
)
def test_a_title_beside_a_name_or_said_of_it(text: str, role: str) -> None:
    assert told(text) == [("Ana Quispe", role, "PER")]


def test_who_was_appointed_is_of_the_country_that_appoints() -> None:
    text = "Ana Quispe was appointed ambassador of Peru to Egypt in 2004."
    assert [(p.name, p.country, p.level) for p in read(text)[1]] == [
        ("Ana Quispe", "PER", "ambassador")
    ]


@pytest.mark.parametrize(
    ("text", "name", "role", "country"),
    [
        ("General Reza Moradi, Chief of Staff of the Iranian army, spoke.",
         "Reza Moradi", "Chief of Staff of the Iranian army", "IRN"),
        ("Gen. Karl Lund, the Norwegian Chief of Defence, spoke.",
         "Karl Lund", "Chief of Defence", "NOR"),
        ("Sheikh Faris bin Hamad, the emir of Qatar, spoke.",
         "Sheikh Faris bin Hamad", "emir of Qatar", "QAT"),
        ("Ada Lund, OBE, the British high commissioner to Kenya, spoke.",
         "Ada Lund", "high commissioner to Kenya", "GBR"),
        ("Karl Lund, Jr., the Norwegian Foreign Minister, spoke.",
         "Karl Lund, Jr.", "Foreign Minister", "NOR"),
    ],
)  # fmt: skip
def test_a_title_behind_a_rank_or_letters(text: str, name: str, role: str, country: str) -> None:
    assert told(text) == [(name, role, country)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kenya's Ada Lund met Peru's Ana Quispe.", {"Ada Lund": "KEN", "Ana Quispe": "PER"}),
        ("Ms. Ana Quispe of Peru chaired the session.", {"Ana Quispe": "PER"}),
        ("Mr. Daniel Otieno from Kenya spoke.", {"Daniel Otieno": "KEN"}),
        ("Foreign Ministers Ana Quispe of Peru and Daniel Otieno of Kenya met.",
         {"Ana Quispe": "PER", "Daniel Otieno": "KEN"}),
    ],
)  # fmt: skip
def test_a_country_before_or_behind_a_name(text: str, names: dict[str, str]) -> None:
    assert {name: country for name, _, country in told(text)} == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vietnamese President Vo The Minh spoke.", "Vo The Minh"),
        ("Vietnamese Foreign Minister To Thi Hoa spoke.", "To Thi Hoa"),
        ("Deputy Attorney General Lisa O. Monaco spoke.", "Lisa O. Monaco"),
        ("Prime Minister Ada Jordan of Norway spoke.", "Ada Jordan"),
    ],
)
def test_a_name_with_a_word_that_is_something_else(text: str, name: str) -> None:
    assert [p[0] for p in told(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "At the Summit for Democracy, the President of Peru spoke.",
        "On Monday, the President of Kenya spoke.",
        "Ana Quispe met Karl Lund, the first president to visit Peru.",
        "Ana Quispe met the minister of trade of Kenya.",
        "Ana Quispe was received by the ambassador of Kenya to Peru.",
        "The ambassador of Peru to Egypt was in Cairo.",
        "The minister met IRNA reporters.",
        "He spoke at the University of Ghana.",
        "Meanwhile Jordan met the envoys.",
        "Kenya's Nairobi met the envoys.",
        "Peru's National Day was held.",
    ],
)
def test_what_ties_no_name_to_a_title_or_country(text: str) -> None:
    assert told(text) == []


def test_a_second_person_keeps_the_title_to_himself() -> None:
    text = "Ana Quispe, the Peruvian trade minister, and Daniel Otieno, the Kenyan envoy, met."
    assert told(text) == [
        ("Ana Quispe", "trade minister", "PER"),
        ("Daniel Otieno", "envoy", "KEN"),
    ]
