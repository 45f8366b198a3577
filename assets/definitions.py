"""The one code location: everything that Dagster knows of this project.

`build_defs` puts it together; tests replace resources through its overrides.
"""

from __future__ import annotations

from typing import Any

import dagster as dg

from assets.articles import ingest
from assets.facts import extract
from assets.marts import DBT_EXECUTABLE, PROJECT_DIR, transform
from assets.near_copies import near_copies
from assets.news_sources import downstream_of_sources, source_specs
from assets.published import published_asset
from assets.reference import reference
from assets.resources import LocalDbt, Warehouse
from assets.schedules import daily_job, daily_schedule
from assets.sensors import alarm_sensors, new_files_sensor
from assets.settings import load_settings
from warehouse.home import Home


def build_defs(**overrides: Any) -> dg.Definitions:
    """Return the definitions; keyword arguments replace resources by name (`warehouse`, `dbt`)."""
    resources: dict[str, Any] = {
        "warehouse": Warehouse(home_path=str(Home.from_environment().root)),
        "dbt": LocalDbt(
            project_dir=str(PROJECT_DIR),
            profiles_dir=str(PROJECT_DIR),
            dbt_executable=str(DBT_EXECUTABLE),
        ),
        **overrides,
    }
    settings = load_settings(Home.from_environment())
    marts = [key for key, group in transform.group_names_by_key.items() if group == "marts"]
    return dg.Definitions(
        assets=[
            *source_specs(settings),
            downstream_of_sources(ingest, settings),
            near_copies,
            reference,
            extract,
            transform,
            published_asset(marts),
        ],
        jobs=[daily_job],
        schedules=[daily_schedule()],
        sensors=[new_files_sensor(), *alarm_sensors()],
        resources=resources,
        executor=dg.in_process_executor,
    )


defs = build_defs()
