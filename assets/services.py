"""Dagster's long-running programs, started on a data folder without a setting by the user.

What belongs here: what all of them need before they start, and starting them. What does not: the
commands (`assets.commands.dev`, `daemon`, `webserver`). Imports nothing of Dagster.
"""

from __future__ import annotations

import os
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


def become(program: str, arguments: Sequence[str]) -> NoReturn:
    """Run one of Dagster's programs with this workspace, in the place of this process.

    There is no process of ours in between, so that signals of whoever started it reach it. Raises
    ServiceError where the program cannot be run.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    path = Path(sys.executable).parent / program
    try:
        os.execv(path, [str(path), *arguments, "-w", str(WORKSPACE)])
    except OSError as error:
        raise ServiceError(
            f"{path} cannot be run ({error.strerror}): is it there, and may this user run it and "
            f"the Python that it names, {Path(sys.executable).resolve()}?"
        ) from error
