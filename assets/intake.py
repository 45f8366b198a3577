"""One intake: what the sources give becomes rows of `raw.articles` and `raw.quarantine`.

All is read before the first article is loaded, as one may come several times; what is set aside is
loaded file by file.

What belongs here: batches, counts, and what is kept out as it was forgotten. What does not: walking
the sources (`assets.articles`) and what a load does to the tables (`warehouse.loads`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

import duckdb

from assets.arrivals import Arrival, article_row, quarantine_row
from assets.progress import report
from assets.settings import Source
from assets.spool import BATCH_ROWS, Spool
from pipelines.sources.records import PARSER_VERSION, Document, SetAside
from warehouse.loads import load_articles, load_quarantine
from warehouse.tombstones import Tombstones

PROGRESS_STEP = 500
"""After how many articles a person at a terminal is told how far it is."""

MISSING_ROOT = "."
"""Path under which a source is set aside that is not there at all."""

Item = tuple[Document | SetAside, str | None]


class Intake:
    """Rows on their way into the tables; `counts` tells what came of them.

    `kept_out` are rows that were forgotten or dropped before, and did not come in.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, spool: Spool, day: date) -> None:
        self.counts = {"new": 0, "revised": 0, "unchanged": 0, "set_aside": 0, "forgotten": 0}
        self.kept_out: list[Mapping[str, Any]] = []
        self._connection = connection
        self._spool = spool
        self._day = day
        self._tombstones = Tombstones(connection)

    def spool_source(self, source: Source, items: Iterable[Item]) -> None:
        """Write the articles of a source to the spool; set aside what is none."""
        now = datetime.now(UTC)
        aside: list[dict[str, Any]] = []
        files_read = [(source.name, MISSING_ROOT)]
        for path, given in groupby(items, key=lambda item: item[0].path):
            for item, raw_hash in given:
                arrival = Arrival(source, item, raw_hash, self._day, now)
                if isinstance(item, SetAside):
                    aside.append(quarantine_row(arrival))
                    continue
                self._spool.add(article_row(arrival))
                if self._spool.rows % PROGRESS_STEP == 0:
                    report(f"{source.name}: {self._spool.rows:,} articles taken in", done=False)
            files_read.append((source.name, path))
            if len(aside) + len(files_read) >= BATCH_ROWS:  # only whole files: see load_quarantine
                self._set_aside(aside, files_read)
                aside, files_read = [], []
        self._set_aside(aside, files_read)

    def _set_aside(self, rows: list[dict[str, Any]], files_read: list[tuple[str, str]]) -> None:
        self.kept_out += [row for row in rows if self._tombstones.keeps_out_entry(row)]
        self.counts["set_aside"] += load_quarantine(
            self._connection,
            rows,
            files_read,
            on=self._day,
            parser_version=PARSER_VERSION,
            tombstones=self._tombstones,
        )

    def load(self) -> None:
        """Load the articles of the spool, batch by batch."""
        for rows, coming in self._spool.batches():
            loaded = load_articles(
                self._connection, rows, coming=coming, tombstones=self._tombstones
            )
            self.kept_out += loaded.kept_out
            self.counts["new"] += loaded.new
            self.counts["revised"] += loaded.revised
            self.counts["unchanged"] += loaded.unchanged
            self.counts["forgotten"] += len(loaded.kept_out)
            if self._spool.rows > BATCH_ROWS:
                done = sum(self.counts.values()) - self.counts["set_aside"]
                report(f"{done:,} of {self._spool.rows:,} articles loaded", done=False)
