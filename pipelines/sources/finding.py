"""Finding files: folders, globs and single files, and which format each one is.

What belongs here: paths. What does not: what is in the files.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from pipelines.sources.records import SetAside

MAX_FILE_BYTES = 64 * 1024**3
"""The largest file that is taken in; it is read in pieces, but its bytes are kept."""

FORMATS: dict[str, str] = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".json": "json",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".warc": "warc",
}
"""The format of each ending. Every one of them may be followed by `.gz`."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where it is, and its path below the source's root (with `/`)."""

    location: Path
    path: str


def format_of(path: str) -> tuple[str | None, bool]:
    """Return the format that a path's ending tells, None if none, and whether it is gzipped."""
    name = PurePosixPath(path)
    packed = name.suffix.lower() == ".gz"
    ending = (name.with_suffix("") if packed else name).suffix.lower()
    if packed and not ending:
        return None, True
    return FORMATS.get(ending), packed


def stem_of(path: str) -> str:
    """Return the name of a file without the endings that tell its format."""
    name = PurePosixPath(path)
    if name.suffix.lower() == ".gz":
        name = name.with_suffix("")
    return name.stem


def is_glob(path: Path) -> bool:
    """Whether a path is a pattern (`news/*.html`) and not the name of something that is there."""
    return glob.has_magic(str(path)) and not os.path.lexists(path)


def exists(path: Path) -> bool:
    """Whether a path leads to something: it is there, or a pattern that something matches."""
    if is_glob(path):
        return next(glob.iglob(str(path), recursive=True), None) is not None  # noqa: PTH207
    return path.exists()


def base_of(path: Path) -> Path:
    """Return the folder that paths are counted from: of a file or pattern the one it is in."""
    if is_glob(path):
        parts = path.parts
        fixed = next(i for i, part in enumerate(parts) if glob.has_magic(part))
        return Path(*parts[:fixed]).resolve()
    resolved = path.resolve()
    return resolved if resolved.is_dir() else resolved.parent


def find_files(root: Path, label: str = "") -> Iterator[SourceFile]:
    """Yield the file that a path is, or the files of a folder or pattern, recursively, by name.

    `**` in a pattern stands for any number of folders; a folder that matches is read recursively.
    `label` stands before the path below the root. Hidden files and folders within are passed over.
    Raises FileNotFoundError for a path that leads to nothing.
    """
    if not exists(root):
        raise FileNotFoundError(f"no such file or folder: {root}")
    base = base_of(root)
    found: list[Path]
    if is_glob(root):
        pattern = root.relative_to(root.anchor) if root.is_absolute() else root
        below = Path(*pattern.parts[_fixed_parts(pattern) :])
        # unlike Path.glob, it passes over what is hidden
        names = glob.iglob(str(below), root_dir=base, recursive=True)  # noqa: PTH207
        matches = {base / name for name in names}
        found = sorted({file for match in matches for file in _files_at(match)})
    else:
        found = sorted(_files_at(root.resolve()))
    for file in found:
        path = f"{label}/{file.relative_to(base).as_posix()}".lstrip("/")
        # names of files are bytes, which need not be UTF-8
        yield SourceFile(file, path.encode("utf-8", "backslashreplace").decode())


def _fixed_parts(pattern: Path) -> int:
    return next(i for i, part in enumerate(pattern.parts) if glob.has_magic(part))


def _files_at(path: Path) -> Iterator[Path]:
    if path.is_dir() and not path.is_symlink():
        yield from _walk(path)
    elif not path.is_dir():
        yield path


def labels_of(roots: Sequence[Path]) -> list[str]:
    """Return a label for each path: the folder's name, told apart where two folders share it."""
    folders: dict[str, list[Path]] = {}
    labels = []
    for root in roots:
        folder = base_of(root)
        known = folders.setdefault(folder.name, [])
        if folder not in known:
            known.append(folder)
        number = known.index(folder) + 1
        labels.append(folder.name if number == 1 else f"{folder.name}~{number}")
    return labels


def _walk(folder: Path) -> Iterator[Path]:
    try:
        entries = list(folder.iterdir())
    except OSError:  # told when it is read
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        else:
            yield entry


def open_file(file: SourceFile) -> BinaryIO | SetAside:
    """Open a file for reading, or tell why it cannot be."""
    try:
        status = file.location.stat()
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):
            detail = "It is no regular file, or a folder that cannot be listed."
            return SetAside(file.path, None, "unreadable", detail, 0)
        if size > MAX_FILE_BYTES:
            limit = MAX_FILE_BYTES // 1024**3
            return SetAside(
                file.path, None, "too_large", f"Split it into files below {limit} GB.", size
            )
        return file.location.open("rb")
    except OSError as error:
        return SetAside(
            file.path,
            None,
            "unreadable",
            f"{error.strerror or error}: check that it is a readable file and run again.",
            0,
        )
