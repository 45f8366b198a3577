"""Whose leader a name is: common knowledge of heads of state and government.

What belongs here: the country of a well-known name, where the text does not tell it. What does
not: offices (they end, and the text tells them), and any name that several countries share.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache

from pipelines.language.names import can_be_short_for, name_key
from pipelines.lexicons import read_lexicon

_MARGIN = 3
"""Years by which an office may have begun earlier or ended later than the lexicon knows."""

_CROWNS = frozenset({"king", "queen", "sultan", "emir", "emperor", "shah", "crown prince"})
_HEADS = frozenset({"president", "prime minister", "chancellor", "leader", "chairman"})


@dataclass(frozen=True, slots=True)
class Leader:
    """An entry of the lexicon: a name, its country, the office and the years in it."""

    key: tuple[str, ...]
    country: str
    role: str
    first: int
    last: int

    def covers(self, year: int) -> bool:
        """Whether the leader was, as far as is known, in office in a year."""
        return self.first - _MARGIN <= year <= self.last + _MARGIN


@cache
def _leaders() -> dict[str, tuple[Leader, ...]]:
    """Leaders by each word of their names."""
    table: dict[str, list[Leader]] = {}
    for entry in read_lexicon("leaders"):
        leader = Leader(
            key=name_key(entry["name"]),
            country=entry["country"],
            role=entry["role"],
            first=int(entry["from"]),
            last=int(entry["to"] or 9999),
        )
        for word in set(leader.key):
            table.setdefault(word, []).append(leader)
    return {word: tuple(leaders) for word, leaders in table.items()}


def leader_country(
    key: tuple[str, ...],
    titles: frozenset[str],
    year: int | None,
    spoken_of: frozenset[str],
    *,
    addressed: bool = False,
) -> str | None:
    """Return the country of the leader whom a name means, None where that is not certain.

    `key` is the name's `name_key`, `titles` are the offices that the text gives (as `titles` tells
    them apart), `year` that of publication where it is known, `spoken_of` are the
    countries that the article mentions, `addressed` says that a form of address ('Mr.') stands
    before the name. A full name is enough; a surname needs a fitting office or a form of address,
    and a country that the article speaks of, or an office about that year.
    """
    if len(key) == 0:
        return None
    fitting = [leader for leader in _leaders().get(key[-1], ()) if _fits(key, leader, titles)]
    if len(key) == 1 and not titles:
        if not addressed:
            return None
        fitting = [leader for leader in fitting if leader.key[-1] == key[0]]
    near = [leader for leader in fitting if leader.country in spoken_of]
    current = [leader for leader in fitting if year is not None and leader.covers(year)]
    crowned = bool(titles & _CROWNS)
    if (len(key) == 1 and not crowned) or len({leader.country for leader in fitting}) > 1:
        fitting = near if len({leader.country for leader in near}) == 1 else current
    countries = {leader.country for leader in fitting}
    return countries.pop() if len(countries) == 1 else None


def in_office(word: str, years: Iterable[int], spoken_of: Container[str]) -> str | None:
    """Return the country of the one leader known by a surname in one of the years ('Putin').

    Only a country that the article speaks of; None where two of them have had such a leader.
    """
    fitting = {
        leader.country
        for leader in _leaders().get(word, ())
        if word in (leader.key[-1], *(leader.key[:1] if len(leader.key[0]) < 4 else ()))
        and leader.country in spoken_of
        and any(leader.covers(year) for year in years)
    }
    return fitting.pop() if len(fitting) == 1 else None


def _fits(key: tuple[str, ...], leader: Leader, titles: frozenset[str]) -> bool:
    if len(key) > 1:
        return _same_person(key, leader.key)
    royal = leader.role in _CROWNS
    if not can_be_short_for(key, leader.key, royal=royal):
        return False
    if not titles:
        return True
    if royal or titles & _CROWNS:
        return leader.role in titles or (leader.role == "crown prince" and "prince" in titles)
    if titles & _HEADS:
        return leader.role in _HEADS or leader.role in titles
    held = leader.role
    ministers = {"minister", "foreign secretary"}  # 'minister' stands for each field of government
    return any(held == t or held.startswith(f"{t} of ") for t in titles) or (
        bool(titles & ministers) and ("minister" in held or held in ministers)
    )


def _same_person(key: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Two words or more in common: either name can be the shorter form of the other."""
    if len(full) < 2:
        return False
    # the family name may lead in one and close the other
    return can_be_short_for(key, full) or can_be_short_for(full, key) or key == full[::-1]
