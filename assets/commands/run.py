"""`entente run`: one run, start to end, through the Dagster job."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from assets.commands.arguments import PATHS, chosen_model, settings_told
from assets.commands.terminal import Terminal
from assets.days import FIRST_DAY, today
from warehouse.home import Home


@click.command(
    name="run",
    short_help="One run, start to end: take in, read, build, publish.",
    epilog="""\b
Examples:
  entente run                        what the configured sources have (the samples at first)
  entente run article.txt news/      these files and folders instead
  entente run --date 2024-05-31      read that day's articles again, fetching nothing
  cat articles.jsonl | entente run -""",
)
@click.argument("paths", nargs=-1, type=PATHS)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Read that day of arrival again; with PATHS, their day of arrival.",
)
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON.")
@click.option("--log", is_flag=True, help="Show Dagster's own log on standard error.")
def command(paths: tuple[str, ...], day: datetime | None, as_json: bool, log: bool) -> None:
    """Take in articles, read them, build the marts and publish them.

    Without PATHS the sources of settings.toml are read. What cannot be taken is set aside with its
    reason (`entente quarantine`) and the run goes on. Running again changes nothing.
    """
    from assets.settings import create_settings, load_settings  # noqa: PLC0415

    terminal = Terminal()
    home = Home.from_environment()
    arrived_on = _arrival_day(day)
    with settings_told():
        load_settings(home)
    terminal.show("starting")
    chosen_model(None)  # a model that cannot be used is told before anything is taken in
    create_settings(home)

    from assets.daily_run import RunRefusedError, run_daily  # noqa: PLC0415  (loads Dagster)
    from assets.progress import listen  # noqa: PLC0415

    with ExitStack() as stack:
        stdin = None
        if "-" in paths:
            stdin = stack.enter_context(NamedTemporaryFile(prefix="entente-", suffix=".stdin"))
            stdin.write(sys.stdin.buffer.read())
            stdin.flush()
        stack.enter_context(listen(terminal.show))
        try:
            summary = run_daily(
                home,
                arrived_on,
                paths=[str(Path(path).resolve()) for path in paths if path != "-"],
                stdin=stdin.name if stdin else None,
                again=day is not None and not paths,
                show_log=log,
            )
        except RunRefusedError as error:
            raise click.ClickException(str(error)) from error
        finally:
            terminal.clear()
    seconds = terminal.seconds
    if as_json:
        click.echo(json.dumps({**summary.to_plain(), "seconds": round(seconds, 1)}, indent=1))
    else:
        click.echo(summary.render(seconds))
    if not summary.success:
        sys.exit(1)


def _arrival_day(day: datetime | None) -> date:
    """Return the partition to run, having checked that there is one."""
    if day is None:
        return today()
    if not FIRST_DAY <= day.date() <= today():
        raise click.BadParameter(
            f"{day.date()} is no day of arrival: give one from {FIRST_DAY} to {today()} (UTC).",
            param_hint="--date",
        )
    return day.date()
