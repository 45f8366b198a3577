"""The settings of an installation, as the program uses them.

What belongs here: turning the effective values into records. What does not: which settings there
are (`assets.settings_schema`), where their values come from (`assets.settings_values`), and what
a setting does.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from assets.settings_schema import (
    COMMAND_LINE_SOURCES,
    SAMPLE_SOURCE,
    Value,
    template,
)
from assets.settings_values import Effective, SettingsError, effective_values
from warehouse.home import Home

__all__ = [
    "SAMPLE_SOURCE",
    "Settings",
    "SettingsError",
    "Source",
    "create_settings",
    "load_settings",
    "load_values",
]


@dataclass(frozen=True, slots=True)
class Source:
    """A folder or file that articles are read from, or a pattern of such.

    `language` (ISO 639-1) and `date_order` (DMY, MDY or YMD) say what its texts and dates are,
    where the user knows. `terms` and `licence` are the user's notes on what may be done with them.
    """

    name: str
    path: Path
    timezone: str = "UTC"
    enabled: bool = True
    publish_text: str = "sentences"
    language: str | None = None
    date_order: str | None = None
    terms: str | None = None
    licence: str | None = None
    expect_every_hours: int = 0

    @property
    def is_sample(self) -> bool:
        """Whether these are the articles that come with the project."""
        return self.name == SAMPLE_SOURCE


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """From where on a check finds something, and what a run does then: block, warn or off."""

    set_aside_percent: int
    set_aside: str
    usual_factor: int
    usual: str
    freshness: str
    after_publication_percent: int


@dataclass(frozen=True, slots=True)
class AlarmSettings:
    """Where failed runs and checks are told; `warnings` says whether checks that warn are, too."""

    webhook: str
    email_to: str
    email_from: str
    smtp_host: str
    smtp_port: int
    smtp_security: str
    smtp_user: str
    warnings: bool
    ui_url: str

    @property
    def wanted(self) -> bool:
        """Whether there is anyone to tell."""
        return bool(self.webhook or self.email_to)


@dataclass(frozen=True, slots=True)
class Settings:
    """The effective settings.

    `sources` are those that are read, `configured` all that the settings name, with the samples
    last; `publish_text` says of every source, read or not, and of
    what is named on the command line, what of its texts may be published.
    """

    sources: tuple[Source, ...]
    configured: tuple[Source, ...]
    publish_text: Mapping[str, str]
    schedule_time: str
    schedule_timezone: str
    default_timezone: str
    model: str
    gate: bool
    workers: int | None
    wait_seconds: float
    own_gold: str
    checks: CheckSettings
    alarms: AlarmSettings
    watch_seconds: int
    quiet_seconds: int

    @property
    def cron(self) -> str:
        """The schedule as a cron expression."""
        hour, minute = self.schedule_time.split(":")
        return f"{int(minute)} {int(hour)} * * *"


def samples_folder() -> Path:
    """The folder of the invented articles that come with the project."""
    return Path(str(files("pipelines"))) / "samples"


def load_values(home: Home) -> dict[str, Effective]:
    """Return every setting with its value and where that comes from. Raises SettingsError."""
    return effective_values(home.settings, os.environ)


def load_settings(home: Home) -> Settings:
    """Return the settings of a data folder; defaults where it has no settings file yet.

    The samples are a source until a source of the user's own is enabled. Raises SettingsError.
    """
    found = load_values(home)

    def value(key: str) -> Value | None:
        return found[key].value

    names = [key.split(".")[1] for key in found if key.endswith(".enabled")]
    own = [name for name in names if name != SAMPLE_SOURCE]
    zone, extent = str(value("defaults.timezone")), str(value("defaults.publish_text"))
    configured = [_source(name, found, home) for name in own]
    sources = [source for source in configured if source.enabled]
    samples = Source(
        SAMPLE_SOURCE,
        samples_folder(),
        enabled=not sources and bool(value(f"sources.{SAMPLE_SOURCE}.enabled")),
        publish_text="full",
    )
    if samples.enabled:
        sources.append(samples)
    return Settings(
        sources=tuple(sources),
        configured=(*configured, samples),
        publish_text={
            SAMPLE_SOURCE: "full",
            **dict.fromkeys(COMMAND_LINE_SOURCES, extent),
            **{name: str(value(f"sources.{name}.publish_text")) for name in own},
        },
        schedule_time=str(value("schedule.time")),
        schedule_timezone=str(value("schedule.timezone")),
        default_timezone=zone,
        model=_model(str(value("reading.model")), home),
        gate=bool(value("reading.gate")),
        workers=cast("int", value("reading.workers")) or None,
        wait_seconds=60.0 * cast("int", value("warehouse.wait_minutes")),
        own_gold=str(value("checks.own_gold")),
        checks=CheckSettings(**_section(found, "checks", CheckSettings)),
        alarms=AlarmSettings(**_section(found, "alarms", AlarmSettings)),
        watch_seconds=cast("int", value("watch.every_seconds")),
        quiet_seconds=cast("int", value("watch.quiet_seconds")),
    )


def _source(name: str, found: Mapping[str, Effective], home: Home) -> Source:
    """Return a source of the user's own as the settings describe it."""

    def text(key: str) -> str | None:
        value = found[f"sources.{name}.{key}"].value
        return None if value is None else str(value)

    return Source(
        name,
        path=_location(text("path") or "", home),
        timezone=text("timezone") or "UTC",
        enabled=bool(found[f"sources.{name}.enabled"].value),
        publish_text=text("publish_text") or "sentences",
        language=text("language"),
        date_order=text("date_order"),
        terms=text("terms"),
        licence=text("licence"),
        expect_every_hours=cast("int", found[f"sources.{name}.expect_every_hours"].value),
    )


def _section(found: Mapping[str, Effective], section: str, record: type) -> dict[str, Any]:
    """Return the values of a section by the names of a record's fields."""
    return {field.name: found[f"{section}.{field.name}"].value for field in fields(record)}


def create_settings(home: Home) -> None:
    """Write the settings file with its comments where there is none."""
    home.create()
    if not home.settings.exists():
        home.settings.write_text(template(), encoding="utf-8")


def _model(name: str, home: Home) -> str:
    """Return the model that a setting names: a folder is counted from the settings file."""
    return str(_location(name, home)) if "/" in name else name


def _location(path: str, home: Home) -> Path:
    """Return the place that a path of the settings names, counted from the settings file."""
    location = Path(path).expanduser()
    return location if location.is_absolute() else home.root / location
