"""Arguments that several commands share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warehouse.home import Home

if TYPE_CHECKING:
    from assets.settings import Settings


class _Paths(click.Path):
    """A path that exists, or a pattern that something matches."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        from pipelines.sources.finding import exists, is_glob  # noqa: PLC0415

        if is_glob(Path(value)) and exists(Path(value)):
            return value
        return super().convert(value, param, ctx)


PATHS = _Paths(exists=True, readable=False, allow_dash=True, path_type=str)
"""A file, folder or pattern that leads to something, or `-` for standard input."""

MODEL = click.option(
    "--model",
    metavar="NAME",
    help="Language model: bundled, blank, a package or a folder (default: as in the settings).",
)
"""Which language model to read with."""


def installation() -> tuple[Home, Settings]:
    """Return the data folder and its settings. Raises click.UsageError where these are wrong."""
    from assets.settings import load_settings  # noqa: PLC0415

    home = Home.from_environment()
    with settings_told():
        return home, load_settings(home)


@contextmanager
def settings_told() -> Iterator[None]:
    """Tell what is wrong with the settings as a command does: click.UsageError."""
    from assets.settings import SettingsError  # noqa: PLC0415

    try:
        yield
    except SettingsError as error:
        raise click.UsageError(str(error)) from error


def chosen_model(named: str | None) -> str:
    """Return the model that is named, else that of the settings; it is checked that it loads.

    Raises click.UsageError where the settings cannot be read or the model cannot be used.
    """
    from assets.settings import load_settings  # noqa: PLC0415
    from pipelines.language.build import build_language  # noqa: PLC0415
    from pipelines.language.models import ModelError  # noqa: PLC0415

    try:
        with settings_told():
            model = load_settings(Home.from_environment()).model if named is None else named
        build_language(model)
    except ModelError as error:
        origin = "the setting reading.model" if named is None else "--model"
        raise click.UsageError(f"{error} ({origin})") from error
    return model
