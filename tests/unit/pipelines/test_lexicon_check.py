"""The check of the lexicons: the shipped ones are clean, and every kind of fault is told."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

from pipelines import records
from pipelines.lexicons import check, read_lexicon
from pipelines.lexicons.check import check_lexicons
from pipelines.lexicons.schemas import SCHEMAS

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped lexicons."""
    for file in check.FOLDER.glob("*.tsv"):
        shutil.copy(file, tmp_path)
    return tmp_path


def add(folder: Path, name: str, line: str) -> int:
    """Add a line to a file; return its number."""
    file = folder / f"{name}.tsv"
    text = file.read_text(encoding="utf-8") + f"{line}\n"
    file.write_text(text, encoding="utf-8")
    return len(text.splitlines())


def test_the_shipped_lexicons_are_clean(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    assert check_lexicons() == []
    assert check.main() == 0
    entries = sum(len(read_lexicon(name)) for name in SCHEMAS)
    told = capsys.readouterr().out
    assert told == f"lexicons: {len(SCHEMAS)} files, {entries:,} entries, no faults\n"
    line = add(folder, "regions", "Marwick\tXYZ")
    monkeypatch.setattr(check, "FOLDER", folder)
    monkeypatch.setattr(check, "check_lexicons", lambda: check_lexicons(folder))
    assert check.main() == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith(f"regions.tsv line {line}: ")
    assert last == "1 fault in the lexicons"


@pytest.mark.parametrize(
    ("name", "line", "what"),
    [
        (
            "regions",
            "Marwick\tXYZ",
            "iso3 'XYZ' is unknown: write one of column iso3 of countries.tsv",
        ),
        ("titles", "reeve\t\tleader\toffice\t\t\tXYZ", "country 'XYZ' is unknown"),
        ("dependencies", "MCO\tXYZ|SMR", "territories 'XYZ' is unknown"),
        ("dependencies", "MCO\tABW", "territories 'ABW' stands in line"),
        ("dependencies", "MCO\tSMR||AND", "has an empty value beside a |"),
        ("countries", "Qx1\tMarwick\t\t\t\t\t", "iso3 'Qx1' must be three capital letters"),
        ("countries", "QXX\tMarwick\tPeru\t\t\t\t", "names 'Peru' stands in line"),
        ("titles", "reeve\t\tchief\toffice\t\t\t", "level 'chief' is unknown: write one of ambass"),
        ("titles", "reeve\t\tleader\tboss\t\t\t", "kind 'boss' is unknown"),
        ("titles", "reeve\t\tleader\toffice\t\tmarwick\t", "same_as 'marwick' is no title"),
        ("titles", "presidents\t\tleader\toffice\t\t\t", "'presidents' is the plural of line"),
        ("titles", "reeve\t\tleader\toffice", "4 cells, the header has 7: a tab is missing"),
        ("regions", "Marwick\tPER\t", "3 cells, the header has 2: take out a tab"),
        ("parties", "leader\tofficials", "officials stands in line"),
        ("cities", "Marwick\t\tPER\tno", "needs_place 'no' is unknown: write one of yes"),
        ("cities", "Marwick\tAachen\tPER\t", "names 'Aachen' stands in line"),
        ("cities", " Marwick\t\tPER\t", "name ' Marwick' has stray spaces: take them out"),
        ("cities", "Marwick  Bay\t\tPER\t", "name 'Marwick  Bay' has stray spaces"),
        ("cities", "Marwick\tMarwyck| Marwik\tPER\t", "stray spaces"),
        ("cities", "Marwick\tMarwyck|Marwyck\tPER\t", "names holds 'Marwyck' twice: remove one"),
        ("cities", "Marwick\t \tPER\t", "names holds spaces alone: empty it"),
        ("cities", "Mar\u200bwick\t\tPER\t", "has the invisible character U+200B: take it out"),
        ("cities", "Malme\u0301\t\tPER\t", "accents apart from their letters"),
        ("cities", "Marwick|Marwyck\t\tPER\t", "takes one value: write a line for each"),
        ("cities", "\tMarwick\tPER\t", "name is empty: fill it or remove the line"),
        ("leaders", "Ana Lund\tPER\tpresident\t21\t", "from '21' must be a year of four digits"),
        ("leaders", "Ana Lund\tPER\tpresident\t2021\tnow", "to 'now' must be a year of four"),
        ("leaders", "Ana Lund\tPER\tpresident\t2021\t2019", "from 2021 is after to 2019"),
        ("given_names", "Marwa", "'Marwa' is looked up in lower case without accents: write 'marw"),
        ("given_names", "zélda", "write 'zelda'"),
        ("given_names", "aaron", "aaron stands in line"),
        ("state_styles", "Serene\tmodifier", "is looked up in lower case: write 'serene'"),
        ("place_cues", "in\tbefore", "in, before stands in line"),
        (
            "sector_terms",
            "clog dancing\tclogs\tplain",
            "write one of - or column code of sectors.tsv",
        ),
        ("sector_terms", "clog dancing\t-\tplain", "sectors - and use none go together"),
        ("sector_terms", "Bilateral Trade\ttrade\tplain", "stands in line"),
        ("sectors", "clogs\tClogs\t12", "crs '12' must be five digits"),
        ("country_lookalikes", "Marwick\tusual\t\tname", "kind usual needs countries: fill it"),
        ("country_lookalikes", "Marwick\tword\tPER\t", "kind word has no use for countries"),
        ("agencies", "Marwick Wire\tPER\thttps://m.pe/", "must be a web address"),
        ("relevance_words", "clog dance*\tact", "must be one word; a * only at its end"),
        ("cues", "clog\tclog|clogs|clogged\tthat|whatever", "frames 'whatever' is unknown"),
        ("cues", "aver on\tavers on|said\tthat", "forms 'said' stands in line"),
    ],
)
def test_a_bad_entry_is_told_with_its_file_and_line(
    folder: Path, name: str, line: str, what: str
) -> None:
    number = add(folder, name, line)
    faults = check_lexicons(folder)
    assert len(faults) == 1, faults
    assert faults[0].startswith(f"{name}.tsv line {number}: ")
    assert what in faults[0]


def test_all_faults_are_told_in_the_order_of_the_files(folder: Path) -> None:
    first = add(folder, "regions", "Marwick\tXYZ")
    second = add(folder, "regions", "Marwyck\tXYZ")
    before = add(folder, "cities", "Marwick\t\tXYZ\tno")
    told = [fault.split(": ")[0] for fault in check_lexicons(folder)]
    assert told == [
        f"cities.tsv line {before}",
        f"cities.tsv line {before}",
        f"regions.tsv line {first}",
        f"regions.tsv line {second}",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Licence: none.\nname\niso3\n", "line 1: the header names no source"),
        ("# Source: a hand.\nname\tiso3\nMarwick\tPER\n", "line 1: the header names no licence"),
        ("# Source: a. Licence: b.\nname\tcountry\n", "line 2: columns name, country: they must"),
        ("# Source: a. Licence: b.\nname\tiso3\n", "line 2: no entries: add one"),
        ("", "line 1: no entries"),
    ],
)
def test_a_file_has_a_header_columns_and_entries(folder: Path, text: str, told: str) -> None:
    (folder / "regions.tsv").write_text(text, encoding="utf-8")
    assert any(f"regions.tsv {told}" in fault for fault in check_lexicons(folder))


def test_comments_and_empty_lines_are_no_entries_and_keep_their_numbers(folder: Path) -> None:
    add(folder, "regions", "\n# of nowhere")
    assert check_lexicons(folder) == []
    number = add(folder, "regions", "Marwick\tXYZ")
    assert check_lexicons(folder)[0].startswith(f"regions.tsv line {number}: ")


def test_a_file_in_another_encoding_is_told(folder: Path) -> None:
    head = "# Source: a. Licence: b.\nname\tiso3\n"
    (folder / "regions.tsv").write_bytes((head + "Málaga\tESP\n").encode("latin-1"))
    assert check_lexicons(folder) == [
        "regions.tsv line 3: not UTF-8: save the file in that encoding"
    ]


def test_every_file_has_a_schema_and_every_schema_a_file(folder: Path) -> None:
    (folder / "regions.tsv").rename(folder / "provinces.tsv")
    assert check_lexicons(folder) == [
        "provinces.tsv line 1: no schema: declare its columns in schemas.py",
        "regions.tsv line 1: no such file: add it or take it out of schemas.py",
    ]


def test_a_file_of_codes_that_cannot_be_read_is_told_once(folder: Path) -> None:
    number = add(folder, "countries", "QXX\tMarwick")
    assert [fault.split(":")[0] for fault in check_lexicons(folder)] == [
        f"countries.tsv line {number}"
    ]
    (folder / "countries.tsv").unlink()
    assert [fault.split(":")[0] for fault in check_lexicons(folder)] == ["countries.tsv line 1"]


def test_a_key_of_several_columns_gives_its_reason() -> None:
    for name, schema in SCHEMAS.items():
        assert {*schema.keys, *schema.names} <= schema.columns.keys(), name
        assert bool(schema.because) == (len(schema.keys) > 1), name


@pytest.mark.parametrize(
    ("name", "column", "allowed", "besides"),
    [
        ("titles", "level", records.LEVELS, set()),
        ("parties", "level", records.LEVELS, set()),
        ("encounters", "kind", records.MEETING_KINDS, set()),
        ("agreement_kinds", "kind", get_args(records.AgreementKind), {"-"}),
        ("agreement_cues", "status", get_args(records.AgreementStatus), {"-"}),
        ("session_cues", "status", get_args(records.CommissionStatus), {"concluded"}),
        ("stance_cues", "stance", records.STANCES, set()),
    ],
)
def test_values_are_those_of_the_records(
    name: str, column: str, allowed: tuple[str, ...], besides: set[str]
) -> None:
    assert SCHEMAS[name].columns[column].values == {*allowed, *besides}


def test_the_page_on_lexicons_names_every_file() -> None:
    page = (ROOT / "docs" / "lexicons.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)`(?: \*)? \|", page, re.MULTILINE)
    assert rows == sorted(SCHEMAS)


def test_make_lint_runs_the_check() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    lint = re.search(r"^lint:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert lint is not None
    assert "-m pipelines.lexicons.check" in lint[1]
