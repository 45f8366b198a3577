"""The results of an evaluation, as frozen records with their counts.

What belongs here: what a score consists of. What does not: how it is come by, how it is printed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

__all__ = ["F1", "CommissionScores", "MeetingScores", "QuoteScores", "Scores", "Share", "wilson"]

Interval = tuple[float, float]

_Z = 1.959963984540054
"""The normal quantile of a two-sided interval of 95%."""


def wilson(count: int, of: int) -> Interval | None:
    """Return the Wilson score interval (95%) of so many of so many; None where there are none.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
    JASA 22 (1927). It stays within 0 and 1, and says something about 5 of 5 too.
    """
    if not of:
        return None
    share, spread = count / of, _Z * _Z / of
    centre = (share + spread / 2) / (1 + spread)
    half = (_Z / (1 + spread)) * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, centre - half), min(1.0, centre + half)


@dataclass(frozen=True, slots=True)
class F1:
    """How much of gold was found, and how much of what was found is in gold.

    Where there is nothing to find and nothing was found, the shares are None; precision is None
    where nothing was found, recall where there was nothing to find.
    """

    matched: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float | None:
        """The share of the predicted that is in gold."""
        return self.matched / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The share of gold that was found."""
        return self.matched / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        total = self.predicted + self.gold
        return 2 * self.matched / total if total else None

    @property
    def interval(self) -> Interval | None:
        """The 95% interval of the F1.

        An F1 is no share, but F1 = 2J / (1 + J), where J is the share of the matched in all that
        gold or the reading has; the interval is Wilson's of J, carried over (after D. J. Hand,
        P. Christen, N. Kirielle, F*: an interpretable transformation of the F-measure, 2021).
        """
        bounds = wilson(self.matched, self.predicted + self.gold - self.matched)
        return None if bounds is None else (_f1_of(bounds[0]), _f1_of(bounds[1]))

    def to_plain(self) -> dict[str, Any]:
        """Return shares and counts as values that `json.dumps` takes."""
        return {
            "precision": _rounded(self.precision),
            "recall": _rounded(self.recall),
            "f1": _rounded(self.f1),
            "interval": _bounds(self.interval),
            "precision_interval": _bounds(wilson(self.matched, self.predicted)),
            "recall_interval": _bounds(wilson(self.matched, self.gold)),
            "matched": self.matched,
            "predicted": self.predicted,
            "gold": self.gold,
        }


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many: right ones of those that gold tells, invented ones of those it does not.

    The share is None where there are none.
    """

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """The share, 0 to 1."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """The 95% interval of the share (Wilson's)."""
        return wilson(self.count, self.of)

    def to_plain(self) -> dict[str, Any]:
        """Return share and counts as values that `json.dumps` takes."""
        return {
            "share": _rounded(self.share),
            "interval": _bounds(self.interval),
            "count": self.count,
            "of": self.of,
        }


@dataclass(frozen=True, slots=True)
class MeetingScores:
    """Meetings matched by pair and kind, and how right the fields of the matched ones are.

    `date` and `city` count where gold has one, `date_invented` and `city_invented` where it has
    none. `participants` counts the surnames of matched meetings.
    """

    records: F1
    status: Share
    level: Share
    date: Share
    date_invented: Share
    city: Share
    city_invented: Share
    participants: F1


@dataclass(frozen=True, slots=True)
class CommissionScores:
    """Commissions matched by pair and ordinal; the fields as in MeetingScores."""

    records: F1
    status: Share
    date: Share
    date_invented: Share
    city: Share
    city_invented: Share


@dataclass(frozen=True, slots=True)
class QuoteScores:
    """Quotes matched by their words; `exact` are those the same to the letter after trimming.

    `speaker` counts the matched ones whose speaker gold tells by more than a pronoun. The recalls
    are of gold's quotes of that kind.
    """

    records: F1
    exact: F1
    speaker: Share
    recall_direct: Share
    recall_indirect: Share
    recall_mixed: Share


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores over a gold file of `documents` records.

    `scored` says how many records have each list; a score is None where no record has its list.
    """

    documents: int
    scored: Mapping[str, int]
    meeting_pairs: F1 | None
    meetings: MeetingScores | None
    commissions: CommissionScores | None
    sectors: F1 | None
    agreements: F1 | None
    people: F1 | None
    quotes: QuoteScores | None

    def to_plain(self) -> dict[str, Any]:
        """Return the scores as dictionaries, one a score, for JSON.

        The counts of a score with fields stand beside them: `meetings` has `f1`, `matched`, ...
        and `status`, `level`, ...; what is not scored is None.
        """
        return {
            "documents": self.documents,
            "scored": dict(self.scored),
            "meeting_pairs": _plain(self.meeting_pairs),
            "meetings": _plain(self.meetings),
            "commissions": _plain(self.commissions),
            "sectors": _plain(self.sectors),
            "agreements": _plain(self.agreements),
            "people": _plain(self.people),
            "quotes": _plain(self.quotes),
        }


def _plain(
    part: F1 | MeetingScores | CommissionScores | QuoteScores | None,
) -> dict[str, Any] | None:
    """Return one score as a dictionary, with the figures of its records on top."""
    if part is None:
        return None
    if isinstance(part, F1):
        return part.to_plain()
    plain: dict[str, Any] = part.records.to_plain()
    for field in fields(part):
        if field.name != "records":
            value: F1 | Share = getattr(part, field.name)
            plain[field.name] = value.to_plain()
    return plain


def _f1_of(jaccard: float) -> float:
    return 2 * jaccard / (1 + jaccard)


def _bounds(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [round(bound, 4) for bound in interval]


def _rounded(value: float | None) -> float | None:
    """Return a share with four decimals, which is finer than any gold file can tell."""
    return None if value is None else round(value, 4)
