"""The partitions of the graph: days of arrival, in UTC. Dates of events are columns instead."""

from __future__ import annotations

import dagster as dg

from assets.days import FIRST_DAY

arrival_days = dg.DailyPartitionsDefinition(
    start_date=FIRST_DAY.isoformat(), timezone="UTC", end_offset=1
)
"""All days from FIRST_DAY to today, today included: what comes in today lands in today's."""
