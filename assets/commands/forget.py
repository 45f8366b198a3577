"""`entente forget`: remove articles for good."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from assets.commands.arguments import installation
from warehouse.home import Home

if TYPE_CHECKING:
    import duckdb

    from assets.settings import Settings
    from assets.stored_bytes import Cleaned


@click.command(
    name="forget",
    short_help="Remove articles for good, leaving a tombstone.",
    epilog="""\b
Examples:
  entente forget https://news.example/2024/talks
  entente forget --dry-run https://news.example/2024/talks
  entente forget files/news/talks.txt#1 --yes --reason "asked to by the author" """,
)
@click.argument("articles", nargs=-1, required=True, metavar="URL...")
@click.option("--reason", metavar="TEXT", help="Why; it stands on the tombstone.")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--no-publish",
    is_flag=True,
    help="Leave it to the next run to build and publish the marts without them.",
)
def command(
    *, articles: tuple[str, ...], reason: str | None, dry_run: bool, yes: bool, no_publish: bool
) -> None:
    """Remove articles with their bytes, texts and facts, and publish the marts without them.

    URL is the address of an article, or its article_id as `entente sql "from articles"` tells it.
    Other articles with the very same text go with it. A tombstone stays, which holds hashes and no
    text: the same address, or the same text, is left out when it comes again. Files of your own
    that articles were read from are not touched.
    """
    from assets.days import today  # noqa: PLC0415
    from assets.stored_bytes import clean_bytes  # noqa: PLC0415
    from warehouse.connection import WarehouseBusyError, build_connection  # noqa: PLC0415
    from warehouse.forgetting import remove_articles  # noqa: PLC0415
    from warehouse.raw_store import RawStore  # noqa: PLC0415

    home, settings = installation()
    if not home.build_database.exists():
        raise click.UsageError("Nothing was taken in yet: there is nothing to forget.")
    store = RawStore(home.raw)
    try:
        with build_connection(home, "entente forget", settings.wait_seconds) as connection:
            plan = _plan(connection, articles)
            if not plan.revisions:
                return
            told = clean_bytes(connection, store, plan.revisions, everywhere=True, dry_run=True)
            _show(plan, told, settings)
        if dry_run:
            click.echo("Nothing was removed (--dry-run).")
            return
        if not yes:
            _ask(f"Forget {_number(len(plan.ids), 'article')} for good?")
        with build_connection(home, "entente forget", settings.wait_seconds) as connection:
            done = clean_bytes(connection, store, plan.revisions, everywhere=True)
            remove_articles(
                connection,
                plan.revisions,
                reason=reason,
                on=today(),
                files=_own_files(plan.revisions, done),
            )
    except WarehouseBusyError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Forgot {_number(len(plan.ids), 'article')}.")
    published = _publish(home, no_publish=no_publish)
    if done.kept or not published:
        sys.exit(1)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to go: ids, all their revisions, those that are copies of named ones, facts by id."""

    ids: list[str]
    revisions: list[dict[str, Any]]
    copies: frozenset[str]
    facts: dict[str, int]


def _plan(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> _Plan:
    """Find what is named. Raises UsageError where it is not there and was not forgotten before."""
    from warehouse.forgetting import copies_of, count_facts, revisions_of  # noqa: PLC0415
    from warehouse.tombstones import forgotten_before  # noqa: PLC0415

    wanted = {name: list(dict.fromkeys((name, _normalised(name)))) for name in names}
    candidates = [candidate for found in wanted.values() for candidate in found]
    there = {row["article_id"] for row in revisions_of(connection, candidates)}
    before = forgotten_before(connection, candidates)
    ids: list[str] = []
    for name, possible in wanted.items():
        found = [article_id for article_id in possible if article_id in there]
        ids += found
        if not found:
            past = next((before[p] for p in possible if p in before), None)
            if past is None:
                raise click.UsageError(
                    f'There is no article {name}; `entente sql "select article_id from articles"` '
                    "lists them. Nothing was removed."
                )
            click.echo(f"{name} was forgotten on {past['forgotten_on']}.")
    ids = list(dict.fromkeys(ids))
    copies = copies_of(connection, ids)
    ids += copies
    return _Plan(
        ids, revisions_of(connection, ids), frozenset(copies), count_facts(connection, ids)
    )


def _normalised(name: str) -> str:
    """Return the id of the article at an address; the name itself where it is none."""
    from assets.arrivals import article_id  # noqa: PLC0415
    from pipelines.sources.records import Document  # noqa: PLC0415
    from warehouse.tombstones import is_address  # noqa: PLC0415

    found = article_id("", Document("", 1, "", "", url=name))
    return found if is_address(found) else name


def _show(plan: _Plan, told: Cleaned, settings: Settings) -> None:
    for article_id in plan.ids:
        rows = [row for row in plan.revisions if row["article_id"] == article_id]
        last = rows[-1]
        click.echo(article_id + ("   (the same text)" if article_id in plan.copies else ""))
        if last["title"]:
            click.echo(f"  title   {last['title']}")
        click.echo(
            f"  source  {last['source']}, arrived {rows[0]['arrived_on']}: "
            f"{_number(len(rows), 'revision')}, {_number(plan.facts[article_id], 'fact')}"
        )
    if told.removed:
        click.echo(f"bytes     {_number(len(told.removed), 'stored file')} removed")
    if told.rewritten:
        files = _number(len(told.rewritten), "stored file")
        click.echo(f"bytes     {files} written anew without it; the other records stay")
    for raw_hash, why in told.kept.items():
        click.echo(f"STAYS     raw/{raw_hash[:2]}/{raw_hash}.gz: {why}")
    if told.unsearched:
        click.echo(
            f"unknown   {_number(told.unsearched, 'stored file')} cannot be searched for copies "
            "(pictures and the like)"
        )
    for file in _own_paths(plan, settings):
        click.echo(f"yours     {file} is not touched: delete it there yourself if you must")


def _own_paths(plan: _Plan, settings: Settings) -> list[str]:
    """The user's own files that still hold what is forgotten, as far as they are known."""
    from pipelines.sources.files import base_of  # noqa: PLC0415

    found: dict[str, None] = {}
    for source in settings.configured:
        for row in plan.revisions:
            if row["source"] == source.name and not source.is_sample:
                file = base_of(source.path) / row["path"]
                if file.exists():
                    found[str(file)] = None
    return list(found)


def _own_files(revisions: Sequence[dict[str, Any]], done: Cleaned) -> dict[str, list[str]]:
    """By article, the stored files that held nothing else: they were removed as a whole."""
    records: dict[str, set[tuple[str, int]]] = {}
    for row in revisions:
        records.setdefault(row["raw_hash"], set()).add((row["path"], row["record"]))
    files: dict[str, list[str]] = {}
    for row in revisions:
        raw_hash = row["raw_hash"]
        if raw_hash in done.removed and len(records[raw_hash]) == 1:
            files.setdefault(row["article_id"], []).append(raw_hash)
    return files


def _publish(home: Home, *, no_publish: bool) -> bool:
    """Build and publish the marts without what is gone. Returns whether all went well."""
    if no_publish:
        click.echo(
            "The published marts, and free blocks of the build database, hold it until the next "
            "run: entente run"
        )
        return True
    from assets.commands.terminal import Terminal  # noqa: PLC0415
    from assets.daily_run import RunRefusedError, run_daily  # noqa: PLC0415
    from assets.days import today  # noqa: PLC0415
    from assets.progress import listen  # noqa: PLC0415

    terminal = Terminal()
    try:
        with listen(terminal.show):
            summary = run_daily(home, today(), paths=[], fetch=False)
    except RunRefusedError as error:
        raise click.ClickException(
            f"{error} The published marts hold it until the next run."
        ) from error
    finally:
        terminal.clear()
    if not summary.success:
        click.echo(summary.render(terminal.seconds))
        click.echo("The published marts hold it until a run succeeds: entente run", err=True)
        return False
    click.echo(f"The marts are published without it ({terminal.seconds:.1f} s).")
    return True


def _ask(question: str) -> None:
    """Ask on a terminal. Raises UsageError where there is nobody to ask, Abort on no."""
    if not sys.stdin.isatty():
        raise click.UsageError("There is no terminal to ask on: give --yes. Nothing was removed.")
    click.confirm(question, abort=True)


def _number(count: int, thing: str) -> str:
    return f"{count:,} {thing}" + ("" if count == 1 else "s")
