"""Titles of office: how far they reach, of what rank and of which country they are."""

from __future__ import annotations

import pytest

from pipelines.language.build import build_language
from pipelines.language.countries import find_countries
from pipelines.language.people import find_people
from pipelines.records import Person


def people(text: str) -> tuple[Person, ...]:
    doc = build_language()(text)
    return find_people(doc, find_countries(doc))[1]


def told(text: str) -> list[tuple[str | None, str | None, str | None]]:
    """Role, country and level of each person."""
    return [(p.role, p.country, p.level) for p in people(text)]


@pytest.mark.parametrize(
    ("text", "role", "country", "level"),
    [
        (
            "Director General for African Affairs at the Ministry of Foreign Affairs of Norway "
            "Lars Holm spoke.",
            "Director General for African Affairs at the Ministry of Foreign Affairs of Norway",
            "NOR", "official",
        ),
        (
            "Norwegian Minister responsible for Fisheries Lars Holm spoke.",
            "Minister responsible for Fisheries", "NOR", "minister",
        ),
        (
            "He met Lars Holm, the deputy minister responsible for fisheries of Norway, in Bergen.",
            "deputy minister responsible for fisheries of Norway", "NOR", "deputy_minister",
        ),
        (
            "Assistant Minister at the Ministry of Trade of Peru Ana Quispe spoke.",
            "Assistant Minister at the Ministry of Trade of Peru", "PER", "deputy_minister",
        ),
        (
            "Sunita Rao, head of the Export Promotion Bureau (EPB) of Kenya, spoke.",
            "head of the Export Promotion Bureau (EPB) of Kenya", "KEN", "official",
        ),
        (
            "He met Ana Quispe, deputy head of the Kenyan embassy in Lima.",
            "deputy head of the Kenyan embassy in Lima", "KEN", "official",
        ),
        (
            "Peruvian Minister of Agrarian Development and Irrigation Ana Quispe spoke.",
            "Minister of Agrarian Development and Irrigation", "PER", "minister",
        ),
        (
            "Governor of the Bank of Ghana Kofi Lund spoke.",
            "Governor of the Bank of Ghana", "GHA", "official",
        ),
        (
            "President of the Peruvian Development Bank Ana Quispe spoke.",
            "President of the Peruvian Development Bank", "PER", "official",
        ),
        (
            "Ana Quispe, Peru's Permanent Representative to the United Nations, spoke.",
            "Permanent Representative to the United Nations", "PER", "ambassador",
        ),
    ],
)  # fmt: skip
def test_a_long_title_is_read_to_its_end(text: str, role: str, country: str, level: str) -> None:
    assert told(text) == [(role, country, level)]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("California Governor Ada Lund spoke.", "USA"),
        ("Tatarstan's leader Marat Salnikov spoke.", "RUS"),
        ("Bavarian Prime Minister Karl Gruber spoke.", "DEU"),
        ("Oslo's mayor, Lars Holm, spoke.", "NOR"),
        ("He met the mayor of Isfahan, Reza Moradi.", "IRN"),
        ("Li Lund, the governor of Shandong, spoke.", "CHN"),
        ("He met the mayor of Nice, Paul Lund.", "FRA"),
    ],
)
def test_who_heads_a_city_or_region_is_an_official_of_its_country(text: str, country: str) -> None:
    assert [t[1:] for t in told(text)] == [(country, "official")]


@pytest.mark.parametrize(
    "text",
    [
        "Nice Mayor Paul Lund spoke.",
    ],
)
def test_a_city_that_is_an_everyday_word_tells_nothing_before_a_title(text: str) -> None:
    assert told(text) == [("Mayor", None, "official")]


@pytest.mark.parametrize(
    ("text", "role", "country"),
    [
        ("Bundestag President Karl Gruber spoke.", "Bundestag President", "DEU"),
        ("Knesset Speaker Dov Lund spoke.", "Knesset Speaker", "ISR"),
        ("The Peruvian Speaker of Parliament, Ana Quispe, spoke.", "Speaker of Parliament", "PER"),
        ("Ana Quispe, the speaker of Peru's parliament, spoke.",
         "speaker of Peru's parliament", "PER"),
    ],
)  # fmt: skip
def test_who_presides_over_a_parliament(text: str, role: str, country: str) -> None:
    assert told(text) == [(role, country, "parliament")]


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Vice President", "deputy_leader"),
        ("Attorney-General", "minister"),
        ("Under-Secretary for Trade", "deputy_minister"),
        ("President-elect", "leader"),
        ("deputy trade minister", "deputy_minister"),
        ("first deputy prime minister", "deputy_leader"),
    ],
)
def test_one_title_of_several_parts(title: str, level: str) -> None:
    assert told(f"Peruvian {title} Ana Quispe spoke.") == [(title, "PER", level)]


@pytest.mark.parametrize(
    ("title", "country", "level"),
    [
        ("Taoiseach", "IRL", "leader"),
        ("Secretary of State", "USA", "minister"),
        ("Chancellor of the Exchequer", "GBR", "minister"),
    ],
)
def test_an_office_that_one_state_has_tells_the_country(
    title: str, country: str, level: str
) -> None:
    assert told(f"{title} Ada Lund spoke.") == [(title, country, level)]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Foreign Secretary Ada Lund spoke.", None),
        ("Prime Minister Ada Lund spoke.", None),
        ("Kenyan Secretary of State Ada Lund spoke.", "KEN"),
        ("British Secretary of State for Trade Ada Lund spoke.", "GBR"),
    ],
)
def test_an_office_that_others_have_too_does_not(text: str, country: str | None) -> None:
    assert [t[1] for t in told(text)] == [country]


@pytest.mark.parametrize(
    ("text", "role", "country"),
    [
        ("He met Reza Moradi, an adviser to the Peruvian president.",
         "adviser to the Peruvian president", "PER"),
        ("He met Reza Moradi, deputy chief of staff of the president of Chile.",
         "deputy chief of staff of the president of Chile", "CHL"),
        ("He met Reza Moradi, spokesman for the Kenyan Foreign Ministry.",
         "spokesman for the Kenyan Foreign Ministry", "KEN"),
        ("He met Reza Moradi, assistant to Peru's foreign minister.",
         "assistant to Peru's foreign minister", "PER"),
    ],
)  # fmt: skip
def test_a_title_inside_a_title_belongs_to_it(text: str, role: str, country: str) -> None:
    assert told(text) == [(role, country, "official")]


@pytest.mark.parametrize(
    "text",
    [
        "They agreed on an official visit to Peru.",
        "The minister-level talks in Peru ended.",
        "The leader-level summit was held.",
    ],
)
def test_a_title_that_only_qualifies_a_noun_is_no_actor(text: str) -> None:
    doc = build_language()(text)
    actors, persons = find_people(doc, find_countries(doc))
    assert ([a for a in actors if a.form != "pronoun"], persons) == ([], ())


@pytest.mark.parametrize(
    "text",
    [
        "The envoy-designate to Egypt, Peruvian diplomat Ana Quispe, and the Iran-Iraq Chamber of "
        "Commerce chairman Reza Moradi spoke.",
        "He met Reza Moradi, head of the Iran-Iraq Chamber of Commerce.",
    ],
)
def test_who_heads_a_body_of_two_countries_is_of_neither_alone(text: str) -> None:
    assert [p.country for p in people(text) if p.name == "Reza Moradi"] == [None]
