"""Assets of the reference tables: the lexicons that SQL needs, one copy of each.

What belongs here: when they are loaded. What does not: what they hold (`pipelines.lexicons`).
"""

from collections.abc import Iterator

import dagster as dg

from assets.metadata import POOL, table_spec
from assets.resources import Warehouse
from warehouse.loads import load_reference
from warehouse.tables import COUNTRIES, SECTOR_CODES


@dg.multi_asset(
    specs=[table_spec(table, group="reference") for table in (COUNTRIES, SECTOR_CODES)],
    name="reference",
    pool=POOL,
)
def reference(
    context: dg.AssetExecutionContext, warehouse: Warehouse
) -> Iterator[dg.MaterializeResult[None]]:
    """Load the lexicons as they are in this version of the project."""
    with warehouse.connect(f"reference tables in run {context.run.run_id[:8]}") as connection:
        counts = load_reference(connection)
    for table in (COUNTRIES, SECTOR_CODES):
        yield dg.MaterializeResult(
            asset_key=[table.schema, table.name],
            metadata={"dagster/row_count": counts[table.name]},
        )
