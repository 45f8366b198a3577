"""What assets need from outside: the warehouse and dbt.

What belongs here: resources, each a thin handle that tests can replace. What does not: work.
"""

from __future__ import annotations

import importlib.metadata
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import dagster as dg
import duckdb
from dagster_dbt import DbtCliInvocation, DbtCliResource
from packaging.version import Version

from assets.progress import report
from assets.settings import load_settings
from warehouse.connection import build_connection, writing
from warehouse.home import Home
from warehouse.migrations import Migration
from warehouse.raw_store import RawStore

BUILD_DATABASE_VARIABLE = "ENTENTE_BUILD_DB"


def _tell(holder: str) -> None:
    report(f"waiting for {holder}")


def _tell_upgrade(migration: Migration) -> None:
    report(f"upgraded the data folder to version {migration.number}")


class Warehouse(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The data folder of this installation and the build database in it."""

    home_path: str

    @property
    def home(self) -> Home:
        """The data folder."""
        return Home(Path(self.home_path))

    @property
    def raw_store(self) -> RawStore:
        """The store of the bytes that came in."""
        return RawStore(self.home.raw)

    @contextmanager
    def connect(self, what: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the build database as its only writer; see `warehouse.connection`."""
        timeout = load_settings(self.home).wait_seconds
        with build_connection(
            self.home, what, timeout, on_wait=_tell, on_upgrade=_tell_upgrade
        ) as connection:
            yield connection


class LocalDbt(DbtCliResource):
    """dbt as it is installed beside this project, run on the build database of a warehouse."""

    @cached_property
    def _cli_version(self) -> Version:
        # the base class runs `dbt --version`, which takes seconds and asks the network
        return Version(importlib.metadata.version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> None:  # type: ignore[override]
        # only needed to read column and row metadata through dbt, which the assets do themselves
        return None

    @contextmanager
    def running(
        self,
        args: Sequence[str],
        home: Home,
        context: dg.AssetExecutionContext,
    ) -> Iterator[DbtCliInvocation]:
        """Start dbt on the build database of `home`, holding the right to write to it.

        A folder of an earlier version is upgraded first. dbt's own files go below `home`, into one
        folder, so that they do not pile up.
        """
        what, timeout = f"dbt in run {context.run.run_id[:8]}", load_settings(home).wait_seconds
        with writing(home, what, timeout, on_wait=_tell):
            with build_connection(home, what):
                pass
            os.environ[BUILD_DATABASE_VARIABLE] = str(home.build_database)
            yield self.cli(args, context=context, target_path=home.dbt_target)
