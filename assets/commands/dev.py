"""`entente dev`: the Dagster UI, scheduler and sensors."""

from __future__ import annotations

import click

from assets.commands.arguments import settings_told
from warehouse.home import Home


@click.command(
    name="dev",
    short_help="Open the Dagster UI with scheduler and sensors.",
    epilog="""\b
Examples:
  entente dev
  entente dev --port 3001""",
)
@click.option("--port", default=3000, show_default=True, help="Port of the UI, on loopback only.")
def command(port: int) -> None:
    """Serve the Dagster UI of this checkout on loopback until it is interrupted.

    Shows the lineage from articles to published marts, runs and checks; the daily schedule
    `every_morning` is switched on there, under Automation. For a machine that stays on, its two
    halves are commands of their own: `entente daemon` and `entente webserver`.
    """
    from assets.services import become, prepare_daemon  # noqa: PLC0415

    home = Home.from_environment()
    with settings_told():
        prepare_daemon(home)
    click.echo(f"Dagster UI: http://127.0.0.1:{port}   (data in {home.root}; stop with Ctrl-C)")
    become("dagster", ["dev", "-h", "127.0.0.1", "-p", str(port)])
