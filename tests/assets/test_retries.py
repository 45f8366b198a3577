"""Which errors a step is tried again after."""

from __future__ import annotations

import dagster as dg
import pytest

from assets import retries
from warehouse.connection import WarehouseBusyError


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "SECONDS_TO_WAIT", 0)


def attempts(error: Exception, failing: int) -> tuple[bool, int]:
    """Run a step that fails so many times; whether it went through, and how often it was tried."""
    tried = 0

    @dg.asset
    @retries.tried_again
    def table() -> dg.MaterializeResult[None]:
        nonlocal tried
        tried += 1
        if tried <= failing:
            raise error
        return dg.MaterializeResult()

    return dg.materialize([table], raise_on_error=False).success, tried


@pytest.mark.parametrize("error", [WarehouseBusyError("held by another"), OSError("disk")])
def test_what_may_pass_is_tried_again(error: Exception) -> None:
    assert attempts(error, failing=2) == (True, 3)
    assert attempts(error, failing=9) == (False, 3)


@pytest.mark.parametrize("error", [ValueError("a bug"), dg.Failure("rules", allow_retries=False)])
def test_what_would_come_again_is_not(error: Exception) -> None:
    assert attempts(error, failing=1) == (False, 1)
