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
    that is stopped or killed with it is made again when it is back, up to twice.
    """
    from assets.services import (  # noqa: PLC0415
        become,
        end_runs_of_former_daemon,
        hold_daemon,
        prepare,
    )
    from assets.settings import SettingsError  # noqa: PLC0415

    home = Home.from_environment()
    try:
        prepare(home)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    hold_daemon(home)
    ended = end_runs_of_former_daemon()
    if ended:
        click.echo(f"{ended} run(s) that went with an earlier daemon are ended")
    click.echo(f"Dagster daemon on {home.root}")
    become("dagster-daemon", ["run"])
