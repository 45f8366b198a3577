"""Backups: what goes in comes out, and what is broken, newer or in use changes nothing."""

from __future__ import annotations

import io
import json
import sqlite3
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Installation, folder_of_version_1
from warehouse import backup as writing_of_backups
from warehouse.backup import BackupError, drop_older, write_backup
from warehouse.connection import WarehouseBusyError, build_connection, holder_of, writing
from warehouse.home import DATA_VERSION, Home
from warehouse.publishing import publish
from warehouse.raw_store import RawStore
from warehouse.restoring import restore_backup

HOLD = """
import sys, time
from pathlib import Path
from warehouse.connection import writing
from warehouse.home import Home
with writing(Home(Path(sys.argv[1])), "a test that holds on"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def filled(home: Home) -> Home:
    """A data folder with something of everything that is kept, and of what is not."""
    RawStore(home.raw).put(b"An article about talks.")
    home.settings.write_text('[schedule]\ntime = "05:00"\n')
    home.corrections.write_text("fact,field,value\n")
    home.lexicons.mkdir()
    (home.lexicons / "countries.tsv").write_text("of my own\n")
    (home.dbt_target / "manifest.json").write_text("{}")
    (home.raw / "1-aaaa.part").write_bytes(b"of a killed run")
    with build_connection(home, "a test") as connection:
        connection.execute("insert into reference.countries (iso3, name) values ('PER', 'Peru')")
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.articles as select i as article_id from range(9) t(i)"
        )
        publish(connection, home)
    return home


def restored_tables(home: Home) -> dict[str, list[tuple[object, ...]]]:
    return Installation(home).tables()


def rewritten(
    archive: Path, target: Path, change: Callable[[tarfile.TarInfo, bytes], bytes | None]
) -> Path:
    """Write an archive anew with its members changed, or left out where `change` gives None."""
    with tarfile.open(archive) as old, tarfile.open(target, "w") as new:
        for member in old.getmembers():
            stream = old.extractfile(member)
            content = change(member, stream.read() if stream else b"")
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
    return target


@pytest.mark.parametrize("name", ["kept.tar", "kept.tar.gz"])
def test_what_is_kept_comes_back_whole(filled: Home, tmp_path: Path, name: str) -> None:
    before = restored_tables(filled)
    progress: list[tuple[int, int]] = []
    kept = write_backup(filled, tmp_path / name, on_progress=lambda *told: progress.append(told))
    assert kept.data_version == DATA_VERSION
    assert kept.rows["reference.countries"] == 1
    assert progress[-1][0] == progress[-1][1] == kept.size
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    again = Home(tmp_path / "again")
    assert restore_backup(kept.path, again).before is None
    assert restored_tables(again) == before
    for file in (filled.settings, filled.corrections, filled.lexicons / "countries.tsv"):
        assert (again.root / file.relative_to(filled.root)).read_bytes() == file.read_bytes()
    files = {p.relative_to(filled.root) for p in filled.raw.rglob("*.gz")}
    assert files == {p.relative_to(again.root) for p in again.raw.rglob("*") if p.is_file()}
    assert not again.dbt_target.exists()
    with build_connection(again, "the next run") as connection:  # goes on from there
        assert connection.execute("select count(*) from marts.articles").fetchall() == [(9,)]


def test_a_folder_gets_a_file_named_by_the_time_and_keeps_the_newest(
    filled: Home, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for old in ("entente-20240101T031500Z.tar", "entente-20240102T031500Z.tar"):
        (folder / old).write_bytes(b"an old one")
    (folder / "entente-by-hand.tar").write_bytes(b"a name of the user's own")
    kept = write_backup(filled, folder)
    assert [path.name for path in drop_older(folder, 2)] == ["entente-20240101T031500Z.tar"]
    assert {path.name for path in folder.iterdir()} == {
        kept.path.name,
        "entente-20240102T031500Z.tar",
        "entente-by-hand.tar",
    }


def test_backups_never_write_over_a_file_or_into_what_they_keep(
    filled: Home, tmp_path: Path
) -> None:
    there = tmp_path / "there.tar"
    there.write_bytes(b"something else")
    for target in (there, tmp_path / "no" / "folder.tar", filled.raw / "kept.tar"):
        with pytest.raises(BackupError):
            write_backup(filled, target)
    assert there.read_bytes() == b"something else"
    assert not (filled.raw / "kept.tar").exists()


def test_nothing_is_kept_of_an_empty_folder(home: Home, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="nothing was taken in yet"):
        write_backup(home, tmp_path / "kept.tar")
    assert not (tmp_path / "kept.tar").exists()


def test_a_disk_error_leaves_no_file(
    filled: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing_of_backups, "_add", full)
    with pytest.raises(BackupError, match="No space left"):
        write_backup(filled, tmp_path / "kept.tar")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("cut", [0, 700, 5000, -1500, -20_000])
def test_an_archive_that_was_cut_off_leaves_nothing(filled: Home, tmp_path: Path, cut: int) -> None:
    kept = write_backup(filled, tmp_path / "kept.tar")
    content = kept.path.read_bytes()
    # the last blocks of a tar file are padding: cut into what stands before them
    whole = content.rstrip(b"\0")
    broken = tmp_path / "broken.tar"
    broken.write_bytes(whole[:cut] if cut >= 0 else whole[: len(whole) + cut])
    into = Home(tmp_path / "into")
    with pytest.raises(BackupError):
        restore_backup(broken, into)
    assert not into.root.exists()


@pytest.mark.parametrize("name", ["build.duckdb", "settings.toml", "published/articles.parquet"])
@pytest.mark.parametrize("change", ["changed", "missing", "added"])
def test_an_archive_that_was_changed_is_refused_and_leaves_nothing(
    filled: Home, tmp_path: Path, name: str, change: str
) -> None:
    kept = write_backup(filled, tmp_path / "kept.tar")

    def spoil(member: tarfile.TarInfo, content: bytes) -> bytes | None:
        if member.name != name:
            return content
        if change == "added":
            member.name = "raw/added.gz"
            return content
        return None if change == "missing" else content[:-1] + bytes([content[-1] ^ 1])

    broken = rewritten(kept.path, tmp_path / "broken.tar", spoil)
    settings = tmp_path / "into" / "settings.toml"
    settings.parent.mkdir()
    settings.write_text("# mine\n")
    with pytest.raises(BackupError, match="is broken"):
        restore_backup(broken, Home(settings.parent), force=True)
    assert settings.read_text() == "# mine\n"
    assert {path.name for path in settings.parent.iterdir()} <= {
        "settings.toml",
        "build.lock",
        "run.lock",
    }


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "raw/../../evil", "bin/evil", "evil\\x"])
def test_names_that_lead_elsewhere_are_refused(filled: Home, tmp_path: Path, name: str) -> None:
    kept = write_backup(filled, tmp_path / "kept.tar")

    def lead_astray(member: tarfile.TarInfo, content: bytes) -> bytes:
        if member.name == "settings.toml":
            member.name = name
        return content

    evil = rewritten(kept.path, tmp_path / "evil.tar", lead_astray)
    with pytest.raises(BackupError, match="which no backup holds"):
        restore_backup(evil, Home(tmp_path / "a" / "into"))
    assert not [path for path in tmp_path.rglob("*evil*") if path != evil]


def test_links_are_refused(filled: Home, tmp_path: Path) -> None:
    kept = write_backup(filled, tmp_path / "kept.tar")

    def link(member: tarfile.TarInfo, content: bytes) -> bytes:
        if member.name != "settings.toml":
            return content
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        return b""

    with pytest.raises(BackupError, match="which no backup holds"):
        restore_backup(rewritten(kept.path, tmp_path / "l.tar", link), Home(tmp_path / "into"))
    assert not (tmp_path / "into").exists()


def test_another_file_is_no_backup(tmp_path: Path) -> None:
    text, tar = tmp_path / "a.txt", tmp_path / "a.tar"
    text.write_text("an article")
    with tarfile.open(tar, "w") as archive:
        archive.add(text, "a.txt")
    for file in (text, tar):
        with pytest.raises(BackupError, match="is no backup of Entente"):
            restore_backup(file, Home(tmp_path / "into"))
    assert not (tmp_path / "into").exists()


def test_data_of_a_newer_program_is_refused(filled: Home, tmp_path: Path) -> None:
    kept = write_backup(filled, tmp_path / "kept.tar")

    def newer(member: tarfile.TarInfo, content: bytes) -> bytes:
        if member.name != "entente-backup.json":
            return content
        return json.dumps({**json.loads(content), "data_version": DATA_VERSION + 1}).encode()

    with pytest.raises(BackupError, match="made by a newer Entente"):
        restore_backup(rewritten(kept.path, tmp_path / "n.tar", newer), Home(tmp_path / "into"))
    assert not (tmp_path / "into").exists()


def test_a_folder_that_holds_data_is_refused_or_moved_aside(filled: Home, tmp_path: Path) -> None:
    kept = write_backup(filled, tmp_path / "kept.tar")
    filled.settings.write_text("# later\n")
    with pytest.raises(BackupError, match=r"holds data already.*settings\.toml"):
        restore_backup(kept.path, filled)
    assert filled.settings.read_text() == "# later\n"
    before = restored_tables(filled)
    done = restore_backup(kept.path, filled, force=True)
    assert filled.settings.read_text().startswith("[schedule]")
    assert done.before is not None
    former = Home(done.before)
    assert former.settings.read_text() == "# later\n"
    assert restored_tables(former) == before == restored_tables(filled)


@pytest.mark.parametrize("fails_at", [1, 4, 8])
def test_what_cannot_be_moved_leaves_everything_where_it_was(
    filled: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    kept = write_backup(filled, tmp_path / "kept.tar")
    filled.settings.write_text("# later\n")
    before = restored_tables(filled)
    moved = 0
    rename = Path.rename

    def fail_once(path: Path, target: Path) -> Path:
        nonlocal moved
        moved += 1
        if moved == fails_at:
            raise OSError(16, "Device or resource busy")  # as where raw/ is a disk of its own
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail_once)
    with pytest.raises(BackupError, match="Device or resource busy"):
        restore_backup(kept.path, filled, force=True)
    assert filled.settings.read_text() == "# later\n"
    assert restored_tables(filled) == before
    names = {path.name for path in filled.root.iterdir()}
    assert not [name for name in names if name.startswith(("before-restore", "restore"))]


def test_going_back_from_a_newer_program(filled: Home, tmp_path: Path) -> None:
    kept = write_backup(filled, tmp_path / "kept.tar")
    filled.write_version(DATA_VERSION + 1)
    restore_backup(kept.path, filled, force=True)
    assert filled.version() == DATA_VERSION


def test_a_folder_of_an_earlier_version_is_kept_as_it_is(tmp_path: Path) -> None:
    home = folder_of_version_1(tmp_path)
    kept = write_backup(home, tmp_path / "kept.tar")
    assert kept.data_version == 1
    assert home.version() == 1
    again = Home(tmp_path / "again")
    restore_backup(kept.path, again)
    assert again.version() == 1
    with build_connection(again, "the next run") as connection:
        assert connection.execute("select count(*) from raw.articles").fetchall()[0][0] > 0
    assert again.version() == DATA_VERSION


def test_changes_in_the_log_of_the_database_are_kept(filled: Home, tmp_path: Path) -> None:
    code = (
        "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); "
        "c.execute('insert into marts.articles values (99)'); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", code, str(filled.build_database)], check=False)
    assert filled.build_database.with_name("build.duckdb.wal").exists()
    kept = write_backup(filled, tmp_path / "kept.tar")
    assert kept.rows["marts.articles"] == 10


def test_history_is_kept_on_demand_while_a_daemon_writes_to_it(
    filled: Home, tmp_path: Path
) -> None:
    (filled.dagster / "history").mkdir()
    runs = filled.dagster / "history" / "runs.db"
    with closing(sqlite3.connect(runs)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("create table runs as select 'a' as run_id")
        connection.commit()  # stands in the log of the database, not in its file
        without = write_backup(filled, tmp_path / "without.tar")
        kept = write_backup(filled, tmp_path / "kept.tar", history=True)
    assert kept.files > without.files
    again = Home(tmp_path / "again")
    restore_backup(kept.path, again)
    with closing(sqlite3.connect(again.dagster / "history" / "runs.db")) as connection:
        assert connection.execute("select run_id from runs").fetchall() == [("a",)]
    # the folder's own history makes room, and is not lost
    (filled.dagster / "mine").write_text("of later")
    before = restore_backup(kept.path, filled, force=True).before
    assert before is not None
    assert (before / "dagster_home" / "mine").read_text() == "of later"
    assert (filled.dagster / "history" / "runs.db").exists()
    restore_backup(without.path, filled, force=True)
    assert (filled.dagster / "history" / "runs.db").exists()


@pytest.fixture
def holder(filled: Home) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the warehouse."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(filled.root)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "held"
    yield process
    process.kill()
    process.wait()


def test_who_holds_the_warehouse_is_told(
    filled: Home, tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    told: list[str] = []
    with pytest.raises(WarehouseBusyError, match="a test that holds on"):
        write_backup(filled, tmp_path / "kept.tar", timeout=0.1, on_wait=told.append)
    assert str(holder.pid) in told[0]
    assert holder_of(filled.lock) == told[0]
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    holder.kill()
    holder.wait()
    assert holder_of(filled.lock) is None
    kept = write_backup(filled, tmp_path / "kept.tar")
    with writing(filled, "a test"), pytest.raises(WarehouseBusyError, match="a test"):
        restore_backup(kept.path, filled, force=True)
