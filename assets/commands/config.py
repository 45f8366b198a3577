"""`entente config`: the effective settings."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import urlsplit

import click

from assets.commands.arguments import settings_told
from warehouse.home import Home


@click.command(
    name="config",
    short_help="The effective settings, and where each comes from.",
    epilog="""\b
Examples:
  entente config
  entente config --json
  ENTENTE_SCHEDULE__TIME=05:30 entente config""",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, one list.")
def command(as_json: bool) -> None:
    """Show every setting: its key, the value that holds, and where that comes from.

    Settings stand in settings.toml in the data folder; an environment variable goes before the
    file, as ENTENTE_SCHEDULE__TIME before `time` in [schedule]. Nothing is written.
    """
    from assets.settings import load_settings, load_values  # noqa: PLC0415
    from assets.settings_schema import written  # noqa: PLC0415
    from pipelines.sources.files import exists  # noqa: PLC0415

    home = Home.from_environment()
    with settings_told():
        found = load_values(home)
        settings = load_settings(home)
    if found["alarms.webhook"].value:  # often a secret by itself
        address = urlsplit(str(found["alarms.webhook"].value))
        hidden = f"{address.scheme}://{address.hostname}/..."
        found["alarms.webhook"] = replace(found["alarms.webhook"], value=hidden)
    if as_json:
        rows = [{"key": e.key, "value": e.value, "from": e.origin} for e in found.values()]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    shown = [(e.key, written(e.value), e.origin) for e in found.values()]
    widths = [max(len(row[column]) for row in shown) for column in (0, 1)]
    for key, value, origin in shown:
        click.echo(f"{key:<{widths[0]}}  {value:<{widths[1]}}  {origin}")
    version = home.version()
    state = f"version {version}" if version else "nothing read into it yet"
    click.echo(f"\ndata folder   {home.root} ({state})")
    if not home.settings.exists():
        click.echo(f"settings      {home.settings} is not there yet: the first run writes it")
    read = ", ".join(
        source.name + ("" if exists(source.path) else f" ({source.path} does not exist)")
        for source in settings.sources
    )
    read = read or "none: switch one on"
    click.echo(f"sources read  {read}")
