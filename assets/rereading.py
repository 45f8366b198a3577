"""Reading again what was set aside, from the bytes that were kept, with the parser as it is now.

What is mended becomes an article of the day on which it was mended; the next run reads it.

What belongs here: which entries are read again and what becomes of them. What does not: how a file
is read (`pipelines.sources`) and the statements (`warehouse.quarantine`).
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import duckdb

from assets.arrivals import Arrival, article_row, quarantine_row
from assets.settings import Settings, Source
from pipelines.sources.files import parse_file
from pipelines.sources.hints import Hints
from pipelines.sources.records import PARSER_VERSION, Document, SetAside
from warehouse.loads import load_articles
from warehouse.quarantine import settle
from warehouse.raw_store import RawStore


def hints_of(source: Source) -> Hints:
    """Return what the settings know of the texts of a source."""
    return Hints(source.language, source.date_order)


@dataclass(slots=True)
class Reread:
    """What came of reading again: ids of entries that are mended, and of those that are not.

    `articles` counts the new articles and revisions among what was mended. `without_bytes` are
    entries whose bytes were never had, or are gone.
    """

    mended: list[str] = field(default_factory=list)
    still: list[str] = field(default_factory=list)
    without_bytes: list[str] = field(default_factory=list)
    articles: int = 0
    reasons: dict[str, int] = field(default_factory=dict)


def reread(
    connection: duckdb.DuckDBPyConnection,
    store: RawStore,
    entries: Sequence[Mapping[str, Any]],
    settings: Settings,
    day: date,
) -> Reread:
    """Read entries of the quarantine again and load what can be taken now.

    `entries` have the columns of `raw.quarantine`. An entry that is set aside for another reason
    than before is replaced by one that says so. Nothing is fetched.
    """
    now = datetime.now(UTC)
    told = Reread()
    sources = {source.name: source for source in settings.configured}
    groups: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for entry in entries:
        if entry["raw_hash"] is None or not store.holds(entry["raw_hash"]):
            told.without_bytes.append(entry["quarantine_id"])
        else:
            key = (entry["source"], entry["path"], entry["raw_hash"])
            groups.setdefault(key, []).append(entry)
    taken: list[Arrival] = []
    aside: list[Arrival] = []
    replaced: list[str] = []
    for (name, path, raw_hash), found in groups.items():
        source = sources.get(name) or Source(name, store.root, settings.default_timezone)
        wanted = {entry["record"] for entry in found}
        try:
            with store.open(raw_hash) as content:
                items = [
                    item
                    for item in parse_file(path, content, hints=hints_of(source))
                    if None in wanted or item.record in wanted
                ]
        except (OSError, EOFError, zlib.error):  # damaged on disk
            told.without_bytes += [entry["quarantine_id"] for entry in found]
            continue
        for entry in found:
            record = entry["record"]
            given = [
                Arrival(source, item, raw_hash, day, now)
                for item in items
                if record is None or item.record == record
            ]
            good = [arrival for arrival in given if isinstance(arrival.item, Document)]
            bad = [arrival for arrival in given if isinstance(arrival.item, SetAside)]
            # a whole file that gives articles now is mended, whatever single records still lack
            (told.mended if good else told.still).append(entry["quarantine_id"])
            if bad and not good:
                replaced.append(entry["quarantine_id"])
            taken += good
            aside += bad
    loaded = load_articles(connection, [article_row(arrival) for arrival in taken])
    told.articles = loaded.new + loaded.revised
    rows = [quarantine_row(arrival) for arrival in aside]
    for row in rows:
        told.reasons[row["reason"]] = told.reasons.get(row["reason"], 0) + 1
    settle(
        connection,
        read=[*told.mended, *told.still],
        mended=told.mended,
        replaced=replaced,
        rows=rows,
        on=day,
        parser_version=PARSER_VERSION,
    )
    return told
