"""Whether an installation is well: what monitors ask every few minutes.

Everything is read from files: the published marts, Dagster's databases (read-only, as SQLite, since
loading Dagster takes seconds), the locks, the disk. Nothing is waited for and nothing is written.

What belongs here: looking and judging. What does not: printing (`assets.commands.health`), or
whether the articles are read well (`assets.checks`).
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from warehouse.home import Home

PUBLISHED, RUNS, DAEMON, DISK, WEBSERVER = "published", "runs", "daemon", "disk", "webserver"

CHECKS = (PUBLISHED, RUNS, DAEMON, DISK)
"""What is looked at; the webserver only where its address is given."""

HEARTBEATS = ("SCHEDULER", "SENSOR")
"""Dagster's daemons that start runs."""

_SCHEDULE, _SENSOR = "every_morning", "new_files"
_ENDED = {"SUCCESS": "succeeded", "FAILURE": "failed", "CANCELED": "was stopped"}
_PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on something is a problem."""

    max_age: timedelta = timedelta(hours=30)
    heartbeat: timedelta = timedelta(minutes=5)
    min_free_bytes: float = 1e9


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check saw: whether that is well, in words, and as values for JSON."""

    name: str
    ok: bool
    words: str
    values: dict[str, Any] = field(default_factory=dict)


def look(
    home: Home,
    limits: Limits,
    *,
    only: Collection[str] = (),
    webserver: str | None = None,
    now: datetime | None = None,
) -> list[Finding]:
    """Look at an installation and return what was seen.

    `only` names the checks to make (all but `webserver` by default); the daemon counts where
    something is switched on that it has to start, or where it is named. `webserver` is the address
    of the UI, which is then asked for a sign of life.
    """
    now = now or datetime.now(UTC)
    checks: dict[str, Callable[[], Finding]] = {
        PUBLISHED: lambda: _published(home, now),
        RUNS: lambda: _runs(home, limits, now),
        DAEMON: lambda: _daemon(home, limits, now, needed=DAEMON in only),
        DISK: lambda: _disk(home, limits),
    }
    found = [check() for name, check in checks.items() if not only or name in only]
    if webserver is not None:
        found.append(_webserver(webserver))
    return found


def _published(home: Home, now: datetime) -> Finding:
    """Whether the published marts can be read."""
    import duckdb  # noqa: PLC0415

    from warehouse.querying import NotPublishedError, published_marts  # noqa: PLC0415

    try:
        with published_marts(home) as connection:
            articles = connection.execute("select count(*) from articles").fetchall()[0][0]
    except NotPublishedError as error:
        return Finding(PUBLISHED, False, str(error))
    except (duckdb.Error, OSError) as error:
        return Finding(PUBLISHED, False, f"the published file cannot be read: {error}")
    changed = datetime.fromtimestamp(home.published_database.stat().st_mtime, UTC)
    words = f"{articles:,} articles; changed {_ago(now - changed)} ago"
    return Finding(
        PUBLISHED, True, words, {"articles": articles, "changed_at": changed.isoformat()}
    )


def _runs(home: Home, limits: Limits, now: datetime) -> Finding:
    """How the last run ended, how old the last good one is, and whether one is going on."""
    from warehouse.connection import holder_of  # noqa: PLC0415

    database = home.dagster / "history" / "runs.db"
    last = _rows(
        database,
        "select status, end_time from runs where pipeline_name = 'daily' and end_time is not null "
        "order by end_time desc limit 1",
    )
    good = _rows(
        database,
        "select max(end_time) from runs where pipeline_name = 'daily' and status = 'SUCCESS'",
    )
    started = _rows(
        database,
        "select start_time from runs where pipeline_name = 'daily' and status = 'STARTED' "
        "order by start_time limit 1",
    )
    holder = holder_of(home.run_lock) or holder_of(home.lock)
    going_on = f"; the warehouse is held by {holder}" if holder else ""
    values: dict[str, Any] = {"held_by": holder, "going_on_since": None}
    if started and started[0][0]:
        since = datetime.fromtimestamp(started[0][0], UTC)
        values["going_on_since"] = since.isoformat()
        going_on = f"; one has been going on for {_ago(now - since)}{going_on}"
    good_at = datetime.fromtimestamp(good[0][0], UTC) if good and good[0][0] else None
    if good_at is None and not last and home.published_database.exists():
        # of a folder that was restored without its history
        good_at = datetime.fromtimestamp(home.published_database.stat().st_mtime, UTC)
    values["last_good_at"] = good_at.isoformat() if good_at else None
    if last:
        status, ended = last[0]
        ended_at = datetime.fromtimestamp(ended, UTC)
        values |= {"last_status": status, "last_ended_at": ended_at.isoformat()}
        if status != "SUCCESS":
            words = f"the last one {_ENDED.get(status, status)} {_ago(now - ended_at)} ago"
            return Finding(RUNS, False, f"{words} (entente dev shows why){going_on}", values)
    if good_at is None:
        return Finding(RUNS, False, f"none has succeeded yet{going_on}", values)
    age = now - good_at
    words = f"the last one succeeded {_ago(age)} ago"
    if age > limits.max_age:
        words += f", and {_ago(limits.max_age)} are allowed"
    return Finding(RUNS, age <= limits.max_age, words + going_on, values)


def _daemon(home: Home, limits: Limits, now: datetime, *, needed: bool) -> Finding:
    """Whether the daemon gives signs of life, where something needs it."""
    switched_on = _switched_on(home)
    rows = _rows(
        home.dagster / "history" / "runs.db", "select daemon_type, timestamp from daemon_heartbeats"
    )
    beats = {
        name: datetime.fromisoformat(told).replace(tzinfo=UTC)
        for name, told in rows
        if name in HEARTBEATS
    }
    oldest = min(beats.values()) if len(beats) == len(HEARTBEATS) else None
    values = {
        "switched_on": switched_on,
        "heartbeat_at": oldest.isoformat() if oldest else None,
        "needed": needed or bool(switched_on),
    }
    on = f"{' and '.join(switched_on)} on" if switched_on else "nothing is switched on"
    if oldest is not None and now - oldest <= limits.heartbeat:
        return Finding(DAEMON, True, f"alive {_ago(now - oldest)} ago; {on}", values)
    words = f"no sign of life for {_ago(now - oldest)}" if oldest else "it has never run"
    if not values["needed"]:
        return Finding(DAEMON, True, f"not needed: {on}", values)
    return Finding(DAEMON, False, f"{words}; {on}", values)


def _switched_on(home: Home) -> list[str]:
    """What is switched on that needs a daemon."""
    names = {_SCHEDULE: "daily run", _SENSOR: "watch for files"}
    found = []
    for (body,) in _rows(
        home.dagster / "schedules" / "schedules.db",
        "select instigator_body from instigators where status = 'RUNNING'",
    ):
        name = _instigator_name(body)
        if name in names:
            found.append(names[name])
    return sorted(found)


def _instigator_name(body: str) -> str | None:
    """The name of a schedule or sensor, from how Dagster keeps it."""
    try:
        return str(json.loads(body)["origin"]["job_name"])
    except (ValueError, KeyError, TypeError):
        return None


def _disk(home: Home, limits: Limits) -> Finding:
    """Whether the disk of the data folder has room."""
    try:
        free = shutil.disk_usage(home.root).free
    except OSError as error:
        return Finding(DISK, False, f"{home.root}: {error.strerror}")
    words = f"{free / 1e9:,.1f} GB free"
    ok = free >= limits.min_free_bytes
    if not ok:
        words += f", and {limits.min_free_bytes / 1e9:,.1f} GB are wanted"
    return Finding(DISK, ok, words, {"free_bytes": free})


def _webserver(address: str) -> Finding:
    """Whether the UI answers."""
    values = {"address": address}
    try:
        with urllib.request.urlopen(
            f"{address.rstrip('/')}/server_info", timeout=_PATIENCE_SECONDS
        ) as answer:
            version = json.load(answer)["dagster_webserver_version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        return Finding(WEBSERVER, False, f"{address} does not answer: {reason}", values)
    return Finding(WEBSERVER, True, f"{address} answers (Dagster {version})", values)


def _rows(database: Path, query: str) -> Sequence[Any]:
    """Ask one of Dagster's databases; nothing where it, or the table, is not there."""
    if not database.exists():
        return ()
    try:
        with closing(
            sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=_PATIENCE_SECONDS)
        ) as connection:
            return connection.execute(query).fetchall()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return ()
        raise


def _ago(age: timedelta) -> str:
    """A span of time in words: `40 s`, `12 min`, `5 h`, `3 days`."""
    seconds = max(age.total_seconds(), 0)
    for limit, unit, size in ((120, "s", 1), (7200, "min", 60), (172_800, "h", 3600)):
        if seconds < limit:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 86_400:.0f} days"
