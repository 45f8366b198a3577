"""`entente restore`: a data folder from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from assets.commands.backup import shown
from assets.commands.terminal import Terminal
from warehouse.home import DATA_VERSION, Home


@click.command(
    name="restore",
    short_help="Make a data folder from a backup.",
    epilog="""\b
Examples:
  entente restore entente-20240531T031500Z.tar --into drill   to try it
  entente restore entente-20240531T031500Z.tar --force        instead of what is there""",
)
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="The data folder to make (default: ENTENTE_HOME).",
)
@click.option("--force", is_flag=True, help="Move aside what the folder holds; nothing is deleted.")
def command(archive: Path, into: Path | None, force: bool) -> None:
    """Unpack a backup, check every file and table of it, and put it in its place.

    Stop the services first. A folder that holds data is refused, unless --force is given, which
    moves that to before-restore-TIME in the same folder. A backup that is broken, cut off, or newer
    than this program changes nothing.
    """
    from warehouse.backup import BackupError  # noqa: PLC0415
    from warehouse.connection import WarehouseBusyError  # noqa: PLC0415
    from warehouse.restoring import restore_backup  # noqa: PLC0415

    terminal = Terminal()
    # going back to an earlier program finds a folder that is newer than itself
    home = Home(into.resolve()) if into is not None else Home.from_environment(of_any_version=True)
    try:
        done = restore_backup(archive, home, force=force, on_progress=shown(terminal, "restoring"))
    except (BackupError, WarehouseBusyError) as error:
        raise click.ClickException(str(error)) from error
    finally:
        terminal.clear()
    articles = done.backup.rows.get("raw.articles", 0)
    click.echo(
        f"{home.root} is as it was on {done.backup.made_at:%Y-%m-%d %H:%M} UTC: "
        f"{done.backup.files:,} files, {articles:,} revisions of articles, in "
        f"{terminal.seconds:.1f} s"
    )
    if done.before is not None:
        click.echo(f"  what was there before is in {done.before}; remove it when all is well")
    if done.backup.data_version < DATA_VERSION:
        click.echo(
            f"  it has version {done.backup.data_version}; the next run upgrades it to "
            f"{DATA_VERSION}"
        )
    if into is not None:
        click.echo(f"  look at it: ENTENTE_HOME={home.root} entente sql")
    click.echo("  next       entente schedule        (switches may have to be set again)")
