"""`entente health`: whether all is well, for monitors."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from assets.commands.arguments import settings_told
from assets.health import CHECKS
from warehouse.home import Home

if TYPE_CHECKING:
    from assets.health import Finding


@click.command(
    name="health",
    short_help="Whether all is well; for monitors.",
    epilog="""\b
Examples:
  entente health                               all of it
  entente health --tell                        and send an alarm where it is not
  entente health --only daemon                 only whether the daemon lives
  entente health --webserver http://127.0.0.1:3000""",
)
@click.option(
    "--max-age-hours",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    help="How old the last good run may be.",
)
@click.option(
    "--min-free-gb",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    help="How much room the disk must have.",
)
@click.option(
    "--only", type=click.Choice(CHECKS), multiple=True, help="Look at this alone (repeatable)."
)
@click.option("--webserver", metavar="URL", help="Ask the UI at this address, too.")
@click.option("--tell", is_flag=True, help="Send an alarm where something is wrong.")
@click.option("--json", "as_json", is_flag=True, help="What was seen as JSON.")
def command(
    *,
    max_age_hours: float,
    min_free_gb: float,
    only: tuple[str, ...],
    webserver: str | None,
    tell: bool,
    as_json: bool,
) -> None:
    """Look whether marts can be read, runs succeed, the daemon lives and the disk has room.

    Exits with 0 where all is well, with 1 where something is not. A run that is going on is no
    problem. The daemon is looked for where the daily run or the watch for files is switched on, or
    where --only daemon asks for it.
    """
    from assets.health import Limits, look  # noqa: PLC0415

    if webserver is not None and not webserver.startswith(("http://", "https://")):
        raise click.BadParameter("it begins with http://", param_hint="--webserver")
    home = Home.from_environment()
    limits = Limits(timedelta(hours=max_age_hours), min_free_bytes=min_free_gb * 1e9)
    found = look(home, limits, only=only, webserver=webserver)
    wrong = [finding for finding in found if not finding.ok]
    if as_json:
        checks = {
            finding.name: {"ok": finding.ok, "words": finding.words, **finding.values}
            for finding in found
        }
        told = {"healthy": not wrong, "home": str(home.root), "checks": checks}
        click.echo(json.dumps(told, indent=1))
    else:
        for finding in found:
            click.echo(f"{'ok ' if finding.ok else 'BAD'}  {finding.name:<10} {finding.words}")
    if wrong and tell:
        _tell(home, wrong)
    if wrong:
        sys.exit(1)


def _tell(home: Home, wrong: list[Finding]) -> None:
    """Send an alarm: a daemon that does not live cannot do it itself."""
    from assets.alarms import Alarm, Problem, deliver  # noqa: PLC0415
    from assets.settings import load_settings  # noqa: PLC0415

    with settings_told():
        settings = load_settings(home).alarms
    if not settings.wanted:
        click.echo(f"Nobody is told: set webhook or email_to in {home.settings}.", err=True)
        return
    problems = tuple(Problem(f.name, f"{f.name}: {f.words}", is_error=True) for f in wrong)
    for failure in deliver(Alarm(f"Entente is not well ({home.root})", problems), settings):
        click.echo(f"problem   {failure}", err=True)
