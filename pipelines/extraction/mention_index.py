"""Mentions by their place in the text, so that a sentence finds its own without a full pass."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


_Mention = TypeVar("_Mention", bound=_Placed)


class MentionIndex(Generic[_Mention]):
    """Mentions in the order of the text, to be asked for by ranges of tokens."""

    def __init__(self, mentions: Sequence[_Mention]) -> None:
        self._mentions = tuple(mentions)
        self._starts = [mention.start for mention in self._mentions]

    def within(self, start: int, end: int) -> tuple[_Mention, ...]:
        """Mentions that begin in a range of tokens."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return self._mentions[first:last]
