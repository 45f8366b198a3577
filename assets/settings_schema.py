"""Which settings there are: key, default, meaning, and what a value must look like.

The settings file that a first run writes, its checks, the environment variables that override it
and `entente config` all follow from these declarations.

What belongs here: declarations. What does not: reading files (`assets.settings_values`) and what a
setting does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Value = str | int | bool

PUBLISH_TEXT = ("full", "sentences", "none")
"""What of a source's texts is published: all, the sentences that facts were read from, nothing."""

DATE_ORDERS = ("DMY", "MDY", "YMD")
"""In which order a source writes day, month and year as numbers: 31/5/2024, 5/31/2024."""

OWN_GOLD = ("block", "warn", "off")
"""What a run does when the rules read the project's own gold worse than they should."""

ON_FINDING = ("block", "warn", "off")
"""What a run does when a check finds something: publish nothing, tell it, or not look."""

SMTP_SECURITY = ("none", "starttls", "tls")
"""How the way to the mail server is guarded."""

SAMPLE_SOURCE = "sample"
COMMAND_LINE_SOURCES = ("files", "stdin")
"""Names of what is given on the command line."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `default` is None where there is none; `check` cleans a value or raises
    ValueError with what to write instead.
    """

    key: str
    default: Value | None
    meaning: str
    check: Callable[[Value], Value]


def _clock_time(value: Value) -> Value:
    if not isinstance(value, str) or not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value, re.ASCII):
        raise ValueError('write it like "06:00"')
    return value


def _time_zone(value: Value) -> Value:
    try:
        ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('that is no time zone; write it like "Europe/Madrid" or "UTC"') from None
    return str(value)


def _one_of(values: tuple[str, ...]) -> Callable[[Value], Value]:
    def check(value: Value) -> Value:
        if value not in values:
            raise ValueError("write " + " or ".join(f'"{known}"' for known in values))
        return value

    return check


def _whole_number(least: int, most: int) -> Callable[[Value], Value]:
    def check(value: Value) -> Value:
        if type(value) is not int or not least <= value <= most:
            raise ValueError(f"write a whole number from {least} to {most}, without quotes")
        return value

    return check


def _switch(value: Value) -> Value:
    if not isinstance(value, bool):
        raise ValueError("write true or false, without quotes")
    return value


def _model(value: Value) -> Value:
    if not isinstance(value, str) or not value.strip():
        raise ValueError('write "bundled", "blank", the name of a package or a folder, in quotes')
    return value.strip()


def _language(value: Value) -> Value:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z]{2}", value.strip().lower()):
        raise ValueError('write the two letters of ISO 639-1, like "en"')
    return value.strip().lower()


def _note(value: Value) -> Value:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError("write an address or a few words, on one line, in quotes")
    return value.strip()


def _web_address(value: Value) -> Value:
    if not isinstance(value, str) or not re.fullmatch(r"(https?://[^\s/]+\S*)?", value.strip()):
        raise ValueError('write an address like "https://host/path", or "" for none')
    return value.strip()


def _mail_addresses(value: Value) -> Value:
    text = value.strip() if isinstance(value, str) else None
    addresses = [] if not text else [part.strip() for part in text.split(",")]
    if text is None or not all(re.fullmatch(r"[^\s@,<>]+@[^\s@,<>]+", a) for a in addresses):
        raise ValueError('write an address like "desk@news.example", several with commas between')
    return ", ".join(addresses)


def _words(value: Value) -> Value:
    if not isinstance(value, str) or re.search(r"[\x00-\x1f]", value):
        raise ValueError("write it in quotes, on one line")
    return value.strip()


def _path(value: Value) -> Value:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("name a folder, a file or a pattern, in quotes")
    if "\0" in value:
        raise ValueError("a path holds no NUL character")
    try:
        Path(value).expanduser()
    except RuntimeError:
        raise ValueError("there is no such user; write the path without ~") from None
    return value


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "schedule.time",
        "06:00",
        "The time of the daily run (it is switched on by `entente schedule on`, or in the UI).",
        _clock_time,
    ),
    Setting("schedule.timezone", "UTC", "The zone of that time.", _time_zone),
    Setting(
        "defaults.timezone",
        "UTC",
        "The zone of publication dates, where a source says nothing else, and of files that are\n"
        "named on the command line.",
        _time_zone,
    ),
    Setting(
        "defaults.publish_text",
        "sentences",
        'What of the texts is published: "full" (the mart article_texts holds them),\n'
        '"sentences" (only the sentences that facts were read from) or "none" (no sentence, but\n'
        "what facts are made of: quotes, names, titles of agreements).",
        _one_of(PUBLISH_TEXT),
    ),
    Setting(
        "defaults.expect_every_hours",
        72,
        "After how many hours without a new article a source counts as silent; 0 means never, for\n"
        "archives that are complete.",
        _whole_number(0, 100_000),
    ),
    Setting(
        "reading.model",
        "bundled",
        'The language model that tells names and who does what: "bundled" (comes with the\n'
        'project), "blank" (none: rules alone), an installed spaCy package ("en_core_web_sm")\n'
        "or a folder that holds a pipeline. With another model, everything is read anew.",
        _model,
    ),
    Setting(
        "reading.gate",
        True,
        "Whether a run leaves articles unread that cannot hold a fact between two states.",
        _switch,
    ),
    Setting(
        "reading.workers",
        0,
        "How many processes read articles in a run; 0 takes one a core.",
        _whole_number(0, 512),
    ),
    Setting(
        "warehouse.wait_minutes",
        30,
        "How long a run waits for another one that holds the warehouse.",
        _whole_number(0, 10_080),
    ),
    Setting(
        "checks.own_gold",
        "block",
        "Each run reads the project's own annotated articles, and knows what should come out.\n"
        'When too much of it is wrong: "block" (marts are not published), "warn" or "off".',
        _one_of(OWN_GOLD),
    ),
    Setting(
        "checks.set_aside_percent",
        30,
        "A run tells when more than this share of what newly came in had to be set aside\n"
        "(of 20 files or records at least).",
        _whole_number(0, 100),
    ),
    Setting(
        "checks.set_aside",
        "warn",
        'What it does then: "block", "warn" or "off".',
        _one_of(ON_FINDING),
    ),
    Setting(
        "checks.usual_factor",
        4,
        "A run tells when a day brings this many times more or fewer articles of a source, or\n"
        "facts of a kind an article, than the days before (median of 14, of which 5 brought any).",
        _whole_number(2, 1000),
    ),
    Setting(
        "checks.usual",
        "warn",
        'What it does then: "block", "warn" or "off".',
        _one_of(ON_FINDING),
    ),
    Setting(
        "checks.freshness",
        "warn",
        "What a run does when a source has brought nothing for longer than it should\n"
        '(expect_every_hours): "block", "warn" or "off".',
        _one_of(ON_FINDING),
    ),
    Setting(
        "checks.after_publication_percent",
        5,
        "Marts are not published when more than this share of the dated encounters or sessions\n"
        "that are told as held have a date after publication (of 20 at least). Less is a warning.",
        _whole_number(0, 100),
    ),
    Setting(
        "watch.every_seconds",
        60,
        "How often the folders of the sources are looked at for new files, once that is on\n"
        "(`entente schedule on files`, or the sensor new_files in the UI).",
        _whole_number(5, 86_400),
    ),
    Setting(
        "watch.quiet_seconds",
        60,
        "How long files must have been left alone before a run reads them.",
        _whole_number(0, 86_400),
    ),
    Setting(
        "alarms.webhook",
        "",
        'Where failed runs and checks are told, as JSON with a "text" as Slack and its like take.\n'
        "An address that is a secret belongs into ENTENTE_ALARMS__WEBHOOK instead.",
        _web_address,
    ),
    Setting("alarms.email_to", "", "Who is written to; several with commas.", _mail_addresses),
    Setting("alarms.email_from", "", "Who the mail comes from.", _mail_addresses),
    Setting("alarms.smtp_host", "localhost", "The mail server.", _words),
    Setting("alarms.smtp_port", 25, "Its port.", _whole_number(1, 65_535)),
    Setting(
        "alarms.smtp_security",
        "none",
        'How the way there is guarded: "none", "starttls" or "tls".',
        _one_of(SMTP_SECURITY),
    ),
    Setting(
        "alarms.smtp_user",
        "",
        "The name to log in with, where it asks for one. The password is never written here: it\n"
        "is read from the environment variable ENTENTE_SMTP_PASSWORD.",
        _words,
    ),
    Setting(
        "alarms.warnings",
        False,
        "Whether checks that only warn are told, too.",
        _switch,
    ),
    Setting(
        "alarms.ui_url",
        "http://127.0.0.1:3000",
        "Where the Dagster UI is, for the link to the run.",
        _web_address,
    ),
)

SOURCE_SETTINGS: tuple[Setting, ...] = (
    Setting(
        "path",
        None,
        "a folder, read recursively, a file, or a pattern (news/2024-*.jsonl); counted from here",
        _path,
    ),
    Setting("enabled", True, "true or false (default true)", _switch),
    Setting("timezone", None, "as in [defaults]", _time_zone),
    Setting("publish_text", None, "as in [defaults]", _one_of(PUBLISH_TEXT)),
    Setting(
        "language",
        None,
        'the language of all its texts, as in "en" (default: told from each text)',
        _language,
    ),
    Setting(
        "date_order",
        None,
        'how it writes 3/4/2024: "DMY", "MDY" or "YMD" (default: such dates are set aside)',
        _one_of(DATE_ORDERS),
    ),
    Setting("terms", None, "its terms of use: an address, or words", _note),
    Setting("licence", None, "a note on the licence of its texts", _note),
    Setting("expect_every_hours", None, "as in [defaults]", _whole_number(0, 100_000)),
)

SAMPLE_SETTINGS: tuple[Setting, ...] = tuple(s for s in SOURCE_SETTINGS if s.key == "enabled")


def template() -> str:
    """Return the settings file of a new installation: every setting with default and meaning."""
    lines = [
        "# Settings of this Entente installation. Lines that begin with # are comments.",
        "# `entente config` shows what holds, and where it comes from. An environment variable",
        "# goes before this file: ENTENTE_SCHEDULE__TIME overrides time in [schedule].",
    ]
    section = ""
    sections = list(dict.fromkeys(setting.key.partition(".")[0] for setting in SETTINGS))
    for setting in sorted(SETTINGS, key=lambda s: sections.index(s.key.partition(".")[0])):
        head, _, name = setting.key.partition(".")
        if head != section:
            section = head
            lines += ["", f"[{head}]"]
        lines += [f"# {line}" for line in setting.meaning.splitlines()]
        lines.append(f"{name} = {written(setting.default)}")
    width = max(len(setting.key) for setting in SOURCE_SETTINGS)
    lines += ["", "# Where articles come from. Each source is a table [sources.NAME] with"]
    lines += [f"#   {s.key.ljust(width)}  {s.meaning}" for s in SOURCE_SETTINGS]
    lines += dedent(
        """\
        #
        # [sources.my_news]
        # path = "/data/my_news"
        # timezone = "Asia/Tehran"

        # The invented articles that come with the project. They are read until the first source of
        # your own is switched on; they and all that was read from them are then removed.
        [sources.sample]
        enabled = true
        """
    ).splitlines()
    return "\n".join(lines) + "\n"


def written(value: Value | None) -> str:
    """Return a value as TOML writes it; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
