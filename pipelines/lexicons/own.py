"""Lexicon entries of a user's own, beside those that the project ships.

A folder may hold files of the same names and columns as `pipelines/lexicons/`. Their entries are
read behind the project's, and take the place of those with the same key: a user adds a sector's
terms, a ministry or a town without touching the checkout.

What belongs here: which folder it is, its entries and a digest of them. What does not: what files
may hold (`schemas`), and where a user keeps the folder (`warehouse.home`).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

__all__ = ["own_digest", "own_file", "replaced", "use_folder"]

ENVIRONMENT_VARIABLE = "ENTENTE_LEXICONS"
"""Names the folder for this process and those it starts."""


def use_folder(folder: Path | None) -> None:
    """Let lexicons be read with the entries of a folder, or (None) with those of the project alone.

    Must be called before any is read: they are kept.
    """
    os.environ[ENVIRONMENT_VARIABLE] = "" if folder is None else str(folder)


def own_file(name: str) -> Path | None:
    """Return the user's file of a lexicon, None where there is none."""
    folder = os.environ.get(ENVIRONMENT_VARIABLE, "")
    path = Path(folder) / f"{name}.tsv"
    return path if folder and path.is_file() else None


def own_digest() -> str:
    """Return eight digits that stand for all entries of the user's; empty where there are none.

    Facts are marked with it, so that a change reads everything anew.
    """
    folder = os.environ.get(ENVIRONMENT_VARIABLE, "")
    files = sorted(Path(folder).glob("*.tsv")) if folder else []
    if not files:
        return ""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]


def replaced(
    shipped: Sequence[dict[str, str]], own: Sequence[dict[str, str]], keys: Sequence[str]
) -> tuple[dict[str, str], ...]:
    """Return the project's entries without those that the user's replace, then the user's."""
    taken = {tuple(entry[key] for key in keys) for entry in own}
    kept = (entry for entry in shipped if tuple(entry[key] for key in keys) not in taken)
    return (*kept, *own)
