"""`entente sources`: the configured sources, what they have, and whether they can be read."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from assets.commands.arguments import installation
from warehouse.home import Home

if TYPE_CHECKING:
    from assets.settings import Source
    from pipelines.sources.files import SourceFile


@click.command(
    name="sources",
    short_help="The sources: what they have, and whether they can be read.",
    epilog="""\b
Examples:
  entente sources
  entente sources --check            read the first files of each, writing nothing
  entente sources --check --files 200 my_news
  entente sources --json""",
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--check", is_flag=True, help="Read the first files: what would come in?")
@click.option(
    "--files",
    "n_files",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="How many files of each source --check reads.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, one list.")
def command(*, names: tuple[str, ...], check: bool, n_files: int, as_json: bool) -> None:
    """List the sources of settings.toml: what is known of each, and what came of it so far.

    `--check` reads their first files without writing anything, and exits with 1 where one that is
    switched on cannot be read.
    """
    home, settings = installation()
    known = {source.name: source for source in settings.configured}
    for name in names:
        if name not in known:
            raise click.UsageError(f"There is no source '{name}': there are {', '.join(known)}.")
    chosen = [source for name, source in known.items() if not names or name in names]
    taken = _taken(home)
    rows = []
    for source in chosen:
        row = _described(source, taken)
        if check:
            row["check"] = _checked(source, n_files)
        rows.append(row)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    else:
        click.echo("\n\n".join(_text(row) for row in rows))
        if taken is None:
            click.echo("\nThe warehouse is in use: what came of the sources cannot be told now.")
    if any(row["enabled"] and not row["check"]["readable"] for row in rows if check):
        sys.exit(1)


def _taken(home: Home) -> dict[str, dict[str, Any]] | None:
    """What is in the warehouse, by source; None while a run holds it."""
    from warehouse.connection import WarehouseBusyError  # noqa: PLC0415
    from warehouse.quarantine import taken_by_source  # noqa: PLC0415

    with suppress(WarehouseBusyError):
        return taken_by_source(home)
    return None


def _files(source: Source) -> Iterator[SourceFile]:
    from pipelines.sources.files import find_files  # noqa: PLC0415

    with suppress(FileNotFoundError):
        yield from find_files(source.path)


def _described(source: Source, taken: dict[str, dict[str, Any]] | None) -> dict[str, Any]:
    from pipelines.sources.files import exists  # noqa: PLC0415

    count = size = 0
    for file in _files(source):
        count += 1
        with suppress(OSError):
            size += file.location.stat().st_size
    nothing = {"articles": 0, "last_arrival": None, "set_aside": 0}
    came = dict.fromkeys(nothing) if taken is None else taken.get(source.name, nothing)
    return {
        "name": source.name,
        "enabled": source.enabled,
        "path": str(source.path),
        "exists": exists(source.path),
        "language": source.language,
        "timezone": source.timezone,
        "date_order": source.date_order,
        "publish_text": source.publish_text,
        "terms": source.terms,
        "licence": source.licence,
        "files": count,
        "bytes": size,
        **came,
    }


def _checked(source: Source, n_files: int) -> dict[str, Any]:
    """Read the first files of a source: what would come in, and why the rest would not."""
    from assets.rereading import hints_of  # noqa: PLC0415
    from pipelines.sources.files import exists, open_file, parse_file  # noqa: PLC0415
    from pipelines.sources.records import Document, SetAside  # noqa: PLC0415

    files = articles = 0
    reasons: Counter[str] = Counter()
    examples: dict[str, str] = {}
    unreadable = 0
    for file in islice(_files(source), n_files):
        files += 1
        stream = open_file(file)
        items: Iterator[Document | SetAside]
        if isinstance(stream, SetAside):
            unreadable += 1
            items = iter([stream])
        else:
            items = parse_file(file.path, stream, hints=hints_of(source))
        for item in items:
            if isinstance(item, SetAside):
                reasons[item.reason] += 1
                place = item.path + (f" record {item.record}" if item.record else "")
                examples.setdefault(item.reason, f"{place}: {item.detail}")
            else:
                articles += 1
        if not isinstance(stream, SetAside):
            stream.close()
    if not exists(source.path):
        problem = "its path does not exist: mend it in settings.toml"
    elif not files:
        problem = "there is no file in it"
    elif unreadable == files:
        problem = "none of its files can be opened"
    else:
        problem = None
    return {
        "readable": problem is None,
        "problem": problem,
        "files_read": files,
        "articles": articles,
        "set_aside": dict(reasons),
        "examples": examples,
    }


def _text(row: dict[str, Any]) -> str:
    state = "on" if row["enabled"] else "off"
    there = "" if row["exists"] else "   (does not exist)"
    reading = [row["timezone"], f"publishes {row['publish_text']}"]
    if row["language"]:
        reading.append(f"language {row['language']}")
    if row["date_order"]:
        reading.append(f"dates {row['date_order']}")
    lines = [
        f"{row['name']}   {state}",
        f"  path      {row['path']}{there}",
        f"  has       {row['files']:,} files, {_size(row['bytes'])}",
        f"  read as   {', '.join(reading)}",
    ]
    lines += [f"  {key:<9} {row[key]}" for key in ("terms", "licence") if row[key]]
    if row["articles"] is not None:
        last = f", the last on {row['last_arrival']}" if row["last_arrival"] else ""
        lines.append(
            f"  came in   {row['articles']:,} articles{last}; {row['set_aside']:,} set aside"
        )
    if "check" in row:
        lines += _check_text(row["check"])
    return "\n".join(lines)


def _check_text(check: dict[str, Any]) -> list[str]:
    if not check["readable"]:
        return [f"  check     CANNOT BE READ: {check['problem']}"]
    aside = sum(check["set_aside"].values())
    lines = [
        f"  check     {check['files_read']:,} files read: {check['articles']:,} articles would "
        f"come in, {aside:,} be set aside"
    ]
    for reason, count in sorted(check["set_aside"].items()):
        lines.append(f"            {count:,} {reason}, as {check['examples'][reason]}")
    return lines


def _size(count: int) -> str:
    size = float(count)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:,.0f} {unit}" if unit == "bytes" else f"{size:,.1f} {unit}"
        size /= 1000
    return f"{size:,.1f} GB"
