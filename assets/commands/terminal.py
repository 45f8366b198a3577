"""Progress on standard error: one changing line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time

import click


class Terminal:
    """Shows how far a command is, with the seconds since it began."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.live = sys.stderr.isatty()

    @property
    def seconds(self) -> float:
        """Seconds since the command began."""
        return time.monotonic() - self.started

    def show(self, message: str, done: bool = True) -> None:
        """Show a state; `done` is False for one that will be replaced, which only terminals see."""
        stamp = f"{self.seconds:5.1f} s  {message}"
        if self.live:
            sys.stderr.write(f"\r\x1b[K{stamp}" + ("\n" if done else ""))
            sys.stderr.flush()
        elif done:
            click.echo(stamp, err=True)

    def clear(self) -> None:
        """Take away a state that was to be replaced."""
        if self.live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
