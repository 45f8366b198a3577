"""Making a data folder from a backup.

Everything is unpacked into a folder aside, within the data folder (which may be a volume of its
own), and checked there: every file against its SHA-256, the database by opening it and counting
the rows of each table. Only then does it take its place. What stood there before is moved aside and
never deleted.

What belongs here: restoring. What does not: the archive (`warehouse.backup`).
"""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import IO

import duckdb
from filelock import FileLock, Timeout

from warehouse.backup import Backup, BackupError, Progress, kept_of, read_backup, read_note
from warehouse.connection import WarehouseBusyError, holder_of, rows_by_table
from warehouse.home import DATA_VERSION, Home

_ASIDE = "restore.part"
_RESERVE_BYTES = 100_000_000
"""Of free space that is left on the disk."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where what stood there before is now (None: nothing stood there)."""

    backup: Backup
    before: Path | None


def restore_backup(
    archive: Path, home: Home, *, force: bool = False, on_progress: Progress | None = None
) -> Restored:
    """Make a data folder from a backup.

    A folder that holds data is refused, unless `force` is given: its data is then moved aside. A
    backup of an earlier version is restored as it is; the next run upgrades it. Raises BackupError
    and WarehouseBusyError; the folder is then as it was.
    """
    told = read_note(archive)
    if told.data_version > DATA_VERSION:
        raise BackupError(
            f"{archive} holds data of version {told.data_version}, and this program knows versions "
            f"up to {DATA_VERSION}: it was made by a newer Entente. Update the program first (git "
            "pull && make setup). Nothing was restored."
        )
    made = not home.root.exists()
    try:
        home.root.mkdir(parents=True, exist_ok=True)
        with _held(home):
            occupied = _occupied(home)
            if occupied and not force:
                raise BackupError(
                    f"{home.root} holds data already ({', '.join(sorted(p.name for p in occupied))}"
                    "): give another folder with --into, or --force to move that aside. Nothing "
                    "was restored."
                )
            _refuse_full_disk(home, told)
            aside = Home(home.root / _ASIDE)
            shutil.rmtree(aside.root, ignore_errors=True)  # of a restore that was killed
            try:
                _unpack(archive, aside, told, on_progress)
                before = _swap(home, aside, occupied)
            finally:
                shutil.rmtree(aside.root, ignore_errors=True)
    except OSError as error:
        raise BackupError(f"{home.root} cannot be written: {error.strerror or error}.") from error
    finally:
        if made and not _occupied(home):
            shutil.rmtree(home.root, ignore_errors=True)  # holds locks of ours at most
    return Restored(told, before)


@contextmanager
def _held(home: Home) -> Iterator[None]:
    """Hold both locks of a folder of any version, without waiting.

    `warehouse.connection` refuses folders that are newer than the program, which going back to an
    earlier program must be able to replace.
    """
    with ExitStack() as stack:
        for path in (home.run_lock, home.lock):
            try:
                stack.enter_context(FileLock(path).acquire(timeout=0))
            except Timeout:
                raise WarehouseBusyError(
                    f"The warehouse {home.root} is in use by {holder_of(path)}; stop the services, "
                    "or wait until that run has ended. Nothing was restored."
                ) from None
        yield


def _occupied(home: Home) -> list[Path]:
    """What a backup keeps and the folder has: files, and folders that hold anything."""
    return [
        path for path in kept_of(home) if path.is_file() or (path.is_dir() and any(path.iterdir()))
    ]


def _refuse_full_disk(home: Home, told: Backup) -> None:
    free = shutil.disk_usage(home.root).free
    if free < told.size + _RESERVE_BYTES:
        raise BackupError(
            f"The disk of {home.root} has {free / 1e9:.1f} GB free, and the backup needs "
            f"{told.size / 1e9:.1f} GB: make room. Nothing was restored."
        )


def _unpack(archive: Path, aside: Home, told: Backup, on_progress: Progress | None) -> None:
    """Unpack an archive into a folder and check what is there."""
    allowed = {path.name for path in kept_of(aside, history=True)}

    def keep(entry: tarfile.TarInfo, content: IO[bytes]) -> None:
        name = entry.name
        if name.split("/", maxsplit=1)[0] not in allowed:
            raise BackupError(f"{archive} holds {name!r}, which no backup holds.")
        target = aside.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as stream:
            shutil.copyfileobj(content, stream, 1024 * 1024)
            os.fsync(stream.fileno())
        os.utime(target, (entry.mtime, entry.mtime))

    read_backup(archive, each=keep, on_progress=on_progress)
    if aside.version() != told.data_version:
        raise BackupError(f"{archive} does not hold the version that it tells.")
    try:
        with duckdb.connect(str(aside.build_database), read_only=True) as connection:
            rows = rows_by_table(connection)
        if aside.published_database.exists():
            duckdb.connect(str(aside.published_database), read_only=True).close()
    except duckdb.Error as error:
        raise BackupError(
            f"{archive} holds a database that this program cannot open: {error}"
        ) from error
    if rows != told.rows:
        wrong = sorted(
            name for name in rows.keys() | told.rows.keys() if rows.get(name) != told.rows.get(name)
        )
        raise BackupError(f"{archive} is broken: {wrong[0]} has other rows than were kept.")


def _swap(home: Home, aside: Home, occupied: list[Path]) -> Path | None:
    """Put what was unpacked in its place; return where what stood there is now.

    Raises OSError where anything cannot be moved; everything is then where it was.
    """
    stamp = f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = chain([stamp], (f"{stamp}-{number}" for number in count(2)))
    before = next(home.root / name for name in names if not (home.root / name).exists())
    moves = _moves(home, aside, occupied, before)
    if any(target.parent == before for _, target in moves):
        before.mkdir()
    done: list[tuple[Path, Path]] = []
    try:
        for path, target in moves:
            if target.is_dir():
                target.rmdir()  # empty, or it would be occupied
            path.rename(target)
            done.append((path, target))
    except OSError:
        for path, target in reversed(done):
            target.rename(path)
        if before.exists():
            before.rmdir()
        raise
    return before if before.exists() else None


def _moves(home: Home, aside: Home, occupied: list[Path], before: Path) -> list[tuple[Path, Path]]:
    """What is moved where: first what stands there, then what was unpacked."""
    log = home.build_database.with_name(f"{home.build_database.name}.wal")
    leaving = [path for path in [*occupied, log] if path.exists()]
    if (aside.root / home.dagster.name).exists() and home.dagster.exists():
        leaving.append(home.dagster)
    # the version comes last: until it is there, the folder is upgraded from its beginning
    coming = sorted(aside.root.iterdir(), key=lambda path: path.name == home.version_file.name)
    return [
        *((path, before / path.name) for path in leaving),
        *((path, home.root / path.name) for path in coming),
    ]
