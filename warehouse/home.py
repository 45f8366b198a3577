"""Where the data of one installation lives: the folder that `ENTENTE_HOME` names.

What belongs here: the names of the files and folders in it, and the version of their layout. What
does not: what is in them, or how an older folder is upgraded (`warehouse.migrations`).
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT_VARIABLE = "ENTENTE_HOME"
DEFAULT_HOME = Path(__file__).resolve().parent / "data"

DATA_VERSION = 5
"""Version of a data folder as this program writes it; `warehouse.migrations` says what changed."""

UNVERSIONED = 1
"""Version of the folders that were written before folders had one."""


class HomeError(RuntimeError):
    """The data folder cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder of one installation."""

    root: Path

    @classmethod
    def from_environment(cls, *, of_any_version: bool = False) -> Home:
        """Return the folder that ENTENTE_HOME names, `warehouse/data` where it is not set.

        Raises HomeError where the folder is newer than this program, unless it may be.
        """
        named = os.environ.get(ENVIRONMENT_VARIABLE, "").strip()
        try:
            home = cls(Path(named).expanduser().resolve() if named else DEFAULT_HOME)
        except RuntimeError as error:
            raise HomeError(f"{ENVIRONMENT_VARIABLE} is {named!r}: {error}") from error
        if not of_any_version:
            home.refuse_newer()
        return home

    def version(self) -> int | None:
        """Return the version of the folder; None where nothing was read into it yet.

        Raises HomeError where the file that tells it cannot be understood.
        """
        try:
            told = self.version_file.read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            return UNVERSIONED if self.build_database.exists() else None
        except (OSError, UnicodeDecodeError) as error:
            raise HomeError(f"{self.version_file} cannot be read: {error}") from error
        if not re.fullmatch("[1-9][0-9]{0,8}", told):
            raise HomeError(
                f"{self.version_file} holds {told[:40]!r} where a version should stand: restore it "
                f"from a backup, or write {DATA_VERSION} if this program was the last to use it."
            )
        return int(told)

    def write_version(self, version: int) -> None:
        """Say which version the folder has, in one swap."""
        partial = self.version_file.with_suffix(f".{os.getpid()}.part")
        partial.write_text(f"{version}\n", encoding="utf-8")
        partial.replace(self.version_file)

    def refuse_newer(self) -> None:
        """Raise HomeError where the folder was written by a newer program than this one."""
        version = self.version()
        if version is not None and version > DATA_VERSION:
            raise HomeError(
                f"the data folder {self.root} has version {version}, and this program knows "
                f"versions up to {DATA_VERSION}: it was written by a newer Entente. Nothing was "
                "touched; update the program (git pull && make setup), or set "
                f"{ENVIRONMENT_VARIABLE} to another folder."
            )

    def create(self) -> None:
        """Create the folder and those below it that runs write to.

        Raises HomeError where that cannot be done, or the folder is newer than this program.
        """
        self.refuse_newer()
        for folder in (self.root, self.raw, self.published, self.dagster, self.dbt_target):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise HomeError(
                    f"the data folder {folder} cannot be made ({error.strerror}): set "
                    f"{ENVIRONMENT_VARIABLE} to a folder that can be written."
                ) from error

    @property
    def version_file(self) -> Path:
        """The file that tells the version of the folder."""
        return self.root / "version"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.root / "settings.toml"

    @property
    def lexicons(self) -> Path:
        """The user's own entries of the lexicons; there where the user makes it."""
        return self.root / "lexicons"

    @property
    def corrections(self) -> Path:
        """The user's corrections of facts; there where the user makes it."""
        return self.root / "corrections.csv"

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
    def daemon_lock(self) -> Path:
        """The lock that lets one daemon at a time start runs."""
        return self.root / "daemon.lock"

    @property
    def dagster(self) -> Path:
        """Dagster's own home: run history, schedules, logs."""
        return self.root / "dagster_home"

    @property
    def dbt_target(self) -> Path:
        """What dbt writes besides tables: compiled models, manifest, run results."""
        return self.root / "dbt_target"
