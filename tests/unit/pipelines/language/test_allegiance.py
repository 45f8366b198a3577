"""Whose side persons are on, where no phrase of the text ties a country to their names."""

from __future__ import annotations

import pytest

from pipelines.language.build import build_language
from pipelines.language.read import read
from pipelines.records import Article


def sides(
    text: str, published: str | None = None, url: str | None = None
) -> dict[str, tuple[str | None, str]]:
    """The country of each person, by surname, with the last part of the rule that told it."""
    article = Article("t", text, published=published, url=url)
    people = read(build_language()(text), article).people
    return {p.name.split()[-1]: (p.country, p.rule.split("-")[-1]) for p in people}


def country(text: str, surname: str, published: str | None = None) -> str | None:
    return sides(text, published)[surname][0]


@pytest.mark.parametrize(
    ("text", "surname", "published", "expected"),
    [
        ("Emmanuel Macron said that rice is good.", "Macron", None, "FRA"),
        ("President Emmanuel Macron spoke about rice.", "Macron", None, "FRA"),
        ("President Macron spoke about rice.", "Macron", "2019-05-01", "FRA"),
        ("President Macron spoke about rice in France.", "Macron", None, "FRA"),
        ("Foreign Minister Lavrov spoke of rice.", "Lavrov", "2020-01-01", "RUS"),
        ("President Chirac spoke of rice and Kenya.", "Chirac", "2004-01-01", "FRA"),
        ("King Felipe spoke of rice.", "Felipe", "2020-01-01", "ESP"),
    ],
)
def test_a_leader_is_known_by_name(
    text: str, surname: str, published: str | None, expected: str
) -> None:
    assert sides(text, published) == {surname: (expected, "leader")}


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("President Carlos Macron spoke about rice.", "2019-05-01"),
        ("President Macron spoke about rice.", None),
        ("President Macron spoke about rice.", "1990-05-01"),
        ("Emmanuel Macron, president of the Harbour Bank, spoke.", "2019-05-01"),
    ],
)
def test_a_name_that_may_be_anothers_tells_nothing(text: str, published: str | None) -> None:
    assert [told for told, _ in sides(text, published).values()] == [None]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Macron told reporters that France would help Kenya.", "2019-05-01"),
        ("In 2019 Macron told reporters that France would help Kenya.", None),
        ("In 2003 Chirac said that France would help Kenya.", "2024-01-01"),
        ("In 2003 the envoys of Kenya and France met Chirac.", "2024-01-01"),
    ],
)
def test_a_surname_alone_is_the_leaders_of_the_year_told(text: str, published: str | None) -> None:
    assert [told for told, _ in sides(text, published).values()] == ["FRA"]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Macron told reporters that France would help Kenya.", "1990-05-01"),
        ("Macron told reporters that Chad would help Kenya.", "2019-05-01"),
        ("In 1980 Macron told reporters that France would help Kenya.", None),
        ("Chirac said that France would help Kenya.", "2024-01-01"),
        ("The Macron Bridge in France was opened.", "2019-05-01"),
    ],
)
def test_a_surname_alone_is_nobodys_in_another_year_or_place(
    text: str, published: str | None
) -> None:
    assert sides(text, published) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Taoiseach Sean Lund spoke with Kenya and Chad.", ("IRL", "title")),
        ("Prime Minister Sean Lund spoke with Kenya and Chad.", (None, "office")),
    ],
)
def test_an_office_of_one_state_tells_it(text: str, expected: tuple[str | None, str]) -> None:
    assert sides(text) == {"Lund": expected}


@pytest.mark.parametrize(
    "text",
    [
        "On Monday Peruvian President Ana Quispe and his deputy Raul Vega spoke with Kenya and "
        "Chad.",
        "On Monday Peruvian President Ana Quispe sent her foreign minister, Raul Vega, to Chad "
        "with rice of Kenya.",
        "On Monday Peruvian President Ana Quispe's adviser Raul Vega spoke to Kenya and Chad.",
    ],
)
def test_who_belongs_to_a_person_is_of_the_same_country(text: str) -> None:
    assert sides(text)["Vega"] == ("PER", "owner")


@pytest.mark.parametrize(
    "text",
    [
        "On Monday Peruvian President Ana Quispe met her counterpart Raul Vega near Kenya and "
        "Chad.",
        "On Monday Peruvian President Ana Quispe met the foreign minister Raul Vega with Kenya "
        "and Chad.",
        "On Monday President Ana Quispe's adviser Raul Vega spoke to Kenya and Chad.",
    ],
)
def test_who_belongs_to_nobody_or_to_somebody_of_no_country(text: str) -> None:
    assert country(text, "Vega") is None


@pytest.mark.parametrize(
    "beside",
    [
        " and Foreign Minister Raul Vega",
        ", accompanied by Trade Minister Raul Vega,",
        " and Interior Ministry spokesman Raul Vega",
    ],
)
def test_who_is_named_in_one_breath_is_of_the_same_country(beside: str) -> None:
    text = f"Peruvian President Ana Quispe{beside} met Kenyan President Daniel Otieno. Chad came."
    assert sides(text)["Vega"] == ("PER", "coordination")


@pytest.mark.parametrize(
    "beside",
    [
        " and NATO Secretary General Raul Vega",
        " and Harbour Bank president Raul Vega",
        " and Prime Minister Raul Vega",
        " praised Trade Minister Raul Vega and",
    ],
)
def test_who_is_named_in_one_breath_may_yet_be_anothers(beside: str) -> None:
    text = (
        f"Peruvian President Ana Quispe{beside} met Kenyan President Daniel Otieno. "
        "Chad and Togo came."
    )
    assert country(text, "Vega") is None


@pytest.mark.parametrize(
    "text",
    [
        "Peruvian Foreign Minister Ana Quispe and Foreign Minister Raul Vega spoke about Kenya and "
        "Chad.",
        "Talks between Peruvian President Ana Quispe and Foreign Minister Raul Vega on Kenya and "
        "Chad went on.",
    ],
)
def test_two_of_one_office_or_in_talks_are_of_two_countries(text: str) -> None:
    assert country(text, "Vega") != "PER"


def test_two_of_one_office_in_a_row_are_of_the_two_countries_that_begin_the_sentence() -> None:
    text = "Kenya and Peru will build it, Foreign Ministers Ana Quispe and Daniel Otieno said."
    assert sides(text) == {"Quispe": ("KEN", "row"), "Otieno": ("PER", "row")}


@pytest.mark.parametrize(
    "text",
    [
        "The road will come, Foreign Ministers Ana Quispe and Daniel Otieno told Peru and Kenya.",
        "Peru, Chad and Kenya will build it, Foreign Ministers Ana Quispe and Daniel Otieno said.",
        "Peru and Kenya will build it, Foreign Minister Ana Quispe and Trade Minister Daniel "
        "Otieno said.",
    ],
)
def test_without_such_a_row_nothing_is_told(text: str) -> None:
    assert set(sides(text).values()) == {(None, "minister")}


@pytest.mark.parametrize(
    "text",
    [
        "The Peruvian delegation included Trade Minister Ana Quispe.",
        "The Peruvian delegation was led by Trade Minister Ana Quispe.",
        "Representing Peru were Trade Minister Ana Quispe and others.",
        "Peru was represented by Trade Minister Ana Quispe.",
        "Trade Minister Ana Quispe and Energy Minister Raul Vega represented Peru at the talks.",
        "Trade Minister Ana Quispe, who leads the Peruvian side, met the press.",
        "Peruvian Prime Minister Raul Vega leads a delegation. The delegation includes Trade "
        "Minister Ana Quispe.",
    ],
)
def test_who_is_of_a_delegation_is_of_its_country(text: str) -> None:
    assert sides(f"{text} Kenya and Chad came too.")["Quispe"] == ("PER", "delegation")


@pytest.mark.parametrize(
    "text",
    [
        "The Peruvian delegation met Trade Minister Ana Quispe.",
        "Trade Minister Ana Quispe, who leads the talks, met the press of Peru.",
        "The Relief Team included Trade Minister Ana Quispe. Peru sent rice.",
        "The delegation includes Trade Minister Ana Quispe. Peru sent rice.",
    ],
)
def test_whom_a_delegation_meets_is_not_of_it(text: str) -> None:
    assert country(f"{text} Kenya and Chad came too.", "Quispe") is None


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan Foreign Minister Daniel Otieno visited Chad, where he met President Ada Moussa.",
        "Kenyan Foreign Minister Daniel Otieno met President Ada Moussa in Chad.",
    ],
)
def test_who_is_met_on_a_visit_is_of_the_country_visited(text: str) -> None:
    assert sides(f"{text} Peru sent rice.")["Moussa"] == ("TCD", "visit")


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan Foreign Minister Daniel Otieno visited Chad, where he praised President Ada "
        "Moussa.",
        "Kenyan Foreign Minister Daniel Otieno visited Chad, where he met Ada Moussa, president of "
        "the Harbour Bank.",
        "Kenyan Foreign Minister Daniel Otieno met President Ada Moussa in Nairobi and spoke of "
        "Chad.",
    ],
)
def test_a_visit_tells_nothing_of_others(text: str) -> None:
    assert country(f"{text} Peru sent rice.", "Moussa") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Chadian president came to Kenya and Peru.", "TCD"),
        ("The Chadian president and the Peruvian president came to Kenya.", None),
    ],
)
def test_an_office_named_apart_with_its_country(text: str, expected: str | None) -> None:
    assert country(f"{text} President Ada Moussa spoke of rice.", "Moussa") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya and Chad signed. Kenyan President Daniel Otieno met President Ada Moussa.", "TCD"),
        ("Chad signed the accord. President Ada Moussa spoke of rice.", "TCD"),
        ("Kenya, Peru and Chad signed. Kenyan President Daniel Otieno met President Ada Moussa.",
         None),
        ("Chad signed the accord. Ada Moussa, president of the Harbour Bank, spoke of rice.",
         None),
    ],
)  # fmt: skip
def test_the_side_that_is_left(text: str, expected: str | None) -> None:
    assert country(text, "Moussa") == expected


@pytest.mark.parametrize(
    ("opening", "url", "expected"),
    [
        ("OSLO (Andina) - ", None, "PER"),
        ("", "https://mfa.gov.pe/notas/1", "PER"),
        ("OSLO (Reuters) - ", None, None),
        ("", "https://example.com/1", None),
    ],
)
def test_officials_without_a_nationality_are_of_the_country_told_from(
    opening: str, url: str | None, expected: str | None
) -> None:
    text = (
        f"{opening}Foreign Minister Ana Quispe met Kenyan President Daniel Otieno. "
        "Peru sent rice to Chad."
    )
    assert sides(text, url=url)["Quispe"][0] == expected


def test_who_heads_a_bank_is_not() -> None:
    text = "Karl Lund, president of the Harbour Bank, spoke. Peru and Kenya sent rice to Chad."
    assert country(f"LIMA (Andina) - {text}", "Lund") is None
