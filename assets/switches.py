"""What starts runs by itself, and whether it is on: the daily schedule and the watch for files.

Whether they are on is kept by Dagster, in the data folder; the UI has the same switches. They act
while a daemon runs (`entente dev`).

What belongs here: the switches. What does not: what they start (`assets.schedules`,
`assets.sensors`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from assets.dagster_home import WORKSPACE, prepare_dagster_home
from assets.settings import Settings, load_settings
from warehouse.home import Home

DAILY, FILES = "daily", "files"

_INSTIGATORS = {DAILY: ("schedule", "every_morning"), FILES: ("sensor", "new_files")}


class SwitchError(RuntimeError):
    """A switch could not be set; the message is Dagster's."""


@dataclass(frozen=True, slots=True)
class Switches:
    """Which switches are on, whether a daemon is there to act on them, and the next daily run."""

    on: dict[str, bool]
    daemon: bool
    next_run: datetime


def switch(home: Home, what: str, *, on: bool) -> None:
    """Switch the daily run or the watch for files on or off; it stays so until switched again.

    Goes through Dagster's own command, which checks that the definitions load. Raises SwitchError.
    """
    prepare_dagster_home(home)
    kind, name = _INSTIGATORS[what]
    dagster = Path(sys.executable).parent / "dagster"
    done = subprocess.run(
        [str(dagster), kind, "start" if on else "stop", name, "-w", str(WORKSPACE)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise SwitchError(lines[-1] if lines else f"dagster {kind} ended with {done.returncode}")


def switches(home: Home) -> Switches:
    """Return how the switches stand."""
    import dagster as dg  # noqa: PLC0415  (takes a second)
    from dagster._daemon.controller import get_daemon_statuses  # noqa: PLC0415

    prepare_dagster_home(home)
    with dg.DagsterInstance.get() as instance:
        running = {state.name for state in instance.all_instigator_state() if state.is_running}
        daemons = get_daemon_statuses(instance, ["SCHEDULER", "SENSOR"])
    return Switches(
        {what: name in running for what, (_, name) in _INSTIGATORS.items()},
        all(status.healthy for status in daemons.values()),
        next_daily_run(load_settings(home), datetime.now(UTC)),
    )


def next_daily_run(settings: Settings, now: datetime) -> datetime:
    """Return when the daily run is next due, in the zone of the schedule.

    A time that a day does not have (when clocks go forward) is due when they have.
    """
    zone = ZoneInfo(settings.schedule_timezone)
    hour, minute = (int(part) for part in settings.schedule_time.split(":"))
    local = now.astimezone(zone)
    for days in range(3):
        day = local.date() + timedelta(days=days)
        due = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
        due = due.astimezone(UTC).astimezone(zone)
        if due > now:
            return due
    raise AssertionError("unreachable")
