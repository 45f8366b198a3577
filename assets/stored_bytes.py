"""The bytes of what is removed: taken out of the raw store, without a loss to what stays.

Bytes that nothing else needs are deleted. A file of many records is written anew without those
that go, and what was read from the others then points to the new bytes. What can be neither is
told, never passed over.

What belongs here: which stored bytes go, change or stay. What does not: how a record is taken out
of a file (`pipelines.sources.stored`), and rows (`warehouse.forgetting`).
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from pipelines.sources.files import parse_file
from pipelines.sources.finding import format_of
from pipelines.sources.records import Document
from pipelines.sources.stored import (
    Gone,
    Remainder,
    has_text,
    probes_of,
    without_records,
    words_of,
    words_of_bytes,
)
from warehouse.forgetting import Need, needs, repoint
from warehouse.raw_store import RawStore
from warehouse.tombstones import text_hash

_SEARCHABLE_WORDS = 12
"""From how many words on a text is looked for in files that nothing points to."""


@dataclass(slots=True)
class Cleaned:
    """What came of it: hashes of bytes that were removed, or written anew; those that stay, why.

    `unsearched` counts stored files of a kind in which no text can be looked for.
    """

    removed: list[str] = field(default_factory=list)
    rewritten: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    unsearched: int = 0


def clean_bytes(
    connection: duckdb.DuckDBPyConnection,
    store: RawStore,
    leaving: Sequence[Mapping[str, Any]],
    *,
    everywhere: bool = False,
    dry_run: bool = False,
) -> Cleaned:
    """Take what leaves out of the stored bytes.

    `leaving` are rows of `raw.articles` or `raw.quarantine` that were removed, will be, or are
    kept out: with `raw_hash`, `path`, `record`, their id, and `text` for articles. `everywhere`
    looks through all that is stored for other copies of the texts. `dry_run` only tells.
    """
    cleaner = _Cleaner(connection, store, leaving, dry_run=dry_run)
    cleaner.clean_files()
    if everywhere:
        cleaner.clean_copies()
    return cleaner.done


class _Cleaner:
    """One cleaning of the raw store."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        store: RawStore,
        leaving: Sequence[Mapping[str, Any]],
        *,
        dry_run: bool,
    ) -> None:
        self.connection = connection
        self.store = store
        self.dry_run = dry_run
        self.done = Cleaned()
        self.texts = frozenset(words_of(row["text"]) for row in leaving if row.get("text"))
        going = {_item(row) for row in leaving}
        self.needed: dict[str, list[Need]] = {
            raw_hash: [need for need in found if need.item not in going]
            for raw_hash, found in needs(connection).items()
        }
        self.by_hash: dict[str, list[Mapping[str, Any]]] = {}
        for row in leaving:
            if row.get("raw_hash"):
                self.by_hash.setdefault(row["raw_hash"], []).append(row)

    def clean_files(self) -> None:
        """Take what leaves out of the bytes that it was read from."""
        for raw_hash, rows in self.by_hash.items():
            if not self.store.holds(raw_hash):
                continue
            others = self.needed.get(raw_hash)
            if not others:
                self._remove(raw_hash)
                continue
            path = rows[0]["path"]
            entries = {row["record"] for row in rows if not row.get("text")} - {None}
            content = self.store.get(raw_hash)
            if not self._rewrite(raw_hash, path, content, self._is_told(rows), entries):
                count = len({need.item for need in others})
                self.done.kept[raw_hash] = (
                    f"{path} holds {count} other records and cannot be taken apart"
                )

    def _is_told(self, rows: Sequence[Mapping[str, Any]]) -> Gone:
        """Return what tells the articles of these rows in their file, by their texts.

        A number alone would not do, where another version of the parser counted otherwise.
        """
        passages = {
            row["record"]: probes_of(words_of(row["text"])) for row in rows if row.get("text")
        }

        def is_told(number: int, value: Any) -> bool:
            if has_text(value, self.texts):
                return True
            found = passages.get(number)
            if found is None:
                return False
            words = words_of(value)
            return any(passage in words for passage in found)

        return is_told

    def clean_copies(self) -> None:
        """Take the texts out of all other bytes that hold a copy of them."""
        for raw_hash in self.store.hashes():
            if raw_hash in self.by_hash or raw_hash in self.done.rewritten.values():
                continue
            try:
                content = self.store.get(raw_hash)
            except (OSError, EOFError, zlib.error):  # damaged on disk
                self.done.unsearched += 1
                continue
            words = words_of_bytes(content)
            if words is None:
                self.done.unsearched += 1
            elif any(_stands_in(text, words) for text in self.texts):
                self._clean_copy(raw_hash, content)

    def _clean_copy(self, raw_hash: str, content: bytes) -> None:
        others = self.needed.get(raw_hash)
        if not others:  # came again and changed nothing: what it holds is kept elsewhere
            self._remove(raw_hash)
            return
        path = others[0].path
        found = self._rewrite(raw_hash, path, content, lambda _, value: has_text(value, self.texts))
        if found is None and len({(need.path, need.record) for need in others}) > 1:
            self.done.kept[raw_hash] = f"{path} may hold a copy and cannot be taken apart"
        # what is left are other articles, which quote it

    def _remove(self, raw_hash: str) -> None:
        self.done.removed.append(raw_hash)
        if not self.dry_run:
            self.store.remove(raw_hash)

    def _rewrite(
        self,
        raw_hash: str,
        path: str,
        content: bytes,
        is_told: Gone,
        entries: Collection[int] = (),
    ) -> bool | None:
        """Write a file anew without what is told by its text, and without entries, by number.

        An entry of the quarantine has nothing but its number. Returns whether something was found
        to take out; None where the file cannot be taken apart. Where that would cost another
        record, the file is kept, and told.
        """
        told: list[int] = []

        def goes(number: int, value: Any) -> bool:
            if is_told(number, value):
                told.append(number)
                return True
            return number in entries

        rest = without_records(path, content, goes)
        if rest is None:
            return None
        if not rest.removed:
            return False
        lost = self._lost(raw_hash, content, rest, told)
        if lost:
            self.done.kept[raw_hash] = (
                f"{path} cannot be written anew without a loss to {lost} other records"
            )
        else:
            self._replace(raw_hash, rest)
        return True

    def _lost(self, raw_hash: str, content: bytes, rest: Remainder, told: Sequence[int]) -> int:
        """Count the records that others need and that the remainder would not give any more.

        Not those that were told by their text, which goes wherever it stands.
        """
        rows = told.count(0)  # of tables, which are told without their numbers
        by_path: dict[str, set[int]] = {}
        for need in self.needed.get(raw_hash, ()):
            if need.record is not None and need.record not in told:
                by_path.setdefault(need.path, set()).add(need.record)
        count = 0
        for path, records in by_path.items():
            if format_of(path)[0] == "warc":  # pages are taken out one by one; reading costs much
                count += max(len(records) - rest.left, 0)
                continue
            before = _given(path, content, records)
            after = _given(path, rest.content, records)
            changed = sum(after.get(number) != given for number, given in before.items())
            count += max(changed - rows, 0)
        return count

    def _replace(self, raw_hash: str, rest: Remainder) -> None:
        new = ""
        if not self.dry_run:
            new = self.store.put(rest.content)
            repoint(self.connection, raw_hash, new)
            self.store.remove(raw_hash)
        self.done.rewritten[raw_hash] = new


def _given(path: str, content: bytes, records: Collection[int]) -> dict[int, str]:
    """Return what a file gives for some of its records: a text, or the reason of setting aside."""
    return {
        item.record: text_hash(item.text) if isinstance(item, Document) else item.reason
        for item in parse_file(path, content)
        if item.record is not None and item.record in records
    }


def _item(row: Mapping[str, Any]) -> str:
    return str(row["quarantine_id"] if "quarantine_id" in row else row["article_id"])


def _stands_in(text: str, words: str) -> bool:
    if text.count(" ") + 1 < _SEARCHABLE_WORDS:
        return text == words
    return any(probe in words for probe in probes_of(text))
