"""Imports run one way: assets -> warehouse -> pipelines, and within pipelines as the house says."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

MAY_IMPORT = {
    "pipelines.records": set(),
    "pipelines.lexicons": set(),
    "pipelines.language": {"pipelines.records", "pipelines.lexicons"},
    "pipelines.extraction": {"pipelines.records", "pipelines.lexicons", "pipelines.language"},
    "pipelines.resolution": {"pipelines.records", "pipelines.lexicons"},
    "pipelines.sources": {"pipelines.records", "pipelines.lexicons"},
    "pipelines.evaluation": {"pipelines.records", "pipelines.lexicons"},
    "warehouse": {"pipelines.records", "pipelines.lexicons"},
}
"""What each room may import of the others; assets may import all."""


def imported_modules(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room_of(module: str) -> str | None:
    for room in sorted((*MAY_IMPORT, "assets"), key=len, reverse=True):
        if module == room or module.startswith(f"{room}."):
            return room
    return None


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_imports_run_one_way(room: str) -> None:
    place = ROOT / room.replace(".", "/")
    files = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    assert files
    for file in files:
        for module in imported_modules(file):
            target = room_of(module)
            if target is not None and target != room:
                assert target in MAY_IMPORT[room], f"{file.relative_to(ROOT)} imports {module}"


def test_every_module_belongs_to_a_room() -> None:
    for package in ("pipelines", "warehouse"):
        for file in (ROOT / package).rglob("*.py"):
            if "data" in file.relative_to(ROOT / package).parts:
                continue
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            assert room_of(module) is not None or module == "pipelines.__init__", module


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("pipelines.extraction.article", ("dagster", "duckdb", "dbt")),
        (
            "pipelines.sources.files",
            ("dagster", "duckdb", "dbt", "spacy", "trafilatura", "lxml", "pyarrow", "numpy"),
        ),
        (
            "pipelines.sources.page_process, pipelines.sources.page, pipelines.sources.page_dates, "
            "trafilatura, readability, htmldate",
            ("dagster", "duckdb", "dbt", "spacy"),
        ),
        ("warehouse.loads", ("dagster", "dbt", "spacy")),
        ("assets.cli", ("dagster", "duckdb", "dbt", "spacy")),
        ("assets.commands.sql", ("dagster", "dbt", "spacy")),
        ("assets.commands.extract", ("dagster", "duckdb", "dbt")),
        ("assets.commands.quarantine", ("dagster", "duckdb", "dbt", "spacy")),
        ("assets.commands.sources", ("dagster", "duckdb", "dbt", "spacy")),
        ("assets.commands.forget", ("dagster", "duckdb", "dbt", "spacy")),
        ("assets.commands.backup", ("dagster", "duckdb", "dbt", "spacy")),
        ("assets.commands.restore", ("dagster", "duckdb", "dbt", "spacy")),
        ("assets.commands.health", ("dagster", "duckdb", "dbt", "spacy")),
        ("assets.health", ("dagster", "duckdb", "dbt", "spacy")),
        ("assets.services", ("dagster", "duckdb", "dbt", "spacy")),
        ("assets.rereading", ("dagster", "dbt", "spacy")),
    ],
)
def test_importing_does_not_load(module: str, absent: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print([m for m in {absent!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
