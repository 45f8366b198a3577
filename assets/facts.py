"""Assets of what is read from articles: the tables `facts.*`.

Only what is stale is read: an article that was never read, or was read with an earlier version of
the rules. Its rows are then replaced, in one transaction; nothing else is touched.

What belongs here: which articles are read and where their facts go. What does not: how an article
is read (`pipelines.extraction`).
"""

import time
from collections.abc import Iterator
from datetime import date

import dagster as dg

from assets.checks import OWN_GOLD_CHECK, check_own_gold, stopping
from assets.fact_checks import FACT_CHECKS, checked_facts
from assets.metadata import POOL, read_from_articles, table_spec
from assets.own_lexicons import OwnLexiconsError, use_own_lexicons
from assets.partitions import arrival_days
from assets.progress import report
from assets.resources import Warehouse
from assets.retries import tried_again
from assets.settings import load_settings
from pipelines.records import Article
from warehouse.loads import ArticleReading, load_readings, row_counts, stale_articles
from warehouse.tables import ARTICLES, FACT_TABLES, READINGS

BATCH_ARTICLES = 500
"""After how many articles their facts are committed, so that a killed run keeps what it did."""


class ReadingConfig(dg.Config):
    """How to read: `again` reads the day's articles whether or not they are stale."""

    again: bool = False


@dg.multi_asset(
    specs=[
        table_spec(table, group="facts", deps=[dg.AssetKey([ARTICLES.schema, ARTICLES.name])])
        for table in (READINGS, *FACT_TABLES.values())
    ],
    check_specs=[OWN_GOLD_CHECK, *FACT_CHECKS],
    name="extract",
    partitions_def=arrival_days,
    backfill_policy=dg.BackfillPolicy.single_run(),
    pool=POOL,
)
@tried_again
def extract(
    context: dg.AssetExecutionContext, config: ReadingConfig, warehouse: Warehouse
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Read the articles of the partition's days, replace their facts, and check the rules."""
    try:  # before anything is imported that reads a lexicon
        use_own_lexicons(warehouse.home)
    except OwnLexiconsError as error:
        raise dg.Failure(str(error), allow_retries=False) from None
    # spaCy takes a second to import, which the UI and the schedule need not wait for
    from pipelines.extraction.article import extractor_version  # noqa: PLC0415
    from pipelines.extraction.batch import read_articles  # noqa: PLC0415
    from pipelines.language.models import ModelError  # noqa: PLC0415

    days = [date.fromisoformat(key) for key in context.partition_keys]
    settings = load_settings(warehouse.home)
    try:
        version = extractor_version(settings.model)
        check = check_own_gold(settings.own_gold, settings.model)
    except ModelError as error:
        reason = f"{error} (the setting reading.model)"
        raise dg.Failure(reason, allow_retries=False) from None
    if not check.passed and check.severity == dg.AssetCheckSeverity.ERROR:
        # nothing is read with rules that are broken: their facts would stay when they are mended
        yield check
        raise dg.Failure(
            "the rules read the project's own gold worse than they must: nothing was read",
            allow_retries=False,
        )
    added = dict.fromkeys(FACT_TABLES, 0)
    n_read = n_words = n_failed = n_turned_away = 0
    with warehouse.connect(f"extract in run {context.run.run_id[:8]}") as connection:
        stale = stale_articles(
            connection, days, version, everything=config.again, gate=settings.gate
        )
        started = time.monotonic()
        outcomes = read_articles(
            (Article(a.article_id, a.text, a.source, a.url, a.title, a.published) for a in stale),
            settings.workers,
            model=settings.model,
            gate=settings.gate,
        )
        for start in range(0, len(stale), BATCH_ARTICLES):
            batch = []
            for article in stale[start : start + BATCH_ARTICLES]:
                outcome = next(outcomes)
                words = len(article.text.split())
                n_read += 1
                n_turned_away += outcome.turned_away
                n_words += 0 if outcome.turned_away else words
                if outcome.error is not None:
                    n_failed += 1
                    context.log.error(f"{article.article_id} not read: {outcome.error}")
                batch.append(
                    ArticleReading(
                        article,
                        version,
                        words,
                        outcome.facts,
                        outcome.error,
                        turned_away=outcome.turned_away,
                    )
                )
                unread = f", {n_turned_away:,} of them left unread" if n_turned_away else ""
                done = n_read == len(stale)
                report(f"read {n_read:,} of {len(stale):,} articles{unread}", done=done)
            for name, count in load_readings(connection, batch).items():
                added[name] += count
        seconds = time.monotonic() - started
        totals = row_counts(connection, (READINGS, *FACT_TABLES.values()))
        checks = checked_facts(connection, settings, days[-1], [a.article_id for a in stale])
    yield dg.MaterializeResult(
        asset_key=[READINGS.schema, READINGS.name],
        metadata={
            "dagster/row_count": totals[READINGS.name],
            "articles_read": n_read - n_turned_away,
            "articles_turned_away": n_turned_away,
            "articles_failed": n_failed,
            "words_read": n_words,
            "seconds": round(seconds, 2),
            "words_a_second": round(n_words / seconds) if n_words and seconds else 0,
            "dagster/column_lineage": read_from_articles(READINGS),
            "extractor_version": version,
        },
    )
    for name, table in FACT_TABLES.items():
        yield dg.MaterializeResult(
            asset_key=[table.schema, table.name],
            metadata={
                "dagster/row_count": totals[name],
                "dagster/column_lineage": read_from_articles(table),
                "added": added[name],
            },
        )
    yield from stopping((check, *checks))
