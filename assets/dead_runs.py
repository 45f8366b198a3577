"""Runs whose process is gone: ended in Dagster's history, so that they hold nothing any more.

Dagster cannot see that the process of a run was killed, or went with the machine: such a run would
count as going on for ever, and hold the pool that lets one step write at a time.

What belongs here: ending such runs. What does not: telling them apart from others, which whoever
holds the lock of all runs of their kind can do (`assets.daily_run`, `assets.commands.daemon`).
"""

from __future__ import annotations

import dagster as dg
from dagster import DagsterRunStatus, RunsFilter

STARTED_BY = "entente/started_by"
COMMAND_LINE = "command line"
"""The tag of all runs that says who started them, and its value for those of the command line."""

_GOING_ON = [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING]


def end_dead_runs(instance: dg.DagsterInstance, *, of_command_line: bool) -> list[str]:
    """Mark runs that count as going on as failed, free what they held, and return their ids.

    Either those of the command line or all others, of a daemon. The caller knows that no process
    of that kind is alive.
    """
    ended = []
    for run in instance.get_runs(RunsFilter(statuses=_GOING_ON)):
        if (run.tags.get(STARTED_BY) == COMMAND_LINE) != of_command_line:
            continue
        instance.report_run_failed(run, "The process of this run was killed.")
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
        ended.append(run.run_id)
    return ended
