"""Arguments that several commands share."""

from __future__ import annotations

import os
from pathlib import Path

import click

from warehouse.home import Home


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


def chosen_model(named: str | None) -> str:
    """Return the model that is named, else that of the settings; it is checked that it loads.

    Raises click.UsageError where the settings cannot be read or the model cannot be used.
    """
    from assets.settings import SettingsError, load_settings  # noqa: PLC0415
    from pipelines.language.build import build_language  # noqa: PLC0415
    from pipelines.language.models import ModelError  # noqa: PLC0415

    try:
        model = load_settings(Home.from_environment()).model if named is None else named
        build_language(model)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    except ModelError as error:
        origin = "the setting reading.model" if named is None else "--model"
        raise click.UsageError(f"{error} ({origin})") from error
    return model
