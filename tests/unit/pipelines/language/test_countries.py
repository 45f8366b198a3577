"""Which words are read as which country, in which form, and whether a capital acts."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipelines.language.build import build_language
from pipelines.language.countries import capital_of, country_name, find_countries, is_country
from pipelines.language.mentions import CountryMention
from tests.work import growth


def mentions(text: str) -> list[tuple[str, CountryMention]]:
    doc = build_language()(text)
    return [(doc[m.start : m.end].text, m) for m in find_countries(doc)]


def codes(text: str) -> list[tuple[str, str]]:
    return [(found, m.iso3) for found, m in mentions(text)]


def acts(text: str) -> dict[str, bool]:
    return {found: m.acts for found, m in mentions(text) if m.form == "capital"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officials of the Islamic Republic of Iran spoke.", [("Islamic Republic of Iran", "IRN")]),
        (
            "The Democratic Republic of the Congo agreed.",
            [("Democratic Republic of the Congo", "COD")],
        ),
        (
            "Guinea-Bissau and Equatorial Guinea met Guinea and Papua New Guinea.",
            [
                ("Guinea-Bissau", "GNB"),
                ("Equatorial Guinea", "GNQ"),
                ("Guinea", "GIN"),
                ("Papua New Guinea", "PNG"),
            ],
        ),
        ("Niger hosted Nigeria.", [("Niger", "NER"), ("Nigeria", "NGA")]),
        ("A Nigerien and a Nigerian delegation.", [("Nigerien", "NER"), ("Nigerian", "NGA")]),
        (
            "Dominica wrote to the Dominican Republic.",
            [("Dominica", "DMA"), ("Dominican Republic", "DOM")],
        ),
        (
            "Envoys of the Republic of China and the People’s Republic of China.",
            [("Republic of China", "TWN"), ("People’s Republic of China", "CHN")],
        ),
        (
            "South African and South Sudanese officers.",
            [("South African", "ZAF"), ("South Sudanese", "SSD")],
        ),
        (
            "U.S.-Oman talks; the UK and the EU took part.",
            [("U.S.", "USA"), ("Oman", "OMN"), ("UK", "GBR"), ("EU", "EUU")],
        ),
        (
            "Cote d'Ivoire, Côte d’Ivoire and the Ivory Coast.",
            [("Cote d'Ivoire", "CIV"), ("Côte d’Ivoire", "CIV"), ("Ivory Coast", "CIV")],
        ),
        ("Türkiye, once written Turkey.", [("Türkiye", "TUR"), ("Turkey", "TUR")]),
        ("Soviet and Yugoslav archives.", [("Soviet", "SUN"), ("Yugoslav", "YUG")]),
        ("IRAN, CUBA SIGN DEAL", [("IRAN", "IRN"), ("CUBA", "CUB")]),
        (
            "The Kremlin and Downing Street declined.",
            [("Kremlin", "RUS"), ("Downing Street", "GBR")],
        ),
        ("Talks with Saudi\nArabia went on.", [("Saudi\nArabia", "SAU")]),
        ("The Federal Republic of Somalia thanked them.", [("Federal Republic of Somalia", "SOM")]),
        ("Sino-Mongolian trade grew.", [("Sino", "CHN"), ("Mongolian", "MNG")]),
    ],
)
def test_names_and_adjectives(text: str, expected: list[tuple[str, str]]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Latin American and North American firms.",
        "A vessel crossed the Indian Ocean and the South China Sea.",
        "Tankers left the Gulf of Oman for the Gulf of Guinea.",
        "He moved from New Mexico to New Jersey.",
        "Give it to us, they said; do not polish it.",
        "They ate turkey off fine china.",
        "French-speaking teachers of the Spanish language.",
        "Coach Ann Jordan praised Mr. Chad after the game.",
        "A visit by Israel Brightwater pleased them.",
        "The governor of Georgia, the state of Georgia and Macon, Georgia.",
        "The Congo rose by a metre.",
        "Franco ruled until then.",
        "LET US GO TO THE PARK NOW",
        "The Indo-Pacific strategy was updated.",
        "",
        "   \n\n ",
    ],
)
def test_what_is_no_country(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Meanwhile Jordan agreed.", "JOR"),
        ("The Prime Minister of Israel Ann Adams spoke.", "ISR"),
        ("Georgia and Armenia opened a border post near Tbilisi.", "GEO"),
        ("Ukraine, Georgia and Moldova signed.", "GEO"),
        ("Neighbouring Chad closed its border.", "TCD"),
    ],
)
def test_names_that_persons_bear_too(text: str, iso3: str) -> None:
    assert iso3 in [code for _, code in codes(text)]


def test_shared_names_are_settled_by_the_rest_of_the_article() -> None:
    assert ("Congolese", "COD") in codes("Kinshasa sent a Congolese delegation.")
    assert ("Congo", "COG") in codes("Brazzaville is the seat. Congo exports oil.")
    both = codes("Kinshasa and Brazzaville met. The Congolese side was pleased.")
    assert "Congolese" not in [found for found, _ in both]
    assert ("Korean", "KOR") in codes("A Korean company won.")
    assert ("Korean", "PRK") in codes("Pyongyang said the Korean people agree.")
    assert ("Korean", "KOR") in codes("Seoul and Pyongyang spoke. The Korean minister left.")
    assert ("Dominican", "DOM") in codes("A Dominican envoy came.")
    assert ("Dominican", "DMA") in codes("Roseau is calm. In Dominica, a Dominican envoy came.")


def test_serbia_and_montenegro_are_two_unless_the_state_union_is_meant() -> None:
    assert codes("Serbia and Montenegro met.") == [("Serbia", "SRB"), ("Montenegro", "MNE")]
    assert [c for _, c in codes("The State Union of Serbia and Montenegro joined.")] == ["SCG"]


def test_forms() -> None:
    found = mentions("A Cuban said that Cubans like the Cuban minister from Cuba near the Kremlin.")
    assert [(text, m.form) for text, m in found] == [
        ("Cuban", "people"),
        ("Cubans", "people"),
        ("Cuban", "adjective"),
        ("Cuba", "name"),
        ("Kremlin", "metonym"),
    ]
    assert all(m.acts for _, m in found)


@pytest.mark.parametrize(
    "text",
    [
        "Lima-Quito relations are warm.",
        "Relations between Lima and Quito are warm.",
        "Lima said it would wait, and Quito has agreed.",
        "Lima and Quito agreed to wait.",
        "Lima’s stance and Quito's foreign policy differ.",
        "They urged Lima to wait and accused Quito of delay.",
        "Ties with Lima matter more than sanctions against Quito.",
        "Lima officials wrote to colleagues; aid to Quito goes on.",
        "Both Lima, Quito want peace.",
    ],
)
def test_capitals_that_act(text: str) -> None:
    assert acts(text) == {"Lima": True, "Quito": True}


@pytest.mark.parametrize(
    "text",
    [
        "He arrived in Lima and left for Quito.",
        "A flight from Lima to Quito.",
        "The road between Lima and Quito is closed.",
        "The Lima-Quito flight was late.",
        "He visited Lima, Peru, and Quito, Ecuador.",
        "In Lima and Quito crowds gathered.",
        "The Lima summit came before the Quito book fair.",
        "Rain fell on the streets of Lima and in Quito’s old town.",
        "The attack on Lima followed the march on Quito.",
    ],
)
def test_capitals_that_are_places(text: str) -> None:
    assert acts(text) == {"Lima": False, "Quito": False}


def test_a_dateline_does_not_act() -> None:
    assert acts("LIMA – Peru said no. Lima said no.") == {"LIMA": False, "Lima": True}


def test_brussels_acts_for_the_union_unless_only_belgium_is_named() -> None:
    assert ("Brussels", "EUU") in codes("Brussels said the tariffs would stay.")
    assert ("Brussels", "BEL") in codes("They met in Brussels.")
    assert ("Brussels", "BEL") in codes("Belgium replied. Brussels said no.")


def test_mentions_are_in_order_and_do_not_overlap() -> None:
    text = "The Lao People's Democratic Republic, Viet Nam and St. Kitts and Nevis (the EU too)."
    found = [m for _, m in mentions(text)]
    assert [m.iso3 for m in found] == ["LAO", "VNM", "KNA", "EUU"]
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_codes_and_names() -> None:
    assert country_name("CUB") == "Cuba"
    assert capital_of("CUB") == "Havana"
    assert is_country("EUU") and is_country("SUN")
    assert not is_country("NATO") and not is_country("cub")
    with pytest.raises(KeyError):
        country_name("ZZZ")


@pytest.mark.parametrize("unit", ["LIMA-", "Georgia, ", "Lima and "])
def test_monotonous_text_is_read_in_linear_time(unit: str) -> None:
    docs = {size: build_language().make_doc(unit * size) for size in (500, 1000)}
    assert find_countries(docs[500])
    assert growth(lambda size: find_countries(docs[size]), 500) < 3
