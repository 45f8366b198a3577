"""Pairs records of gold with predicted ones, one to one.

Records may pair where their key is the same (pair and kind of a meeting, pair and ordinal of a
commission) or where their words overlap (quotes). Of all ways to pair them the one with most pairs
is taken, and among those the one whose pairs agree best. That is the assignment problem; it is
solved exactly in each group of records that compete, as groups are small, and greedily in a group
too large for that.

What belongs here: which record stands for which. What does not: counting what came of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.evaluation.comparison import fold, overlap, same_date, surnames, words
from pipelines.evaluation.gold import PlainFact

__all__ = [
    "LEAST_OVERLAP",
    "Matching",
    "match_agreements",
    "match_commissions",
    "match_meetings",
    "match_quotes",
]

LEAST_OVERLAP = 0.5
"""The token-overlap F from which on two stretches of speech are the same quote."""

_LARGEST_EXACT = 150
"""Records on the longer side of a group that is still solved exactly (cubic time)."""

# Any pair outweighs all agreement of fields, and a pair with a record that counts outweighs any
# number of pairs with optional ones.
_PAIR = 1_000.0
_REQUIRED_PAIR = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Matching:
    """Which record of gold stands for which predicted one, as positions in the two lists.

    `missed` are positions in gold, `invented` positions in the predicted list. Optional records of
    gold, and predicted ones that stand for them, are in none of the three.
    """

    pairs: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    invented: tuple[int, ...]


def match_meetings(gold: Sequence[PlainFact], predicted: Sequence[PlainFact]) -> Matching:
    """Pair meetings of one article by pair and kind; gold's `session` ones are optional."""
    optional = {position for position, fact in enumerate(gold) if fact.get("session")}
    return _match(gold, predicted, _by_fields(gold, predicted, "kind", _meeting_likeness), optional)


def match_commissions(gold: Sequence[PlainFact], predicted: Sequence[PlainFact]) -> Matching:
    """Pair commissions of one article by pair and ordinal (no ordinal pairs with none)."""
    return _match(gold, predicted, _by_fields(gold, predicted, "ordinal", _session_likeness))


def match_agreements(gold: Sequence[PlainFact], predicted: Sequence[PlainFact]) -> Matching:
    """Pair agreements of one article by pair and kind."""
    return _match(gold, predicted, _by_fields(gold, predicted, "kind", _document_likeness))


def match_quotes(gold: Sequence[PlainFact], predicted: Sequence[PlainFact]) -> Matching:
    """Pair quotes of one article whose words overlap with an F of LEAST_OVERLAP or more."""
    theirs = [words(fact["text"]) for fact in predicted]
    sizes = [bag.total() for bag in theirs]
    likeness: dict[tuple[int, int], float] = {}
    for row, fact in enumerate(gold):
        bag = words(fact["text"])
        size = bag.total()
        for column, other in enumerate(theirs):
            # The shorter of the two bounds the overlap, which spares most of the counting.
            if 2 * min(size, sizes[column]) >= LEAST_OVERLAP * (size + sizes[column]) > 0:
                shared = overlap(bag, other)
                if shared >= LEAST_OVERLAP:
                    likeness[row, column] = shared
    return _match(gold, predicted, likeness)


def _by_fields(
    gold: Sequence[PlainFact],
    predicted: Sequence[PlainFact],
    key: str,
    likeness: Callable[[PlainFact, PlainFact], float],
) -> dict[tuple[int, int], float]:
    """Return the likeness of all records that share pair and `key`."""
    groups: defaultdict[tuple[Any, Any], list[int]] = defaultdict(list)
    for column, fact in enumerate(predicted):
        groups[fact["pair"], fact.get(key)].append(column)
    return {
        (row, column): likeness(fact, predicted[column])
        for row, fact in enumerate(gold)
        for column in groups.get((fact["pair"], fact.get(key)), ())
    }


def _meeting_likeness(gold: PlainFact, predicted: PlainFact) -> float:
    """Return on how many other fields two meetings agree; participants count by their share."""
    ours, theirs = surnames(gold.get("participants")), surnames(predicted.get("participants"))
    people = 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 1.0
    return (
        people
        + _same(gold, predicted, "status", "level", "place_country", "host_country")
        + _same_date(gold, predicted)
        + _same_name(gold, predicted, "city")
    )


def _session_likeness(gold: PlainFact, predicted: PlainFact) -> float:
    """Return on how many other fields two commissions agree."""
    return (
        _same(gold, predicted, "status", "place_country")
        + _same_date(gold, predicted)
        + _same_name(gold, predicted, "city")
        + _same_name(gold, predicted, "name")
    )


def _document_likeness(gold: PlainFact, predicted: PlainFact) -> float:
    """Return on how many other fields two agreements agree."""
    return (
        _same(gold, predicted, "status")
        + _same_date(gold, predicted)
        + _same_name(gold, predicted, "title")
    )


def _same(gold: PlainFact, predicted: PlainFact, *fields: str) -> int:
    """Return how many of the fields have one value in both."""
    return sum(gold.get(field) == predicted.get(field) for field in fields)


def _same_date(gold: PlainFact, predicted: PlainFact) -> int:
    """Return 1 where the dates agree to gold's precision, or neither has one."""
    ours, theirs = gold.get("date"), predicted.get("date")
    return int(theirs is None if ours is None else same_date(ours, theirs))


def _same_name(gold: PlainFact, predicted: PlainFact, field: str) -> int:
    """Return 1 where a name is the same but for case and accents, or neither has one."""
    return int(fold(gold.get(field) or "") == fold(predicted.get(field) or ""))


def _match(
    gold: Sequence[PlainFact],
    predicted: Sequence[PlainFact],
    likeness: Mapping[tuple[int, int], float],
    optional: Iterable[int] = (),
) -> Matching:
    """Return the best matching, where `likeness` holds every pair that may be made."""
    left_out = set(optional)
    worth = {
        (row, column): value + (_PAIR if row in left_out else _REQUIRED_PAIR)
        for (row, column), value in likeness.items()
    }
    chosen = sorted(pair for group in _competing(worth) for pair in _best(group))
    paired_gold = {row for row, _ in chosen}
    paired_predicted = {column for _, column in chosen}
    return Matching(
        pairs=tuple(pair for pair in chosen if pair[0] not in left_out),
        missed=tuple(row for row in range(len(gold)) if row not in paired_gold | left_out),
        invented=tuple(
            column for column in range(len(predicted)) if column not in paired_predicted
        ),
    )


def _competing(worth: Mapping[tuple[int, int], float]) -> list[dict[tuple[int, int], float]]:
    """Split the possible pairs into groups that share no record (connected components)."""
    by_row: defaultdict[int, list[int]] = defaultdict(list)
    by_column: defaultdict[int, list[int]] = defaultdict(list)
    for row, column in worth:
        by_row[row].append(column)
        by_column[column].append(row)
    groups: list[dict[tuple[int, int], float]] = []
    seen: set[int] = set()
    for first in by_row:
        if first in seen:
            continue
        seen.add(first)
        rows, waiting, columns = [first], [first], set[int]()
        while waiting:
            for column in by_row[waiting.pop()]:
                if column in columns:
                    continue
                columns.add(column)
                fresh = [row for row in by_column[column] if row not in seen]
                seen.update(fresh)
                rows.extend(fresh)
                waiting.extend(fresh)
        groups.append({(row, column): worth[row, column] for row in rows for column in by_row[row]})
    return groups


def _best(worth: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Return the pairs of one group that are worth most together, each record used once."""
    rows = sorted({row for row, _ in worth})
    columns = sorted({column for _, column in worth})
    if max(len(rows), len(columns)) > _LARGEST_EXACT:
        return _greedy(worth)
    if len(rows) > len(columns):
        turned = {(column, row): value for (row, column), value in worth.items()}
        return [(row, column) for column, row in _best(turned)]
    costs = [[-worth.get((row, column), 0.0) for column in columns] for row in rows]
    assigned = ((rows[row], columns[column]) for row, column in enumerate(_assign(costs)))
    return [pair for pair in assigned if pair in worth]


def _greedy(worth: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Return pairs from the most worth down, each record used once."""
    used_rows: set[int] = set()
    used_columns: set[int] = set()
    chosen: list[tuple[int, int]] = []
    for row, column in sorted(worth, key=lambda pair: (-worth[pair], pair)):
        if row not in used_rows and column not in used_columns:
            used_rows.add(row)
            used_columns.add(column)
            chosen.append((row, column))
    return chosen


def _assign(costs: Sequence[Sequence[float]]) -> list[int]:
    """Return for each row its column in the cheapest assignment (no more rows than columns).

    Method: Kuhn's Hungarian algorithm (1955) by shortest augmenting paths with potentials, after
    Jonker and Volgenant (1987). Time is rows squared by columns.
    """
    n_columns = len(costs[0])
    free = -1
    owner = [free] * (n_columns + 1)  # row that holds a column; the last column is a starting point
    row_price = [0.0] * len(costs)
    column_price = [0.0] * (n_columns + 1)
    for first in range(len(costs)):
        column = n_columns
        owner[column] = first
        shortest = [float("inf")] * n_columns
        came_from = [n_columns] * n_columns
        visited = [False] * (n_columns + 1)
        while owner[column] != free:
            visited[column] = True
            row, step, following = owner[column], float("inf"), n_columns
            for other in range(n_columns):
                if visited[other]:
                    continue
                length = costs[row][other] - row_price[row] - column_price[other]
                if length < shortest[other]:
                    shortest[other], came_from[other] = length, column
                if shortest[other] < step:
                    step, following = shortest[other], other
            for other in range(n_columns + 1):
                if visited[other]:
                    row_price[owner[other]] += step
                    column_price[other] -= step
                elif other < n_columns:
                    shortest[other] -= step
            column = following
        while column != n_columns:
            owner[column] = owner[came_from[column]]
            column = came_from[column]
        owner[n_columns] = free
    chosen = [free] * len(costs)
    for column, row in enumerate(owner[:n_columns]):
        if row != free:
            chosen[row] = column
    return chosen
