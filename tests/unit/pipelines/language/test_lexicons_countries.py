"""What the lexicons of countries and places promise: complete, consistent, one meaning a name."""

from __future__ import annotations

from collections import defaultdict

import pytest

from pipelines.lexicons import read_lexicon

COLUMNS = ("name", "names", "adjectives", "people", "capitals", "metonyms")
# fmt: off
DEPENDENT = {
    "ATA", "ATF", "BLM", "BVT", "CCK", "CXR", "FLK", "GGY", "HKG", "HMD", "IMN", "IOT", "JEY",
    "MAC", "MAF", "MNP", "MSR", "NFK", "PCN", "REU", "SGS", "SHN", "SJM", "SPM", "SXM", "TCA",
    "TKL", "UMI", "VGB", "VIR", "EUU", "SUN", "YUG", "SCG", "CSK", "GIB",
}
# fmt: on
# shared words ('Congolese', 'Dominican') are in the lexicon of lookalikes; a city-state is its own
# capital; 'a New Zealand minister' uses the name
WITHOUT = {
    "COG": {"adjectives", "people"},
    "DMA": {"adjectives", "people"},
    "NZL": {"adjectives"},
    "VAT": {"adjectives", "people", "capitals"},
    "MCO": {"capitals"},
}


def cells(entry: dict[str, str], column: str) -> list[str]:
    return [cell for cell in entry[column].split("|") if cell]


def test_every_country_of_cldr_is_there() -> None:
    names = {name for e in read_lexicon("countries") for name in (e["name"], *cells(e, "names"))}
    babel = pytest.importorskip("babel")  # comes with dbt; the project itself has no need of it
    territories = babel.Locale("en").territories
    unknown = {"EZ", "QO", "UN", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA", "AN"}
    plain = {
        code: name.replace("’", "'")
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in unknown
    }
    straight = {name.replace("’", "'") for name in names}
    abbreviated = {name.replace("Saint ", "St. ") for name in straight}
    missing = {
        code: name
        for code, name in plain.items()
        if name not in straight | abbreviated and "(" not in name and " & " not in name
    }
    assert missing.keys() <= {"CG", "CD", "HK", "MO"}


def test_codes_are_unique_and_complete() -> None:
    codes = [entry["iso3"] for entry in read_lexicon("countries")]
    assert len(codes) == len(set(codes)) == 249 + 7
    assert {"XKX", "PSE", "TWN", "EUU", "SUN", "YUG", "SCG", "DDR", "CSK"} <= set(codes)
    assert all(len(code) == 3 and code.isupper() for code in codes)


def test_a_name_stands_for_one_country_only() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in read_lexicon("countries"):
        for column in COLUMNS:
            for name in cells(entry, column):
                owners[name].add(entry["iso3"])
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_states_have_adjectives_people_and_a_capital() -> None:
    """Dependent territories may lack one; states only where English has no such word."""
    for entry in read_lexicon("countries"):
        if entry["iso3"] in DEPENDENT:
            continue
        lacking = {column for column in ("adjectives", "people", "capitals") if not entry[column]}
        assert lacking <= WITHOUT.get(entry["iso3"], set()), entry["iso3"]


def test_cities_lie_in_known_countries_and_are_no_capitals() -> None:
    countries = {entry["iso3"]: entry for entry in read_lexicon("countries")}
    capitals = {name for entry in countries.values() for name in cells(entry, "capitals")}
    seen: set[str] = set()
    for city in read_lexicon("cities"):
        assert city["iso3"] in countries, city
        assert city["needs_place"] in {"", "yes"}, city
        for name in (city["name"], *cells(city, "names")):
            assert name not in capitals, name
            assert name not in seen, name
            seen.add(name)


def test_shared_names_point_to_known_countries() -> None:
    known = {entry["iso3"] for entry in read_lexicon("countries")}
    for entry in read_lexicon("country_lookalikes"):
        for iso3 in cells(entry, "countries"):
            if entry["kind"] != "us_state":
                assert iso3 in known, entry
