"""`entente quarantine`: what was set aside, and why; reading it again, and dropping it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

from assets.commands.arguments import installation
from pipelines.sources.records import REASONS
from warehouse.home import Home

EXCERPT = 600
"""How many characters or bytes of an entry are shown."""


@click.group(
    name="quarantine",
    short_help="What was set aside, and why; read it again, or drop it.",
    invoke_without_command=True,
    epilog="""\b
Examples:
  entente quarantine
  entente quarantine --reason bad_json_line
  entente quarantine --all --json
  entente quarantine --unread        what the gate left unread
  entente quarantine show 5ddf       one entry, with what stands there
  entente quarantine retry           read all of it again
  entente quarantine drop 5ddf       away with it, for good""",
)
@click.option(
    "--reason", type=click.Choice(sorted(REASONS)), help="Only what was set aside for this reason."
)
@click.option("--all", "everything", is_flag=True, help="Also what has been mended since.")
@click.option("--unread", is_flag=True, help="Instead, the articles that the gate left unread.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, one list.")
@click.pass_context
def command(
    ctx: click.Context, *, reason: str | None, everything: bool, unread: bool, as_json: bool
) -> None:
    """List the input that could not be taken as an article, each with its reason.

    Nothing of it is lost: its bytes are kept. Mend the input and run again. What a former version
    of the program set aside, a run reads again by itself. An entry is named by its id, or by the
    beginning of it that no other has. `--unread` lists what was taken but not read, since the gate
    saw no word of dealings between two states; the setting reading.gate = false reads all of it.
    """
    from warehouse.quarantine import list_quarantine, list_unread  # noqa: PLC0415

    if ctx.invoked_subcommand is not None:
        if reason or everything or unread or as_json:
            raise click.UsageError(
                f"Options of {ctx.invoked_subcommand} stand behind it: entente quarantine "
                f"{ctx.invoked_subcommand} --help"
            )
        return
    if unread and (reason or everything):
        raise click.UsageError("--unread lists articles, which have no reason: leave the other out")
    with _told_errors():
        if unread:
            _tell_unread(list_unread(Home.from_environment()), as_json=as_json)
            return
        entries = list_quarantine(Home.from_environment(), resolved_too=everything)
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


@command.command(
    name="show",
    epilog="""\b
Examples:
  entente quarantine show 5ddf
  entente quarantine show 5ddf --characters 5000
  entente quarantine show 5ddf --hex""",
)
@click.argument("entry_id", metavar="ID")
@click.option(
    "--characters",
    type=click.IntRange(1),
    default=EXCERPT,
    show_default=True,
    help="How much of it to show.",
)
@click.option("--hex", "as_hex", is_flag=True, help="The bytes as hexadecimal digits.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, one object.")
def show(*, entry_id: str, characters: int, as_hex: bool, as_json: bool) -> None:
    """Show one entry: where it comes from, why it was set aside, and how it begins."""
    from warehouse.quarantine import list_quarantine  # noqa: PLC0415
    from warehouse.raw_store import RawStore  # noqa: PLC0415

    home = Home.from_environment()
    with _told_errors():
        (entry,) = _named(list_quarantine(home, resolved_too=True), [entry_id])
    store = RawStore(home.raw)
    kept = entry["raw_hash"] is not None and store.holds(entry["raw_hash"])
    what, excerpt = "bytes", None
    if kept:
        content = store.get(entry["raw_hash"])
        what, excerpt = _excerpt(entry, content, characters, as_hex=as_hex)
    if as_json:
        told = {**entry, "excerpt_of": what, "excerpt": excerpt}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1, default=str))
        return
    click.echo(_line(dict(entry)))
    click.echo(
        f"            {REASONS.get(entry['reason'], entry['reason'])}; "
        f"{entry['size_bytes'] or 0:,} bytes, read with parser "
        f"{entry['parser_version'] or 'unknown'}"
    )
    if excerpt is None:
        click.echo("            Its bytes are not kept.")
        return
    click.echo(f"            raw/{entry['raw_hash'][:2]}/{entry['raw_hash']}.gz")
    click.echo(f"\n{what}, the first {characters:,}:\n{excerpt}")


@command.command(
    name="retry",
    epilog="""\b
Examples:
  entente quarantine retry
  entente quarantine retry 5ddf 81aa
  entente quarantine retry --reason bad_published""",
)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--reason", type=click.Choice(sorted(REASONS)), help="Only this reason.")
def retry(*, ids: tuple[str, ...], reason: str | None) -> None:
    """Read entries again, all of them where no ID is given, from the bytes that were kept.

    With the program and the settings as they are now. What can be taken becomes an article of
    today, which the next run reads; the rest stays as it is.
    """
    from assets.days import today  # noqa: PLC0415
    from assets.rereading import reread  # noqa: PLC0415
    from warehouse.connection import build_connection  # noqa: PLC0415
    from warehouse.quarantine import entries_in  # noqa: PLC0415
    from warehouse.raw_store import RawStore  # noqa: PLC0415

    home, settings = installation()
    if not home.build_database.exists():
        click.echo("Nothing is set aside.")
        return
    with (
        _told_errors(),
        build_connection(home, "entente quarantine retry", settings.wait_seconds) as connection,
    ):
        entries: Sequence[Mapping[str, Any]] = entries_in(connection)
        if ids:
            entries = _named(entries, ids)
        entries = [entry for entry in entries if reason in (None, entry["reason"])]
        told = reread(connection, RawStore(home.raw), entries, settings, today())
    click.echo(
        f"{len(entries)} read again: {len(told.mended)} mended, {len(told.still)} still set aside"
        + (f", {len(told.without_bytes)} without bytes" if told.without_bytes else "")
        + "."
    )
    if told.articles:
        click.echo(
            f"{told.articles} came in as articles of today; the next run reads them: entente run"
        )
    for name, count in sorted(told.reasons.items()):
        click.echo(f"  {count} {name}: {REASONS[name]}")


@command.command(
    name="drop",
    epilog="""\b
Examples:
  entente quarantine drop 5ddf
  entente quarantine drop 5ddf 81aa --yes --reason "no news" """,
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--reason", metavar="TEXT", help="Why; it stands on the tombstone.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def drop(*, ids: tuple[str, ...], reason: str | None, yes: bool) -> None:
    """Remove entries for good, with their bytes where nothing else needs them.

    A mark stays in raw.tombstones: the same place of the same file, of the same size, is not set
    aside again. What stands there is taken as soon as it can be read.
    """
    from assets.days import today  # noqa: PLC0415
    from assets.stored_bytes import clean_bytes  # noqa: PLC0415
    from warehouse.connection import build_connection  # noqa: PLC0415
    from warehouse.forgetting import drop_entries  # noqa: PLC0415
    from warehouse.quarantine import list_quarantine  # noqa: PLC0415
    from warehouse.raw_store import RawStore  # noqa: PLC0415

    home, settings = installation()
    with _told_errors():
        entries = _named(list_quarantine(home, resolved_too=True), ids)
    for entry in entries:
        click.echo(_line(dict(entry)))
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError(
                "There is no terminal to ask on: give --yes. Nothing was dropped."
            )
        click.confirm(f"Drop {len(entries)} for good?", abort=True)
    with (
        _told_errors(),
        build_connection(home, "entente quarantine drop", settings.wait_seconds) as connection,
    ):
        # what was mended is an article by now, and that needs the bytes
        leaving = [entry for entry in entries if entry["resolved_on"] is None]
        done = clean_bytes(connection, RawStore(home.raw), leaving)
        drop_entries(connection, entries, reason=reason, on=today())
    click.echo(
        f"{len(entries)} dropped; {len(done.removed)} stored files removed, "
        f"{len(done.rewritten)} written anew without them."
    )
    for raw_hash, why in done.kept.items():
        click.echo(f"stays  raw/{raw_hash[:2]}/{raw_hash}.gz: {why}")


@contextmanager
def _told_errors() -> Iterator[None]:
    """Tell errors of the warehouse as a command does."""
    from warehouse.connection import WarehouseBusyError  # noqa: PLC0415

    try:
        yield
    except WarehouseBusyError as error:
        raise click.ClickException(str(error)) from error


def _named(entries: Sequence[Mapping[str, Any]], ids: Sequence[str]) -> list[Mapping[str, Any]]:
    from warehouse.quarantine import NoEntryError, entries_named  # noqa: PLC0415

    try:
        return entries_named(entries, ids)
    except NoEntryError as error:
        raise click.UsageError(f"{error}.") from error


def _excerpt(
    entry: Mapping[str, Any], content: bytes, length: int, *, as_hex: bool
) -> tuple[str, str]:
    """Return what is shown, in a word, and how it begins: the record, else the file."""
    from pipelines.sources.charset import decode  # noqa: PLC0415
    from pipelines.sources.stored import record_text, unpacked  # noqa: PLC0415

    record = None
    if entry["record"] is not None:
        record = record_text(entry["path"], content, entry["record"])
    what = "file" if record is None else f"record {entry['record']}"
    if record is not None:
        content = record.encode("utf-8", "surrogatepass")
    elif not as_hex:
        content = unpacked(content) or content
        try:
            record = decode(content)
        except UnicodeError:
            as_hex = True
    if as_hex or record is None or "\x00" in record[:length]:
        return f"bytes of the {what}", content[:length].hex(" ", 2)
    # nothing that a terminal would take for an order
    return what, "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in record[:length])


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
