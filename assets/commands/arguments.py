"""Arguments that several commands share."""

from __future__ import annotations

import click

from warehouse.home import Home

PATHS = click.Path(exists=True, readable=False, allow_dash=True, path_type=str)
"""A file or folder that exists, or `-` for standard input."""

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
