"""The data dictionary says what the yml files of the models say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_it_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "data_dictionary.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_it_describes_every_column_of_every_mart() -> None:
    page = (ROOT / "docs" / "data_dictionary.md").read_text(encoding="utf-8")
    for model in (ROOT / "dbt_project" / "models" / "marts").glob("*.sql"):
        section = (
            page.partition(f"\n### {model.stem}\n")[2].partition("\n## ")[0].partition("\n### ")[0]
        )
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        assert rows, model.stem
        assert all(len(line.strip("|").split(" | ")[-1].strip()) > 5 for line in rows), model.stem
