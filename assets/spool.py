"""Rows on disk between reading and loading: a run of any size takes the memory of one batch.

An article may come several times in one run, and what becomes of a text depends on whether another
one of the same article follows (`warehouse.loads.load_articles`). So all is read before the first
batch is loaded; of what waits, only a number for each article is held in memory.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any

BATCH_ROWS = 1_000
BATCH_CHARACTERS = 16_000_000


class Spool:
    """Rows of articles, written one by one and read back in batches, in their order."""

    def __init__(self, folder: Path) -> None:
        # beside the data: the folder of temporary files may be small, or memory
        self._file = tempfile.TemporaryFile("w+", dir=folder, encoding="utf-8")  # noqa: SIM115
        self._coming: Counter[bytes] = Counter()
        self.rows = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, row: dict[str, Any]) -> None:
        """Write a row."""
        self._file.write(json.dumps(row, ensure_ascii=False, default=str))
        self._file.write("\n")
        self._coming[_key(row)] += 1
        self.rows += 1

    def batches(self) -> Iterator[tuple[list[dict[str, Any]], frozenset[str]]]:
        """Yield batches of rows, each with the ids of those that come again in later ones."""
        self._file.seek(0)
        batch: list[dict[str, Any]] = []
        characters = 0
        for line in self._file:
            batch.append(json.loads(line))
            characters += len(line)
            if len(batch) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
                yield batch, self._that_come_again(batch)
                batch, characters = [], 0
        if batch:
            yield batch, self._that_come_again(batch)

    def _that_come_again(self, batch: list[dict[str, Any]]) -> frozenset[str]:
        for row in batch:
            self._coming[_key(row)] -= 1
        return frozenset(row["article_id"] for row in batch if self._coming[_key(row)] > 0)


def _key(row: dict[str, Any]) -> bytes:
    return blake2b(row["article_id"].encode(), digest_size=8).digest()
