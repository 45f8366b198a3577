"""How much work a call does, counted and not timed: these machines are shared and noisy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def calls_made(function: Callable[[], Any]) -> int:
    """Return how many calls of Python and built-in functions `function` makes."""
    count = 0

    def counter(_: FrameType, event: str, __: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counter)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count


def growth(function: Callable[[int], Any], size: int) -> float:
    """Return how many times more work `function` does for twice the size; 2 is linear."""
    function(size)  # whatever is compiled on the first call
    return calls_made(lambda: function(2 * size)) / calls_made(lambda: function(size))
