"""One run of the daily job from the command line, and its summary.

The run goes through Dagster's own instance, so that it stands in the UI beside scheduled ones.

What belongs here: starting the job and telling what came of it. What does not: the terminal
(`assets.commands.run`) and the work (the assets).
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from textwrap import fill
from typing import Any, TextIO

import dagster as dg
from dagster import DagsterEventType

from assets.alarms import Alarm, Problem, alarm_of_run, deliver
from assets.dagster_home import prepare_dagster_home
from assets.dead_runs import COMMAND_LINE, STARTED_BY, end_dead_runs
from assets.progress import report
from assets.run_problems import problems_of
from assets.settings import load_settings
from warehouse.connection import WarehouseBusyError, holding
from warehouse.home import Home
from warehouse.tables import FACT_TABLES


class RunRefusedError(RuntimeError):
    """The run could not begin; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run took in, read and published."""

    run_id: str
    day: date
    success: bool
    home: Home
    first: date | None = None
    articles: dict[str, int] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)
    marts: dict[str, int] = field(default_factory=dict)
    not_read: int = 0
    turned_away: int = 0
    samples_removed: int = 0
    missing_sources: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    not_told: tuple[str, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """The summary as plain values, for JSON."""
        plain = asdict(self)
        plain["day"] = self.day.isoformat()
        plain["first"] = self.first.isoformat() if self.first else None
        plain["home"] = str(self.home.root)
        plain["published"] = str(self.home.published_database) if self.success else None
        return plain

    def render(self, seconds: float) -> str:
        """The summary as lines for a terminal."""
        state = "done" if self.success else "FAILED"
        days = f"{self.first} to {self.day}" if self.first else str(self.day)
        lines = [f"Run of {days}: {state} in {seconds:.1f} s"]
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
            lines.append(
                f"  problem    source {source}: its path does not exist (entente sources --check)"
            )
        for failure in self.failures:
            lines.append(f"  problem    {failure}")
        for failure in self.not_told:
            lines.append(f"  problem    an alarm was not delivered: {failure}")
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
    fetch: bool = True,
    first: date | None = None,
    show_log: bool = False,
) -> RunSummary:
    """Run the whole graph for a day of arrival and return what came of it.

    `paths` are read instead of the configured sources; `again` reads the day's articles whether or
    not they are stale; without `fetch` nothing is taken in. `first` makes it one run for all days
    from that one to `day`. Waits for another run to end. Raises RunRefusedError where it does not,
    or where the definitions cannot be loaded.
    """
    config = {
        "ingest": {
            "config": {
                "paths": paths,
                "fetch": fetch and not again,
                **({"stdin": stdin} if stdin else {}),
            }
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
            return _run(home, first or day, day, config, show_log=show_log)
    except WarehouseBusyError as error:
        raise _refused(home, day, error) from error


def _refused(home: Home, day: date, error: Exception) -> RunRefusedError:
    """Tell that a run could not begin, and return the error that says so."""
    problem = Problem("run", str(error), is_error=True)
    failures = _tell(home, Alarm(f"Entente: the run of {day} could not begin", (problem,)))
    told = "".join(f"\nAn alarm was not delivered: {failure}" for failure in failures)
    return RunRefusedError(f"{error}{told}")


def _run(home: Home, first: date, day: date, ops: dict[str, Any], *, show_log: bool) -> RunSummary:
    try:
        from assets.definitions import defs  # noqa: PLC0415  (needs the home and dbt's manifest)
    except RuntimeError as error:
        raise _refused(home, day, error) from error
    log_level = "INFO" if show_log else "CRITICAL"
    config = {"ops": ops, "loggers": {"console": {"config": {"log_level": log_level}}}}
    with dg.DagsterInstance.get() as instance:
        # this process holds the lock that every run on the command line holds from start to end
        for run_id in end_dead_runs(instance, of_command_line=True):
            killed = Problem("run", "the process of this run was killed", is_error=True)
            _tell(home, Alarm("Entente: an earlier run was killed", (killed,), run_id))
        report("taking in")
        # dbt's lines come on standard output, which belongs to the summary
        with _output_to(sys.stderr if show_log else None):
            result = defs.resolve_job_def("daily").execute_in_process(
                run_config=config,
                instance=instance,
                **_days(first, day),
                raise_on_error=False,
            )
        problems = problems_of(result.all_events)
        summary = _summary(home, day, result, problems)
    alarm = alarm_of_run(
        result.run_id,
        problems,
        load_settings(home).alarms,
        success=result.success,
        what=f"the run of {day}",
    )
    return replace(
        summary,
        first=first if first != day else None,
        not_told=_tell(home, alarm) if alarm else (),
    )


def _tell(home: Home, alarm: Alarm) -> tuple[str, ...]:
    """Send an alarm: no daemon does it for the command line. Return what could not be told."""
    settings = load_settings(home).alarms
    if not settings.wanted:
        return ()
    report("telling the alarm")
    return tuple(deliver(alarm, settings))


def _days(first: date, last: date) -> dict[str, Any]:
    """Return how Dagster is told the partitions of a run, with the tags that it has anyway."""
    tags = {STARTED_BY: COMMAND_LINE}
    if first == last:
        return {"partition_key": last.isoformat(), "tags": tags}
    return {
        "tags": {
            **tags,
            "dagster/asset_partition_range_start": first.isoformat(),
            "dagster/asset_partition_range_end": last.isoformat(),
        }
    }


@contextmanager
def _output_to(stream: TextIO | None) -> Iterator[None]:
    """Send what is written to standard output within to a stream, or nowhere."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(stream or nowhere):  # noqa: PTH123
        yield


def _skipped(metadata: dict[tuple[str, ...], dict[str, Any]]) -> tuple[str, ...]:
    """The steps that had nothing to do and said so of all that they make."""
    found = []
    for step, schema in (("dbt", "marts"), ("publishing", "published")):
        made = [values for key, values in metadata.items() if key[0] == schema]
        if made and all("skipped" in values for values in made):
            found.append(step)
    return tuple(found)


def _summary(
    home: Home, day: date, result: dg.ExecuteInProcessResult, problems: Sequence[Problem]
) -> RunSummary:
    metadata: dict[tuple[str, ...], dict[str, Any]] = {}
    for event in result.all_events:
        if event.event_type == DagsterEventType.ASSET_MATERIALIZATION:
            materialization = event.step_materialization_data.materialization
            metadata[tuple(materialization.asset_key.path)] = {
                name: value.value for name, value in materialization.metadata.items()
            }
    articles = metadata.get(("raw", "articles"), {})
    quarantine = metadata.get(("raw", "quarantine"), {})
    taken = {name: int(articles[name]) for name in ("new", "revised", "unchanged") if articles}
    # what is out of the ordinary is told where there is any
    taken |= {name: int(articles[name]) for name in ("mended", "forgotten") if articles.get(name)}
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
        failures=tuple(problem.words for problem in problems),
    )
