"""The bytes of everything that came in, kept before anything is parsed.

One gzip file a content, named by the SHA-256 of the bytes: `raw/ab/abcdef....gz`. The same bytes
are stored once. Writing is atomic, so that a killed run leaves whole files only.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RawStore:
    """A content-addressed store of bytes below a folder."""

    root: Path

    def _path(self, raw_hash: str) -> Path:
        return self.root / raw_hash[:2] / f"{raw_hash}.gz"

    def put(self, content: bytes) -> str:
        """Keep bytes and return their SHA-256 as hexadecimal digits."""
        raw_hash = hashlib.sha256(content).hexdigest()
        path = self._path(raw_hash)
        if path.exists():
            return raw_hash
        path.parent.mkdir(parents=True, exist_ok=True)
        # mtime=0: the same bytes give the same file on every machine
        packed = gzip.compress(content, compresslevel=6, mtime=0)
        partial = path.with_suffix(f".{os.getpid()}.part")
        with partial.open("wb") as stream:
            stream.write(packed)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
        return raw_hash

    def holds(self, raw_hash: str) -> bool:
        """Whether the bytes of a hash are kept."""
        return self._path(raw_hash).exists()

    def remove(self, raw_hash: str) -> bool:
        """Remove the bytes of a hash. Returns whether there were any."""
        try:
            self._path(raw_hash).unlink()
        except FileNotFoundError:
            return False
        return True

    def hashes(self) -> list[str]:
        """Return the hashes of all bytes that are kept, in order."""
        return sorted(path.stem for path in self.root.glob("??/*.gz"))

    def get(self, raw_hash: str) -> bytes:
        """Return the bytes of a hash. Raises FileNotFoundError where they are not kept."""
        return gzip.decompress(self._path(raw_hash).read_bytes())
