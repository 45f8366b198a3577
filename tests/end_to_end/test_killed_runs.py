"""A run that is killed at any point leaves what was published, and the next one makes it good."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import Installation
from warehouse.home import Home

pytestmark = pytest.mark.slow

DYING = Path(__file__).with_name("dying.py")
FIRST_DAY, SECOND_DAY = "2024-06-01", "2024-06-02"


def article(n: int, day: int) -> dict[str, str]:
    ministers = ("Ana Quispe Rojas", "Daniel Otieno", "Kwame Mensah", "Ines Duarte")
    country = ("Kenyan", "Ghanaian", "Zambian", "Latvian")[n % 4]
    return {
        "url": f"https://news.example/{day}/{n}",
        "published": f"2024-06-{day:02}",
        "text": (
            f"Peruvian Foreign Minister {ministers[n % 4]} met with {country} Foreign Minister "
            f"{ministers[(n + 1) % 4]} in Lima on {n + 1} May 2024. They signed an agreement on "
            f'fisheries. "We want more trade," the {country} minister said.'
        ),
    }


def feed(folder: Path, day: int, count: int) -> Path:
    file = folder / f"day{day}.jsonl"
    lines = [json.dumps(article(n, day)) for n in range(count)]
    file.write_text("\n".join([*lines, '{"text": "broken']))
    return file


def state(home: Home) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, but for moments of taking in, and notes on when it was built."""
    found = {}
    for path in (home.build_database, home.published_database):
        with duckdb.connect(str(path), read_only=True) as connection:
            for schema, table, columns in connection.execute(
                "select table_schema, table_name, list(column_name order by ordinal_position) "
                "from information_schema.columns "
                "where table_schema not in ('information_schema', 'pg_catalog', 'builds') "
                "and column_name not in ('fetched_at', 'first_fetched_at', 'touched') "
                "group by all"
            ).fetchall():
                names = ", ".join(f'"{column}"' for column in columns)
                rows = connection.execute(f'select {names} from "{schema}"."{table}"').fetchall()
                found[f"{path.stem}.{schema}.{table}"] = sorted(rows, key=repr)
    for parquet in sorted(home.published.glob("*.parquet")):
        rows = duckdb.sql(f"from '{parquet}'").fetchall()
        found[parquet.name] = [(len(rows),)]
    return found


@pytest.fixture(scope="module", autouse=True)
def quickly() -> Any:
    """Reading the project's own gold is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENTENTE_CHECKS__OWN_GOLD", "off")
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("killed")


@pytest.fixture(scope="module")
def before(folder: Path) -> Installation:
    """An installation that has published a first day."""
    installed = Installation(Home(folder / "before"))
    installed.run("--date", FIRST_DAY, str(feed(folder, 1, 3)))
    return installed


@pytest.fixture(scope="module")
def undisturbed(folder: Path, before: Installation) -> dict[str, list[tuple[Any, ...]]]:
    """What a second day makes of it when nothing happens."""
    installed = Installation(Home(folder / "undisturbed"))
    shutil.copytree(before.home.root, installed.home.root)
    installed.run("--date", SECOND_DAY, str(feed(folder, 2, 4)))
    return state(installed.home)


POINTS = {
    "ingest": ("warehouse.loads", "load_articles", 1),  # broken lines are in, articles are not
    "extract": ("warehouse.loads", "load_readings", 3),  # two of four are read
    "dbt": ("assets.progress", "report", 40),  # some of the models are made
    "publish": ("warehouse.publishing", "swap", 4),  # some Parquet files are new, no database
}
"""Which call of which function a run dies at."""


@pytest.mark.parametrize("step", POINTS)
def test_a_run_killed_anywhere_is_made_good_by_the_next(
    folder: Path,
    before: Installation,
    undisturbed: dict[str, list[tuple[Any, ...]]],
    step: str,
) -> None:
    module, function, calls = POINTS[step]
    installed = Installation(Home(folder / step))
    shutil.copytree(before.home.root, installed.home.root)
    published = installed.home.published_database.read_bytes()
    arguments = ["run", "--date", SECOND_DAY, str(folder / "day2.jsonl")]
    died = subprocess.run(
        [sys.executable, str(DYING), module, function, str(calls), *arguments],
        env=installed.environment(),
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    assert died.returncode == -signal.SIGKILL, died.stdout + died.stderr
    assert installed.home.published_database.read_bytes() == published
    installed.run(*arguments[1:])
    after = state(installed.home)
    assert after.keys() == undisturbed.keys()
    for table, rows in undisturbed.items():
        assert after[table] == rows, table
