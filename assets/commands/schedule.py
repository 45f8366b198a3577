"""`entente schedule`: the daily run and the watch for new files, on and off."""

from __future__ import annotations

import json

import click

from warehouse.home import Home

_MEANING = {
    "daily": "daily run (every_morning)",
    "files": "watch for new files (new_files)",
}


@click.command(
    name="schedule",
    short_help="Switch the daily run and the watch for new files on and off.",
    epilog="""\b
Examples:
  entente schedule                  what is on, and the next run
  entente schedule on               the daily run, at the time of the settings
  entente schedule on files         a run whenever files of a source are new
  entente schedule off all""",
)
@click.argument("action", type=click.Choice(["on", "off", "status"]), default="status")
@click.argument("what", type=click.Choice(["daily", "files", "all"]), required=False)
@click.option("--json", "as_json", is_flag=True, help="The state as JSON.")
def command(action: str, what: str | None, as_json: bool) -> None:
    """Switch what starts runs by itself on or off, or show how it stands.

    `daily` (the default) is the run at schedule.time in the zone schedule.timezone of
    settings.toml, `files` a run whenever files of a source have changed and been left alone for
    watch.quiet_seconds. Both need `entente dev` or `entente daemon` to be
    running, and stay as they are when it is started again. In the UI the same switches stand under
    Automation.
    """
    from assets.settings import SettingsError, create_settings, load_settings  # noqa: PLC0415
    from assets.switches import SwitchError, switch, switches  # noqa: PLC0415

    home = Home.from_environment()
    if action == "status" and what:
        raise click.UsageError("status shows both: leave the other word out")
    try:
        load_settings(home)
        create_settings(home)
        if action != "status":
            for one in ("daily", "files") if what == "all" else (what or "daily",):
                switch(home, one, on=action == "on")
        now = switches(home)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    except SwitchError as error:
        raise click.ClickException(str(error)) from error
    due = now.next_run.isoformat(timespec="minutes")
    if as_json:
        state = {**now.on, "next_run": due if now.on["daily"] else None, "daemon": now.daemon}
        click.echo(json.dumps(state, indent=1))
        return
    for one, on in now.on.items():
        click.echo(f"{'on ' if on else 'off'}  {_MEANING[one]}")
    zone = now.next_run.tzinfo
    told = f"{now.next_run:%A %Y-%m-%d %H:%M} ({zone})"
    click.echo(f"     next run {told}" if now.on["daily"] else f"     it would run {told}")
    if any(now.on.values()) and not now.daemon:
        click.echo("     nothing starts until the scheduler runs: entente dev")
