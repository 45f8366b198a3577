"""dbt's own tests: the logic of the models on rows of their own, and a build with nothing in it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from assets.marts import DBT_EXECUTABLE, PROJECT_DIR
from warehouse.connection import build_connection
from warehouse.home import Home
from warehouse.loads import load_reference


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What became of each model and test of a full build on empty tables."""
    home = Home(tmp_path_factory.mktemp("empty") / "home")
    with build_connection(home, "a test") as connection:
        load_reference(connection, {})
    folder = Path(home.dbt_target)
    places = ["--project-dir", PROJECT_DIR, "--profiles-dir", PROJECT_DIR]
    places += ["--target-path", folder, "--log-path", folder]
    done = subprocess.run(
        [str(part) for part in (DBT_EXECUTABLE, "build", "--quiet", *places)],
        env={**os.environ, "ENTENTE_BUILD_DB": str(home.build_database)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: list[dict[str, Any]] = json.loads((folder / "run_results.json").read_text())["results"]
    return found


def test_everything_passes_on_empty_tables(results: list[dict[str, Any]]) -> None:
    assert {result["status"] for result in results} <= {"success", "pass"}
    models = {r["unique_id"].split(".")[-1] for r in results if r["unique_id"].startswith("model")}
    files = {path.stem for path in (PROJECT_DIR / "models").rglob("*.sql")}
    assert models == files


def test_the_logic_of_the_models_is_tested(results: list[dict[str, Any]]) -> None:
    tested = [r["unique_id"] for r in results if r["unique_id"].startswith("unit_test")]
    assert len(tested) >= 10


def test_every_model_has_its_yml(results: list[dict[str, Any]]) -> None:
    assert results
    for model in (PROJECT_DIR / "models").rglob("*.sql"):
        assert model.with_suffix(".yml").exists(), model.stem
