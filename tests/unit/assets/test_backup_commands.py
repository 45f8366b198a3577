"""`entente backup` and `entente restore` as their users call them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from assets.commands import backup, restore
from tests.conftest import Installation
from warehouse.connection import build_connection, writing
from warehouse.home import DATA_VERSION, ENVIRONMENT_VARIABLE, Home
from warehouse.publishing import publish


@pytest.fixture
def filled(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The data folder of this process, with a mart."""
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(home.root))
    with build_connection(home, "a test") as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.articles as select 'a' as article_id")
        publish(connection, home)
    return home


def test_from_backup_to_restore(filled: Home, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "entente-20240101T031500Z.tar").write_bytes(b"an old one")
    kept = CliRunner().invoke(backup.command, [str(folder), "--keep", "1"])
    assert kept.exit_code == 0, kept.output
    (archive,) = folder.iterdir()
    assert f"{archive}   " in kept.output
    assert f"removed {folder / 'entente-20240101T031500Z.tar'}" in kept.output

    refused = CliRunner().invoke(restore.command, [str(archive)])
    assert refused.exit_code == 1
    assert "--force" in refused.output

    before = Installation(filled).tables()
    drill = tmp_path / "drill"
    done = CliRunner().invoke(restore.command, [str(archive), "--into", str(drill)])
    assert done.exit_code == 0, done.output
    assert f"ENTENTE_HOME={drill}" in done.output
    assert Installation(Home(drill)).tables() == before

    # the program was updated, and is the old one again: its folder is newer than itself
    filled.write_version(DATA_VERSION + 1)
    forced = CliRunner().invoke(restore.command, [str(archive), "--force"])
    assert forced.exit_code == 0, forced.output
    assert "before-restore-" in forced.output
    assert filled.version() == DATA_VERSION


def test_wrong_calls_change_nothing(filled: Home, tmp_path: Path) -> None:
    target = tmp_path / "kept.tar"
    for command, arguments in (
        (backup.command, [str(target), "--keep", "3"]),
        (backup.command, [str(tmp_path), "--keep", "0"]),
        (backup.command, []),
        (restore.command, [str(tmp_path / "no.tar")]),
        (restore.command, [str(tmp_path)]),
    ):
        assert CliRunner().invoke(command, arguments).exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_broken_backup_and_a_warehouse_in_use_are_told_in_a_sentence(
    filled: Home, tmp_path: Path
) -> None:
    archive = tmp_path / "kept.tar"
    assert CliRunner().invoke(backup.command, [str(archive)]).exit_code == 0
    with writing(filled, "step extract"):
        busy = CliRunner().invoke(restore.command, [str(archive), "--force"])
    assert busy.exit_code == 1
    assert "step extract" in busy.output
    archive.write_bytes(archive.read_bytes()[:20_000])
    broken = CliRunner().invoke(restore.command, [str(archive), "--into", str(tmp_path / "into")])
    assert broken.exit_code == 1
    assert "is broken" in broken.output
    assert "Traceback" not in broken.output
    assert not (tmp_path / "into").exists()
