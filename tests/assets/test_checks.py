"""The check on the project's own gold: when it passes, when it warns, and when it stops a run."""

from __future__ import annotations

from typing import Any

import dagster as dg
import pytest

from assets.articles import ingest
from assets.days import today
from assets.definitions import build_defs
from assets.facts import extract
from assets.resources import Warehouse
from pipelines import evaluation
from pipelines.evaluation.own_gold import Shortfall
from warehouse.home import Home


def read_samples(home: Home) -> dg.ExecuteInProcessResult:
    """Take in and read the samples on a data folder."""
    return dg.materialize(
        [ingest, extract],
        partition_key=today().isoformat(),
        resources={"warehouse": Warehouse(home_path=str(home.root))},
        raise_on_error=False,
    )


def evaluation_of(result: dg.ExecuteInProcessResult) -> Any:
    (found,) = [e for e in result.get_asset_check_evaluations() if e.check_name == "own_gold"]
    return found


@pytest.fixture
def worse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that read too badly."""
    monkeypatch.setattr(evaluation, "shortfalls", lambda _: [Shortfall("meetings", 0.2, 0.6)])


def test_it_passes_and_shows_the_scores(home: Home) -> None:
    found = evaluation_of(read_samples(home))
    assert found.passed
    assert 0 < found.metadata["meetings_f1"].value <= 1
    assert "meeting_pairs" in found.metadata["scores"].value


@pytest.mark.usefixtures("worse")
def test_it_stops_the_run_before_anything_is_built_or_published(home: Home) -> None:
    defs = build_defs(warehouse=Warehouse(home_path=str(home.root)))
    result = defs.resolve_job_def("daily").execute_in_process(
        partition_key=today().isoformat(), raise_on_error=False
    )
    assert not result.success
    found = evaluation_of(result)
    assert not found.passed
    assert found.metadata["reason"].value == "meetings F1 0.200, floor 0.60"
    made = {event.asset_key.path[0] for event in result.get_asset_materialization_events()}
    assert made == {"raw", "reference"}, "nothing is read with broken rules"
    assert not home.published_database.exists()


@pytest.mark.usefixtures("worse")
def test_it_only_warns_where_the_settings_say_so(home: Home) -> None:
    home.settings.write_text('[checks]\nown_gold = "warn"\n')
    result = read_samples(home)
    assert result.success
    found = evaluation_of(result)
    assert not found.passed
    assert found.severity == dg.AssetCheckSeverity.WARN


@pytest.mark.usefixtures("worse")
def test_it_can_be_switched_off(home: Home) -> None:
    home.settings.write_text('[checks]\nown_gold = "off"\n')
    assert evaluation_of(read_samples(home)).passed
