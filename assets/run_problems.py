"""What went wrong in a run, in words, from the events that Dagster keeps of it.

What belongs here: reading events. What does not: where it is told (`assets.daily_run` in the
terminal, `assets.alarms` elsewhere).
"""

from __future__ import annotations

from collections.abc import Iterable

import dagster as dg
from dagster import AssetCheckEvaluation, DagsterEventType, DagsterInstance
from dagster_shared.error import SerializableErrorInfo

from assets.alarms import Problem


def problems_of(events: Iterable[dg.DagsterEvent]) -> list[Problem]:
    """Return the failed checks and steps of a run; its own failure where nothing else tells it."""
    found: list[Problem] = []
    ended: Problem | None = None
    for event in events:
        if event.event_type == DagsterEventType.ASSET_CHECK_EVALUATION:
            evaluation = event.asset_check_evaluation_data
            if not evaluation.passed:
                found.append(_failed_check(evaluation))
        elif event.is_step_failure:
            words = f"step {event.step_key} failed: {_words(event.step_failure_data.error)}"
            found.append(Problem(str(event.step_key), words, is_error=True))
        elif event.event_type == DagsterEventType.RUN_FAILURE:
            ended = Problem("run", str(event.message or "the run failed"), is_error=True)
    if ended is not None and not any(problem.is_error for problem in found):
        found.append(ended)
    return found


def problems_of_run(instance: DagsterInstance, run_id: str) -> list[Problem]:
    """Return what went wrong in a run that the instance knows."""
    entries = instance.all_logs(run_id)
    return problems_of(entry.dagster_event for entry in entries if entry.dagster_event is not None)


def _failed_check(evaluation: AssetCheckEvaluation) -> Problem:
    """Say which check failed, why where it tells, and whether it stopped the run."""
    asset = "/".join(evaluation.asset_key.path)
    is_error = evaluation.severity == dg.AssetCheckSeverity.ERROR
    words = f"check {evaluation.check_name} of {asset} {'failed' if is_error else 'warns'}"
    reason = evaluation.metadata.get("reason")
    return Problem(asset, f"{words}: {reason.value}" if reason is not None else words, is_error)


def _words(error: SerializableErrorInfo | None) -> str:
    if error is None:
        return "unknown error"
    if error.cls_name == "RetryRequested":  # names the error that it gave up on in its second line
        lines = [line.strip() for line in error.message.splitlines() if line.strip()]
        return f"{lines[-1].partition(': ')[2] or lines[-1]} (tried several times)"
    cause = error.cause or error
    words = cause.message.strip().partition("\n")[0]
    return words.removeprefix("dagster._core.definitions.events.Failure: ")
