"""The bytes of everything that came in, kept before anything is parsed.

One gzip file a content, named by the SHA-256 of the bytes: `raw/ab/abcdef....gz`. The same bytes
are stored once. Writing is atomic, so that a killed run leaves whole files only. Files are written
and read in pieces: their size does not matter.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from uuid import uuid4

_CHUNK = 1024 * 1024
_LEVEL = 6
_PACKED = (b"\x1f\x8b", b"PAR1", b"PK\x03\x04", b"\x28\xb5\x2f\xfd")
"""How content begins that packing makes no smaller."""


@dataclass(frozen=True, slots=True)
class RawStore:
    """A content-addressed store of bytes below a folder."""

    root: Path

    def _path(self, raw_hash: str) -> Path:
        return self.root / raw_hash[:2] / f"{raw_hash}.gz"

    def put(self, content: bytes) -> str:
        """Keep bytes and return their SHA-256 as hexadecimal digits."""
        return self.put_stream(io.BytesIO(content))

    def put_stream(self, stream: BinaryIO) -> str:
        """Keep the bytes of a stream, from where it stands, and return their SHA-256.

        A stream that can be read twice is first only looked at: what is kept is not packed again.
        """
        if stream.seekable():
            begin = stream.tell()
            raw_hash = hashlib.sha256()
            while piece := stream.read(_CHUNK):
                raw_hash.update(piece)
            if self._path(raw_hash.hexdigest()).exists():
                return raw_hash.hexdigest()
            stream.seek(begin)
        return self._keep(stream)

    def _keep(self, stream: BinaryIO) -> str:
        self.root.mkdir(parents=True, exist_ok=True)
        partial = self.root / f"{os.getpid()}-{uuid4().hex[:8]}.part"
        found = hashlib.sha256()
        try:
            with partial.open("wb") as file:
                piece = stream.read(_CHUNK)
                level = 1 if piece.startswith(_PACKED) else _LEVEL
                # mtime=0: the same bytes give the same file on every machine
                with gzip.GzipFile("", "wb", compresslevel=level, fileobj=file, mtime=0) as packed:
                    while piece:
                        found.update(piece)
                        packed.write(piece)
                        piece = stream.read(_CHUNK)
                file.flush()
                os.fsync(file.fileno())
            path = self._path(found.hexdigest())
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        return found.hexdigest()

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

    def open(self, raw_hash: str) -> BinaryIO:
        """Open the bytes of a hash for reading. Raises FileNotFoundError where there are none."""
        return cast("BinaryIO", gzip.open(self._path(raw_hash), "rb"))
