"""Trying a step again where that can help: the warehouse is busy, a disk or a file plays up.

Wrong settings, broken rules and failed checks are not tried again: the same would come of it.

What belongs here: which errors are worth it. What does not: what the steps do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import isgeneratorfunction
from typing import Any, ParamSpec, TypeVar, cast

import dagster as dg
import duckdb

from assets.progress import report
from warehouse.connection import WarehouseBusyError

P = ParamSpec("P")
R = TypeVar("R")

MAX_RETRIES = 2
SECONDS_TO_WAIT = 10.0

PASSING = (WarehouseBusyError, duckdb.IOException, OSError)
"""What may be over in a moment."""


def tried_again(step: Callable[P, R]) -> Callable[P, R]:
    """Decorate the body of a step: after an error that may pass, it starts over."""
    if isgeneratorfunction(step):

        @wraps(step)
        def yielding(*args: P.args, **kwargs: P.kwargs) -> Iterator[Any]:
            with _passing_errors():
                yield from cast("Iterator[Any]", step(*args, **kwargs))

        return cast("Callable[P, R]", yielding)

    @wraps(step)
    def returning(*args: P.args, **kwargs: P.kwargs) -> R:
        with _passing_errors():
            return step(*args, **kwargs)

    return returning


@contextmanager
def _passing_errors() -> Iterator[None]:
    """Ask Dagster to start the step over where an error within may pass."""
    try:
        yield
    except PASSING as error:
        words = str(error).strip().partition("\n")[0]
        report(f"{words or type(error).__name__}: trying again if it was not the last time")
        raise dg.RetryRequested(MAX_RETRIES, SECONDS_TO_WAIT) from error
