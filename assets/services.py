"""Dagster's long-running programs, started on a data folder without a setting by the user.

What belongs here: what all of them need before they start, and starting them. What does not: the
commands (`assets.commands.dev`, `daemon`, `webserver`). Imports nothing of Dagster at first.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from assets.dagster_home import WORKSPACE, prepare_dagster_home
from assets.settings import create_settings, load_settings
from warehouse.home import Home


class ServiceError(click.ClickException):
    """A program cannot be started; the message says why."""


def prepare(home: Home) -> None:
    """Make a data folder ready for Dagster. Raises SettingsError and HomeError."""
    create_settings(home)
    load_settings(home)
    prepare_dagster_home(home)


def prepare_daemon(home: Home) -> int:
    """Make ready for the daemon of a data folder, and take the right to be it until the end.

    Returns how many runs of an earlier daemon had to be ended. Raises what `prepare` and
    `hold_daemon` do.
    """
    prepare(home)
    hold_daemon(home)
    return end_runs_of_former_daemon()


def hold_daemon(home: Home) -> int:
    """Hold the right to be the daemon of a data folder until this process ends, whatever it runs.

    The operating system keeps it through `become`, and frees it with the process, or when the
    descriptor that is returned is closed. Raises ServiceError where another daemon has it.
    """
    descriptor = os.open(home.daemon_lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise ServiceError(
            f"{home.root} has a daemon already (entente daemon or entente dev), and two would get "
            "into each other's way: stop that one first; the UI alone is `entente webserver`."
        ) from None
    os.set_inheritable(descriptor, True)
    return descriptor


def end_runs_of_former_daemon() -> int:
    """End the runs that went with a daemon that was killed, or with the machine; return how many.

    To be called by whoever holds the right to be the daemon, with Dagster's home prepared.
    """
    import dagster as dg  # noqa: PLC0415  (takes seconds)

    from assets.dead_runs import end_dead_runs  # noqa: PLC0415

    with dg.DagsterInstance.get() as instance:
        return len(end_dead_runs(instance, of_command_line=False))


def become(program: str, arguments: Sequence[str]) -> NoReturn:
    """Run one of Dagster's programs with this workspace, in the place of this process.

    There is no process of ours in between, so that signals of whoever started it reach it. Raises
    ServiceError where the program cannot be run.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    path = Path(sys.executable).parent / program
    # shells start programs in the background with interrupts ignored, which they would inherit
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execv(path, [str(path), *arguments, "-w", str(WORKSPACE)])
    except OSError as error:
        raise ServiceError(
            f"{path} cannot be run ({error.strerror}): is it there, and may this user run it and "
            f"the Python that it names, {Path(sys.executable).resolve()}?"
        ) from error
