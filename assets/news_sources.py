"""The sources of the settings as Dagster shows them: what stands before the first table.

They are made by nobody here, so that they are external assets: shown with where they are and what
of them may be published, and with what each run found in them.

What belongs here: turning settings into assets and observations. What does not: reading a source
(`assets.articles`).
"""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg
import duckdb

from assets.metadata import OWNERS
from assets.settings import Settings, Source
from warehouse.history import source_totals
from warehouse.tables import ARTICLES

GROUP = "sources"


def source_key(name: str) -> dg.AssetKey:
    """Return the key of a source in the graph."""
    return dg.AssetKey([GROUP, name])


def source_specs(settings: Settings) -> list[dg.AssetSpec]:
    """Return an asset for each source that is read."""
    return [_spec(source, settings.publish_text[source.name]) for source in settings.sources]


def _spec(source: Source, publish_text: str) -> dg.AssetSpec:
    what = (
        "The invented articles that come with the project, until a source of your own is on."
        if source.is_sample
        else f"Articles of the source `{source.name}`, as settings.toml names it."
    )
    expected = (
        f"every {source.expect_every_hours} hours" if source.expect_every_hours else "no rhythm"
    )
    return dg.AssetSpec(
        source_key(source.name),
        description=f"{what} What is published of its texts: {publish_text}.",
        group_name=GROUP,
        owners=list(OWNERS),
        kinds={"file"},
        metadata={
            "path": dg.MetadataValue.path(str(source.path)),
            "time_zone": source.timezone,
            "publish_text": publish_text,
            "something_new_expected": expected,
            **{
                name: note
                for name, note in (("terms", source.terms), ("licence", source.licence))
                if note
            },
        },
    )


def downstream_of_sources(ingest: dg.AssetsDefinition, settings: Settings) -> dg.AssetsDefinition:
    """Return the asset that takes articles in, with the sources before it in the graph."""
    keys = [source_key(source.name) for source in settings.sources]
    table = dg.AssetKey([ARTICLES.schema, ARTICLES.name])
    return ingest.map_asset_specs(
        lambda spec: spec.merge_attributes(deps=keys) if spec.key == table else spec
    )


def source_observations(
    connection: duckdb.DuckDBPyConnection, settings: Settings
) -> Iterator[dg.AssetObservation]:
    """Yield what the warehouse holds of each source, so that the UI plots it over time."""
    totals = source_totals(connection)
    for source in settings.sources:
        articles, set_aside = totals.get(source.name, (0, 0))
        yield dg.AssetObservation(
            source_key(source.name), metadata={"articles": articles, "set_aside": set_aside}
        )
