"""The country that a user types."""

from __future__ import annotations

import pytest

from warehouse.country_names import UnknownCountryError, country_name, find_country


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("CUB", "CUB"),
        ("cub", "CUB"),
        ("Cuba", "CUB"),
        ("cuban", "CUB"),
        ("Côte d'Ivoire", "CIV"),
        ("ivory coast", "CIV"),
        ("cote d ivoire", "CIV"),
        ("South Korea", "KOR"),
        ("Guinea", "GIN"),
        ("Niger", "NER"),
        ("Georgia", "GEO"),
        ("Türkiye", "TUR"),
        ("turkiye", "TUR"),
        ("Viet Nam", "VNM"),
        ("USA", "USA"),
        ("European Union", "EUU"),
    ],
)
def test_by_code_name_or_adjective(typed: str, code: str) -> None:
    assert find_country(typed) == code


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("Moroco", "Morocco (MAR)"), ("Irran", "Iran (IRN)"), ("Equador", "Ecuador (ECU)")],
)
def test_the_nearest_names_are_offered(typed: str, offered: str) -> None:
    with pytest.raises(UnknownCountryError, match="Did you mean") as refused:
        find_country(typed)
    assert offered in str(refused.value)


def test_a_name_of_several_countries_offers_them() -> None:
    with pytest.raises(UnknownCountryError) as refused:
        find_country("Congo")
    assert "(COD)" in str(refused.value)
    assert "(COG)" in str(refused.value)


@pytest.mark.parametrize("typed", ["", "   ", "qqqqqq", "🤝", "the"])
def test_what_is_no_country_is_refused(typed: str) -> None:
    with pytest.raises(UnknownCountryError):
        find_country(typed)


def test_names_of_codes() -> None:
    assert country_name("CUB") == "Cuba"
    assert country_name("ZZZ") == "ZZZ"
