"""Run `entente` until a function has been called so many times, then die without a word.

    python dying.py MODULE FUNCTION CALLS ARGUMENT ...

The last of these calls is not carried out: the process kills itself, and its children with it, as
the power going out would. Its own process group is expected (`start_new_session`).
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import Any


def main() -> None:
    """Patch the function before anyone imports it, then be the command."""
    module_name, name, calls, *arguments = sys.argv[1:]
    module = import_module(module_name)
    real = getattr(module, name)
    left = int(calls)

    def dying(*args: Any, **kwargs: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            os.killpg(0, signal.SIGKILL)
        return real(*args, **kwargs)

    setattr(module, name, dying)
    home = import_module("warehouse.home").Home.from_environment()
    # what the command does first, before anything is imported that reads a lexicon
    import_module("assets.own_lexicons").use_own_lexicons(home)
    import_module("assets.dagster_home").prepare_dagster_home(home)
    # an article is a batch of its own, so that some are read when the process dies
    import_module("assets.facts").BATCH_ARTICLES = 1
    import_module("assets.cli").main(arguments)


if __name__ == "__main__":
    main()
