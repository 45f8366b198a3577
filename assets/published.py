"""The last asset: the marts as users see them.

What belongs here: when publishing happens. What does not: how (`warehouse.publishing`).
"""

from collections.abc import Sequence

import dagster as dg

from assets.days import today
from assets.metadata import OWNERS, POOL
from assets.progress import report
from assets.resources import Warehouse
from assets.retries import tried_again
from warehouse.compaction import purge_if_due
from warehouse.publishing import publish


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
        with warehouse.connect(f"publish in run {context.run.run_id[:8]}") as connection:
            counts = publish(connection, warehouse.home)
        # the marts no longer hold what was forgotten: neither must freed blocks of the file
        if purge_if_due(warehouse.home, today()):
            report("overwrote what was forgotten")
        report(f"published {len(counts)} marts")
        size = warehouse.home.published_database.stat().st_size
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": sum(counts.values()),
                "path": dg.MetadataValue.path(str(warehouse.home.published_database)),
                "size_bytes": size,
                "marts": dg.MetadataValue.md(
                    "\n".join(f"- `{mart}`: {rows:,} rows" for mart, rows in counts.items())
                ),
            }
        )

    return published
