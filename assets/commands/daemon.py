"""`entente daemon`: what starts runs by itself, as a service."""

from __future__ import annotations

import click

from assets.commands.arguments import settings_told
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
    from assets.services import become, prepare_daemon  # noqa: PLC0415

    home = Home.from_environment()
    with settings_told():
        ended = prepare_daemon(home)
    if ended:
        click.echo(f"{ended} run(s) that went with an earlier daemon are ended")
    click.echo(f"Dagster daemon on {home.root}")
    become("dagster-daemon", ["run"])
