"""The country that an article is told from, and the officials who need no nationality in it."""

from __future__ import annotations

import pytest

from pipelines.language.build import build_language
from pipelines.language.read import read
from pipelines.records import Article


def countries(text: str, title: str | None = None) -> dict[str, str | None]:
    """Each person of an article with the country, by surname."""
    reading = read(build_language()(text), Article("t", text, title=title))
    return {person.name.split()[-1]: person.country for person in reading.people}


@pytest.mark.parametrize(
    "opening",
    [
        "LIMA (Sample) - ",
        "LIMA, Peru, March 3 (Sample) – ",
        "Ministry opens a harbour\n\nLIMA, 3 March (Sample) -- ",
    ],
)
def test_the_dateline_tells_it(opening: str) -> None:
    text = (
        opening + "Foreign Minister Ana Quispe Rojas met Kenyan President Daniel Otieno. Peru has "
        "long sought a harbour."
    )
    assert countries(text) == {"Rojas": "PER", "Otieno": "KEN"}


def test_a_correspondent_writes_from_where_others_meet() -> None:
    text = (
        "OSLO, March 3 (Sample) - President Ana Quispe Rojas and her Kenyan counterpart Daniel "
        "Otieno spoke in Oslo about copper. Both had come to the Norwegian capital on Monday."
    )
    assert countries(text)["Rojas"] != "NOR"


@pytest.mark.parametrize("title", ["Foreign relations of Peru", "Peru sends nurses abroad"])
def test_a_title_about_one_country_tells_it(title: str) -> None:
    text = "Foreign Minister Ana Quispe Rojas visited Kenya and Ghana in 2004. Peru was glad."
    assert countries(text, title) == {"Rojas": "PER"}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Foreign Minister Ana Lund said after President Trump's speech that Kenya and Chad would "
         "meet.", None),
        ("President Putin praised the accord. Prime Minister Ana Lund said Kenya and Chad would "
         "meet.", None),
        ("After Peru and Kenya left, Foreign Ministers Ana Lund and Daniel Otieno met.", None),
        ("BRUSSELS, Sept. 24 (Sample) - Foreign Minister Ana Lund said Kenya and Chad would "
         "meet.", None),
        ("Prime Minister Ana Lund said Kenya and Chad would meet.", "Iran slams sanctions"),
    ],
)  # fmt: skip
def test_what_the_article_does_not_tell_is_not_guessed(text: str, title: str | None) -> None:
    reading = read(build_language()(text), Article("t", text, title=title, published="2024-09-24"))
    lund = [p.country for p in reading.people if p.name == "Ana Lund"]
    assert set(lund) <= {None}


@pytest.mark.parametrize("title", ["Talks with Peru", "President receives Peruvian envoy"])
def test_a_title_that_names_the_other_side_does_not(title: str) -> None:
    reading = read(build_language()("They met."), Article("t", "They met.", title=title))
    assert reading.context.own is None


def test_guests_are_not_of_the_country_that_they_visit() -> None:
    text = "The list names the visit of Foreign Minister Ana Quispe Rojas to Accra and Nairobi."
    assert countries(text, "Foreign relations of Ghana").get("Rojas") != "GHA"


def test_two_ministers_in_a_row_are_of_the_two_countries_in_that_order() -> None:
    text = "Peru and Kenya will open the road, Foreign Ministers Ana Quispe and Daniel Otieno said."
    assert countries(text) == {"Quispe": "PER", "Otieno": "KEN"}


def test_who_heads_a_company_is_of_no_country_for_that() -> None:
    text = "LIMA (Sample) - Karl Lund, president of the Harbour Bank, praised Peru."
    assert countries(text).get("Lund") is None
