"""Assets of the reference tables: the lexicons and the settings of sources that SQL needs.

What belongs here: when they are loaded. What does not: what they hold (`pipelines.lexicons`,
`assets.settings`).
"""

from collections.abc import Iterator

import dagster as dg

from assets.metadata import POOL, table_spec
from assets.resources import Warehouse
from assets.retries import tried_again
from assets.settings import load_settings
from warehouse.loads import load_reference
from warehouse.tables import COUNTRIES, SECTOR_CODES, SOURCES

TABLES = (COUNTRIES, SECTOR_CODES, SOURCES)


@dg.multi_asset(
    specs=[table_spec(table, group="reference") for table in TABLES],
    name="reference",
    pool=POOL,
)
@tried_again
def reference(
    context: dg.AssetExecutionContext, warehouse: Warehouse
) -> Iterator[dg.MaterializeResult[None]]:
    """Load the lexicons of this version of the project, and what the settings say of sources."""
    settings = load_settings(warehouse.home)
    with warehouse.connect(f"reference tables in run {context.run.run_id[:8]}") as connection:
        counts = load_reference(
            connection,
            settings.publish_text,
            {s.name: {"terms": s.terms, "licence": s.licence} for s in settings.configured},
        )
    for table in TABLES:
        yield dg.MaterializeResult(
            asset_key=[table.schema, table.name],
            metadata={"dagster/row_count": counts[table.qualified]},
        )
