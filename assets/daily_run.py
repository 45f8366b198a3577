"""One run of the daily job from the command line, and its summary.

The run goes through Dagster's own instance, so that it stands in the UI beside scheduled ones.

What belongs here: starting the job and telling what came of it. What does not: the terminal
(`assets.commands.run`) and the work (the assets).
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, dataclass, field
from datetime import date
from textwrap import fill
from typing import Any, TextIO

import dagster as dg
from dagster import AssetCheckEvaluation, DagsterEventType, DagsterRunStatus, RunsFilter

from assets.dagster_home import prepare_dagster_home
from assets.progress import report
from assets.settings import load_settings
from warehouse.connection import WarehouseBusyError, holding
from warehouse.home import Home
from warehouse.tables import FACT_TABLES

COMMAND_LINE_TAG = "entente/started_by"


class RunRefusedError(RuntimeError):
    """The run could not begin; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run took in, read and published."""

    run_id: str
    day: date
    success: bool
    home: Home
    articles: dict[str, int] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)
    marts: dict[str, int] = field(default_factory=dict)
    not_read: int = 0
    turned_away: int = 0
    samples_removed: int = 0
    missing_sources: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """The summary as plain values, for JSON."""
        plain = asdict(self)
        plain["day"] = self.day.isoformat()
        plain["home"] = str(self.home.root)
        plain["published"] = str(self.home.published_database) if self.success else None
        return plain

    def render(self, seconds: float) -> str:
        """The summary as lines for a terminal."""
        state = "done" if self.success else "FAILED"
        lines = [f"Run of {self.day}: {state} in {seconds:.1f} s"]
        if self.articles:
            told = [f"{count:,} {name.replace('_', ' ')}" for name, count in self.articles.items()]
            lines.append("  articles   " + ", ".join(told))
        if self.samples_removed:
            lines.append(
                f"             the {self.samples_removed} samples are removed: "
                "a source of your own is switched on, or they are switched off"
            )
        if self.not_read:
            lines.append(f"             {self.not_read} could not be read: see the log (--log)")
        if self.turned_away:
            lines.append(
                f"             {self.turned_away:,} left unread: no word of dealings between two "
                "states"
            )
        if any(self.facts.values()):
            lines.append(_wrapped("facts", _counts(self.facts)))
        elif self.success:
            lines.append("  facts      nothing new to read")
        if self.marts:
            lines.append(_wrapped("marts", _counts(self.marts)))
        if self.skipped:
            why = "nothing has changed since the marts were last built and published"
            lines.append(f"  skipped    {', '.join(self.skipped)}: {why}")
        for source in self.missing_sources:
            lines.append(f"  problem    source {source}: its path does not exist (entente config)")
        for failure in self.failures:
            lines.append(f"  problem    {failure}")
        return "\n".join([*lines, *self._what_next()])

    def _what_next(self) -> list[str]:
        """Where the marts are, and what can be looked at."""
        if not self.success:
            kept = "as they were" if self.home.published_database.exists() else "not there yet"
            return [f"  published  marts are {kept}; run again when mended, or look: entente dev"]
        lines = [f"  published  {self.home.published_database}"]
        if self.articles.get("set_aside"):
            lines.append("  next       entente quarantine      (what was set aside, and why)")
        if self.turned_away:
            lines.append("  next       entente quarantine --unread   (what was left unread)")
        lines.append("  next       entente sql             (marts and example queries)")
        lines.append("  next       entente dev             (runs and lineage in the browser)")
        return lines


def _wrapped(label: str, text: str) -> str:
    """A line of the summary, in several lines where it is long."""
    indent = " " * 13
    return fill(text, 100, initial_indent=f"  {label:<11}", subsequent_indent=indent)


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in counts.items())


def run_daily(
    home: Home,
    day: date,
    *,
    paths: list[str],
    stdin: str | None = None,
    again: bool = False,
    show_log: bool = False,
) -> RunSummary:
    """Run the whole graph for a day of arrival and return what came of it.

    `paths` are read instead of the configured sources; `again` reads the day's articles whether or
    not they are stale. Waits for another run to end. Raises RunRefusedError where it does not, or
    where the definitions cannot be loaded.
    """
    config = {
        "ingest": {
            "config": {"paths": paths, "fetch": not again, **({"stdin": stdin} if stdin else {})}
        },
        "extract": {"config": {"again": again}},
    }
    prepare_dagster_home(home)
    if not show_log:
        logging.getLogger("dagster").setLevel(logging.CRITICAL)
    try:
        # the right to write is taken step by step, so that runs of the UI can go on in between;
        # holding it from start to end would block them while they hold Dagster's pool
        with holding(
            home,
            home.run_lock,
            "entente run",
            load_settings(home).wait_seconds,
            on_wait=lambda holder: report(f"waiting for {holder}"),
        ):
            return _run(home, day, config, show_log=show_log)
    except WarehouseBusyError as error:
        raise RunRefusedError(str(error)) from error


def _run(home: Home, day: date, ops: dict[str, Any], *, show_log: bool) -> RunSummary:
    try:
        from assets.definitions import defs  # noqa: PLC0415  (needs the home and dbt's manifest)
    except RuntimeError as error:
        raise RunRefusedError(str(error)) from error
    log_level = "INFO" if show_log else "CRITICAL"
    config = {"ops": ops, "loggers": {"console": {"config": {"log_level": log_level}}}}
    with dg.DagsterInstance.get() as instance:
        _end_dead_runs(instance)
        report("taking in")
        # dbt's lines come on standard output, which belongs to the summary
        with _output_to(sys.stderr if show_log else None):
            result = defs.resolve_job_def("daily").execute_in_process(
                run_config=config,
                instance=instance,
                partition_key=day.isoformat(),
                tags={COMMAND_LINE_TAG: "command line"},
                raise_on_error=False,
            )
        return _summary(home, day, result)


@contextmanager
def _output_to(stream: TextIO | None) -> Iterator[None]:
    """Send what is written to standard output within to a stream, or nowhere."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(stream or nowhere):  # noqa: PTH123
        yield


def _end_dead_runs(instance: dg.DagsterInstance) -> None:
    """Mark command-line runs that were killed as failed and free what they held.

    The caller holds the lock that every run on the command line holds from start to end, so that
    any other that still counts as running is dead.
    """
    for run in instance.get_runs(
        RunsFilter(
            statuses=[DagsterRunStatus.STARTED, DagsterRunStatus.STARTING],
            tags={COMMAND_LINE_TAG: "command line"},
        )
    ):
        instance.report_run_failed(run, "The process of this run was killed.")
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)


def _failed_check(evaluation: AssetCheckEvaluation) -> str:
    """Say which check failed, why where it tells, and whether it stopped the run."""
    words = f"check {evaluation.check_name} of {'/'.join(evaluation.asset_key.path)}"
    words += " warns" if evaluation.severity == dg.AssetCheckSeverity.WARN else " failed"
    reason = evaluation.metadata.get("reason")
    return f"{words}: {reason.value}" if reason is not None else words


def _skipped(metadata: dict[tuple[str, ...], dict[str, Any]]) -> tuple[str, ...]:
    """The steps that had nothing to do and said so of all that they make."""
    found = []
    for step, schema in (("dbt", "marts"), ("publishing", "published")):
        made = [values for key, values in metadata.items() if key[0] == schema]
        if made and all("skipped" in values for values in made):
            found.append(step)
    return tuple(found)


def _summary(home: Home, day: date, result: dg.ExecuteInProcessResult) -> RunSummary:
    metadata: dict[tuple[str, ...], dict[str, Any]] = {}
    failures: list[str] = []
    for event in result.all_events:
        if event.event_type == DagsterEventType.ASSET_MATERIALIZATION:
            materialization = event.step_materialization_data.materialization
            metadata[tuple(materialization.asset_key.path)] = {
                name: value.value for name, value in materialization.metadata.items()
            }
        elif event.event_type == DagsterEventType.ASSET_CHECK_EVALUATION:
            evaluation = event.asset_check_evaluation_data
            if not evaluation.passed:
                failures.append(_failed_check(evaluation))
        elif event.is_step_failure:
            error = event.step_failure_data.error
            cause = error.cause or error if error else None
            words = cause.message.strip().partition("\n")[0] if cause else "unknown error"
            failures.append(f"step {event.step_key} failed: {words}")
    articles = metadata.get(("raw", "articles"), {})
    quarantine = metadata.get(("raw", "quarantine"), {})
    taken = {name: int(articles[name]) for name in ("new", "revised", "unchanged") if articles}
    if quarantine:
        taken["set_aside"] = int(quarantine["set_aside"])
    return RunSummary(
        run_id=result.run_id,
        day=day,
        success=result.success,
        home=home,
        articles=taken,
        facts={
            name: int(metadata[("facts", name)]["added"])
            for name in FACT_TABLES
            if ("facts", name) in metadata
        },
        marts={
            key[1]: int(values["dagster/row_count"])
            for key, values in sorted(metadata.items())
            if key[0] == "marts" and "dagster/row_count" in values
        },
        not_read=int(metadata.get(("facts", "readings"), {}).get("articles_failed", 0)),
        turned_away=int(metadata.get(("facts", "readings"), {}).get("articles_turned_away", 0)),
        samples_removed=int(articles.get("samples_removed", 0)),
        skipped=_skipped(metadata),
        missing_sources=tuple(articles.get("missing_sources", ())),
        failures=tuple(failures),
    )
