"""What was forgotten or dropped, and what of an arrival it therefore keeps out.

A tombstone holds hashes: nothing of a text or a title can be read from it. An address names one
article for good and is kept out by itself; a place in a file may hold something else tomorrow, so
there the same content is kept out, under whatever id.

What belongs here: writing and asking tombstones. What does not: removing (`warehouse.forgetting`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from warehouse.tables import TOMBSTONES

ARTICLE = "article"
SET_ASIDE = "set_aside"


def tombstone_id(kind: str, item: str) -> str:
    """Return the id of the tombstone of an article or an entry of the quarantine, by its own id."""
    return hashlib.sha256(f"{kind}\x1f{item}".encode()).hexdigest()


def text_hash(text: str) -> str:
    """Return a hash of a text that does not change with its case, spaces and line ends."""
    return hashlib.sha256(" ".join(text.split()).casefold().encode()).hexdigest()


def is_address(article_id: str) -> bool:
    """Whether an article's id is an address, and no place in a file."""
    return article_id.startswith(("http://", "https://"))


class Tombstones:
    """All tombstones of a warehouse, as they stand now."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._ids: set[str] = set()
        self._contents: set[str] = set()
        self._texts: set[str] = set()
        self._files: set[str] = set()
        self._sizes: dict[str, int | None] = {}
        for key, kind, contents, texts, files, size in connection.execute(
            "select tombstone_id, kind, content_hashes, text_hashes, raw_hashes, size_bytes "
            f"from {TOMBSTONES.qualified}"
        ).fetchall():
            if kind == SET_ASIDE:
                self._sizes[key] = size
                continue
            self._ids.add(key)
            self._contents.update(contents or ())
            self._texts.update(texts or ())
            self._files.update(files or ())

    def keeps_out_article(self, row: Mapping[str, Any]) -> bool:
        """Whether a row of `raw.articles` must not come in."""
        if not self._ids:
            return False
        article_id = row["article_id"]
        return (
            (is_address(article_id) and tombstone_id(ARTICLE, article_id) in self._ids)
            or row["content_hash"] in self._contents
            or row.get("raw_hash") in self._files
            or text_hash(row["text"]) in self._texts
        )

    def keeps_out_entry(self, row: Mapping[str, Any]) -> bool:
        """Whether a row of `raw.quarantine` was dropped (place, reason and size) or forgotten."""
        if row.get("raw_hash") in self._files:
            return True  # the file of an article that was forgotten, which cannot be read any more
        key = tombstone_id(SET_ASIDE, row["quarantine_id"])
        return key in self._sizes and self._sizes[key] == row["size_bytes"]

    def keeps_out(self, row: Mapping[str, Any]) -> bool:
        """Whether a row of either table must not come in."""
        if "quarantine_id" in row:
            return self.keeps_out_entry(row)
        return self.keeps_out_article(row)


def forgotten_before(
    connection: duckdb.DuckDBPyConnection, article_ids: Sequence[str]
) -> dict[str, Mapping[str, Any]]:
    """Return day and reason, by id, of those of these articles that were forgotten before."""
    keys = {tombstone_id(ARTICLE, article_id): article_id for article_id in article_ids}
    return {
        keys[key]: {"forgotten_on": day, "reason": reason}
        for key, day, reason in connection.execute(
            f"select tombstone_id, forgotten_on, reason from {TOMBSTONES.qualified} "
            "where list_contains(?, tombstone_id)",
            [list(keys)],
        ).fetchall()
    }


def purge_is_due(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether freed blocks of the build database may still hold what was forgotten."""
    found = connection.execute(
        f"select 1 from {TOMBSTONES.qualified} where purged_on is null limit 1"
    ).fetchall()
    return bool(found)
