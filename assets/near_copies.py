"""Assets of near copies: `raw.near_copies`, and `raw.copy_bands` by which they are found.

Whatever was not compared yet is: what came in today, what came in before this existed, what a run
that was killed left over, and groups that a revision or a removal changed.

What belongs here: carrying articles from the tables to the rule and its links back. What does not:
the rule (`pipelines.sources.copy_groups`), the tables (`warehouse.copies`).
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import dagster as dg
import duckdb

from assets.metadata import POOL, table_spec
from assets.partitions import arrival_days
from assets.progress import report
from assets.resources import Warehouse
from assets.retries import tried_again
from pipelines.records import to_plain
from pipelines.sources.copy_groups import Batch, Link, Place, earliest_originals, link
from pipelines.sources.duplicates import THRESHOLD, Wording, band_keys, method
from warehouse.copies import (
    Awaiting,
    Candidate,
    add_bands,
    awaiting,
    candidates,
    counts,
    groups,
    release,
    settle,
    start_anew_where_the_method_changed,
    texts,
)
from warehouse.tables import ARTICLES, COPY_BANDS, NEAR_COPIES
from warehouse.transactions import transaction

BATCH_ARTICLES = 1000
"""After how many articles the links are committed, so that a killed run keeps what it did."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How many articles were compared, and how many of them are copies."""

    articles: int = 0
    copies: int = 0


def compare_articles(
    connection: duckdb.DuckDBPyConnection, batch_articles: int = BATCH_ARTICLES
) -> Compared:
    """Compare all articles that were not compared yet, and keep which is a copy of which."""
    way = method()
    start_anew_where_the_method_changed(connection, way)
    done = Compared()
    is_released = True
    while is_released and (waiting := awaiting(connection)):
        is_released = False  # unless an article came before its copies
        for start in range(0, len(waiting), batch_articles):
            with transaction(connection):
                links, n_released = _compare(
                    connection, waiting[start : start + batch_articles], way
                )
            is_released = is_released or n_released > 0
            done = replace(
                done,
                articles=done.articles + len(links),
                copies=done.copies + sum(found.first_id is not None for found in links),
            )
            last = start + batch_articles >= len(waiting)
            report(f"compared {done.articles:,} articles with those before them", done=last)
    return done


def _compare(
    connection: duckdb.DuckDBPyConnection, waiting: Sequence[Awaiting], way: str
) -> tuple[list[Link], int]:
    """Compare articles, given in order of arrival, with all before them, and keep their links.

    Returns these, and how many articles are to be compared anew for what was found.
    """
    revisions = {article.article_id: article.revision for article in waiting}
    own = {
        article.article_id: Place(
            article.first_arrived_on, article.first_fetched_at, article.article_id
        )
        for article in waiting
    }

    def read(article_ids: Iterable[str]) -> Mapping[str, Wording]:
        found = texts(connection, [(name, revisions[name]) for name in article_ids])
        return {name: Wording.of(text) for name, text in found.items()}

    wordings = dict(read(revisions))
    add_bands(connection, waiting, band_keys([wordings[a.article_id] for a in waiting]))
    met: list[tuple[Candidate, Place]] = []
    for candidate in candidates(connection):
        other = candidate.other_id
        if other in own:
            if candidate.other_revision == revisions[other]:
                met.append((candidate, own[other]))
        elif candidate.place is not None:
            met.append((candidate, Place(*candidate.place, other)))
            revisions[other] = candidate.other_revision
    batch = Batch(
        places={**{c.other_id: place for c, place in met}, **own},
        first_ids={c.other_id: c.first_id for c, _ in met if c.first_id and c.other_id not in own},
        read=read,
        wordings=wordings,
    )
    earlier: dict[str, list[str]] = {}
    later: list[tuple[str, str]] = []
    for candidate, place in met:
        if place.key < own[candidate.article_id].key:
            earlier.setdefault(candidate.article_id, []).append(candidate.other_id)
        elif candidate.other_id not in own and (
            candidate.original_place is None
            or candidate.original_place > own[candidate.article_id].key
        ):
            later.append((candidate.article_id, candidate.other_id))

    settled: dict[str, list[Place]] = {}

    def members(first_ids: Iterable[str]) -> Mapping[str, Sequence[Place]]:
        settled.update((first_id, []) for first_id in first_ids)
        for first_id, name, revision, day, moment in groups(connection, settled):
            if name not in own:
                settled[first_id].append(Place(day, moment, name))
                revisions[name] = revision
        return settled

    links = link(batch, earliest_originals(batch, earlier), members, list(own))
    settle(
        connection,
        [
            {
                "article_id": linked.article_id,
                "revision": revisions[linked.article_id],
                "first_id": linked.first_id,
                "copy_of": linked.copy_of,
                "jaccard": linked.jaccard,
                "passages": [to_plain(passage) for passage in linked.passages],
                "first_arrived_on": own[linked.article_id].arrived_on,
                "first_fetched_at": own[linked.article_id].fetched_at,
                "method": way,
                "is_settled": True,
            }
            for linked in links
        ],
    )
    # once these are linked: what is released with a group is compared anew with all of it
    changed = {
        linked.first_id
        for linked in links
        for place in settled.get(linked.first_id or "", ())
        if place.key > own[linked.article_id].key
    }
    anew = [*filter(None, changed), *_copies_of_what_came_before(batch, later)]
    return links, release(connection, anew)


def _copies_of_what_came_before(batch: Batch, later: Sequence[tuple[str, str]]) -> set[str]:
    """Articles linked before that turn out to be copies of one that only now was taken in.

    That is so where articles are taken in for a day in the past, or an early one has a new text.
    """
    batch.need(sorted({other for _, other in later}))
    return {other for name, other in later if batch.like(name, other) >= THRESHOLD}


@dg.multi_asset(
    specs=[
        table_spec(table, group="articles", deps=[dg.AssetKey([ARTICLES.schema, ARTICLES.name])])
        for table in (NEAR_COPIES, COPY_BANDS)
    ],
    name="near_copies",
    partitions_def=arrival_days,
    backfill_policy=dg.BackfillPolicy.single_run(),
    pool=POOL,
)
@tried_again
def near_copies(
    context: dg.AssetExecutionContext, warehouse: Warehouse
) -> Iterator[dg.MaterializeResult[None]]:
    """Find the near copies among the articles that were not compared yet."""
    started = time.perf_counter()
    with warehouse.connect(f"near copies in run {context.run.run_id[:8]}") as connection:
        compared = compare_articles(connection)
        totals = counts(connection)
    yield dg.MaterializeResult(
        asset_key=[NEAR_COPIES.schema, NEAR_COPIES.name],
        metadata={
            "dagster/row_count": totals["compared"],
            "articles_compared": compared.articles,
            "new_links": compared.copies,
            "copies": totals["copies"],
            "groups": totals["groups"],
            "seconds": round(time.perf_counter() - started, 2),
        },
    )
    yield dg.MaterializeResult(
        asset_key=[COPY_BANDS.schema, COPY_BANDS.name],
        metadata={"dagster/row_count": totals["bands"]},
    )
