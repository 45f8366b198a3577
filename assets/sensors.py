"""What starts or follows a run by itself besides the clock: new files, and alarms.

What belongs here: sensors. What does not: the schedule (`assets.schedules`) and how alarms travel
(`assets.alarms`).
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg

from assets.alarms import alarm_of_run, deliver
from assets.days import today
from assets.dead_runs import COMMAND_LINE, STARTED_BY
from assets.run_problems import problems_of_run
from assets.schedules import MADE_AGAIN, daily_job
from assets.settings import Settings, load_settings
from pipelines.sources.files import exists, find_files
from warehouse.home import Home

NEW_FILES = "new_files"


class AlarmNotDeliveredError(RuntimeError):
    """An alarm did not reach everyone; the message says whom it did not, and why."""


def new_files_sensor() -> dg.SensorDefinition:
    """Return the sensor that starts a run when a source's files change; off until switched on."""
    settings = load_settings(Home.from_environment())

    @dg.sensor(
        name=NEW_FILES,
        job=daily_job,
        minimum_interval_seconds=settings.watch_seconds,
        default_status=dg.DefaultSensorStatus.STOPPED,
        description=(
            "Starts a run when files of a source are new or changed, once they have been left "
            "alone for a while."
        ),
    )
    def new_files(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        now = load_settings(Home.from_environment())
        return _look(context.cursor, now, time.time())

    return new_files


def _look(cursor: str | None, settings: Settings, now: float) -> dg.SensorResult | dg.SkipReason:
    """Compare the files with what the cursor tells of the last look, and ask for a run.

    The cursor holds two digests of all paths, times and sizes: of what the last run was asked for
    (`taken`), and of the last look (`seen`).
    """
    before: dict[str, str] = json.loads(cursor) if cursor else {}
    digest, newest, count = _digest([source.path for source in settings.sources])
    if digest == before.get("taken") or not count:
        return dg.SkipReason(f"Nothing is new among {count:,} files.")
    taken = before.get("taken", "")
    if digest != before.get("seen") and now - newest < settings.quiet_seconds:
        return dg.SensorResult(
            skip_reason=dg.SkipReason(
                f"Files are still being written: waiting until they have been left alone for "
                f"{settings.quiet_seconds} seconds, or until the next look."
            ),
            cursor=json.dumps({"taken": taken, "seen": digest}),
        )
    request = dg.RunRequest(
        run_key=digest,
        partition_key=today().isoformat(),
        tags={STARTED_BY: NEW_FILES, **MADE_AGAIN},
    )
    return dg.SensorResult(
        run_requests=[request], cursor=json.dumps({"taken": digest, "seen": digest})
    )


def _digest(roots: Sequence[Path]) -> tuple[str, float, int]:
    """Return a digest of all files below the roots, the time of the newest, and their number."""
    digest = hashlib.sha256()
    newest, count = 0.0, 0
    for file in _files(roots):
        try:
            status = file.stat()
        except OSError:  # gone between listing and looking, or a broken link
            continue
        digest.update(f"{file}\0{status.st_mtime_ns}\0{status.st_size}\n".encode(errors="replace"))
        newest = max(newest, status.st_mtime)
        count += 1
    return digest.hexdigest()[:32], newest, count


def _files(roots: Sequence[Path]) -> Iterator[Path]:
    for root in roots:
        if exists(root):
            yield from (file.location for file in find_files(root))


def alarm_sensors() -> list[dg.SensorDefinition]:
    """Return the sensors that tell what went wrong in runs of the daemon and the UI.

    They are on by themselves where the settings name someone to tell. Runs of the command line
    tell their own alarms: there need be no daemon then.
    """
    wanted = load_settings(Home.from_environment()).alarms.wanted
    status = dg.DefaultSensorStatus.RUNNING if wanted else dg.DefaultSensorStatus.STOPPED

    @dg.run_failure_sensor(
        name="alarm_of_failed_runs",
        default_status=status,
        description="Tells failed runs to whom [alarms] in the settings names.",
    )
    def of_failed_runs(context: dg.RunFailureSensorContext) -> None:
        _tell(context, success=False)

    @dg.run_status_sensor(
        run_status=dg.DagsterRunStatus.SUCCESS,
        name="alarm_of_checks",
        default_status=status,
        description="Tells what checks found in runs that went through, where the settings say so.",
    )
    def of_checks(context: dg.RunStatusSensorContext) -> None:
        _tell(context, success=True)

    return [of_failed_runs, of_checks]


def _tell(context: dg.RunStatusSensorContext, *, success: bool) -> None:
    run = context.dagster_run
    settings = load_settings(Home.from_environment()).alarms
    if run.tags.get(STARTED_BY) == COMMAND_LINE or not settings.wanted:
        return
    day = run.tags.get("dagster/partition")
    alarm = alarm_of_run(
        run.run_id,
        problems_of_run(context.instance, run.run_id),
        settings,
        success=success,
        what=f"the run of {day}" if day else f"the run {run.run_id[:8]} ({run.job_name})",
    )
    failures = deliver(alarm, settings) if alarm else []
    if failures:  # shown as the error of this tick; the run is as it was
        raise AlarmNotDeliveredError("; ".join(failures))
