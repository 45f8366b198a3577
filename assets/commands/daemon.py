"""`entente daemon`: what starts runs by itself, as a service."""

from __future__ import annotations

import click

from warehouse.home import Home


@click.command(
    name="daemon",
    short_help="Scheduler, sensors and alarms, as a service without the UI.",
    epilog="""\b
Examples:
  entente daemon                    until it is sent SIGTERM or Ctrl-C
  entente schedule on               what it starts, and when""",
)
def command() -> None:
    """Run what starts runs by itself: the daily schedule, the watch for new files, alarms.

    One at a time on a data folder. Which switches are on is kept there (`entente schedule`). A run
    that is going on when it is stopped is ended; its day is read again by the next run.
    """
    from assets.services import become, prepare  # noqa: PLC0415
    from assets.settings import SettingsError  # noqa: PLC0415

    home = Home.from_environment()
    try:
        prepare(home)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"Dagster daemon on {home.root}")
    become("dagster-daemon", ["run"])
