"""Checks of what comes in: how much was set aside, how many articles came, which source is silent.

They compare sources of the settings only: what is named on the command line is no habit.

What belongs here: what is too much, too little or too late. What does not: counting
(`warehouse.history`) and what a usual number is (`assets.usual`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import dagster as dg
import duckdb

from assets.checks import check_spec, finding
from assets.settings import Settings, Source
from assets.usual import judge_day
from pipelines.sources.files import exists
from warehouse.builds import blocked_days, keep_blocked_days
from warehouse.history import articles_by_source, last_arrivals, newly_set_aside
from warehouse.tables import ARTICLES

_ARTICLES = dg.AssetKey([ARTICLES.schema, ARTICLES.name])
_LEAST_ARRIVALS = 20

SET_ASIDE = check_spec(
    "set_aside",
    _ARTICLES,
    "How much of what newly came in on the day had to be set aside (checks.set_aside_percent).",
)
USUAL_ARTICLES = check_spec(
    "usual_number",
    _ARTICLES,
    "Whether each source brought about as many articles as on the days before "
    "(checks.usual_factor).",
)
FRESH_SOURCES = check_spec(
    "fresh_sources",
    _ARTICLES,
    "Whether each source brought something within the hours that it should (expect_every_hours).",
)
ARRIVAL_CHECKS = (SET_ASIDE, USUAL_ARTICLES, FRESH_SOURCES)

_NOT_FETCHED = "not looked at: this run read none of the sources of the settings"


def checked_arrivals(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    day: date,
    *,
    fetched: bool,
    taken_in: bool,
) -> list[dg.AssetCheckResult]:
    """Return the results of all checks of what came in on a day.

    `fetched` says whether this run read the sources of the settings, `taken_in` whether it read
    what was named instead. Days that were stopped before are looked at again, whatever this run
    took in: what came in on them is in the tables, and must not be published by another way.
    """
    return [
        _set_aside(connection, settings, {day} if taken_in or fetched else set(), day),
        _usual(connection, settings, {day} if fetched else set()),
        _fresh(connection, settings, datetime.now(UTC), fetched=fetched),
    ]


def _set_aside(
    connection: duckdb.DuckDBPyConnection, settings: Settings, looked_at: set[date], day: date
) -> dg.AssetCheckResult:
    limit = settings.checks.set_aside_percent
    found: dict[date, str] = {}
    for on in sorted(looked_at | blocked_days(connection, SET_ASIDE.name)):
        aside, taken, percent = _share_set_aside(connection, on)
        if aside + taken >= _LEAST_ARRIVALS and percent > limit:
            found[on] = (
                f"{aside:,} of {aside + taken:,} files and records that came in on {on} were set "
                f"aside ({percent:.0f}%, more than {limit}%): entente quarantine says why"
            )
    _keep(connection, SET_ASIDE, found, settings.checks.set_aside)
    aside, taken, percent = _share_set_aside(connection, day)
    return finding(
        SET_ASIDE,
        found.values(),
        wanted=settings.checks.set_aside,
        otherwise=f"{aside:,} of {aside + taken:,} set aside",
        metadata={"set_aside_percent": round(percent, 1), "set_aside": aside, "taken": taken},
    )


def _share_set_aside(connection: duckdb.DuckDBPyConnection, day: date) -> tuple[int, int, float]:
    """Return how much that newly came in was set aside, how much was taken, and the percentage."""
    aside, taken = newly_set_aside(connection, day)
    return aside, taken, 100 * aside / (aside + taken) if aside else 0.0


def _usual(
    connection: duckdb.DuckDBPyConnection, settings: Settings, looked_at: set[date]
) -> dg.AssetCheckResult:
    found: dict[date, list[str]] = {}
    metadata = {}
    days = sorted(looked_at | blocked_days(connection, USUAL_ARTICLES.name))
    for on in days:
        by_source = articles_by_source(connection, on)
        for source in settings.sources:
            judged = judge_day(by_source.get(source.name, {}), on, settings.checks.usual_factor)
            metadata[source.name] = int(judged.value)
            if judged.odd:
                found.setdefault(on, []).append(
                    f"source {source.name} brought {judged.value:,.0f} articles on {on}, "
                    f"{judged.odd} than usual ({judged.usual:,.0f} on a day)"
                )
    _keep(connection, USUAL_ARTICLES, found, settings.checks.usual)
    return finding(
        USUAL_ARTICLES,
        [told for listed in found.values() for told in listed],
        wanted=settings.checks.usual,
        otherwise="as on the days before, or too few days to tell" if days else _NOT_FETCHED,
        metadata=metadata,
    )


def _keep(
    connection: duckdb.DuckDBPyConnection,
    spec: dg.AssetCheckSpec,
    found: Iterable[date],
    wanted: str,
) -> None:
    """Keep the days that stop the run, so that no later one publishes what came in on them."""
    keep_blocked_days(connection, spec.name, found if wanted == "block" else ())


def _fresh(
    connection: duckdb.DuckDBPyConnection, settings: Settings, now: datetime, *, fetched: bool
) -> dg.AssetCheckResult:
    last = last_arrivals(connection)
    found, metadata = [], {}
    for source in settings.sources if fetched else ():
        if not exists(source.path):
            found.append(f"source {source.name} is not there: {source.path} does not exist")
            continue
        if source.name in last:
            metadata[source.name] = round((now - last[source.name]).total_seconds() / 3600, 1)
        told = _silence(source, last.get(source.name), now)
        if told:
            found.append(told)
    return finding(
        FRESH_SOURCES,
        found,
        wanted=settings.checks.freshness,
        otherwise="every source brought something in time" if fetched else _NOT_FETCHED,
        metadata={f"hours_since_{name}": hours for name, hours in metadata.items()},
    )


def _silence(source: Source, last: datetime | None, now: datetime) -> str | None:
    """Say that a source is silent, where it is."""
    hours = source.expect_every_hours
    mend = f"mend it, or set sources.{source.name}.expect_every_hours (now {hours}; 0 for never)"
    if not hours:
        return None
    if last is None:
        return f"source {source.name} never brought an article: {mend}"
    if now - last > timedelta(hours=hours):
        since = last.isoformat(sep=" ", timespec="minutes").removesuffix("+00:00")
        return f"source {source.name} brought nothing new since {since} UTC: {mend}"
    return None
