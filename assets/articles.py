"""Assets of what comes in: `raw.articles`, and `raw.quarantine` for what cannot be taken.

Only today's partition fetches from the configured sources; a run that names paths reads those
instead, into the partition that it is started for. Materialising an older day never fetches.

What belongs here: walking the sources and loading what they give. What does not: how a file is
read (`pipelines.sources`), what its rows are (`assets.arrivals`), how they are loaded
(`warehouse.loads`).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import dagster as dg
from pydantic import Field

from assets.arrival_checks import ARRIVAL_CHECKS, checked_arrivals
from assets.arrivals import Arrival, article_row, quarantine_row
from assets.checks import stopping
from assets.days import today
from assets.metadata import POOL, table_spec
from assets.news_sources import source_observations
from assets.partitions import arrival_days
from assets.resources import Warehouse
from assets.retries import tried_again
from assets.settings import SAMPLE_SOURCE, Source, load_settings
from assets.settings_schema import COMMAND_LINE_SOURCES
from pipelines.sources.files import find_files, labels_of, parse_file, parse_stream, read_bytes
from pipelines.sources.records import Document, SetAside
from warehouse.loads import load_articles, load_quarantine, remove_source, row_counts
from warehouse.raw_store import RawStore
from warehouse.tables import ARTICLES, QUARANTINE

PATHS_SOURCE, STDIN_SOURCE = COMMAND_LINE_SOURCES

MISSING_ROOT = "."
"""Path under which a source is set aside that is not there at all."""


class IngestConfig(dg.Config):
    """What to take in: the named paths instead of the configured sources, where there are any.

    `stdin` is the path of a file that holds what standard input gave. `fetch` says whether the
    configured sources are read; where it does not, only today's partition reads them.
    """

    paths: list[str] = Field(default_factory=list)
    stdin: str | None = None
    fetch: bool | None = None


@dg.multi_asset(
    specs=[
        table_spec(ARTICLES, group="articles"),
        table_spec(QUARANTINE, group="articles"),
    ],
    check_specs=ARRIVAL_CHECKS,
    name="ingest",
    partitions_def=arrival_days,
    backfill_policy=dg.BackfillPolicy.single_run(),
    pool=POOL,
)
@tried_again
def ingest(
    context: dg.AssetExecutionContext, config: IngestConfig, warehouse: Warehouse
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Take in what has arrived: keep the bytes, then load articles and what is set aside."""
    days = [date.fromisoformat(key) for key in context.partition_keys]
    settings = load_settings(warehouse.home)
    named = _named(config, settings.default_timezone)
    arrivals: list[Arrival] = []
    counts = {"new": 0, "revised": 0, "unchanged": 0, "set_aside": 0, "samples_removed": 0}
    with warehouse.connect(f"ingest in run {context.run.run_id[:8]}") as connection:
        if not named and not any(source.is_sample for source in settings.sources):
            counts["samples_removed"] = remove_source(connection, SAMPLE_SOURCE)
        fetch = today() in days if config.fetch is None else config.fetch
        if named or fetch:
            day = days[-1]
            now = datetime.now(UTC)
            sources = named or [(source, "") for source in settings.sources]
            for source, label in sources:
                arrivals += [
                    Arrival(source, item, raw_hash, day, now)
                    for item, raw_hash in _read(source, label, warehouse.raw_store)
                ]
            taken = [a for a in arrivals if isinstance(a.item, Document)]
            aside = [a for a in arrivals if isinstance(a.item, SetAside)]
            loaded = load_articles(connection, [article_row(arrival) for arrival in taken])
            counts |= {"new": loaded.new, "revised": loaded.revised, "unchanged": loaded.unchanged}
            counts["set_aside"] = load_quarantine(
                connection,
                [quarantine_row(arrival) for arrival in aside],
                files_read=[
                    *((a.source.name, a.item.path) for a in arrivals),
                    *((source.name, MISSING_ROOT) for source, _ in sources),
                ],
                on=day,
            )
        totals = row_counts(connection, (ARTICLES, QUARANTINE))
        checks = checked_arrivals(
            connection, settings, days[-1], fetched=fetch and not named, taken_in=bool(named)
        )
        for observation in source_observations(connection, settings):
            context.log_event(observation)
    set_aside = counts.pop("set_aside")
    missing = [
        arrival.source.name
        for arrival in arrivals
        if isinstance(arrival.item, SetAside) and arrival.item.path == MISSING_ROOT
    ]
    yield dg.MaterializeResult(
        asset_key=["raw", "articles"],
        metadata={
            "dagster/row_count": totals[ARTICLES.name],
            "missing_sources": missing,
            **counts,
        },
    )
    yield dg.MaterializeResult(
        asset_key=["raw", "quarantine"],
        metadata={"dagster/row_count": totals[QUARANTINE.name], "set_aside": set_aside},
    )
    yield from stopping(checks)


def _named(config: IngestConfig, timezone: str) -> list[tuple[Source, str]]:
    """The named paths as sources, each with the label that stands before its files' paths."""
    paths = [Path(path) for path in config.paths]
    named = [
        (Source(PATHS_SOURCE, path, timezone), label)
        for path, label in zip(paths, labels_of(paths), strict=True)
    ]
    if config.stdin:
        named.append((Source(STDIN_SOURCE, Path(config.stdin), timezone), ""))
    return named


def _read(
    source: Source, label: str, store: RawStore
) -> Iterator[tuple[Document | SetAside, str | None]]:
    """Yield what a source gives, each with the hash of the bytes that it came from."""
    if source.name == STDIN_SOURCE:
        content = source.path.read_bytes()
        raw_hash = store.put(content)
        # named by its content: what comes on standard input has no other name
        for item in parse_stream(content, name=raw_hash[:16]):
            yield item, raw_hash
        return
    if not source.path.exists():
        detail = f"The path of source '{source.name}' does not exist: mend it in settings.toml."
        yield SetAside(MISSING_ROOT, None, "unreadable", detail, 0), None
        return
    for file in find_files(source.path, label):
        content_or_reason = read_bytes(file)
        if isinstance(content_or_reason, SetAside):
            yield content_or_reason, None
            continue
        raw_hash = store.put(content_or_reason)
        for item in parse_file(file.path, content_or_reason):
            yield item, raw_hash
