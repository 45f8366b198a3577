from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from warehouse.raw_store import RawStore


def test_bytes_come_back_as_they_were(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    content = b"\x00\xff bytes of any kind \r\n" * 50
    raw_hash = store.put(content)
    assert raw_hash == hashlib.sha256(content).hexdigest()
    assert store.get(raw_hash) == content


def test_the_same_bytes_are_stored_once_and_nothing_is_left_over(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    store.put(b"twice")
    store.put(b"twice")
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".gz"]


def test_unknown_bytes_are_not_made_up(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        RawStore(tmp_path).get("0" * 64)


def test_streams_are_kept_from_where_they_stand(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    content = b"PAR1" + bytes(range(256)) * 20_000
    (tmp_path / "file").write_bytes(b"skipped" + content)
    with (tmp_path / "file").open("rb") as stream:
        stream.seek(7)
        raw_hash = store.put_stream(stream)
    assert raw_hash == hashlib.sha256(content).hexdigest()
    with store.open(raw_hash) as kept:
        assert kept.read() == content
    with pytest.raises(FileNotFoundError):
        store.open("0" * 64)


def test_a_stream_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    class Broken(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _: object) -> int:
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        RawStore(tmp_path).put_stream(io.BufferedReader(Broken()))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
