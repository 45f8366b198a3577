"""Assets of what comes in: `raw.articles`, and `raw.quarantine` for what cannot be taken.

Only today's partition fetches from the configured sources; a run that names paths reads those
instead, into the partition that it is started for. Materialising an older day never fetches.

What belongs here: walking the sources and loading what they give. What does not: how a file is
read (`pipelines.sources`), what its rows are (`assets.arrivals`), how they are loaded
(`warehouse.loads`).
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import dagster as dg
from pydantic import Field

from assets.arrival_checks import ARRIVAL_CHECKS, checked_arrivals
from assets.checks import stopping
from assets.days import today
from assets.intake import MISSING_ROOT, Intake, Item
from assets.metadata import POOL, table_spec
from assets.news_sources import source_observations
from assets.partitions import arrival_days
from assets.rereading import hints_of, reread
from assets.resources import Warehouse
from assets.retries import tried_again
from assets.settings import SAMPLE_SOURCE, Source, load_settings
from assets.settings_schema import COMMAND_LINE_SOURCES
from assets.spool import Spool
from assets.stored_bytes import clean_bytes
from pipelines.sources.files import (
    Content,
    SourceFile,
    exists,
    find_files,
    labels_of,
    open_file,
    parse_files,
    parse_stream,
)
from pipelines.sources.records import PARSER_VERSION, SetAside
from warehouse.loads import remove_source, row_counts
from warehouse.quarantine import entries_of_older_parsers
from warehouse.raw_store import RawStore
from warehouse.tables import ARTICLES, QUARANTINE

PATHS_SOURCE, STDIN_SOURCE = COMMAND_LINE_SOURCES


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
    started = time.monotonic()
    days = [date.fromisoformat(key) for key in context.partition_keys]
    settings = load_settings(warehouse.home)
    named = _named(config, settings.default_timezone)
    counts = {"new": 0, "revised": 0, "unchanged": 0, "set_aside": 0, "samples_removed": 0}
    missing: list[str] = []
    passed: Counter[str] = Counter()
    with warehouse.connect(f"ingest in run {context.run.run_id[:8]}") as connection:
        if not named and not any(source.is_sample for source in settings.sources):
            counts["samples_removed"] = remove_source(connection, SAMPLE_SOURCE)
        fetch = today() in days if config.fetch is None else config.fetch
        if named or fetch:
            sources = named or [(source, "") for source in settings.sources]
            missing = [
                source.name
                for source, _ in sources
                if source.name != STDIN_SOURCE and not exists(source.path)
            ]
            # of all sources at once: one article may come from several
            with Spool(warehouse.home.root) as spool:
                intake = Intake(connection, spool, days[-1])
                for source, label in sources:
                    intake.spool_source(source, _read(source, label, warehouse.raw_store, passed))
                intake.load()
            counts |= intake.counts
            if intake.kept_out:  # once all is loaded: other records may need the same bytes
                clean_bytes(connection, warehouse.raw_store, intake.kept_out)
        if fetch:  # what a former parser set aside, with the parser as it is now
            older = entries_of_older_parsers(connection, PARSER_VERSION)
            again = reread(connection, warehouse.raw_store, older, settings, days[-1])
            counts["mended"] = again.articles
        totals = row_counts(connection, (ARTICLES, QUARANTINE))
        checks = checked_arrivals(
            connection, settings, days[-1], fetched=fetch and not named, taken_in=bool(named)
        )
        for observation in source_observations(connection, settings):
            context.log_event(observation)
    set_aside = counts.pop("set_aside")
    yield dg.MaterializeResult(
        asset_key=["raw", "articles"],
        metadata={
            "dagster/row_count": totals[ARTICLES.name],
            "missing_sources": missing,
            "passed_over": dict(passed),
            "seconds": round(time.monotonic() - started, 2),
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


def _read(source: Source, label: str, store: RawStore, passed: Counter[str]) -> Iterator[Item]:
    """Yield what a source gives, each with the hash of the bytes that it came from."""
    if source.name == STDIN_SOURCE:
        with source.path.open("rb") as stream:
            raw_hash = store.put_stream(stream)
        with store.open(raw_hash) as kept:
            # named by its content: what comes on standard input has no other name
            for item in parse_stream(kept, name=raw_hash[:16]):
                yield item, raw_hash
        return
    if not exists(source.path):
        detail = f"The path of source '{source.name}' does not exist: mend it in settings.toml."
        yield SetAside(MISSING_ROOT, None, "unreadable", detail, 0), None
        return
    broken: list[SetAside] = []
    for raw_hash, item in parse_files(
        _kept(find_files(source.path, label), store, broken),
        passed=passed,
        hints=hints_of(source),
    ):
        yield item, raw_hash
    for aside in broken:
        yield aside, None


def _kept(
    files: Iterable[SourceFile], store: RawStore, broken: list[SetAside]
) -> Iterator[tuple[str, str, Content]]:
    """Keep the bytes of each file, and yield hash, path and what is kept, to be read from there.

    Files that cannot be opened or read are added to `broken`.
    """
    for file in files:
        stream = open_file(file)
        if isinstance(stream, SetAside):
            broken.append(stream)
            continue
        with stream:
            try:
                raw_hash = store.put_stream(stream)
            except OSError as error:
                detail = f"{error.strerror or error}: it cannot be read, or its bytes not be kept."
                broken.append(SetAside(file.path, None, "unreadable", detail, 0))
                continue
        with store.open(raw_hash) as kept:
            yield raw_hash, file.path, kept
