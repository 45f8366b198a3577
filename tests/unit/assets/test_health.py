"""What monitors are told: from files alone, as Dagster itself writes them."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import dagster as dg
import pytest
from click.testing import CliRunner
from dagster._core.definitions.run_request import InstigatorType
from dagster._core.remote_origin import (
    ManagedGrpcPythonEnvCodeLocationOrigin,
    RemoteInstigatorOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.scheduler.instigation import (
    InstigatorState,
    InstigatorStatus,
    ScheduleInstigatorData,
    SensorInstigatorData,
)
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin
from dagster._daemon.types import DaemonHeartbeat

from assets.commands import health as command
from assets.dagster_home import prepare_dagster_home
from assets.health import Finding, Limits, look
from warehouse.connection import build_connection, writing
from warehouse.home import ENVIRONMENT_VARIABLE, Home
from warehouse.publishing import publish

NOW = datetime.now(UTC)


def seen(home: Home, limits: Limits | None = None, **asked: Any) -> dict[str, Finding]:
    return {found.name: found for found in look(home, limits or Limits(), **asked)}


@pytest.fixture
def published(home: Home) -> Home:
    """A data folder with published marts."""
    with build_connection(home, "a test") as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.articles as select 'a' as article_id")
        publish(connection, home)
    return home


@pytest.fixture
def instance(published: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    """Dagster's own instance on that folder."""
    for name in ("DAGSTER_HOME", ENVIRONMENT_VARIABLE):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    prepare_dagster_home(published)
    with dg.DagsterInstance.get() as made:
        yield made


def run_job(instance: dg.DagsterInstance, *, fails: bool = False) -> None:
    @dg.op
    def work() -> None:
        if fails:
            raise ValueError("broken")

    @dg.job(name="daily")
    def daily() -> None:
        work()

    daily.execute_in_process(instance=instance, raise_on_error=False)


def beat(instance: dg.DagsterInstance, age: timedelta) -> None:
    for name in ("SCHEDULER", "SENSOR"):
        moment = (datetime.now(UTC) - age).timestamp()
        instance.add_daemon_heartbeat(DaemonHeartbeat(moment, name, "a-daemon", []))


def switch_on(instance: dg.DagsterInstance, name: str, kind: InstigatorType) -> None:
    target = LoadableTargetOrigin(module_name="assets.definitions")
    location = ManagedGrpcPythonEnvCodeLocationOrigin(target, "entente")
    origin = RemoteInstigatorOrigin(RemoteRepositoryOrigin(location, "__repository__"), name)
    data = (
        ScheduleInstigatorData("0 6 * * *")
        if kind == InstigatorType.SCHEDULE
        else SensorInstigatorData()
    )
    instance.add_instigator_state(InstigatorState(origin, kind, InstigatorStatus.RUNNING, data))


def test_a_folder_that_nothing_was_run_on_is_not_well(home: Home) -> None:
    found = seen(home)
    assert {name: finding.ok for name, finding in found.items()} == {
        "published": False,
        "runs": False,
        "daemon": True,
        "disk": True,
    }
    assert "entente run" in found["published"].words
    assert "none has succeeded yet" in found["runs"].words


def test_a_good_run_is_well_until_it_is_old(instance: dg.DagsterInstance, published: Home) -> None:
    run_job(instance)
    assert all(finding.ok for finding in seen(published).values())
    later = seen(published, now=datetime.now(UTC) + timedelta(hours=31))["runs"]
    assert not later.ok
    assert later.words == "the last one succeeded 31 h ago, and 30 h are allowed"
    week = Limits(max_age=timedelta(days=7))
    assert seen(published, week, now=datetime.now(UTC) + timedelta(hours=31))["runs"].ok


def test_a_failed_run_is_told_until_the_next_good_one(
    instance: dg.DagsterInstance, published: Home
) -> None:
    run_job(instance)
    run_job(instance, fails=True)
    found = seen(published)["runs"]
    assert not found.ok
    assert found.values["last_status"] == "FAILURE"
    assert found.values["last_good_at"] is not None
    run_job(instance)
    assert seen(published)["runs"].ok


def test_a_restored_folder_without_history_is_as_old_as_its_marts(published: Home) -> None:
    assert seen(published)["runs"].ok
    old = time.time() - 40 * 3600
    os.utime(published.published_database, (old, old))
    assert "succeeded 40 h ago" in seen(published)["runs"].words
    assert not seen(published)["runs"].ok


def test_the_daemon_counts_where_something_is_switched_on(
    instance: dg.DagsterInstance, published: Home
) -> None:
    assert seen(published)["daemon"].words == "not needed: nothing is switched on"
    assert not seen(published, only=["daemon"])["daemon"].ok
    switch_on(instance, "every_morning", InstigatorType.SCHEDULE)
    switch_on(instance, "new_files", InstigatorType.SENSOR)
    found = seen(published)["daemon"]
    assert (found.ok, found.words) == (
        False,
        "it has never run; daily run and watch for files on",
    )
    beat(instance, timedelta(minutes=2))
    assert seen(published)["daemon"].ok
    beat(instance, timedelta(minutes=12))
    found = seen(published)["daemon"]
    assert (found.ok, found.words.partition(";")[0]) == (False, "no sign of life for 12 min")


def test_a_run_that_goes_on_is_no_problem(instance: dg.DagsterInstance, published: Home) -> None:
    run_job(instance)
    with writing(published, "step extract"):
        found = seen(published)["runs"]
    assert found.ok
    assert "step extract" in found.values["held_by"]
    assert "step extract" in found.words
    assert seen(published)["runs"].values["held_by"] is None


def test_a_broken_published_file_is_told(published: Home) -> None:
    published.published_database.write_bytes(b"not a database" * 1000)
    found = seen(published, only=["published"])
    assert list(found) == ["published"]
    assert not found["published"].ok
    assert "cannot be read" in found["published"].words


def test_a_full_disk_is_told(home: Home) -> None:
    found = seen(home, Limits(min_free_bytes=1e18))["disk"]
    assert not found.ok
    assert "are wanted" in found.words


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"dagster_webserver_version": "1.2.3"}).encode())

    def log_message(self, *_: Any) -> None:
        pass


def test_the_webserver_is_asked_where_its_address_is_given(home: Home) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        found = seen(home, only=["disk"], webserver=address)
        assert found["webserver"].words == f"{address} answers (Dagster 1.2.3)"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert not seen(home, only=["disk"], webserver=address)["webserver"].ok


def test_the_command_exits_with_what_it_saw_and_tells_it(
    published: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(published.root))
    told: list[Any] = []
    monkeypatch.setattr("assets.alarms.deliver", lambda alarm, settings: told.append(alarm) or [])
    well = CliRunner().invoke(command.command, ["--json", "--tell"])
    assert well.exit_code == 0
    assert json.loads(well.output)["healthy"] is True
    assert told == []
    arguments = ["--tell", "--min-free-gb", "1000000000"]
    nobody = CliRunner().invoke(command.command, arguments)
    assert nobody.exit_code == 1
    assert "BAD  disk" in nobody.output
    assert told == []
    published.settings.write_text('[alarms]\nwebhook = "http://127.0.0.1:9/hook"\n')
    assert CliRunner().invoke(command.command, arguments).exit_code == 1
    assert [problem.where for problem in told[0].problems] == ["disk"]
    assert CliRunner().invoke(command.command, ["--webserver", "nowhere"]).exit_code == 2
