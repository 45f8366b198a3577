"""Keeping a copy of a data folder in one file: what is kept, and how it is written and checked.

A backup is a tar archive (packed with gzip where its name says so). It begins with a note, which
tells the version of the data and the rows of every table, and ends with the SHA-256 of every file:
an archive that was cut off has no such list, and is refused. It is written aside, read back, and
only then gets its name; so whatever has the name of a backup is one.

What can be made anew is left out: dbt's folder and locks. Dagster's history is taken on demand.

What belongs here: writing and checking. What does not: restoring (`warehouse.restoring`).
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Literal, cast

from warehouse.connection import settle, writing
from warehouse.home import UNVERSIONED, Home
from warehouse.swapping import swap

NOTE, DIGESTS = "entente-backup.json", "entente-backup.sha256"
"""The first and the last member of every archive."""

FORMAT = 1
"""Of the archive; raised when it is written otherwise."""

PREFIX = "entente-"
"""How the names of backups begin that are named by their time."""

_CHUNK = 1024 * 1024

Progress = Callable[[int, int], None]
"""Is told how many bytes are done, and of how many."""


class BackupError(RuntimeError):
    """A backup cannot be written, or is none; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: its file, when it was made, and what it holds."""

    path: Path
    made_at: datetime
    data_version: int
    files: int
    size: int
    rows: dict[str, int]


def kept_of(home: Home, *, history: bool = False) -> list[Path]:
    """Return the files and folders of a data folder that a backup keeps, whether or not there."""
    kept = [
        home.version_file,
        home.settings,
        home.corrections,
        home.lexicons,
        home.build_database,
        home.published,
        home.raw,
    ]
    return [*kept, home.dagster] if history else kept


def write_backup(
    home: Home,
    target: Path,
    *,
    history: bool = False,
    timeout: float = 0.0,
    on_wait: Callable[[str], None] | None = None,
    on_progress: Progress | None = None,
) -> Backup:
    """Write a backup of a data folder to `target` and return what it holds.

    A folder as `target` gets a file named by the time. Nothing else can write to the warehouse
    meanwhile; readers are not disturbed. `history` takes Dagster's runs and switches, too. Waits
    up to `timeout` seconds for a writer. Raises BackupError, WarehouseBusyError and HomeError; the
    archive is then not there.
    """
    if not home.build_database.exists():
        raise BackupError(f"There is nothing to keep in {home.root}: nothing was taken in yet.")
    made_at = datetime.now(UTC)
    path = target / f"{PREFIX}{made_at:%Y%m%dT%H%M%SZ}.tar" if target.is_dir() else target
    if path.exists():
        raise BackupError(f"{path} is there already: give another name.")
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}: make it, or name another one.")
    if path.resolve().is_relative_to(home.raw) or path.resolve().is_relative_to(home.published):
        raise BackupError(f"{path} is within the folder that is to be kept: name another place.")
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with writing(home, "entente backup", timeout, on_wait):
            note = {
                "format": FORMAT,
                "made_at": made_at.isoformat(timespec="seconds"),
                "rows": settle(home),
                "data_version": home.version() or UNVERSIONED,
            }
            _write(home, partial, note, history=history, mode=_mode(path), tell=on_progress)
        backup = read_backup(partial, on_progress=on_progress)
        swap(partial, path)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        partial.unlink(missing_ok=True)
    return Backup(path, backup.made_at, backup.data_version, backup.files, backup.size, backup.rows)


def drop_older(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest `keep` backups that are named by their time; return which."""
    stamped = f"{PREFIX}[0-9]*T[0-9]*Z.tar"
    older = sorted(folder.glob(stamped), key=lambda path: path.name, reverse=True)[keep:]
    for path in older:
        path.unlink()
    return older


def _mode(path: Path) -> Literal["w", "w:gz"]:
    return "w:gz" if path.name.endswith((".tar.gz", ".tgz")) else "w"


def _files(home: Home, *, history: bool) -> Iterator[tuple[Path, str]]:
    """All files to be kept, and their names in the archive. Links are followed once, not below."""
    for kept in kept_of(home, history=history):
        if kept.is_file():
            yield kept, kept.name
        elif kept.is_dir():
            for folder, folders, names in os.walk(kept):
                folders.sort()
                for name in sorted(names):
                    file = Path(folder) / name
                    is_part = ".part" in name  # of a run that was killed
                    # what SQLite keeps beside a database does not belong to the copy of it
                    is_log = name.endswith((".db-wal", ".db-shm", ".db-journal"))
                    if not is_part and not is_log and not file.is_symlink() and file.is_file():
                        yield file, file.relative_to(home.root).as_posix()


def _write(
    home: Home,
    partial: Path,
    note: dict[str, Any],
    *,
    history: bool,
    mode: Literal["w", "w:gz"],
    tell: Progress | None,
) -> None:
    files = list(_files(home, history=history))
    note["files"], total = len(files), sum(file.stat().st_size for file, _ in files)
    note["size"] = total
    digests: dict[str, str] = {}
    done = 0
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        options: dict[str, Any] = {"compresslevel": 1} if mode == "w:gz" else {}
        with tarfile.open(fileobj=stream, mode=mode, format=tarfile.PAX_FORMAT, **options) as tar:
            _add_text(tar, NOTE, json.dumps(note, indent=1))
            for file, name in files:
                if home.dagster in file.parents and file.suffix == ".db":
                    digests[name] = _add_sqlite(tar, file, name)
                else:
                    with file.open("rb") as content:
                        digests[name] = _add(tar, content, name)
                done += file.stat().st_size
                if tell is not None:
                    tell(done, total)
            _add_text(tar, DIGESTS, "".join(f"{told}  {name}\n" for name, told in digests.items()))
        stream.flush()
        os.fsync(stream.fileno())


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.stream.read(size)
        self.digest.update(piece)
        return piece


def _add(tar: tarfile.TarFile, stream: IO[bytes], name: str) -> str:
    """Add an open file as it is, with nobody's name on it; return its SHA-256."""
    status = os.fstat(stream.fileno())
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = status.st_size, int(status.st_mtime), 0o644
    hashed = _Hashed(stream)
    tar.addfile(info, cast("IO[bytes]", hashed))  # only read is called
    return hashed.digest.hexdigest()


def _add_sqlite(tar: tarfile.TarFile, file: Path, name: str) -> str:
    """Add one of Dagster's databases, which a daemon may write to meanwhile, as of one moment."""
    with tempfile.NamedTemporaryFile(prefix="entente-", suffix=".db") as copy:
        try:
            with (
                closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as source,
                closing(sqlite3.connect(copy.name)) as into,
            ):
                source.backup(into)
        except sqlite3.Error as error:
            raise BackupError(f"{file} cannot be copied: {error}.") from error
        with Path(copy.name).open("rb") as content:
            return _add(tar, content, name)


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = len(content), 0o644, int(datetime.now(UTC).timestamp())
    tar.addfile(info, io.BytesIO(content))


def read_note(path: Path) -> Backup:
    """Return what the beginning of an archive tells of it. Raises BackupError where it is none."""
    with _opened(path) as tar:
        return _noted(path, tar)


def read_backup(
    path: Path,
    *,
    each: Callable[[tarfile.TarInfo, IO[bytes]], None] | None = None,
    on_progress: Progress | None = None,
) -> Backup:
    """Read an archive to its end and return what it holds.

    `each` is given every file, as its entry and a stream that it reads to its end. Raises
    BackupError where anything is missing, changed, or does not belong there.
    """
    read: dict[str, str] = {}
    done = 0
    told: dict[str, str] | None = None
    with _opened(path) as tar:
        backup = _noted(path, tar)
        while (info := tar.next()) is not None:
            if info.name == DIGESTS:
                told = _digests(tar.extractfile(info))
                continue
            content = tar.extractfile(info) if info.isreg() else None
            if content is None or not _is_safe(info.name) or info.name in read:
                raise BackupError(
                    f"{path} holds {info.name!r}, which no backup holds. Nothing was restored."
                )
            hashed = _Hashed(content)
            if each is not None:
                each(info, cast("IO[bytes]", hashed))  # only read is called
            while hashed.read(_CHUNK):
                pass
            read[info.name] = hashed.digest.hexdigest()
            done += info.size
            if on_progress is not None:
                on_progress(done, backup.size)
    if told is None:
        raise BackupError(f"{path} is not whole: its end is missing. Take another backup.")
    if told != read:
        wrong = sorted(
            name for name in told.keys() | read.keys() if told.get(name) != read.get(name)
        )
        raise BackupError(
            f"{path} is broken: {wrong[0]} is not what was kept"
            + (f", nor are {len(wrong) - 1} other files" if len(wrong) > 1 else "")
            + ". Take another backup."
        )
    return backup


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    """Open an archive, and tell in words what is wrong with it. Raises BackupError."""
    try:
        tar = tarfile.open(path, "r:*")  # noqa: SIM115  (closed below)
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"{path} is no backup of Entente: {error}.") from error
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror or error}.") from error
    with tar:
        try:
            yield tar
        except (tarfile.TarError, EOFError, zlib.error, UnicodeDecodeError) as error:
            raise BackupError(f"{path} is broken: {error}. Take another backup.") from error
        except OSError as error:
            if error.errno is not None:  # of the disk, not of what stands on it
                raise
            raise BackupError(f"{path} is broken: {error}. Take another backup.") from error


def _noted(path: Path, tar: tarfile.TarFile) -> Backup:
    """Return what the first member of an archive tells."""
    first = tar.next()
    if first is None or first.name != NOTE:
        raise BackupError(f"{path} is no backup of Entente.")
    stream = tar.extractfile(first)
    content = stream.read(_CHUNK) if stream else b""
    try:
        told = json.loads(content)
        form = told["format"]
        backup = Backup(
            path,
            datetime.fromisoformat(told["made_at"]),
            int(told["data_version"]),
            int(told["files"]),
            int(told["size"]),
            {str(name): int(rows) for name, rows in told["rows"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BackupError(f"{path} is no backup of Entente: its note cannot be read.") from error
    if form != FORMAT:
        raise BackupError(
            f"{path} has format {form}, and this program knows {FORMAT}: update the program (git "
            "pull && make setup)."
        )
    return backup


def _digests(stream: IO[bytes] | None) -> dict[str, str]:
    lines = stream.read().decode().splitlines() if stream else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _is_safe(name: str) -> bool:
    """Whether a name stays below the folder that it is restored into."""
    parts = name.split("/")
    return bool(name) and "\\" not in name and not {"", ".", ".."} & set(parts)
