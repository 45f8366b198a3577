"""A user's own lexicon entries: a folder in the data folder, read beside the project's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.lexicons.check import check_own

HEADER = "# mine\nterm\tsectors\tuse\n"
TEXT = "Kenya and Peru agreed to cooperate in glimmerware."


def entente(home: Path, *arguments: str, text: str = TEXT) -> subprocess.CompletedProcess[str]:
    """Run the command line on a data folder, with a text as standard input."""
    return subprocess.run(
        [Path(sys.executable).with_name("entente"), *arguments],
        input=text,
        env={**os.environ, "ENTENTE_HOME": str(home), "ENTENTE_LEXICONS": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with a folder of own lexicons."""
    (tmp_path / "lexicons").mkdir()
    return tmp_path


def test_a_term_of_the_users_own_is_read_and_marks_the_facts(home: Path) -> None:
    own = "glimmerware\tindustry\tplain\nmining\t-\tnone\n"  # the second replaces the project's
    (home / "lexicons" / "sector_terms.tsv").write_text(HEADER + own)
    run = entente(home, "extract", "-", text=f"{TEXT} They agreed to cooperate in mining.")
    assert run.returncode == 0, run.stderr
    (sector,) = json.loads(run.stdout)["sectors"]
    assert (sector["pair"], sector["sector"]) == ("KEN-PER", "industry")
    assert "+lexicons-" in sector["extractor_version"]


def test_a_bad_entry_ends_the_command_with_file_line_and_what_to_do(home: Path) -> None:
    (home / "lexicons" / "sector_terms.tsv").write_text(HEADER + "glimmerware\tindustri\tplain\n")
    run = entente(home, "extract", "-")
    assert run.returncode == 2
    assert "sector_terms.tsv line 3: sectors 'industri' is unknown" in run.stderr
    assert "Traceback" not in run.stderr


def test_help_and_other_commands_do_without_lexicons(home: Path) -> None:
    (home / "lexicons" / "sector_terms.tsv").write_text("nonsense")
    assert entente(home, "config", "--help").returncode == 0


def test_a_file_of_an_unknown_name_is_told(home: Path) -> None:
    (home / "lexicons" / "sectorterms.tsv").write_text(HEADER + "glimmerware\tindustry\tplain\n")
    (fault,) = check_own(home / "lexicons")
    assert fault.startswith("sectorterms.tsv line 1: no lexicon of that name")
