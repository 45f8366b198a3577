"""`entente quarantine`: what was set aside, and why."""

from __future__ import annotations

import json
from typing import Any

import click

from pipelines.sources.records import REASONS
from warehouse.home import Home


@click.command(
    name="quarantine",
    short_help="What was set aside, and why.",
    epilog="""\b
Examples:
  entente quarantine
  entente quarantine --reason bad_json_line
  entente quarantine --all --json""",
)
@click.option(
    "--reason", type=click.Choice(sorted(REASONS)), help="Only what was set aside for this reason."
)
@click.option("--all", "everything", is_flag=True, help="Also what has been mended since.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, one list.")
def command(reason: str | None, everything: bool, as_json: bool) -> None:
    """List the input that could not be taken as an article, each with its reason.

    Nothing of it is lost: its bytes are kept. Mend the input and run again.
    """
    from warehouse.connection import WarehouseBusyError  # noqa: PLC0415
    from warehouse.quarantine import list_quarantine  # noqa: PLC0415

    try:
        entries = list_quarantine(Home.from_environment(), resolved_too=everything)
    except WarehouseBusyError as error:
        raise click.ClickException(str(error)) from error
    entries = [entry for entry in entries if reason in (None, entry["reason"])]
    if as_json:
        click.echo(json.dumps(entries, ensure_ascii=False, indent=1, default=str))
        return
    if not entries:
        click.echo("Nothing is set aside.")
        return
    for entry in entries:
        click.echo(_line(entry))
    click.echo(f"\n{len(entries)} set aside.")


def _line(entry: dict[str, Any]) -> str:
    place = f"{entry['source']}/{entry['path']}"
    if entry["record"] is not None:
        place += f" record {entry['record']}"
    mended = f" (mended on {entry['resolved_on']})" if entry["resolved_on"] else ""
    return (
        f"{entry['quarantine_id']}  {entry['arrived_on']}  {entry['reason']:<16} {place}{mended}\n"
        f"            {entry['detail']}"
    )
