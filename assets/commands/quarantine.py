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
  entente quarantine --all --json
  entente quarantine --unread        what the gate left unread""",
)
@click.option(
    "--reason", type=click.Choice(sorted(REASONS)), help="Only what was set aside for this reason."
)
@click.option("--all", "everything", is_flag=True, help="Also what has been mended since.")
@click.option("--unread", is_flag=True, help="Instead, the articles that the gate left unread.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, one list.")
def command(*, reason: str | None, everything: bool, unread: bool, as_json: bool) -> None:
    """List the input that could not be taken as an article, each with its reason.

    Nothing of it is lost: its bytes are kept. Mend the input and run again. `--unread` lists what
    was taken but not read, since the gate saw no word of dealings between two states; the setting
    reading.gate = false reads all of it.
    """
    from warehouse.connection import WarehouseBusyError  # noqa: PLC0415
    from warehouse.quarantine import list_quarantine, list_unread  # noqa: PLC0415

    if unread and (reason or everything):
        raise click.UsageError("--unread lists articles, which have no reason: leave the other out")
    try:
        if unread:
            _tell_unread(list_unread(Home.from_environment()), as_json=as_json)
            return
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


def _tell_unread(articles: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(articles, ensure_ascii=False, indent=1, default=str))
        return
    for article in articles:
        click.echo(f"{article['arrived_on']}  {article['article_id']}  {article['title'] or ''}")
    click.echo(f"{len(articles)} left unread." if articles else "Nothing was left unread.")


def _line(entry: dict[str, Any]) -> str:
    place = f"{entry['source']}/{entry['path']}"
    if entry["record"] is not None:
        place += f" record {entry['record']}"
    mended = f" (mended on {entry['resolved_on']})" if entry["resolved_on"] else ""
    return (
        f"{entry['quarantine_id']}  {entry['arrived_on']}  {entry['reason']:<16} {place}{mended}\n"
        f"            {entry['detail']}"
    )
