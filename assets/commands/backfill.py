"""`entente backfill`: a range of stored days, in one run."""

from __future__ import annotations

import json
import sys
from datetime import datetime

import click

from assets.commands.arguments import chosen_model, installation
from assets.commands.terminal import Terminal
from assets.days import FIRST_DAY, today

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    name="backfill",
    short_help="Read a range of stored days again, in one run.",
    epilog="""\b
Examples:
  entente backfill --from 2024-05-01 --to 2024-05-31
  entente backfill --from 2024-05-01                  up to today""",
)
@click.option(
    "--from", "first", type=_DAY, required=True, metavar="YYYY-MM-DD", help="First day of arrival."
)
@click.option("--to", "last", type=_DAY, metavar="YYYY-MM-DD", help="Last day (default: today).")
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON.")
@click.option("--log", is_flag=True, help="Show Dagster's own log on standard error.")
def command(first: datetime, last: datetime | None, as_json: bool, log: bool) -> None:
    """Read the stored articles of all days of a range again, build the marts and publish them.

    Nothing is fetched. Days on which nothing arrived are passed over. What the rules have changed
    for is read by any run; this reads the rest of the days, too.
    """
    begin, end = first.date(), last.date() if last else today()
    if not FIRST_DAY <= begin <= end <= today():
        raise click.BadParameter(
            f"{begin} to {end} is no range of days: give one within {FIRST_DAY} to {today()} "
            "(UTC).",
            param_hint="--from/--to",
        )
    home, _ = installation()
    terminal = Terminal()
    terminal.show("starting")
    chosen_model(None)
    from assets.daily_run import RunRefusedError, run_daily  # noqa: PLC0415  (loads Dagster)
    from assets.progress import listen  # noqa: PLC0415

    try:
        with listen(terminal.show):
            summary = run_daily(home, end, first=begin, paths=[], again=True, show_log=log)
    except RunRefusedError as error:
        raise click.ClickException(str(error)) from error
    finally:
        terminal.clear()
    if as_json:
        click.echo(
            json.dumps({**summary.to_plain(), "seconds": round(terminal.seconds, 1)}, indent=1)
        )
    else:
        click.echo(summary.render(terminal.seconds))
    if not summary.success:
        sys.exit(1)
