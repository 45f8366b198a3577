"""A list in JSON, cut into the bytes of its elements.

Only strings and brackets are looked at, so that a list of any length takes the memory of its
longest element, and an element that is no JSON costs no other.

What belongs here: where an element ends. What does not: parsing it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pipelines.sources.records import MAX_RECORD_BYTES
from pipelines.sources.streams import CHUNK, Readable

_MARK = re.compile(rb'[\[\]{}",:]')
_STRING_END = re.compile(rb'["\\]')
_SPACE = b" \t\r\n"
_OPENS = {b"]": b"[", b"}": b"{"}
_LONGEST_NAME = 100


class Cutter:
    """Cuts the elements out of the outermost list, or of a list that the outermost object holds.

    `names` are the names, in lower case, under which the object may hold it. A bracket that does
    not match closes what it can within its element; what follows the end of the outermost list is
    read as more elements. A list that is never closed ends with the stream.
    """

    def __init__(self, raw: Readable, names: Collection[str]) -> None:
        self._raw, self._names = raw, names
        self._open = bytearray()  # the brackets that are open
        self._home = 0  # how many of them enclose the elements; 0 outside of their list
        self._ended = False  # the outermost list was closed
        self._in_string = False
        self._name = bytearray()  # the last string outside of elements
        self._value = False  # a colon was the last mark
        self._element: bytearray | None = None
        self._size = 0
        self._at = 0  # how much of the stream came before what is looked at
        self.start = 0
        """Where in the stream the element begins that was given out last."""

    def records(self) -> Iterator[tuple[bytes | None, int]]:
        """Yield the bytes of each element, None where they are too many, and their number."""
        escaped = False
        before = 0
        while piece := self._raw.read(CHUNK):
            at = 0
            while at < len(piece):
                if escaped:
                    self._take(piece[at : at + 1])
                    at, escaped = at + 1, False
                elif self._in_string:
                    found = _STRING_END.search(piece, at)
                    end = found.end() if found else len(piece)
                    self._take(piece[at:end])
                    at = end
                    self._in_string = not found or found.group() != b'"'
                    escaped = found is not None and found.group() == b"\\"
                else:
                    found = _MARK.search(piece, at)
                    end = found.start() if found else len(piece)
                    self._take(piece[at:end])
                    at = end + 1
                    if found:
                        self._at = before + at
                        yield from self._mark(found.group())
            before += len(piece)
        yield from self._close()

    def _mark(self, mark: bytes) -> Iterator[tuple[bytes | None, int]]:
        if self._ended:  # there is more: a bracket too many closed the list
            self._ended, self._home = False, 1
            self._open[:] = b"["
        inside, after_colon = self._home > 0, self._value
        self._value = mark == b":" and not inside
        if mark == b'"':
            self._in_string = True
            if not inside:
                self._name.clear()
                return
        elif mark in b"[{":
            if not inside and mark == b"[" and self._holds_elements(after_colon):
                self._open += mark
                self._home = len(self._open)
                self._begin()
                return
            self._open += mark
        elif mark in b"]}":
            self._shut(_OPENS[mark])
            if inside and len(self._open) < self._home:
                yield from self._close()
                self._ended = self._home == 1
                self._home = 0
                return
        elif mark == b"," and inside and len(self._open) == self._home:
            yield from self._close()
            self._begin()
            return
        self._take(mark)

    def _shut(self, bracket: bytes) -> None:
        """Close the innermost bracket of this kind; within an element, none that encloses it."""
        found = self._open.rfind(bracket, self._home)
        if found >= 0:
            del self._open[found:]
        elif bracket == b"[" or not self._home:
            del self._open[max(self._home, 1) - 1 :]

    def _holds_elements(self, after_colon: bool) -> bool:
        if not self._open:
            return True
        name = bytes(self._name).rstrip(b'"').decode("utf-8", "replace").lower()
        return len(self._open) == 1 and after_colon and name in self._names

    def _begin(self) -> None:
        self._element, self._size, self.start = bytearray(), 0, self._at

    def _take(self, piece: bytes) -> None:
        if self._element is not None:
            self._size += len(piece)
            if self._size <= MAX_RECORD_BYTES:
                self._element += piece
            else:
                self._element.clear()
        elif self._in_string and len(self._name) < _LONGEST_NAME:
            self._name += piece

    def _close(self) -> Iterator[tuple[bytes | None, int]]:
        if self._element is not None:
            if self._size > MAX_RECORD_BYTES:
                yield None, self._size
            elif self._element.strip(_SPACE):
                yield bytes(self._element), self._size
        self._element = None
