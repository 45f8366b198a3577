from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from assets.settings import (
    Settings,
    SettingsError,
    create_settings,
    load_settings,
    load_values,
)
from assets.settings_schema import SETTINGS
from warehouse.home import Home


def settings_of(home: Home, text: str) -> Settings:
    home.settings.write_text(text)
    return load_settings(home)


def test_the_samples_are_read_until_a_real_source_is_switched_on(home: Home) -> None:
    assert [source.name for source in load_settings(home).sources] == ["sample"]
    off = settings_of(home, '[sources.news]\npath = "/data/news"\nenabled = false\n')
    assert [source.name for source in off.sources] == ["sample"]
    on = settings_of(home, '[sources.news]\npath = "/data/news"\ntimezone = "Asia/Tehran"\n')
    assert [(s.name, s.path, s.timezone) for s in on.sources] == [
        ("news", Path("/data/news"), "Asia/Tehran")
    ]
    assert settings_of(home, "[sources.sample]\nenabled = false\n").sources == ()


def test_the_created_file_says_what_is_the_default_anyway(home: Home) -> None:
    before = load_settings(home)
    create_settings(home)
    assert load_settings(home) == before
    home.settings.write_text("# mine\n")
    create_settings(home)
    assert home.settings.read_text() == "# mine\n"


def test_the_schedule_is_a_cron_expression(home: Home) -> None:
    assert load_settings(home).cron == "0 6 * * *"
    assert settings_of(home, '[schedule]\ntime = "17:05"\n').cron == "5 17 * * *"


def test_paths_are_below_the_data_folder_unless_absolute(home: Home) -> None:
    (source,) = settings_of(home, '[sources.news]\npath = "inbox"\n').sources
    assert source.path == home.root / "inbox"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('# comment\n[schedule]\n\ntime = "late"\n', "settings.toml line 4: schedule.time"),
        ("[sources.news]\npath = 3\n", "settings.toml line 2: sources.news.path"),
        ("[sources.news]\nenabled = true\n", "settings.toml line 1: sources.news.path is missing"),
        ('[ sources."news" ]\npath="x"\n"colour" = 1\n', "line 3: sources.news.colour"),
        ("reading.workers = -1\n", "line 1: reading.workers is -1"),
        ("[reading]\nworkers = true\n", "line 2: reading.workers is True"),
        ('[defaults]\npublish_text = "all"\n', 'line 2: .*"full" or "sentences" or "none"'),
        ("[shedule]\n", "line 1: shedule is no setting. Did you mean schedule?"),
        ("[schedule]\ntime = \n", "line 2"),
        ('[sources."a.b"]\npath = "x"\n', "letters, digits"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(home: Home, text: str, place: str) -> None:
    with pytest.raises(SettingsError, match=place.replace("?", r"\?").replace(".toml", r"\.toml")):
        settings_of(home, text)


def test_what_holds_and_where_it_comes_from(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.settings.write_text(
        '[schedule]\ntime = "05:00"\n[reading]\nworkers = 3\n[sources.my-news]\npath = "inbox"\n'
    )
    monkeypatch.setenv("ENTENTE_READING__WORKERS", "2")
    monkeypatch.setenv("ENTENTE_SOURCES__MY_NEWS__ENABLED", "false")
    found = load_values(home)
    assert (found["schedule.time"].value, found["schedule.time"].origin) == (
        "05:00",
        f"{home.settings} line 2",
    )
    assert (found["reading.workers"].value, found["reading.workers"].origin) == (
        2,
        "ENTENTE_READING__WORKERS",
    )
    assert found["schedule.timezone"].origin == "default"
    settings = load_settings(home)
    assert settings.workers == 2
    assert [source.name for source in settings.sources] == ["sample"], "switched off by variable"


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("ENTENTE_SCHEDULE__TIME", "late", "ENTENTE_SCHEDULE__TIME: schedule.time is 'late'"),
        ("ENTENTE_READING__WORKERS", "many", "whole number"),
        ("ENTENTE_SOURCES__SAMPLE__ENABLED", "perhaps", "true or false"),
        ("ENTENTE_SCHEDULE__TIM", "06:00", "Did you mean ENTENTE_SCHEDULE__TIME"),
        ("ENTENTE_SOURCES__OTHER__PATH", "x", "sets no setting"),
    ],
)
def test_a_wrong_variable_is_named(
    home: Home, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=told):
        load_settings(home)


def test_every_setting_stands_in_the_created_file_with_its_default(home: Home) -> None:
    create_settings(home)
    values = tomllib.loads(home.settings.read_text())
    for setting in SETTINGS:
        section, _, name = setting.key.partition(".")
        assert values[section][name] == setting.default
        assert setting.check(setting.default) == setting.default  # type: ignore[arg-type]
        assert f"\n# {setting.meaning.splitlines()[0]}" in home.settings.read_text()


def test_what_of_the_texts_is_published(home: Home) -> None:
    found = settings_of(
        home,
        '[defaults]\npublish_text = "none"\ntimezone = "Asia/Tokyo"\n'
        '[sources.a]\npath = "a"\npublish_text = "full"\n'
        '[sources.b]\npath = "b"\nenabled = false\n',
    )
    assert found.publish_text == {
        "sample": "full",
        "files": "none",
        "stdin": "none",
        "a": "full",
        "b": "none",
    }
    assert [(source.name, source.timezone) for source in found.sources] == [("a", "Asia/Tokyo")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("sources = 3\n", "sources"),
        ("[sources]\nnews = 3\n", "sources.news"),
        ("[sources.news]\nenabled = true\n", "sources.news.path"),
        ('[sources.news]\npath = "x"\nenabled = "yes"\n', "sources.news.enabled"),
        ('[sources.news]\npath = "x"\ntimezone = "Mars/Base"\n', "sources.news.timezone"),
        ('[sources.news]\npath = "x"\ncolour = 1\n', "sources.news.colour"),
        ('[schedule]\ntime = "25:00"\n', "schedule.time"),
        ('[schedule]\ntimezone = "Europe"\n', "schedule.timezone"),
        ('[sources.files]\npath = "x"\n', "sources.files"),
        ('[sources.sample]\npath = "x"\n', "sources.sample.path"),
        ("[shedule]\n", "shedule"),
        ("not toml at all", "settings.toml"),
    ],
)
def test_a_wrong_setting_is_named(home: Home, text: str, named: str) -> None:
    with pytest.raises(SettingsError, match=named.replace(".", r"\.")):
        settings_of(home, text)


def test_what_is_known_of_a_source(home: Home, tmp_path: Path) -> None:
    found = settings_of(
        home,
        '[sources.a]\npath = "a"\nlanguage = "EN"\ndate_order = "MDY"\nlicence = "CC BY 4.0"\n'
        'terms = "https://a.example/terms"\n[sources.b]\npath = "b"\nenabled = false\n',
    )
    a, b, samples = found.configured
    assert (a.language, a.date_order, a.licence) == ("en", "MDY", "CC BY 4.0")
    assert a.terms == "https://a.example/terms"
    assert (b.language, b.date_order, b.terms, b.licence) == (None, None, None, None)
    assert [source.enabled for source in found.configured] == [True, False, False]
    assert samples.is_sample
    assert found.sources == (a,)
    assert load_settings(Home(tmp_path / "none")).configured[0].enabled, "the samples"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('language = "English"', "ISO 639-1"),
        ('date_order = "dmy"', '"DMY" or "MDY" or "YMD"'),
        ('terms = ""', "an address or a few words"),
        ("licence = 4", "an address or a few words"),
    ],
)
def test_what_is_wrongly_known_of_a_source_is_told(home: Home, line: str, told: str) -> None:
    with pytest.raises(
        SettingsError, match=f"line 3: sources.a.{line.split(maxsplit=1)[0]} is .*{told}"
    ):
        settings_of(home, f'[sources.a]\npath = "a"\n{line}\n')
