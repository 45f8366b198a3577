"""Checks of what was read: dates that cannot be, and kinds of facts that come unusually often.

What belongs here: what is too much or too little. What does not: counting (`warehouse.history`)
and what a usual number is (`assets.usual`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import dagster as dg
import duckdb

from assets.checks import check_spec, finding
from assets.settings import Settings
from assets.usual import judge_day
from warehouse.builds import blocked_days, keep_blocked_days
from warehouse.history import articles_read, facts_by_day, held_after_publication
from warehouse.tables import COMMISSIONS, FACT_TABLES, MEETINGS, Table

_LEAST_DATED = 20
_LEAST_ARTICLES = 10
_SHOWN = 20


def _key(table: Table) -> dg.AssetKey:
    return dg.AssetKey([table.schema, table.name])


NOT_AFTER_PUBLICATION = {
    table: check_spec(
        "held_before_told",
        _key(table),
        "Whether what is told as held has no date after its article's publication, but for a day "
        "between time zones. Single ones are shown as a warning; where they are many "
        "(checks.after_publication_percent), dates of publication or the rules are wrong, and "
        "nothing is published.",
    )
    for table in (MEETINGS, COMMISSIONS)
}
USUAL_FACTS = {
    table: check_spec(
        "usual_number",
        _key(table),
        "Whether the articles of the day gave about as many facts each as those of the days "
        "before (checks.usual_factor).",
    )
    for table in FACT_TABLES.values()
}
FACT_CHECKS = (*NOT_AFTER_PUBLICATION.values(), *USUAL_FACTS.values())


def checked_facts(
    connection: duckdb.DuckDBPyConnection, settings: Settings, day: date, read: Sequence[str]
) -> list[dg.AssetCheckResult]:
    """Return the results of all checks of what was read.

    `day` is the last day of arrival of the run, `read` the ids of the articles that it read.
    """
    return [
        *(_held_before_told(connection, settings, table, read) for table in NOT_AFTER_PUBLICATION),
        *(_usual(connection, settings, table, day) for table in USUAL_FACTS),
    ]


def _held_before_told(
    connection: duckdb.DuckDBPyConnection, settings: Settings, table: Table, read: Sequence[str]
) -> dg.AssetCheckResult:
    told = held_after_publication(connection, table, read)
    percent = 100 * told.n_after / told.n_dated if told.n_dated else 0.0
    limit = settings.checks.after_publication_percent
    too_many = told.n_dated >= _LEAST_DATED and percent > limit
    found = []
    if too_many:
        found = [
            f"{told.n_after:,} of {told.n_dated:,} {table.name} that are told as held have a date "
            f"after their article's publication ({percent:.0f}%, more than {limit}%): are dates "
            "and time zones of the sources right?"
        ]
    elif told.fresh:
        found = [
            f"{len(told.fresh):,} {table.name} of this run are told as held after their article's "
            f"publication, such as {told.fresh[0].pair} on {told.fresh[0].told_date} in "
            f"{told.fresh[0].article_id} of {told.fresh[0].published}"
        ]
    rows = [
        f"- {fact.pair}, {fact.told_date}, published {fact.published}, `{fact.article_id}`"
        for fact in told.fresh[:_SHOWN]
    ]
    return finding(
        NOT_AFTER_PUBLICATION[table],
        found,
        wanted="block" if too_many else "warn",
        otherwise=f"{told.n_after:,} of {told.n_dated:,}, none of them new",
        metadata={
            "dated_after_publication": told.n_after,
            "percent": round(percent, 2),
            **({"facts": dg.MetadataValue.md("\n".join(rows))} if rows else {}),
        },
    )


def _usual(
    connection: duckdb.DuckDBPyConnection, settings: Settings, table: Table, day: date
) -> dg.AssetCheckResult:
    """Compare facts for each hundred articles: a day of many articles has many facts."""
    name = f"{USUAL_FACTS[table].name}:{table.name}"
    found: dict[date, str] = {}
    number = rate = 0.0
    # a day that was stopped before is in the tables, and must not be published by another way
    for on in sorted(blocked_days(connection, name) | {day}):
        facts = facts_by_day(connection, table, on)
        rates = {
            earlier: 100 * facts.get(earlier, 0) / count
            for earlier, count in articles_read(connection, on).items()
            if count >= _LEAST_ARTICLES
        }
        judged = judge_day(rates, on, settings.checks.usual_factor)
        if judged.odd:
            found[on] = (
                f"100 articles of {on} gave {judged.value:.0f} {table.name.replace('_', ' ')}, "
                f"{judged.odd} than usual ({judged.usual:.0f})"
            )
        if on == day:
            number, rate = facts.get(day, 0), judged.value
    keep_blocked_days(connection, name, found if settings.checks.usual == "block" else ())
    return finding(
        USUAL_FACTS[table],
        found.values(),
        wanted=settings.checks.usual,
        otherwise="as on the days before, or too few days or articles to tell",
        metadata={"facts_of_the_day": number, "a_hundred_articles": rate},
    )
