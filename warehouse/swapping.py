"""Putting a finished file in the place of another, so that no reader ever sees half of it."""

from __future__ import annotations

import os
from pathlib import Path


def swap(partial: Path, final: Path) -> None:
    """Put a file that is written in the place of `final`, and see that the disk has both facts.

    A kill or a power cut leaves the old file or the new one.
    """
    with partial.open("rb+") as stream:
        os.fsync(stream.fileno())
    partial.replace(final)
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
