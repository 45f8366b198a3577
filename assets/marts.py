"""Assets of dbt: staging, intermediate models and marts, and their tests as asset checks.

What belongs here: how dbt's project becomes part of the graph and how it is run. What does not:
any SQL (`dbt_project/models`).
"""

import hashlib
import importlib.metadata
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from graphlib import TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dagster as dg
import duckdb
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtProject, dbt_assets

from assets.column_lineage import column_lineage, in_words
from assets.metadata import OWNERS, POOL
from assets.progress import report
from assets.resources import BUILD_DATABASE_VARIABLE, LocalDbt, Warehouse
from assets.retries import tried_again
from warehouse.builds import BUILT, note, noted, tables_fingerprint
from warehouse.home import Home
from warehouse.tables import TABLES

PROJECT_DIR = Path(__file__).resolve().parent.parent / "dbt_project"
DBT_EXECUTABLE = Path(sys.executable).parent / "dbt"

PYTHON_SCHEMAS = frozenset(table.schema for table in TABLES)

dbt_project = DbtProject(project_dir=PROJECT_DIR)


def _project_files() -> list[Path]:
    files = [
        path
        for folder in ("models", "macros", "tests")
        for path in (PROJECT_DIR / folder).rglob("*")
        if path.is_file()
    ]
    return sorted([*files, *PROJECT_DIR.glob("*.yml")])


def project_fingerprint() -> str:
    """Return a fingerprint of the models, their tests, and the dbt that runs them."""
    whole = hashlib.sha256()
    for package in ("dbt-core", "dbt-duckdb"):
        whole.update(f"{package} {importlib.metadata.version(package)}\n".encode())
    for path in _project_files():
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.relative_to(PROJECT_DIR)} {content}\n".encode())
    return whole.hexdigest()


def ensure_manifest() -> Path:
    """Return dbt's manifest of this project, made anew where it is missing or older than a model.

    Raises RuntimeError with dbt's own words where the project cannot be parsed.
    """
    manifest = Path(dbt_project.manifest_path)
    sources = _project_files()
    # folders tell of files that are gone
    sources += [path.parent for path in sources]
    newest = max(path.stat().st_mtime for path in sources)
    if manifest.exists() and manifest.stat().st_mtime >= newest:
        return manifest
    report("preparing the dbt project (first time, or models changed)")
    environment = {
        **os.environ,
        # the same as when models are built, so that dbt can use this parse again
        BUILD_DATABASE_VARIABLE: str(Home.from_environment().build_database),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    manifest.parent.mkdir(parents=True, exist_ok=True)
    # made aside and moved into place, so that a killed run leaves no half of it
    with TemporaryDirectory(prefix=".parse-", dir=PROJECT_DIR / "target") as folder:
        arguments = ["parse", "--quiet", "--project-dir", str(PROJECT_DIR)]
        arguments += ["--profiles-dir", str(PROJECT_DIR), "--target-path", folder]
        done = subprocess.run(
            [str(DBT_EXECUTABLE), *arguments, "--log-path", folder],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
        if done.returncode != 0:
            raise RuntimeError(f"dbt cannot parse {PROJECT_DIR}:\n{done.stdout}{done.stderr}")
        for name in ("partial_parse.msgpack", manifest.name):
            (Path(folder) / name).replace(manifest.parent / name)
    return manifest


class Translator(DagsterDbtTranslator):
    """How dbt's models look in the graph: keys join those of Python's tables by themselves."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """Name the group after the folder of the model: staging, intermediate, marts."""
        if dbt_resource_props["resource_type"] != "model":
            return None
        return str(dbt_resource_props["fqn"][1])

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        """The same owners as everywhere else."""
        return list(OWNERS)

    def get_asset_check_spec(
        self,
        asset_spec: dg.AssetSpec,
        manifest: Mapping[str, Any],
        unique_id: str,
        project: DbtProject | None,
    ) -> dg.AssetCheckSpec | None:
        """Tests of Python's tables run with the models, so they cannot block what runs before.

        As blocking checks they would cut the dbt step in two, the first before anything is read.
        A failing one still fails the step, and nothing is published.
        """
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        if spec is not None and asset_spec.key.path[0] in PYTHON_SCHEMAS:
            return spec._replace(blocking=False)
        return spec


translator = Translator(DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True))


class BuildConfig(dg.Config):
    """How to build: `full` builds all models from nothing, whether or not anything changed."""

    full: bool = False


@dbt_assets(
    manifest=ensure_manifest(),
    project=dbt_project,
    dagster_dbt_translator=translator,
    name="transform",
    pool=POOL,
)
@tried_again
def transform(
    context: dg.AssetExecutionContext, config: BuildConfig, dbt: LocalDbt, warehouse: Warehouse
) -> Iterator[Any]:
    """Build and test all models with dbt, then count their rows.

    Where nothing that they are made from has changed since they were last built and passed their
    tests, they are left as they are, and say so.
    """
    project = project_fingerprint()
    with warehouse.connect(f"what changed, in run {context.run.run_id[:8]}") as connection:
        made_from = f"{project} {tables_fingerprint(connection)}"
        built = noted(connection, BUILT)
        earlier = built.partition("\n") if built else ("", "", "")
        is_done = earlier[0] == made_from and not config.full and not context.is_subset
        if is_done:
            counts = _row_counts(connection)
        else:
            note(connection, BUILT, None)  # until all of it is built and tested
    if is_done:
        yield from _left_as_they_are(context, counts, earlier[2])
        return
    events: list[Any] = []
    failure: Exception | None = None
    arguments = ["build", "--exclude-resource-type", "unit_test"]
    if config.full or earlier[0].partition(" ")[0] != project:
        arguments.append("--full-refresh")
    with dbt.running(arguments, warehouse.home, context) as invocation:
        try:
            for event in invocation.stream():
                events.append(event)
                report(f"dbt: {len(events):,} models and tests done", done=False)
        except Exception as error:  # raised again once Dagster knows which tests failed
            failure = error
    report(f"dbt: {len(events):,} models and tests done")
    lineage = column_lineage(warehouse.home)
    with warehouse.connect(f"row counts in run {context.run.run_id[:8]}") as connection:
        counts = _row_counts(connection)
        if failure is None and not context.is_subset:
            when = datetime.now(UTC).isoformat(sep=" ", timespec="seconds")
            note(connection, BUILT, f"{made_from}\n{when} by run {context.run.run_id}")
    for event in events:
        if isinstance(event, dg.Output):
            schema, table = context.asset_key_for_output(event.output_name).path[-2:]
            metadata: dict[str, Any] = {}
            if table in counts:
                metadata["dagster/row_count"] = counts[table]
            if (schema, table) in lineage:
                metadata["dagster/column_lineage"] = lineage[schema, table]
                metadata["columns_made_of"] = in_words(lineage[schema, table])
            context.add_output_metadata(metadata, output_name=event.output_name)
        yield event
    if failure is not None:
        raise failure


def _left_as_they_are(
    context: dg.AssetExecutionContext, counts: Mapping[str, int], built: str
) -> Iterator[dg.Output[None] | dg.AssetCheckResult]:
    """Say of every model and test that it holds as it was built."""
    reason = f"nothing that it is made from has changed since it was built: {built}"
    report("dbt: nothing to build, nothing has changed")
    context.log.info(f"dbt was not started: {reason}")
    made = context.selected_asset_keys
    for key in TopologicalSorter(
        {key: deps & made for key, deps in context.assets_def.asset_deps.items() if key in made}
    ).static_order():
        yield dg.Output(
            None,
            output_name=context.output_for_asset_key(key),
            metadata={"skipped": reason, "dagster/row_count": counts[key.path[-1]]},
        )
    for check in sorted(context.selected_asset_check_keys, key=str):
        yield dg.AssetCheckResult(
            passed=True,
            asset_key=check.asset_key,
            check_name=check.name,
            metadata={"skipped": f"passed when last run; {reason}"},
        )


def _row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Number of rows by model."""
    tables = connection.execute(
        "select table_schema, table_name from information_schema.tables "
        "where table_schema in ('staging', 'intermediate', 'marts')"
    ).fetchall()
    return {
        name: connection.execute(f'select count(*) from "{schema}"."{name}"').fetchall()[0][0]
        for schema, name in tables
    }
