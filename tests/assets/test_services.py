"""Daemon and webserver as services: what they run, one daemon a folder, runs that were killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from click.testing import CliRunner
from dagster import DagsterRunStatus

from assets import services
from assets.commands import daemon, dev, webserver
from assets.dagster_home import WORKSPACE, prepare_dagster_home
from assets.dead_runs import COMMAND_LINE, STARTED_BY
from assets.schedules import MADE_AGAIN
from assets.services import ServiceError, hold_daemon
from tests.conftest import Installation
from warehouse.home import ENVIRONMENT_VARIABLE, Home

HOLD = """
import os, sys, time
from pathlib import Path
from assets.services import hold_daemon
from warehouse.home import Home
hold_daemon(Home(Path(sys.argv[1])))
os.execv(sys.executable, [sys.executable, "-c", "print('held', flush=True); input()"])
"""
ROOT = Path(__file__).resolve().parents[2]


class Became(Exception):  # noqa: N818
    """Raised instead of running another program in the place of the tests."""


@pytest.fixture
def environment(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A data folder that this process works on for the time of a test."""
    monkeypatch.setenv("DAGSTER_HOME", "")
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(home.root))
    return home


@pytest.fixture
def became(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What programs were run in the place of this one, with their arguments."""
    calls: list[list[str]] = []

    def execv(path: Path, arguments: list[str]) -> None:
        assert Path(path).exists()
        calls.append([Path(path).name, *arguments[1:]])
        raise Became

    monkeypatch.setattr(os, "execv", execv)
    return calls


@pytest.fixture
def instance(environment: Home) -> Iterator[dg.DagsterInstance]:
    prepare_dagster_home(environment)
    with dg.DagsterInstance.get() as made:
        yield made


def test_each_service_is_one_program_of_dagster_on_the_workspace(
    environment: Home, became: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assets.services.hold_daemon", lambda home: None)
    runner = CliRunner()
    for command, arguments in (
        (daemon.command, []),
        (webserver.command, []),
        (webserver.command, ["--port", "81", "--read-only", "--path-prefix", "/e"]),
        (dev.command, ["--port", "82"]),
    ):
        assert isinstance(runner.invoke(command, arguments).exception, Became)
    workspace = ["-w", str(WORKSPACE)]
    assert became == [
        ["dagster-daemon", "run", *workspace],
        ["dagster-webserver", "-h", "127.0.0.1", "-p", "3000", *workspace],
        [
            *("dagster-webserver", "-h", "127.0.0.1", "-p", "81", "--read-only"),
            *("--path-prefix", "/e", *workspace),
        ],
        ["dagster", "dev", "-h", "127.0.0.1", "-p", "82", *workspace],
    ]
    assert os.environ["DAGSTER_HOME"] == str(environment.dagster)
    assert (environment.dagster / "dagster.yaml").exists()
    assert environment.settings.exists()


def test_an_address_that_others_reach_is_warned_of(
    environment: Home, became: list[list[str]]
) -> None:
    done = CliRunner().invoke(webserver.command, ["--host", "0.0.0.0"])
    assert "asks for no password" in done.output
    for host in ("127.0.0.1", "localhost", "::1"):
        assert "password" not in CliRunner().invoke(webserver.command, ["--host", host]).output


def test_a_program_that_cannot_be_run_is_told(
    environment: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(ServiceError, match="dagster-webserver cannot be run"):
        services.become("dagster-webserver", [])


def test_wrong_settings_stop_a_service_before_it_starts(
    environment: Home, became: list[list[str]]
) -> None:
    environment.settings.write_text('[schedule]\ntime = "late"\n')
    for command in (daemon.command, webserver.command, dev.command):
        done = CliRunner().invoke(command)
        assert done.exit_code == 2
        assert "schedule.time" in done.output
    assert became == []


def test_a_folder_has_one_daemon_which_keeps_it_through_exec(environment: Home) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(environment.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "held"
        done = CliRunner().invoke(daemon.command)
        assert done.exit_code == 1
        assert "has a daemon already" in done.output
        other.kill()
    os.close(hold_daemon(environment))  # free with the process that held it


def test_a_daemon_ends_the_runs_that_went_with_the_last_one(
    instance: dg.DagsterInstance,
) -> None:
    @dg.job
    def daily() -> None:
        pass

    def going_on(tags: dict[str, str]) -> str:
        run = instance.create_run_for_job(daily, tags=tags)
        event = dg.DagsterEvent(
            event_type_value="PIPELINE_START", job_name="daily", message="started"
        )
        instance.report_dagster_event(event, run.run_id)
        return run.run_id

    ours, theirs = going_on(dict(MADE_AGAIN)), going_on({STARTED_BY: COMMAND_LINE})
    assert services.end_runs_of_former_daemon() == 1
    status = {run.run_id: run.status for run in instance.get_runs()}
    assert status == {ours: DagsterRunStatus.FAILURE, theirs: DagsterRunStatus.STARTED}
    ended = instance.get_run_by_id(ours)
    assert ended is not None
    assert ended.tags["dagster/will_retry"] == "true"  # the daemon makes it again
    assert services.end_runs_of_former_daemon() == 0


def test_the_units_call_commands_that_there_are(installation: Installation) -> None:
    units = sorted((ROOT / "deploy").glob("*.service"))
    assert len(units) == 5
    for unit in units:
        (line,) = [text for text in unit.read_text().splitlines() if text.startswith("ExecStart=")]
        program, name, *arguments = line.removeprefix("ExecStart=").split()
        assert program == "/opt/entente/.venv/bin/entente"
        told = installation.call(name, "--help").stdout
        for argument in arguments:
            if argument.startswith("--"):
                assert argument in told
