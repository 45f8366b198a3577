from __future__ import annotations

from pathlib import Path

import pytest

from assets.settings import SettingsError, create_settings, load_settings
from warehouse.home import Home


def settings_of(home: Home, text: str):
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
