"""The settings of an installation: `settings.toml` in the data folder.

What belongs here: reading and checking the file. What does not: what a setting does.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from warehouse.home import Home

SAMPLE_SOURCE = "sample"
RESERVED_NAMES = frozenset({"files", "stdin"})
"""Names of what is given on the command line."""

TEMPLATE = """\
# Settings of this Entente installation. Lines that begin with # are comments.

# The time of the daily run, and its zone (the schedule itself is switched on in the UI).
[schedule]
time = "06:00"
timezone = "UTC"

# Where articles come from. Each source is a table [sources.NAME] with
#   path      a folder, read recursively (.txt, .html, .jsonl), or a file
#   timezone  the zone of its publication dates (default UTC)
#   enabled   true or false (default true)
#
# [sources.my_news]
# path = "/data/my_news"
# timezone = "Asia/Tehran"

# The invented articles that come with the project. They are read until the first source of your
# own is switched on; they and all that was read from them are then removed.
[sources.sample]
enabled = true
"""


class SettingsError(ValueError):
    """The settings file cannot be used; the message names the key and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A folder or file that articles are read from."""

    name: str
    path: Path
    timezone: str = "UTC"

    @property
    def is_sample(self) -> bool:
        """Whether these are the articles that come with the project."""
        return self.name == SAMPLE_SOURCE


@dataclass(frozen=True, slots=True)
class Settings:
    """The effective settings."""

    sources: tuple[Source, ...]
    schedule_time: str = "06:00"
    schedule_timezone: str = "UTC"

    @property
    def cron(self) -> str:
        """The schedule as a cron expression."""
        hour, minute = self.schedule_time.split(":")
        return f"{int(minute)} {int(hour)} * * *"


def samples_folder() -> Path:
    """The folder of the invented articles that come with the project."""
    return Path(str(files("pipelines"))) / "samples"


def load_settings(home: Home) -> Settings:
    """Return the settings of a data folder; defaults where it has no settings file yet.

    The samples are a source until a source of the user's own is enabled. Raises SettingsError.
    """
    if not home.settings.exists():
        return _parse(tomllib.loads(TEMPLATE), home.settings)
    try:
        values = tomllib.loads(home.settings.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{home.settings}: {error}; mend the file and run again.") from error
    return _parse(values, home.settings)


def create_settings(home: Home) -> None:
    """Write the settings file with its comments where there is none."""
    home.create()
    if not home.settings.exists():
        home.settings.write_text(TEMPLATE, encoding="utf-8")


def _parse(values: dict[str, Any], file: Path) -> Settings:
    _refuse_unknown(values, {"schedule", "sources"}, file, "")
    schedule = _table(values, "schedule", file)
    _refuse_unknown(schedule, {"time", "timezone"}, file, "schedule.")
    time = str(schedule.get("time", "06:00"))
    if re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", time) is None:
        raise SettingsError(f'{file}: schedule.time is {time!r}; write it like "06:00".')
    own: list[Source] = []
    sample_wanted = True
    for name, source in _table(values, "sources", file).items():
        key = f"sources.{name}"
        if not isinstance(source, dict):
            raise SettingsError(f"{file}: {key} must be a table: [{key}].")
        if name in RESERVED_NAMES:
            raise SettingsError(f"{file}: {key}: the name '{name}' is taken; choose another.")
        known = {"enabled"} if name == SAMPLE_SOURCE else {"path", "timezone", "enabled"}
        _refuse_unknown(source, known, file, f"{key}.")
        enabled = source.get("enabled", True)
        if not isinstance(enabled, bool):
            raise SettingsError(f"{file}: {key}.enabled must be true or false.")
        if name == SAMPLE_SOURCE:
            sample_wanted = enabled
        elif enabled:
            own.append(_source(name, source, file))
    if not own and sample_wanted:
        own.append(Source(SAMPLE_SOURCE, samples_folder()))
    return Settings(
        tuple(own), time, _zone(schedule.get("timezone", "UTC"), file, "schedule.timezone")
    )


def _source(name: str, values: dict[str, Any], file: Path) -> Source:
    path = values.get("path")
    if not isinstance(path, str) or not path:
        raise SettingsError(f"{file}: sources.{name}.path is missing: name a folder or file.")
    location = Path(path).expanduser()
    if not location.is_absolute():
        location = file.parent / location
    zone = _zone(values.get("timezone", "UTC"), file, f"sources.{name}.timezone")
    return Source(name, location, zone)


def _zone(value: Any, file: Path, key: str) -> str:
    try:
        ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"{file}: {key} is {value!r}, which is no time zone; write it like "
            '"Europe/Madrid" or "UTC".'
        ) from error
    return str(value)


def _table(values: dict[str, Any], key: str, file: Path) -> dict[str, Any]:
    table = values.get(key, {})
    if not isinstance(table, dict):
        raise SettingsError(f"{file}: {key} must be a table: [{key}].")
    return table


def _refuse_unknown(values: dict[str, Any], known: set[str], file: Path, prefix: str) -> None:
    for key in values:
        if key not in known:
            allowed = ", ".join(sorted(known))
            raise SettingsError(f"{file}: {prefix}{key} is no setting; there are: {allowed}.")
