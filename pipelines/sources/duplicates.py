"""Whether two texts are copies of one report, and which passages only the later one has.

Texts are compared by their words: case, punctuation, invisible characters and unicode forms do not
count. Two texts are near copies where the Jaccard likeness of their sets of three-word shingles is
at least THRESHOLD. MinHash bands (`band_keys`) find the pairs worth comparing without looking at
all; `likeness` then decides exactly: a wrong pair is never linked, and a right one is missed only
where no band meets. Datelines, bylines and closing lines need no rule: they change few shingles.

Texts too short for that (fewer than LEAST_WORDS words) are copies where all their words are equal.

What belongs here: comparing texts. What does not: which of them came first (`copy_groups`), and
where bands are kept (`warehouse.copies`).
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

WORDS_PER_SHINGLE = 3
LEAST_WORDS = 20
THRESHOLD = 0.8

BANDS, ROWS_PER_BAND = 12, 5
"""A pair of likeness j shares a band with probability 1 - (1 - j^5)^12: .991 at .80, .996 at .82,
.32 at .50 and .0001 at .10. Few bands keep the table small; a false one costs a comparison."""

_SLOTS = 64  # rensa is fastest at powers of two; the bands take the first 60
_SEED = 42
_VERSION = 1

SHORTEST_SHARED = 6
"""Fewer equal words than these, amid words that are not, are chance: 'the minister of foreign'."""

# combining marks and invisible characters belong to the word that they stand in
_WORD = re.compile("(?:\\w[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*)+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def method() -> str:
    """Name the way of making bands: bands of two methods are never compared."""
    from rensa import RMinHash  # noqa: PLC0415  (only where articles are compared)

    library = getattr(RMinHash, "ALGORITHM_VERSION", 1)
    return f"{_VERSION}/minhash {library}/{BANDS}x{ROWS_PER_BAND}"


def _hash(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "little")


def _normal(word: str) -> str:
    if word.isascii():
        return word.lower()
    composed = unicodedata.normalize("NFKC", _INVISIBLE.sub("", word))
    return unicodedata.normalize("NFKC", composed.casefold())


@dataclass(frozen=True)
class Wording:
    """The words of a text without case and punctuation, each with its half-open span in it."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> Wording:
        """Read the words of a text; spans count code points."""
        matches = list(_WORD.finditer(text))
        return cls(
            tuple(_normal(match.group()) for match in matches),
            tuple(match.span() for match in matches),
        )

    @cached_property
    def shingles(self) -> tuple[int, ...]:
        """The 64-bit hashes of its three-word shingles, in order."""
        words = self.words
        return tuple(
            _hash("\n".join(words[start : start + WORDS_PER_SHINGLE]).encode())
            for start in range(len(words) - WORDS_PER_SHINGLE + 1)
        )

    @cached_property
    def shingle_set(self) -> frozenset[int]:
        """Its shingles, each once."""
        return frozenset(self.shingles)

    @property
    def is_short(self) -> bool:
        """Whether it has too few words for shingles to tell."""
        return len(self.words) < LEAST_WORDS


def band_keys(wordings: Sequence[Wording]) -> list[list[int]]:
    """Return for each text the keys under which it meets its near copies (unsigned 64-bit).

    A short text has one, which only the same words have; a text without any word has none.
    """
    from rensa import RMinHash  # noqa: PLC0415  (only where articles are compared)

    long = [index for index, wording in enumerate(wordings) if not wording.is_short]
    keys: list[list[int]] = [
        [_hash(b"short\n" + "\n".join(wording.words).encode())] if wording.words else []
        for wording in wordings
    ]
    signatures = RMinHash.digest_matrix_from_token_hash_sets(
        [wordings[index].shingles for index in long], _SLOTS, _SEED
    ).to_rows()
    for index, signature in zip(long, signatures, strict=True):
        keys[index] = [
            _hash(
                struct.pack(
                    f"<{1 + ROWS_PER_BAND}I",
                    band,
                    *signature[band * ROWS_PER_BAND : (band + 1) * ROWS_PER_BAND],
                )
            )
            for band in range(BANDS)
        ]
    return keys


def likeness(first: Wording, second: Wording) -> float:
    """Return the exact Jaccard likeness of the shingles of two texts, between 0 and 1.

    Where one of the texts is short it is 1 or 0: whether their words are the same.
    """
    if first.is_short or second.is_short:
        return float(bool(first.words) and first.words == second.words)
    shared = len(first.shingle_set & second.shingle_set)
    return shared / (len(first.shingle_set) + len(second.shingle_set) - shared)


def are_copies(first: Wording, second: Wording) -> bool:
    """Whether one of two texts is a near copy of the other."""
    return likeness(first, second) >= THRESHOLD


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a copy (half-open, in code points) that `article_id` was the first to tell."""

    start: int
    end: int
    article_id: str


def passages_added(
    article_id: str, copy: Wording, earlier: Sequence[tuple[str, Wording]]
) -> tuple[Passage, ...]:
    """Return what a copy tells that the first report of its group does not.

    `earlier` are the reports of the group before it, in order of arrival, the first report first.
    A word was told by the earliest of them that has a shingle with it; what none has is the copy's
    own. A few equal words amid others count as others.
    """
    if not earlier or copy.words == earlier[0][1].words:
        return ()
    tellers = [name for name, _ in earlier]
    told_by: list[int | None] = [None] * len(copy.words)
    for number, (_, wording) in enumerate(earlier):
        known = wording.shingle_set
        for start, shingle in enumerate(copy.shingles):
            if shingle in known:
                for word in range(start, start + WORDS_PER_SHINGLE):
                    if told_by[word] is None:
                        told_by[word] = number
        if None not in told_by:
            break
    tellers.append(article_id)
    labels = [len(tellers) - 1 if number is None else number for number in told_by]
    return tuple(
        Passage(copy.spans[start][0], copy.spans[end - 1][1], tellers[label])
        for label, start, end in _without_chance(_runs(labels))
        if label != 0
    )


def _runs(labels: Sequence[int]) -> list[tuple[int, int, int]]:
    """Runs of equal labels: label, first index, index behind the last."""
    runs: list[tuple[int, int, int]] = []
    for index, label in enumerate(labels):
        if runs and runs[-1][0] == label:
            runs[-1] = (label, runs[-1][1], index + 1)
        else:
            runs.append((label, index, index + 1))
    return runs


def _without_chance(runs: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Give short runs of the first report, between longer ones of others, to those before them."""
    labels: list[int] = []
    for number, (label, start, end) in enumerate(runs):
        around = [runs[n] for n in (number - 1, number + 1) if 0 <= n < len(runs)]
        is_chance = (
            label == 0
            and end - start < SHORTEST_SHARED
            and all(last - first >= end - start for _, first, last in around)
        )
        owner = (labels[-1] if labels else around[0][0]) if is_chance and around else label
        labels += [owner] * (end - start)
    return _runs(labels)
