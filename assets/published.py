"""The last asset: the marts as users see them.

What belongs here: when publishing happens. What does not: how (`warehouse.publishing`).
"""

import time
from collections.abc import Sequence
from typing import Any

import dagster as dg

from assets.days import today
from assets.metadata import OWNERS, POOL
from assets.progress import report
from assets.resources import Warehouse
from assets.retries import tried_again
from warehouse.builds import BUILT, noted
from warehouse.compaction import purge_if_due
from warehouse.home import Home
from warehouse.publishing import Publication, publish, up_to_date


def published_asset(marts: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """Return the asset of the published file, downstream of all marts."""

    @dg.asset(
        key=["published", "entente"],
        deps=list(marts),
        description=(
            "The marts as users read them: `published/entente.duckdb`, swapped in whole, "
            "and one Parquet file a mart."
        ),
        group_name="published",
        owners=list(OWNERS),
        kinds={"duckdb", "parquet"},
        pool=POOL,
    )
    @tried_again
    def published(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> dg.MaterializeResult[None]:
        started = time.monotonic()
        home = warehouse.home
        with warehouse.connect(f"publish in run {context.run.run_id[:8]}") as connection:
            built = noted(connection, BUILT)
            unchanged = up_to_date(connection, home, built)
            now = unchanged or publish(connection, home, build=built)
        # marts that were built since no longer hold what was forgotten: nor must freed blocks
        if built is not None and purge_if_due(home, today()):
            report("overwrote what was forgotten")
        if unchanged is not None:
            report("published marts are up to date")
            when = str(unchanged.build).partition("\n")[2]
            reason = f"the marts are those published before: {when}"
            context.log.info(f"nothing was published: {reason}")
            return dg.MaterializeResult(metadata={"skipped": reason, **_told(now, home)})
        report(f"published {len(now.rows)} marts, {len(now.written)} of them changed")
        return dg.MaterializeResult(
            metadata={
                "marts_changed": sorted(now.written),
                "seconds": round(time.monotonic() - started, 2),
                **_told(now, home),
            }
        )

    return published


def _told(publication: Publication, home: Home) -> dict[str, Any]:
    """What is published, as metadata."""
    return {
        "dagster/row_count": sum(publication.rows.values()),
        "path": dg.MetadataValue.path(str(home.published_database)),
        "size_bytes": home.published_database.stat().st_size,
        "marts": dg.MetadataValue.md(
            "\n".join(f"- `{mart}`: {rows:,} rows" for mart, rows in publication.rows.items())
        ),
    }
