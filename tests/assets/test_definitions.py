"""What the Dagster UI shows: one graph, described, grouped and owned."""

from __future__ import annotations

import dagster as dg
import pytest

from assets.definitions import build_defs
from assets.partitions import arrival_days
from assets.resources import LocalDbt, Warehouse
from warehouse.home import Home

GROUPS = {"articles", "reference", "facts", "staging", "intermediate", "marts", "published"}
MARTS = {
    "agreements",
    "article_texts",
    "articles",
    "commission_bodies",
    "commissions",
    "cooperation_sectors",
    "cooperation_sectors_by_year",
    "country_pairs",
    "entities",
    "entity_mentions",
    "evidence",
    "links",
    "meeting_participants",
    "meetings",
    "officials",
    "quotes",
}


@pytest.fixture(scope="module")
def defs() -> dg.Definitions:
    return build_defs()


@pytest.fixture(scope="module")
def graph(defs: dg.Definitions) -> dg.AssetGraph:
    return defs.resolve_asset_graph()


def test_the_definitions_can_be_loaded(defs: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(defs)


def test_every_asset_says_what_it_is_and_whose(graph: dg.AssetGraph) -> None:
    for key in graph.materializable_asset_keys:
        node = graph.get(key)
        assert node.description, key
        assert node.group_name in GROUPS, key
        assert node.owners == ["team:entente"], key
        assert node.kinds, key
        if node.group_name != "published":
            assert node.metadata.get("dagster/column_schema"), f"{key} shows no columns"


def test_the_marts_of_the_contract_are_there(graph: dg.AssetGraph) -> None:
    marts = {
        key.path[-1]
        for key in graph.materializable_asset_keys
        if graph.get(key).group_name == "marts"
    }
    assert marts == MARTS


def test_one_graph_leads_from_raw_articles_to_what_is_published(graph: dg.AssetGraph) -> None:
    published = dg.AssetKey(["published", "entente"])
    upstream = graph.get_ancestor_asset_keys(published)
    everything = graph.materializable_asset_keys - {published}
    # what was set aside, by what copies are found, and what only tests read, end where they are
    loose = {"/".join(key.path) for key in everything - upstream}
    assert loose == {"raw/quarantine", "raw/copy_bands", "reference/sectors"}
    for mart in MARTS:
        assert dg.AssetKey(["raw", "articles"]) in graph.get_ancestor_asset_keys(
            dg.AssetKey(["marts", mart])
        )
    assert dg.AssetKey(["facts", "meetings"]) in upstream
    # what nobody here makes is the sources, and all of it leads on
    assert graph.external_asset_keys == {dg.AssetKey(["sources", "sample"])}
    assert graph.external_asset_keys <= upstream


def test_what_arrives_is_partitioned_by_day_of_arrival(graph: dg.AssetGraph) -> None:
    for key in graph.materializable_asset_keys:
        if key.path[0] in ("raw", "facts"):
            assert graph.get(key).partitions_def == arrival_days
    keys = arrival_days.get_partition_keys()
    from assets.days import FIRST_DAY, today

    assert (keys[0], keys[-1]) == (FIRST_DAY.isoformat(), today().isoformat())


def test_all_writing_steps_share_one_pool(defs: dg.Definitions) -> None:
    job = defs.resolve_job_def("daily")
    pools = {node.name: node.definition.pool for node in job.graph.nodes}
    assert set(pools.values()) == {"warehouse"}
    assert len(pools) == 6, pools


def test_the_schedule_runs_todays_partition_and_is_off_at_first(defs: dg.Definitions) -> None:
    from assets.days import today

    schedule = defs.resolve_schedule_def("every_morning")
    assert schedule.default_status == dg.DefaultScheduleStatus.STOPPED
    assert schedule.cron_schedule == "0 6 * * *"
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_schedule_context(
            instance=instance, repository_def=defs.get_repository_def()
        )
        (request,) = schedule.evaluate_tick(context).run_requests or []
    assert request.partition_key == today().isoformat()


def test_dbt_tests_are_asset_checks(graph: dg.AssetGraph) -> None:
    checked = {key.asset_key.path[-1] for key in graph.asset_check_keys}
    assert checked >= MARTS


def test_resources_can_be_replaced(home: Home) -> None:
    replaced = build_defs(warehouse=Warehouse(home_path=str(home.root)))
    assert replaced.resources is not None
    assert replaced.resources["warehouse"].home.root == home.root
    assert isinstance(replaced.resources["dbt"], LocalDbt)


def test_dbt_is_never_started_to_learn_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import version

    from dagster_dbt.core import resource

    def refuse(*_: object, **__: object) -> bytes:
        raise AssertionError("dbt --version was run")

    monkeypatch.setattr(resource, "check_output", refuse)
    dbt = build_defs().resources["dbt"]  # type: ignore[index]
    assert str(dbt._cli_version) == version("dbt-core")
