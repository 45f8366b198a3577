"""What starts runs by itself, and what tells how they ended, on a temporary instance."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from assets import sensors
from assets.alarms import Alarm
from assets.articles import ingest
from assets.days import today
from assets.dead_runs import COMMAND_LINE, STARTED_BY
from assets.resources import Warehouse
from assets.schedules import daily_job
from assets.sensors import alarm_sensors, new_files_sensor
from assets.settings import AlarmSettings, load_settings
from assets.switches import next_daily_run, switches
from warehouse.home import ENVIRONMENT_VARIABLE, Home


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


@pytest.fixture
def folder(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the only source of an installation that the sensors look at."""
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(home.root))
    news = tmp_path / "news"
    news.mkdir()
    home.settings.write_text(f'[sources.agency]\npath = "{news}"\n[watch]\nquiet_seconds = 100\n')
    return news


def put(file: Path, text: str = "An article.", age: float = 1000) -> None:
    """Write a file that was last written `age` seconds ago."""
    file.write_text(text)
    moment = time.time() - age
    os.utime(file, (moment, moment))


def look(instance: dg.DagsterInstance, cursor: str | None) -> tuple[str | None, str | None, str]:
    """One tick: the run key that it asks for, the new cursor, and why it asks for none."""
    sensor = new_files_sensor()
    everything = dg.Definitions(
        assets=[ingest],
        jobs=[daily_job],
        sensors=[sensor],
        resources={"warehouse": Warehouse(home_path="nowhere")},
    )
    context = dg.build_sensor_context(
        instance=instance, cursor=cursor, repository_def=everything.get_repository_def()
    )
    told = sensor.evaluate_tick(context)
    requests = told.run_requests or []
    for request in requests:
        assert request.partition_key == today().isoformat()
    key = requests[0].run_key if requests else None
    return key, told.cursor or cursor, told.skip_message or ""


def test_each_change_of_the_files_asks_for_one_run(
    instance: dg.DagsterInstance, folder: Path
) -> None:
    put(folder / "one.txt")
    first, cursor, _ = look(instance, None)
    assert first
    none, cursor, why = look(instance, cursor)
    assert none is None
    assert why == "Nothing is new among 1 files."
    (folder / "below").mkdir()
    put(folder / "below" / "two.txt")
    second, cursor, _ = look(instance, cursor)
    assert second not in (None, first)
    put(folder / "one.txt", "A correction.", age=900)
    third, cursor, _ = look(instance, cursor)
    assert third not in (None, first, second)
    assert look(instance, cursor)[0] is None
    assert cursor is not None
    assert len(cursor) < 120, "the cursor does not grow with the files"


def test_a_file_that_is_still_being_written_is_waited_for(
    instance: dg.DagsterInstance, folder: Path
) -> None:
    put(folder / "one.txt")
    _, cursor, _ = look(instance, None)
    put(folder / "two.txt", "Half of", age=2)
    key, cursor, why = look(instance, cursor)
    assert key is None
    assert "still being written" in why
    put(folder / "two.txt", "Half of an", age=1)  # it grows
    key, cursor, _ = look(instance, cursor)
    assert key is None
    key, cursor, _ = look(instance, cursor)  # as it was at the last look
    assert key
    assert look(instance, cursor)[0] is None


def test_nothing_is_asked_for_without_files(instance: dg.DagsterInstance, folder: Path) -> None:
    assert look(instance, None)[0] is None
    folder.rmdir()
    assert look(instance, None)[0] is None


def test_hidden_files_are_no_news(instance: dg.DagsterInstance, folder: Path) -> None:
    put(folder / "one.txt")
    _, cursor, _ = look(instance, None)
    put(folder / ".one.txt.part")
    assert look(instance, cursor)[0] is None


def test_all_that_starts_runs_is_off_at_first(folder: Path, home: Home) -> None:
    assert new_files_sensor().default_status == dg.DefaultSensorStatus.STOPPED
    stand = switches(home)
    assert stand.on == {"daily": False, "files": False}
    assert not stand.daemon


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2024-06-01T02:00", "2024-06-01T05:30+02:00"),
        ("2024-06-01T03:30", "2024-06-02T05:30+02:00"),  # this very minute is over
        ("2024-10-26T12:00", "2024-10-27T05:30+01:00"),  # clocks go back in between
    ],
)
def test_the_next_run_is_told_in_the_zone_of_the_schedule(home: Home, now: str, due: str) -> None:
    home.settings.write_text('[schedule]\ntime = "05:30"\ntimezone = "Europe/Madrid"\n')
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    told = next_daily_run(load_settings(home), moment)
    assert told.isoformat(timespec="minutes") == due


@dg.op
def breaks() -> None:
    raise dg.Failure("the disk is full", allow_retries=False)


@dg.job
def broken() -> None:
    breaks()


MEETINGS = dg.AssetKey(["marts", "meetings"])


@dg.multi_asset(
    specs=[dg.AssetSpec(MEETINGS)], check_specs=[dg.AssetCheckSpec("odd", asset=MEETINGS)]
)
def meetings() -> Iterator[Any]:
    yield dg.MaterializeResult(asset_key=MEETINGS)
    yield dg.AssetCheckResult(
        check_name="odd",
        asset_key=MEETINGS,
        passed=False,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"reason": "few of them"},
    )


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Alarm]:
    """What is told, instead of sending it."""
    alarms: list[Alarm] = []

    def deliver(alarm: Alarm, _: AlarmSettings) -> list[str]:
        alarms.append(alarm)
        return []

    monkeypatch.setattr(sensors, "deliver", deliver)
    monkeypatch.setenv("ENTENTE_ALARMS__WEBHOOK", "https://hooks.example/x")
    return alarms


def ended(
    instance: dg.DagsterInstance, result: dg.ExecuteInProcessResult, event: dg.DagsterEvent
) -> None:
    """Let the sensor that follows such runs look at one."""
    of_failures, of_checks = alarm_sensors()
    sensor = of_checks if result.success else of_failures
    context = dg.build_run_status_sensor_context(
        sensor_name=sensor.name,
        dagster_instance=instance,
        dagster_run=result.dagster_run,
        dagster_event=event,
    )
    sensor(context.for_run_failure() if not result.success else context)


def test_a_failed_run_is_told_with_step_and_reason(
    instance: dg.DagsterInstance, folder: Path, told: list[Alarm]
) -> None:
    result = broken.execute_in_process(instance=instance, raise_on_error=False)
    ended(instance, result, result.get_run_failure_event())
    (alarm,) = told
    assert alarm.run_id == result.run_id
    assert [(p.where, p.words) for p in alarm.problems] == [
        ("breaks", "step breaks failed: the disk is full")
    ]


def test_a_run_of_the_command_line_is_not_told_twice(
    instance: dg.DagsterInstance, folder: Path, told: list[Alarm]
) -> None:
    result = broken.execute_in_process(
        instance=instance, raise_on_error=False, tags={STARTED_BY: COMMAND_LINE}
    )
    ended(instance, result, result.get_run_failure_event())
    assert told == []


@pytest.mark.parametrize("wanted", [True, False])
def test_warnings_of_a_good_run_are_told_where_they_are_wanted(
    instance: dg.DagsterInstance,
    folder: Path,
    told: list[Alarm],
    monkeypatch: pytest.MonkeyPatch,
    wanted: bool,
) -> None:
    monkeypatch.setenv("ENTENTE_ALARMS__WARNINGS", str(wanted).lower())
    result = dg.materialize([meetings], instance=instance)
    ended(instance, result, result.get_run_success_event())
    assert [p.words for alarm in told for p in alarm.problems] == [
        "check odd of marts/meetings warns: few of them"
    ] * wanted


def test_an_alarm_that_does_not_arrive_is_an_error_of_the_sensor(
    instance: dg.DagsterInstance, folder: Path, told: list[Alarm], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sensors, "deliver", lambda *_: ["webhook at hooks.example: refused"])
    result = broken.execute_in_process(instance=instance, raise_on_error=False)
    with pytest.raises(sensors.AlarmNotDeliveredError, match="refused"):
        ended(instance, result, result.get_run_failure_event())


def test_the_sensors_of_alarms_are_on_where_there_is_someone_to_tell(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {s.default_status for s in alarm_sensors()} == {dg.DefaultSensorStatus.STOPPED}
    monkeypatch.setenv("ENTENTE_ALARMS__EMAIL_TO", "desk@news.example")
    assert {s.default_status for s in alarm_sensors()} == {dg.DefaultSensorStatus.RUNNING}
