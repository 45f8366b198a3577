"""The user's own lexicon entries: `lexicons/` in the data folder.

What belongs here: putting that folder to use, once its files are in order. What does not: what such
files may hold (`pipelines.lexicons.check`).
"""

from __future__ import annotations

from pipelines.lexicons.check import check_own
from pipelines.lexicons.own import use_folder
from warehouse.home import Home


class OwnLexiconsError(ValueError):
    """A file of the user's cannot be read; the message lists every fault and what to do."""


def use_own_lexicons(home: Home) -> None:
    """Read lexicons with the entries of `home.lexicons`, for this process and those it starts.

    Without files there, the project's alone. Raises OwnLexiconsError where a file has faults.
    """
    if not any(home.lexicons.glob("*.tsv")):
        use_folder(None)
        return
    faults = check_own(home.lexicons)
    if faults:
        listed = "\n".join(f"  {fault}" for fault in faults[:_MOST])
        more = f"\n  ... and {len(faults) - _MOST} more" if len(faults) > _MOST else ""
        raise OwnLexiconsError(
            f"the lexicons in {home.lexicons} cannot be used; mend the lines, or move the folder "
            f"away:\n{listed}{more}"
        )
    use_folder(home.lexicons)


_MOST = 20
