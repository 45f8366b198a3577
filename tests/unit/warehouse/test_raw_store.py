from __future__ import annotations

import hashlib
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
