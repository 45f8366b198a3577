"""Where the data of one installation lives: the folder that `ENTENTE_HOME` names.

What belongs here: the names of the files and folders in it. What does not: what is in them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT_VARIABLE = "ENTENTE_HOME"
DEFAULT_HOME = Path(__file__).resolve().parent / "data"


class HomeError(RuntimeError):
    """The data folder cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder of one installation."""

    root: Path

    @classmethod
    def from_environment(cls) -> Home:
        """Return the folder that ENTENTE_HOME names, `warehouse/data` where it is not set."""
        named = os.environ.get(ENVIRONMENT_VARIABLE, "").strip()
        try:
            return cls(Path(named).expanduser().resolve() if named else DEFAULT_HOME)
        except RuntimeError as error:
            raise HomeError(f"{ENVIRONMENT_VARIABLE} is {named!r}: {error}") from error

    def create(self) -> None:
        """Create the folder and those below it that runs write to."""
        for folder in (self.root, self.raw, self.published, self.dagster, self.dbt_target):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise HomeError(
                    f"the data folder {folder} cannot be made ({error.strerror}): set "
                    f"{ENVIRONMENT_VARIABLE} to a folder that can be written."
                ) from error

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.root / "settings.toml"

    @property
    def raw(self) -> Path:
        """The bytes of all articles as they came, content-addressed."""
        return self.root / "raw"

    @property
    def build_database(self) -> Path:
        """The database that runs write to; users never open it."""
        return self.root / "build.duckdb"

    @property
    def published(self) -> Path:
        """The folder of the published marts."""
        return self.root / "published"

    @property
    def published_database(self) -> Path:
        """The published marts as one DuckDB file."""
        return self.published / "entente.duckdb"

    @property
    def lock(self) -> Path:
        """The lock that makes runs wait for one another."""
        return self.root / "build.lock"

    @property
    def run_lock(self) -> Path:
        """The lock that lets one run of the command line go on at a time."""
        return self.root / "run.lock"

    @property
    def dagster(self) -> Path:
        """Dagster's own home: run history, schedules, logs."""
        return self.root / "dagster_home"

    @property
    def dbt_target(self) -> Path:
        """What dbt writes besides tables: compiled models, manifest, run results."""
        return self.root / "dbt_target"
