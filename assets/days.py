"""The days of arrival that there are; without Dagster, for commands that only check a date."""

from __future__ import annotations

from datetime import UTC, date, datetime

FIRST_DAY = date(2020, 1, 1)
"""The first partition."""


def today() -> date:
    """Today in UTC."""
    return datetime.now(UTC).date()
