"""What a person at a terminal sees of a run while it goes on.

Assets call `report`; whoever started the run may `listen`. Without a listener (in the UI, under a
schedule) reports go nowhere: Dagster keeps its own log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, bool], None]

_listener: ContextVar[Listener | None] = ContextVar("entente_progress", default=None)


def report(message: str, *, done: bool = True) -> None:
    """Tell the listener how far the work is; `done` is False for a state that will be replaced."""
    listener = _listener.get()
    if listener is not None:
        listener(message, done)


@contextmanager
def listen(listener: Listener) -> Iterator[None]:
    """Send the reports of what runs within to `listener`."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
