"""Runs beside one another, a range of days in one run, and who is told when one fails."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from assets.articles import ingest
from assets.days import today
from assets.resources import Warehouse
from tests.conftest import ENTENTE, Installation

pytestmark = pytest.mark.slow

TALKS = (
    "Peruvian Foreign Minister Ana Quispe Rojas met with {country} Foreign Minister Daniel Otieno "
    "in Lima on 4 March 2024."
)


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the project's own gold is tested elsewhere."""
    monkeypatch.setenv("ENTENTE_CHECKS__OWN_GOLD", "off")


def test_two_runs_at_once_wait_for_one_another_and_both_go_through(
    installation: Installation, tmp_path: Path
) -> None:
    runs = []
    for country in ("Kenyan", "Ghanaian"):
        news = tmp_path / f"{country}.txt"
        news.write_text(TALKS.format(country=country))
        command = [str(ENTENTE), "run", "--json", str(news)]
        runs.append(
            subprocess.Popen(
                command,
                env=installation.environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
    told = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told
    assert [json.loads(out)["articles"]["new"] for out, _ in told] == [1, 1]
    waited = [err for _, err in told if "waiting for process" in err]
    assert len(waited) == 1
    assert "(entente run, since" in waited[0]
    assert installation.query("select pair_id from country_pairs order by 1") == [
        ("GHA-PER",),
        ("KEN-PER",),
    ]


def test_a_range_of_thirty_days_with_gaps_is_one_run(
    installation: Installation, tmp_path: Path
) -> None:
    home = installation.home
    last = today()
    days = [last - timedelta(days=back) for back in (29, 17, 16, 0)]
    for day, country in zip(days, ("Kenyan", "Ghanaian", "Zambian", "Latvian"), strict=True):
        news = tmp_path / f"{day}.txt"
        news.write_text(TALKS.format(country=country))
        dg.materialize(
            [ingest],
            partition_key=day.isoformat(),
            resources={"warehouse": Warehouse(home_path=str(home.root))},
            run_config={"ops": {"ingest": {"config": {"paths": [str(news)]}}}},
        )
    done = installation.call("backfill", "--from", str(days[0]), "--to", str(last), "--json")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert (summary["first"], summary["day"]) == (str(days[0]), str(last))
    assert summary["articles"]["new"] == 0, "nothing is fetched"
    assert summary["facts"]["meetings"] == 4
    with duckdb.connect(str(home.build_database), read_only=True) as connection:
        arrived = connection.execute(
            "select distinct arrived_on from facts.meetings order by 1"
        ).fetchall()
    assert [day for (day,) in arrived] == days
    assert installation.query("select count(*) from meetings") == [(4,)]
    with dg.DagsterInstance.from_ref(
        dg.DagsterInstance.local_temp(str(home.dagster)).get_ref()
    ) as instance:
        (run,) = instance.get_runs()
    assert run.tags["dagster/asset_partition_range_start"] == str(days[0])


@pytest.mark.parametrize(
    "range_", [("2024-06-02", "2024-06-01"), ("1999-01-01", "2024-06-01")], ids=["turned", "early"]
)
def test_a_range_that_is_none_is_a_wrong_call(
    installation: Installation, range_: tuple[str, str]
) -> None:
    done = installation.call("backfill", "--from", range_[0], "--to", range_[1])
    assert done.returncode == 2
    assert "is no range of days" in done.stderr
    assert not installation.home.build_database.exists()


@pytest.fixture
def webhook(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """A receiver of alarms that the settings name, and what it received."""
    received: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("ENTENTE_ALARMS__WEBHOOK", f"http://127.0.0.1:{server.server_port}/x")
        yield received
        server.shutdown()


def test_a_blocking_check_leaves_what_is_published_and_is_told_once(
    installation: Installation,
    tmp_path: Path,
    webhook: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    news = tmp_path / "feed.jsonl"
    news.write_text(json.dumps({"text": TALKS.format(country="Kenyan")}) + "\n")
    installation.run(str(news))
    assert webhook == [], "nothing is told of a good run"
    before = installation.home.published_database.read_bytes()
    news.write_text('{"text": \n' * 25)
    monkeypatch.setenv("ENTENTE_CHECKS__SET_ASIDE", "block")
    done = installation.call("run", str(news))
    assert done.returncode == 1
    assert installation.home.published_database.read_bytes() == before
    assert "problem    check set_aside of raw/articles failed: 25 of 26 files" in done.stdout
    (alarm,) = webhook
    assert alarm["link"] == f"http://127.0.0.1:3000/runs/{alarm['run_id']}"
    assert alarm["problems"][0]["where"] == "raw/articles"
    assert "25 of 26 files and records" in alarm["problems"][0]["reason"]
    test = installation.call("alarms", "test")
    assert test.returncode == 0
    assert webhook[-1]["headline"].startswith("Entente: this is a test")
