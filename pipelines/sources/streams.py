"""Bytes of files as streams: opened, unpacked within limits, and cut into lines.

Whatever is read here is read in pieces: no file is ever held in memory whole.

What belongs here: the guards that every format needs (bombs, ends that come too early, endless
lines). What does not: what the bytes mean.
"""

from __future__ import annotations

import codecs
import io
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from pipelines.sources.charset import MARKS
from pipelines.sources.records import MAX_RECORD_BYTES

Content = bytes | bytearray | memoryview | BinaryIO | os.PathLike[str]
"""What can be read as a file: its bytes, an opened stream, or where it lies."""

CHUNK = 256 * 1024
GZIP_MAGIC = b"\x1f\x8b"
_MEMBER = GZIP_MAGIC + b"\x08"
_PROBE = 4096
BOMB_RATIO = 200
"""How many times its size a compressed file may unfold to; text unfolds to 3 to 20 times."""
BOMB_FREE_BYTES = 64 * 1024 * 1024
"""Up to this size, whatever unfolds is read."""


class DamagedError(ValueError):
    """A file cannot be read (any further): `reason` is one of REASONS, the message says what."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Readable(Protocol):
    """What gives bytes in pieces."""

    def read(self, size: int = ..., /) -> bytes:
        """Return at most `size` bytes; none at the end."""


@contextmanager
def opened(content: Content) -> Iterator[BinaryIO]:
    """Open whatever can be read as a file. Streams of the caller's are left open."""
    if isinstance(content, bytes | bytearray | memoryview):
        yield io.BytesIO(content)
    elif isinstance(content, os.PathLike):
        with Path(content).open("rb") as stream:
            yield stream
    else:
        yield content


class Inflated:
    """The unpacked bytes of a gzip stream of any number of members.

    Raises DamagedError: `bomb`, where far more comes out than goes in; `truncated_gzip`, where it
    ends too early; `parse_error`, where it is no gzip or its sums do not match. What was unpacked
    before that has been given out.
    """

    def __init__(self, raw: Readable) -> None:
        self._raw = raw
        self._packed = b""
        self._member = zlib.decompressobj(31)
        self._began = False
        self._in = self._out = 0  # of the member
        self._all_in = self._all_out = 0

    def read(self, size: int = CHUNK) -> bytes:
        """Return at most `size` unpacked bytes; none at the end."""
        while True:
            if not self._packed:
                self._packed = self._raw.read(CHUNK)
                if not self._packed:
                    if self._began:
                        raise DamagedError("truncated_gzip", "the compressed data ends too early")
                    return b""
            if not self._began:  # members may be followed by zeros
                self._packed = self._packed.lstrip(b"\x00") if self._all_in else self._packed
                if not self._packed:
                    continue
                self._began = True
            out = self._unpack(size)
            if out:
                return out

    def _unpack(self, size: int) -> bytes:
        before = len(self._packed)
        try:
            out = self._member.decompress(self._packed, size)
        except zlib.error as error:
            raise DamagedError("parse_error", f"the compressed data is damaged ({error})") from None
        ended = self._member.eof
        self._packed = self._member.unused_data if ended else self._member.unconsumed_tail
        used = before - len(self._packed)
        self._in, self._out = self._in + used, self._out + len(out)
        self._all_in, self._all_out = self._all_in + used, self._all_out + len(out)
        if _is_bomb(self._in, self._out) or _is_bomb(self._all_in, self._all_out // 16):
            raise DamagedError(
                "bomb", f"{self._all_in:,} compressed bytes give {self._all_out:,} and more"
            )
        if ended:
            self._member = zlib.decompressobj(31)
            self._began = False
            self._in = self._out = 0
        return out

    def resume(self, start: bytes) -> bool:
        """After damage, go on at the next member whose content begins with `start`, if any."""
        self._packed = b"" if self._began and not self._packed else self._packed[1:]
        while True:
            found = self._packed.find(_MEMBER)
            if found < 0:
                piece = self._raw.read(CHUNK)
                if not piece:
                    return False
                self._packed = self._packed[-2:] + piece
                continue
            self._packed = self._packed[found:]
            if len(self._packed) < _PROBE:
                self._packed += self._raw.read(CHUNK)
            with suppress(zlib.error):
                probe = zlib.decompressobj(31).decompress(self._packed[:_PROBE], len(start))
                if probe == start:
                    self._member, self._began = zlib.decompressobj(31), True
                    self._in = self._out = 0
                    return True
            self._packed = self._packed[1:]


def _is_bomb(taken: int, given: int) -> bool:
    return given > BOMB_FREE_BYTES and given > BOMB_RATIO * max(taken, 1)


class _AsUtf8:
    """A stream in UTF-16 or UTF-32 as one in UTF-8."""

    def __init__(self, raw: Readable, codec: str, head: bytes) -> None:
        self._raw, self._head = raw, head
        self._decoder = codecs.getincrementaldecoder(codec)("replace")

    def read(self, size: int = CHUNK) -> bytes:
        while True:
            piece, self._head = self._head or self._raw.read(size), b""
            text = self._decoder.decode(piece, final=not piece)
            if text or not piece:
                return text.encode("utf-8", "surrogatepass")


class Resumed:
    """A stream with what was taken from its beginning put back."""

    def __init__(self, head: bytes, raw: Readable) -> None:
        self._head, self._at, self._raw = head, 0, raw

    def read(self, size: int = CHUNK) -> bytes:
        """Return at most `size` bytes; none at the end."""
        if self._at < len(self._head):
            piece = self._head[self._at : self._at + size]
            self._at += len(piece)
            return piece
        self._head, self._at = b"", 0
        return self._raw.read(size)


def head_of(raw: Readable, size: int) -> bytes:
    """Take `size` bytes from the beginning of a stream, or all where there are fewer."""
    head = b""
    while len(head) < size and (piece := raw.read(size - len(head))):
        head += piece
    return head


def without_mark(raw: Readable) -> Readable:
    """Return the stream without its byte order mark, in UTF-8 where the mark tells another."""
    head = head_of(raw, 4)
    for mark, codec in MARKS:
        if head.startswith(mark):
            if codec == "utf-8-sig":
                return Resumed(head[len(mark) :], raw)
            return _AsUtf8(raw, codec, head)
    return Resumed(head, raw)


def lines(raw: Readable, limit: int = MAX_RECORD_BYTES) -> Iterator[tuple[bytes | None, int]]:
    """Yield each line without its end, and its size; None for a line longer than `limit`.

    The last line of a stream that breaks off (DamagedError) is not given out.
    """
    parts: list[bytes] = []
    size = 0
    while piece := raw.read(CHUNK):
        begin = 0
        while (end := piece.find(b"\n", begin)) >= 0:
            size += end - begin
            if size <= limit:
                parts.append(piece[begin:end])
                yield b"".join(parts), size
            else:
                yield None, size
            parts, size, begin = [], 0, end + 1
        size += len(piece) - begin
        if size <= limit:
            parts.append(piece[begin:])
        else:
            parts.clear()
    if size:
        yield (b"".join(parts) if size <= limit else None), size


def whole(raw: Readable, limit: int = MAX_RECORD_BYTES) -> bytes | None:
    """Return all bytes of a stream, or None where they are more than `limit`."""
    content = bytearray()
    size = 0
    while piece := raw.read(CHUNK):
        size += len(piece)
        if size <= limit:
            content += piece
        elif size > 2 * BOMB_FREE_BYTES:  # by here it is told whether it is a bomb
            break
        else:
            content.clear()
    return bytes(content) if size <= limit else None


@contextmanager
def on_disk(raw: Readable) -> Iterator[BinaryIO]:
    """Give a stream as a file that can be read from any place."""
    with tempfile.TemporaryFile(prefix="entente-") as copy:
        shutil.copyfileobj(raw, copy, CHUNK)
        copy.seek(0)
        yield copy
