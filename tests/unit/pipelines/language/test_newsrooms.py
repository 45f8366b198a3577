"""Which country a publisher's address or an agency's name belongs to."""

from __future__ import annotations

import pytest

from pipelines.language.newsrooms import agency_country, publisher_country


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("https://mfa.gov.pe/notas/1", "PER"),
        ("mfa.gov.pe", "PER"),
        ("HTTPS://MFA.GOV.PE/X", "PER"),
        ("https://www.tehrantimes.com/x", "IRN"),
        ("https://www.gov.uk/x", "GBR"),
        ("https://mfa.gov.am", "ARM"),
    ],
)
def test_an_address_tells_the_country_of_the_publisher(address: str, country: str) -> None:
    assert publisher_country(address) == country


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "https://example.com/x",
        "https://example.com/?from=mfa.gov.pe",
        "https://mfa.gov.pe.example.com/",
        "https://reuters.com",
        "https://sample.io",
        "https://192.168.1.1/x",
        "news/2024/peru.txt",
        "data/peru.pe/x",
        "file:///data/a.pe",
        "Peru",
        "http://[bad",
        "x" * 5000,
    ],
)
def test_an_address_that_tells_none(address: str | None) -> None:
    assert publisher_country(address) is None


@pytest.mark.parametrize(
    ("dateline", "country"),
    [
        ("BAKU (IRNA) - ", "IRN"),
        ("BEIJING, March 3 (Xinhua) -- ", "CHN"),
        ("MOSCOW, June 7. /TASS/. ", "RUS"),
        ("Tehran, IRNA – ", "IRN"),
        ("HAVANA (Prensa Latina) -", "CUB"),
    ],
)
def test_a_dateline_names_a_national_agency(dateline: str, country: str) -> None:
    assert agency_country(dateline) == country


@pytest.mark.parametrize(
    "dateline",
    [
        "",
        "(((",
        "OSLO, March 3 (Reuters) - ",
        "LIMA (AFP) - ",
        "LIMA (Sample) - ",
        "irna",
        "A" * 5000,
    ],
)
def test_a_dateline_without_one(dateline: str) -> None:
    assert agency_country(dateline) is None
