"""What all tests share: temporary data folders, and one full run on the samples a session."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.language import build
from warehouse.home import Home

ENTENTE = Path(sys.executable).parent / "entente"
_PATIENCE = 3000  # tenths of a second
FOLDER_V1 = Path(__file__).parent / "fixtures" / "folder_v1"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--model", default=build.DEFAULT_MODEL, help="language model to test with, as in settings"
    )


def pytest_configure(config: pytest.Config) -> None:
    model = config.getoption("--model")
    if model != build.DEFAULT_MODEL:
        build.DEFAULT_MODEL = model
        os.environ["ENTENTE_READING__MODEL"] = model  # for the commands that tests start


@dataclass(frozen=True)
class Installation:
    """A data folder of its own, and the command that works on it."""

    home: Home

    def environment(self) -> dict[str, str]:
        return {**os.environ, "ENTENTE_HOME": str(self.home.root), "COLUMNS": "200"}

    def call(
        self, *arguments: str, stdin: str | bytes | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run `entente` and return what it wrote."""
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [str(ENTENTE), *arguments],
            env=self.environment(),
            input=data,
            capture_output=True,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    def run(self, *arguments: str) -> dict[str, Any]:
        """Run `entente run --json`, which must succeed, and return its summary."""
        done = self.call("run", "--json", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        summary: dict[str, Any] = json.loads(done.stdout)
        return summary

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the published marts."""
        with duckdb.connect(str(self.home.published_database), read_only=True) as connection:
            connection.execute("use entente.marts")
            return connection.execute(sql).fetchall()

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all rows of all tables and marts, build database and published file."""
        found: dict[str, list[tuple[Any, ...]]] = {}
        for path in (self.home.build_database, self.home.published_database):
            with duckdb.connect(str(path), read_only=True) as connection:
                for schema, table in connection.execute(
                    "select table_schema, table_name from information_schema.tables"
                ).fetchall():
                    rows = connection.execute(f'from "{schema}"."{table}"').fetchall()
                    found[f"{path.stem}.{schema}.{table}"] = sorted(rows, key=repr)
        return found


def folder_of_version_1(folder: Path) -> Home:
    """Lay out the data folder of the first version below `folder`, beside the news it read."""
    home = Home(folder / "home")
    home.root.mkdir()
    shutil.copytree(FOLDER_V1 / "raw", home.raw)
    shutil.copytree(FOLDER_V1 / "news", folder / "news")
    shutil.copy(FOLDER_V1 / "settings.toml", home.settings)
    load = (FOLDER_V1 / "build" / "load.sql").read_text()
    with duckdb.connect(str(home.build_database)) as connection:
        connection.execute((FOLDER_V1 / "build" / "schema.sql").read_text())
        connection.execute(load.replace("{folder}", str(FOLDER_V1 / "build")))
    return home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty data folder."""
    empty = Home(tmp_path / "home")
    empty.create()
    return empty


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """An installation that nothing was run on."""
    return Installation(Home(tmp_path / "home"))


@pytest.fixture(scope="session")
def sample_run(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> tuple[Installation, dict[str, Any]]:
    """One full run on the articles that the project ships, and its summary.

    The processes of a session share it: the first one runs, the others wait for its summary.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "samples"
    installed = Installation(Home(shared / "home"))
    summary = shared / "summary.json"
    try:
        shared.mkdir()
    except FileExistsError:
        for _ in range(_PATIENCE):
            if summary.exists():
                return installed, json.loads(summary.read_text())
            time.sleep(0.1)
        pytest.fail("the run on the samples, which another process of the session began, failed")
    told = installed.run()
    partial = shared / "summary.part"
    partial.write_text(json.dumps(told))
    partial.replace(summary)
    return installed, told


@pytest.fixture(scope="session")
def samples(sample_run: tuple[Installation, dict[str, Any]]) -> Installation:
    """An installation on which the samples were run. Tests only read it."""
    return sample_run[0]
