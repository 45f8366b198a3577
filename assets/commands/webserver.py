"""`entente webserver`: the Dagster UI, as a service."""

from __future__ import annotations

import ipaddress

import click

from assets.commands.arguments import settings_told
from warehouse.home import Home


@click.command(
    name="webserver",
    short_help="The Dagster UI alone, as a service.",
    epilog="""\b
Examples:
  entente webserver
  entente webserver --port 3001 --read-only
  entente webserver --path-prefix /entente     behind a proxy""",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=3000, show_default=True, help="Port of the UI."
)
@click.option("--read-only", is_flag=True, help="Nothing can be started or switched in the UI.")
@click.option("--path-prefix", metavar="/PATH", help="Below which a proxy shows the UI.")
def command(host: str, port: int, read_only: bool, path_prefix: str | None) -> None:
    """Serve the Dagster UI until it is sent SIGTERM or interrupted.

    It asks nobody for a password: whoever reaches it can start and stop runs. Leave it on loopback
    and let a proxy that asks, or a tunnel of ssh, lead there. Runs that start by themselves need
    `entente daemon` beside it.
    """
    from assets.services import become, prepare  # noqa: PLC0415

    if path_prefix is not None and not path_prefix.startswith("/"):
        raise click.BadParameter("it begins with /", param_hint="--path-prefix")
    home = Home.from_environment()
    with settings_told():
        prepare(home)
    if not _is_loopback(host):
        click.echo(
            f"Warning: the UI asks for no password, and {host} may be reached by others.", err=True
        )
    click.echo(f"Dagster UI: http://{host}:{port}{path_prefix or ''}   (data in {home.root})")
    arguments = ["-h", host, "-p", str(port)]
    arguments += ["--read-only"] if read_only else []
    arguments += ["--path-prefix", path_prefix] if path_prefix else []
    become("dagster-webserver", arguments)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
