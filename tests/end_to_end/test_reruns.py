"""Running again, being killed, and bad input: what a data engineer must be able to trust."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ENTENTE, Installation
from warehouse.connection import writing
from warehouse.home import Home

TALKS = (
    "Peruvian Foreign Minister Ana Quispe Rojas met with Kenyan Foreign Minister Daniel Otieno "
    'in Lima on 4 March 2024. "We want more trade," Quispe Rojas said.'
)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one good article and one of every kind of trouble."""
    folder = tmp_path_factory.mktemp("input") / "news"
    folder.mkdir()
    (folder / "good.txt").write_text(TALKS)
    (folder / "empty.txt").write_text("\n")
    (folder / "binary.txt").write_bytes(os.urandom(2000) + b"\x00" * 50)
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (folder / "spanish.txt").write_text(
        "El ministro de Comercio se reunió con el embajador de Kenia en Lima el martes."
    )
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    (folder / "feed.jsonl").write_text(
        json.dumps({"text": TALKS + " They discussed fisheries.", "doc_id": "good"})
        + '\n{"text": "broken\n'
        + json.dumps({"text": 7})
        + "\n"
    )
    return folder


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation(Home(tmp_path_factory.mktemp("rerun") / "home"))


def test_bad_input_is_set_aside_and_the_run_goes_on(installed: Installation, news: Path) -> None:
    summary = installed.run(str(news))
    assert summary["articles"] == {"new": 2, "revised": 0, "unchanged": 0, "set_aside": 7}
    # two reports of one pair, kind and day are one meeting
    assert installed.query(
        "select kind, date::varchar, n_articles from meetings where pair_id = 'KEN-PER'"
    ) == [("talks", "2024-03-04", 2)]
    entries = json.loads(installed.call("quarantine", "--json").stdout)
    assert {(entry["path"], entry["record"]): entry["reason"] for entry in entries} == {
        ("news/empty.txt", None): "empty_text",
        ("news/binary.txt", None): "binary",
        ("news/picture.png", None): "unsupported_type",
        ("news/spanish.txt", 1): "not_english",
        ("news/gone.txt", None): "unreadable",
        ("news/feed.jsonl", 2): "bad_json_line",
        ("news/feed.jsonl", 3): "bad_record",
    }
    assert all(entry["detail"] for entry in entries)


def test_running_twice_changes_no_row(installed: Installation, news: Path) -> None:
    before = installed.tables()
    again = installed.run(str(news))
    assert again["articles"] == {"new": 0, "revised": 0, "unchanged": 2, "set_aside": 7}
    assert again["facts"]["meetings"] == 0
    assert installed.tables() == before


@pytest.mark.slow
def test_a_failing_check_leaves_the_published_marts_as_they_were(
    installed: Installation, news: Path
) -> None:
    installed.run(str(news))
    before = installed.home.published_database.read_bytes()
    with duckdb.connect(str(installed.home.build_database)) as connection:
        connection.execute("update facts.quotes set text = 'not what the text says'")
    done = installed.call("run", "--json", str(news))
    summary = json.loads(done.stdout)
    assert done.returncode == 1
    assert summary["success"] is False
    assert any("offsets_point_at_the_text" in failure for failure in summary["failures"])
    assert installed.home.published_database.read_bytes() == before


def test_a_second_run_says_whom_it_waits_for(installed: Installation, news: Path) -> None:
    home = installed.home
    with (
        writing(home, "a long backfill"),
        subprocess.Popen(
            [str(ENTENTE), "run", str(news)],
            env=installed.environment(),
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        assert process.stderr is not None
        waiting = next(line for line in process.stderr if "waiting" in line)
        os.killpg(process.pid, signal.SIGKILL)
    assert "a long backfill" in waiting
    assert str(os.getpid()) in waiting
