"""Whether the lexicons are in order: every bad entry with its file, its line and what to do.

`python -m pipelines.lexicons.check [FOLDER]` reads the files as raw lines, prints each fault and
ends with 1 where there is one; with a folder, the user's own files in it.

What belongs here: the form of entries, and whether a code that one file takes from another is
there. What does not: what a file may hold (`schemas`), whether an entry is true or helps (`entente
evaluate` tells), and how the files are read for use (`pipelines.lexicons`).
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.lexicons.schemas import SCHEMAS, Column, Entry, Schema

__all__ = ["check_lexicons", "check_own", "main"]

FOLDER = Path(__file__).parent
"""Where the lexicons are that the project ships."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it was read: its entries of the right length, and the faults met on the way."""

    entries: list[Entry]
    faults: list[tuple[int, str]]


def check_lexicons(folder: Path = FOLDER) -> list[str]:
    """Return every fault of the lexicons of a folder, each as 'titles.tsv line 412: ...'.

    An empty list says that all is well. Raises OSError where the folder cannot be read.
    """
    found = {path.stem for path in folder.glob("*.tsv")}
    files = {
        name: _read(folder / f"{name}.tsv", SCHEMAS[name])
        for name in sorted(found & SCHEMAS.keys())
    }
    faults: list[str] = []
    for name in sorted(found | SCHEMAS.keys()):
        if name not in SCHEMAS:
            faults.append(f"{name}.tsv line 1: no schema: declare its columns in schemas.py")
        elif name not in found:
            faults.append(f"{name}.tsv line 1: no such file: add it or take it out of schemas.py")
        else:
            of_file = [*files[name].faults, *_check(files[name].entries, SCHEMAS[name], files)]
            faults += [f"{name}.tsv line {line}: {what}" for line, what in sorted(of_file)]
    return faults


def check_own(folder: Path) -> list[str]:
    """Return every fault of a folder of the user's own files; they need no header of a source.

    A code that another lexicon must know may stand in the user's file or in the project's.
    """
    if not any(folder.glob("*.tsv")):
        return [f"{folder} holds no lexicon: is the folder the right one?"]
    faults: list[str] = []
    shipped = {name: _read(FOLDER / f"{name}.tsv", SCHEMAS[name]) for name in SCHEMAS}
    for path in sorted(folder.glob("*.tsv")):
        name = path.stem
        if name not in SCHEMAS:
            known = ", ".join(sorted(SCHEMAS))
            faults.append(f"{path.name} line 1: no lexicon of that name: there are {known}")
            continue
        own = _read(path, SCHEMAS[name], sourced=False)
        files = {**shipped, name: _File([*shipped[name].entries, *own.entries], [])}
        of_file = [*own.faults, *_check(own.entries, SCHEMAS[name], files)]
        faults += [f"{path.name} line {line}: {what}" for line, what in sorted(of_file)]
    return faults


def _read(path: Path, schema: Schema, *, sourced: bool = True) -> _File:
    entries: list[Entry] = []
    faults: list[tuple[int, str]] = []
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = raw.count(b"\n", 0, error.start) + 1
        return _File([], [(broken, "not UTF-8: save the file in that encoding")])
    header = ""
    columns: list[str] | None = None
    number = 1
    for number, line in enumerate(text.splitlines(), start=1):  # as `read_lexicon` counts them
        if line.startswith("#") or not line.strip():
            header += line if columns is None else ""
            continue
        cells = line.split("\t")
        if columns is None:
            columns = cells
            faults += _header_faults(header) if sourced else ()
            if columns != list(schema.columns):
                wanted = ", ".join(schema.columns)
                faults.append((number, f"columns {', '.join(cells)}: they must be {wanted}"))
                return _File([], faults)
        elif len(cells) != len(columns):
            do = "a tab is missing" if len(cells) < len(columns) else "take out a tab"
            faults.append((number, f"{len(cells)} cells, the header has {len(columns)}: {do}"))
        else:
            entries.append((number, dict(zip(columns, cells, strict=True))))
    if not entries and not faults:
        faults.append((number, "no entries: add one or remove the file"))
    return _File(entries, faults)


def _header_faults(header: str) -> Iterator[tuple[int, str]]:
    for word, pattern in (("source", r"\bSources?:"), ("licence", r"\bLicence\b[^:]*:")):
        if not re.search(pattern, header):
            yield (
                1,
                f"the header names no {word}: add '# {word.capitalize()}: ...' above the columns",
            )


def _check(
    entries: list[Entry], schema: Schema, files: Mapping[str, _File]
) -> Iterator[tuple[int, str]]:
    for name, column in schema.columns.items():
        known = _known(column, files)
        for line, entry in entries:
            for what in _cell_faults(name, column, entry[name], known):
                yield line, what
    yield from _duplicates(entries, schema)
    if schema.rule is not None:
        yield from schema.rule(entries)


def _known(column: Column, files: Mapping[str, _File]) -> frozenset[str] | None:
    """The values of a column; None where it takes any, or where their file cannot be read."""
    if column.refers is None:
        return column.values or None
    name, other = column.refers
    if name not in files or files[name].faults:
        return None  # told at that file already
    return column.values | {entry[other] for _, entry in files[name].entries}


def _cell_faults(
    name: str, column: Column, cell: str, known: frozenset[str] | None
) -> Iterator[str]:
    if not cell.strip():
        if not column.empty:
            yield f"{name} is empty: fill it or remove the line"
        elif cell:
            yield f"{name} holds spaces alone: empty it"
        return
    if odd := [c for c in cell if unicodedata.category(c) in {"Cc", "Cf", "Zs"} and c != " "]:
        yield f"{name} {cell!r} has the invisible character U+{ord(odd[0]):04X}: take it out"
    elif unicodedata.normalize("NFC", cell) != cell:
        yield f"{name} {cell!r} has accents apart from their letters: write them as one (NFC)"
    parts = column.parts(cell)
    if any(part != part.strip() for part in parts) or "  " in cell:
        yield f"{name} {cell!r} has stray spaces: take them out"
    values = [part.strip() for part in parts]
    if "" in values:
        yield f"{name} {cell!r} has an empty value beside a |: take the | out"
    for value in dict.fromkeys(filter(None, values)):
        yield from _value_faults(name, column, value, known)
        if values.count(value) > 1:
            yield f"{name} holds {value!r} twice: remove one"


def _value_faults(
    name: str, column: Column, value: str, known: frozenset[str] | None
) -> Iterator[str]:
    if not column.many and "|" in value:
        yield f"{name} {value!r} holds a |, but takes one value: write a line for each"
    elif known is not None and value not in known:
        allowed = [", ".join(sorted(column.values))] if column.values else []
        if column.refers is not None:
            allowed.append(f"column {column.refers[1]} of {column.refers[0]}.tsv")
        yield f"{name} {value!r} is unknown: write one of {' or '.join(allowed)}"
    elif column.pattern and not re.fullmatch(column.pattern, value):
        yield f"{name} {value!r} must be {column.says}"
    if column.case in ("lower", "folded") and column.plain(value) != value:
        how = "lower case" + (" without accents" if column.case == "folded" else "")
        yield f"{name} {value!r} is looked up in {how}: write {column.plain(value)!r}"


def _duplicates(entries: list[Entry], schema: Schema) -> Iterator[tuple[int, str]]:
    columns = schema.columns
    lines: dict[tuple[str, ...], int] = {}
    owners: dict[str, int] = {}
    for line, entry in entries:
        key = tuple(columns[name].plain(entry[name].strip()) for name in schema.keys)
        first = lines.setdefault(key, line)
        if first != line:
            if any(key):
                shown = ", ".join(entry[name] for name in schema.keys)
                yield line, f"{shown} stands in line {first} already: remove one"
            continue
        for name in schema.names:
            for value in filter(None, map(str.strip, columns[name].parts(entry[name]))):
                owner = owners.setdefault(columns[name].plain(value), line)
                if owner != line:
                    yield line, f"{name} {value!r} stands in line {owner} already: remove one"


def main(arguments: list[str] | None = None) -> int:
    """Print the faults of the shipped lexicons, or how much they hold; 1 where there are faults.

    With a folder as argument: those of the user's own files in it.
    """
    named = sys.argv[1:] if arguments is None else arguments
    faults = check_own(Path(named[0])) if named else check_lexicons()
    if faults:
        many = f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in the lexicons"
        sys.stdout.write("\n".join([*faults, many]) + "\n")
        return 1
    if named:
        sys.stdout.write("own lexicons: no faults\n")
        return 0
    entries = sum(len(_read(FOLDER / f"{name}.tsv", SCHEMAS[name]).entries) for name in SCHEMAS)
    sys.stdout.write(f"lexicons: {len(SCHEMAS)} files, {entries:,} entries, no faults\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
