"""`entente backup`: a copy of the data folder in one file."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import click

from assets.commands.terminal import Terminal
from warehouse.home import Home

_EVERY_SECONDS = 0.2


@click.command(
    name="backup",
    short_help="Keep a copy of the data folder in one file.",
    epilog="""\b
Examples:
  entente backup /var/backups/entente            a file named by the time
  entente backup /var/backups/entente --keep 7   and only the newest seven stay
  entente backup entente.tar.gz                  packed: smaller, and slower""",
)
@click.argument("target", type=click.Path(path_type=Path), metavar="FOLDER|FILE")
@click.option(
    "--keep",
    type=click.IntRange(1),
    metavar="N",
    help="Remove all but the newest N backups of the folder, once this one is there.",
)
@click.option("--history", is_flag=True, help="With Dagster's runs, switches and logs.")
def command(target: Path, keep: int | None, history: bool) -> None:
    """Write articles, facts, marts, settings, corrections and own lexicons to one file.

    Waits for a run that is writing, and keeps others from writing until it is done; readers are
    not disturbed. The file is read back and compared before it gets its name. Passwords are not in
    it (they are read from the environment), but texts and addresses are: only its owner may read
    it. `entente restore` makes a data folder of it.
    """
    from assets.settings import SettingsError, load_settings  # noqa: PLC0415
    from warehouse.backup import BackupError, drop_older, write_backup  # noqa: PLC0415
    from warehouse.connection import WarehouseBusyError  # noqa: PLC0415

    if keep is not None and not target.is_dir():
        raise click.BadParameter(f"{target} is no folder.", param_hint="--keep")
    terminal = Terminal()
    home = Home.from_environment()
    try:
        backup = write_backup(
            home,
            target,
            history=history,
            timeout=load_settings(home).wait_seconds,
            on_wait=lambda holder: terminal.show(f"waiting for {holder}"),
            on_progress=shown(terminal, "keeping and comparing"),
        )
        removed = drop_older(target, keep) if keep is not None else []
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    except (BackupError, WarehouseBusyError) as error:
        raise click.ClickException(str(error)) from error
    finally:
        terminal.clear()
    size = backup.path.stat().st_size / 1e6
    articles = backup.rows.get("raw.articles", 0)
    click.echo(f"{backup.path}   {size:,.1f} MB, read back and compared")
    click.echo(
        f"  {backup.files:,} files, {articles:,} revisions of articles, version "
        f"{backup.data_version}, in {terminal.seconds:.1f} s"
    )
    for path in removed:
        click.echo(f"  removed {path}")


def shown(terminal: Terminal, what: str) -> Callable[[int, int], None]:
    """Return what shows how many bytes are done, now and then."""
    last = 0.0

    def show(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _EVERY_SECONDS:
            last = time.monotonic()
            terminal.show(f"{what}: {done / 1e6:,.0f} of {total / 1e6:,.0f} MB", done=False)

    return show
