"""From which columns the marts are made, and what the sources show."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from assets.column_lineage import column_lineage, in_words
from assets.definitions import build_defs
from assets.metadata import read_from_articles
from assets.settings import load_settings
from tests.conftest import Installation
from warehouse.home import ENVIRONMENT_VARIABLE, Home
from warehouse.tables import MEETINGS


def before(lineage: dg.TableColumnLineage, column: str) -> set[str]:
    deps = lineage.deps_by_column[column]
    return {"/".join([*dep.asset_key.path, dep.column_name]) for dep in deps}


def test_a_column_of_a_mart_leads_back_to_the_text(samples: Installation) -> None:
    lineage = column_lineage(samples.home)
    city = before(lineage["marts", "meetings"], "city")
    assert "intermediate/int_meeting_reports/city" in city
    reports = before(lineage["intermediate", "int_meeting_reports"], "city")
    assert reports == {"staging/stg_meetings/city"}
    assert before(lineage["staging", "stg_meetings"], "city") == {"facts/meetings/city"}
    assert before(read_from_articles(MEETINGS), "city") == {"raw/articles/text"}
    shown = in_words(lineage["staging", "stg_meetings"]).value
    assert "| `city` | `facts/meetings.city` |" in str(shown)
    dates = {"raw/articles/text", "raw/articles/published_local_date"}
    assert before(read_from_articles(MEETINGS), "date") == dates


def test_every_model_has_its_columns_and_all_that_they_come_from_exists(
    samples: Installation,
) -> None:
    lineage = column_lineage(samples.home)
    graph = build_defs().resolve_asset_graph()
    columns = {}
    for key in graph.materializable_asset_keys:
        schema = graph.get(key).metadata.get("dagster/column_schema")
        if schema is not None:
            columns[key] = {column.name for column in schema.columns}
    models = {(k.path[0], k.path[1]) for k in columns if k.path[0] in ("staging", "marts")}
    assert models <= lineage.keys()
    for (schema, table), told in lineage.items():
        assert set(told.deps_by_column) == columns[dg.AssetKey([schema, table])], table
        for deps in told.deps_by_column.values():
            for dep in deps:
                assert dep.column_name in columns[dep.asset_key], (table, dep)


def test_models_that_have_not_changed_are_not_parsed_again(
    samples: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a model was parsed")

    monkeypatch.setattr("assets.column_lineage._followed", refuse)
    assert len(column_lineage(samples.home)) > 20


def test_nothing_is_shown_before_dbt_has_run(home: Home) -> None:
    assert column_lineage(home) == {}


def test_each_source_of_the_settings_stands_before_the_articles(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.settings.write_text(
        f'[sources.agency]\npath = "{tmp_path}"\ntimezone = "Asia/Tehran"\n'
        f'[sources.ministry]\npath = "{tmp_path}"\npublish_text = "none"\nexpect_every_hours = 6\n'
        f'[sources.off]\npath = "{tmp_path}"\nenabled = false\n'
    )
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(home.root))
    assert len(load_settings(home).sources) == 2
    graph = build_defs().resolve_asset_graph()
    agency, ministry = dg.AssetKey(["sources", "agency"]), dg.AssetKey(["sources", "ministry"])
    assert graph.external_asset_keys == {agency, ministry}
    assert graph.get(dg.AssetKey(["raw", "articles"])).parent_keys == {agency, ministry}
    shown = graph.get(ministry)
    assert shown.group_name == "sources"
    assert getattr(shown.metadata["path"], "value", shown.metadata["path"]) == str(tmp_path)
    assert shown.metadata["publish_text"] == "none"
    assert shown.metadata["something_new_expected"] == "every 6 hours"
