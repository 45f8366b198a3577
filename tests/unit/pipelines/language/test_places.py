"""Which names are places of events, and where a dateline ends."""

from __future__ import annotations

import pytest

from pipelines.language.build import build_language
from pipelines.language.countries import find_countries
from pipelines.language.places import find_dateline, find_places


def places(text: str) -> list[tuple[str | None, str | None]]:
    doc = build_language()(text)
    return [(p.city, p.country) for p in find_places(doc, find_countries(doc))]


@pytest.mark.parametrize(
    ("opening", "city"),
    [
        ("Lima (ABC) - ", "Lima"),
        ("QUITO, March 14 (Newsline) - ", "Quito"),
        ("QUITO, 14 March 2031 (Newsline) -- ", "Quito"),
        ("OSLO – ", "Oslo"),
        ("OSLO — ", "Oslo"),
        ("Astana. 2 May. ABCNews - ", "Astana"),
        ("LIMA, Peru, Nov 3 (ABC) ", "Lima"),
        ("ISLAMABAD: ", "Islamabad"),
        ("MOSCOW, June 7. /ABC/. ", "Moscow"),
        ("Geneva (ABC) ", "Geneva"),
        ("KUALA LUMPUR (Newsline) — ", "Kuala Lumpur"),
        ("Baku, Azerbaijan, May 9, Newsline: ", "Baku"),
        ("TIKSI, Feb 2 (ABC) - ", "Tiksi"),
        ("GENEVA/VIENNA (ABC) - ", "Geneva"),
        ("Washington, D.C. - ", "Washington"),
    ],
)
def test_datelines(opening: str, city: str) -> None:
    body = "The minister met the delegation."
    doc = build_language()(opening + body)
    start, found = find_dateline(doc)
    assert found == city
    assert doc[start:].text == body


@pytest.mark.parametrize(
    "text",
    [
        "The minister met the delegation in Lima.",
        "Lima – Quito relations have grown.",
        "Lima-Quito relations have grown.",
        "Lima said on Monday: no.",
        "Lima, the capital of Peru, is large.",
        "Lima, March 14 was a good day for it.",
        "Peru and Ecuador - two neighbours - met.",
        "The European Union (EU) - a bloc - met.",
        "UPDATE: the talks are over.",
        "BREAKING - the talks are over.",
        "Oslo (left) - a view of the port.",
        "Paris Agreement: what comes next?",
        "Oslo's mayor - a friend - came.",
        "",
        "\n",
    ],
)
def test_first_sentences_are_no_datelines(text: str) -> None:
    assert find_dateline(build_language()(text)) == (0, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in Geneva.", [("Geneva", "CHE")]),
        ("She arrived in the Peruvian capital Lima.", [("Lima", "PER")]),
        ("She arrived in the Peruvian capital.", [("Lima", "PER")]),
        ("Talks were held in Peru's capital on Monday.", [("Lima", "PER")]),
        ("He travelled to Cuba and Nicaragua.", [(None, "CUB"), (None, "NIC")]),
        ("At the presidential palace in Minsk, they met.", [("Minsk", "BLR")]),
        ("The talks moved to the southern city of Shiraz.", [("Shiraz", "IRN")]),
        ("A meeting took place in Salalah, Oman, on Monday.", [("Salalah", "OMN")]),
        ("He left for Baku.", [("Baku", "AZE")]),
        ("Doha will host the next round.", [("Doha", "QAT")]),
        ("The Astana talks ended.", [("Astana", "KAZ")]),
        ("He was received at the Kremlin.", [("Moscow", "RUS")]),
        ("They met in St. Petersburg and Sochi.", [("St. Petersburg", "RUS"), ("Sochi", "RUS")]),
        ("The delegation flew from Singapore to Nice.", [("Singapore", "SGP"), ("Nice", "FRA")]),
        ("They gathered in Washington, D.C. today.", [("Washington", "USA")]),
        ("TALKS HELD IN ISTANBUL", [("Istanbul", "TUR")]),
        ("In Santiago de Cuba, workers gathered.", [("Santiago de Cuba", "CUB")]),
    ],
)
def test_places(text: str, expected: list[tuple[str, str]]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lima said it would wait.",
        "Lima-Quito relations are warm.",
        "The Peruvian ambassador to Cuba spoke of aid to Syria.",
        "According to Cuba, the deal stands.",
        "In Cuba’s view, the deal stands.",
        "Ann Florence and Mary spoke.",
        "A nice day; the talks split the group.",
        "The Cuban minister spoke.",
        "Kampala's stance is clear.",
        "A role for the Japan Trade Office was found.",
        "OSLO – The minister spoke.",
        "",
    ],
)
def test_what_is_no_place(text: str) -> None:
    assert places(text) == []


def test_a_row_of_places_ends_where_a_new_clause_begins() -> None:
    assert places("It comes from Ghana, and Togo supplies the rest.") == [(None, "GHA")]
    assert places("In Cuba, Iranian firms built roads.") == [(None, "CUB")]


def test_an_acting_capital_that_hosts_is_a_place() -> None:
    assert places("Quito hosted the third session.") == [("Quito", "ECU")]
