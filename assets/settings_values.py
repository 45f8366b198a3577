"""The effective value of every setting, and where it comes from.

An environment variable goes before `settings.toml`, which goes before the default. A wrong value is
refused with the place that it stands in: file and line, or the variable.

What belongs here: finding and checking values. What does not: which settings there are
(`assets.settings_schema`) and what they mean to the program (`assets.settings`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from assets.settings_schema import (
    COMMAND_LINE_SOURCES,
    SAMPLE_SETTINGS,
    SAMPLE_SOURCE,
    SETTINGS,
    SOURCE_SETTINGS,
    Setting,
    Value,
)

PREFIX = "ENTENTE_"
NESTING = "__"
DEFAULT = "default"

_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?")
_ASSIGNMENT = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*[\w"'-]+)*)\s*=""")


class SettingsError(ValueError):
    """The settings cannot be used; the message names the place, the key and what to do."""


@dataclass(frozen=True, slots=True)
class Effective:
    """The value of a setting as it holds; `origin` is a file with a line, a variable or default."""

    key: str
    value: Value | None
    origin: str


def effective_values(file: Path, environment: Mapping[str, str]) -> dict[str, Effective]:
    """Return every setting by its key, those of the sources under `sources.NAME.KEY`.

    A file that is not there counts as empty, but for the samples, which are on. Raises
    SettingsError where the file is no TOML, names a setting that there is not, or a value is
    wrong, in the file or in an environment variable.
    """
    reader = _Reader(file, environment)
    found = {setting.key: reader.value(setting, setting.key) for setting in SETTINGS}
    for name, known in reader.sources():
        for setting in known:
            key = f"sources.{name}.{setting.key}"
            value = reader.value(setting, key)
            default = found.get(f"defaults.{setting.key}")
            if value.value is None and default is not None:
                value = Effective(key, default.value, default.key)
            found[key] = value
    reader.refuse_unknown_variables(found)
    return found


class _Reader:
    """One reading of a settings file and an environment."""

    def __init__(self, file: Path, environment: Mapping[str, str]) -> None:
        self.file = file
        self.environment = environment
        text = self._text()
        self.lines = key_lines(text)
        try:
            self.tables: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise SettingsError(f"{file}: {error}; mend the file and run again.") from error
        sections: dict[str, list[str]] = {}
        for setting in SETTINGS:
            section, _, name = setting.key.partition(".")
            sections.setdefault(section, []).append(name)
        self._refuse_unknown(self.tables, [*sections, "sources"], "")
        for section, names in sections.items():
            self._refuse_unknown(self._table(section), names, f"{section}.")

    def _text(self) -> str:
        try:
            return self.file.read_text(encoding="utf-8-sig")
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except UnicodeDecodeError as error:
            raise SettingsError(
                f"{self.file} is not UTF-8 ({error.reason} at byte {error.start}); "
                "save it as UTF-8."
            ) from error
        except OSError as error:
            raise SettingsError(f"{self.file} cannot be read: {error.strerror}.") from error

    def sources(self) -> Iterable[tuple[str, tuple[Setting, ...]]]:
        """Yield each source of the file with the settings that it may have; the samples last."""
        seen: dict[str, str] = {}
        for name, values in self._table("sources").items():
            key = f"sources.{name}"
            if not isinstance(values, dict):
                raise SettingsError(f"{self._place(key)}: {key} must be a table: [{key}].")
            if not re.fullmatch(r"[\w-]+", name):
                raise SettingsError(
                    f"{self._place(key)}: {key}: a source's name has letters, digits, _ and - only."
                )
            if name in COMMAND_LINE_SOURCES:
                raise SettingsError(
                    f"{self._place(key)}: {key}: the name '{name}' is taken; choose another."
                )
            variable = variable_of(key)
            if seen.setdefault(variable, name) != name:
                raise SettingsError(
                    f"{self._place(key)}: {key} and sources.{seen[variable]} are too much alike: "
                    f"{variable}__PATH would mean both; choose another name."
                )
            known = SAMPLE_SETTINGS if name == SAMPLE_SOURCE else SOURCE_SETTINGS
            self._refuse_unknown(values, [setting.key for setting in known], f"{key}.")
            if name != SAMPLE_SOURCE:
                yield name, known
        yield SAMPLE_SOURCE, SAMPLE_SETTINGS

    def value(self, setting: Setting, key: str) -> Effective:
        """Return a setting as it holds."""
        variable = variable_of(key)
        if variable in self.environment:
            given = _from_text(self.environment[variable], setting)
            return Effective(key, self._checked(setting, key, given, variable), variable)
        found: Any = self.tables
        for part in key.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        if found is not None:
            place = self._place(key)
            return Effective(key, self._checked(setting, key, found, place), place)
        if setting.default is None and setting.key == "path":
            place = self._place(key.rpartition(".")[0])
            raise SettingsError(f"{place}: {key} is missing: name a folder or file.")
        return Effective(key, setting.default, DEFAULT)

    def refuse_unknown_variables(self, known: Iterable[str]) -> None:
        """Raise SettingsError where a variable looks like a setting that there is not."""
        variables = {variable_of(key) for key in known}
        for name in sorted(self.environment):
            if name.startswith(PREFIX) and NESTING in name and name not in variables:
                raise SettingsError(f"{name} sets no setting. {_nearest(name, variables)}")

    def _checked(self, setting: Setting, key: str, value: Any, place: str) -> Value:
        try:
            return setting.check(value)
        except ValueError as error:
            raise SettingsError(f"{place}: {key} is {value!r}; {error}.") from None

    def _table(self, key: str) -> dict[str, Any]:
        table = self.tables.get(key, {})
        if not isinstance(table, dict):
            raise SettingsError(f"{self._place(key)}: {key} must be a table: [{key}].")
        return table

    def _refuse_unknown(self, values: Mapping[str, Any], known: list[str], prefix: str) -> None:
        for key in values:
            if key not in known:
                raise SettingsError(
                    f"{self._place(prefix + key)}: {prefix}{key} is no setting. "
                    f"{_nearest(key, known)}"
                )

    def _place(self, key: str) -> str:
        line = self.lines.get(key)
        return str(self.file) if line is None else f"{self.file} line {line}"


def variable_of(key: str) -> str:
    """Return the environment variable of a key: ENTENTE_SOURCES__MY_NEWS__PATH."""
    parts = (re.sub(r"\W", "_", part).upper() for part in key.split("."))
    return PREFIX + NESTING.join(parts)


def key_lines(text: str) -> dict[str, int]:
    """Return the line, from 1, of each table and key of a TOML text, by its dotted name.

    tomllib tells no lines. Keys within inline tables and multi-line strings are not looked for:
    whatever is not found is told without a line.
    """
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.fullmatch(line):
            table = _dotted(header[1])
            lines.setdefault(table, number)
        elif assignment := _ASSIGNMENT.match(line):
            key = _dotted(assignment[1])
            lines.setdefault(f"{table}.{key}" if table else key, number)
    return lines


def _dotted(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))


def _from_text(text: str, setting: Setting) -> Value:
    """Return the text of a variable as the type of its setting, itself where it is of another."""
    # a setting of a source has its default under [defaults]
    default = next((s.default for s in SETTINGS if s.key == f"defaults.{setting.key}"), None)
    default = default if setting.default is None else setting.default
    if isinstance(default, bool):
        return {"true": True, "1": True, "false": False, "0": False}.get(text.strip().lower(), text)
    if isinstance(default, int) and re.fullmatch(r"\s*-?\d{1,9}\s*", text, re.ASCII):
        return int(text)
    return text


def _nearest(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    return f"Did you mean {near[0]}?" if near else f"There are: {', '.join(names)}."
