"""A name in a text with the title that it bears there, as the finders of persons hand it on.

What belongs here: the records. What does not: finding names (`naming`, `lone_names`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.language.names import name_key
from pipelines.language.offices import Role


@dataclass(frozen=True, slots=True)
class Naming:
    """A name in the text with the title that it bears there, in token indices."""

    start: int
    end: int
    name_start: int
    name_end: int
    name: str
    roles: tuple[Role, ...] = ()
    country: str | None = None
    honorific: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """The words of the name that tell persons apart."""
        return name_key(self.name)


@dataclass(frozen=True, slots=True)
class Namings:
    """All names of persons with titles, the titles left over, and names that may be later ones."""

    named: list[Naming]
    nameless: list[Role]
    runs: list[tuple[int, int]]
