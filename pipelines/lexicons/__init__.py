"""Names and words as data files, and the one function that reads them.

Each file is tab-separated text: a header of comment lines (`#`) that says what it holds, where it
comes from and under which licence, then a line with the column names, then one entry a line.
Empty cells are empty strings; a cell that holds several values separates them by `|`.

What belongs here: data. What does not: rules that use them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pipelines.lexicons.own import own_file, replaced
from pipelines.lexicons.schemas import SCHEMAS

__all__ = ["LexiconError", "read_lexicon"]


class LexiconError(ValueError):
    """A lexicon file has an entry that cannot be read; the message names file and line."""


@cache
def read_lexicon(name: str) -> tuple[dict[str, str], ...]:
    """Return the entries of `pipelines/lexicons/NAME.tsv`, in order, one dictionary a line.

    Entries of the user's own (`pipelines.lexicons.own`) follow. Raises LexiconError, with file and
    line, where a line has not as many cells as the header.
    """
    shipped = _entries((files(__name__) / f"{name}.tsv").read_text(encoding="utf-8"), name)
    own = own_file(name)
    if own is None:
        return shipped
    added = _entries(own.read_text(encoding="utf-8"), str(own.with_suffix("")))
    return replaced(shipped, added, SCHEMAS[name].keys)


def _entries(text: str, name: str) -> tuple[dict[str, str], ...]:
    columns: list[str] | None = None
    entries: list[dict[str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if columns is None:
            columns = cells
            continue
        if len(cells) != len(columns):
            raise LexiconError(
                f"{name}.tsv line {number}: {len(cells)} cells, but the header has {len(columns)}"
            )
        entries.append(dict(zip(columns, cells, strict=True)))
    if not entries:
        raise LexiconError(f"{name}.tsv holds no entries")
    return tuple(entries)
