"""The facts that Entente reads from an article, as frozen, typed records.

This module is the language that all other parts of the project speak: the vocabulary of contract
section 1 (kinds, statuses, levels, stances, sectors), the records of facts, and the `Article` that
they are read from. It holds no logic beyond turning a record into plain values.

What belongs here: a record that crosses the border between two packages, and the closed list of
values that one of its fields may take. What does not: anything that reads text, talks to a
database or knows of Dagster, DuckDB or dbt.

Offsets are half-open and count Unicode code points of the article's `text`. Countries are ISO
3166-1 alpha-3 codes; a pair is two of them in alphabetical order, joined by a hyphen.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal, get_args

EXTRACTOR_VERSION = "0.3.4"
"""Version of the reading rules. A change of it marks facts read by an earlier one as stale."""

EntityType = Literal["PERSON", "ORG", "GPE", "NORP", "LOC", "DATE", "BODY"]
QuoteKind = Literal["direct", "indirect", "mixed"]
Polarity = Literal["asserted", "negated", "hypothetical"]
MeetingKind = Literal[
    "talks", "visit", "call", "video", "negotiation", "consultation", "signing", "other"
]
Status = Literal["held", "ongoing", "planned", "proposed", "cancelled"]
CommissionStatus = Literal[
    "held", "ongoing", "planned", "proposed", "cancelled", "established", "mentioned"
]
Level = Literal[
    "leader",
    "deputy_leader",
    "minister",
    "deputy_minister",
    "ambassador",
    "parliament",
    "military",
    "official",
]
Stance = Literal["agreed", "existing", "proposed", "discussed", "obstacle"]
AgreementKind = Literal[
    "treaty",
    "agreement",
    "mou",
    "declaration",
    "protocol",
    "contract",
    "roadmap",
    "plan",
    "other",
]
AgreementStatus = Literal["signed", "in_force", "planned", "proposed"]

LEVELS: tuple[Level, ...] = get_args(Level)
"""Ranks of officials, highest first."""

STANCES: tuple[Stance, ...] = get_args(Stance)
"""Stances towards a sector of cooperation, strongest first."""

MEETING_KINDS: tuple[MeetingKind, ...] = get_args(MeetingKind)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text: half-open code point offsets."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it is read: its text and what its source says of it.

    `published` is an ISO 8601 date or date-time, or None where the source does not tell.
    `source` names where the article came from (a configured source, a file, a publisher's URL).
    """

    doc_id: str
    text: str
    source: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact carries: its id in the article and how it came to be known."""

    id: str
    evidence: Span
    rule: str
    confidence: float
    extractor_version: str = EXTRACTOR_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Fact):
    """A mention of a person, organisation, place, nationality, date or bilateral body.

    `entity` is what the mention resolves to: an ISO3 code, a person's full name, an ISO date or
    the name of a body; None where it resolves to nothing known.
    """

    start: int
    end: int
    text: str
    type: EntityType
    entity: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Fact):
    """An official named in the article, under the fullest form of the name that it uses."""

    name: str
    role: str | None = None
    organisation: str | None = None
    country: str | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Fact):
    """Attributed speech. `text` is exactly the characters of the span; direct ones keep marks.

    `parts` are the spans of the speech where it is interrupted ("A," he said, "B"), one otherwise.
    """

    start: int
    end: int
    text: str
    kind: QuoteKind
    parts: tuple[Span, ...] = ()
    speaker: str | None = None
    speakers: tuple[str, ...] = ()
    speaker_role: str | None = None
    speaker_country: str | None = None
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    polarity: Polarity = "asserted"
    meetings: tuple[str, ...] = ()
    commissions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """One who took part in an encounter. The name is None where only the role is told."""

    name: str | None
    role: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Fact):
    """An encounter of two countries: talks, a visit, a call, ...

    An encounter of three or four countries gives one record a pair; they share `encounter`, the
    id of the first of them. `parent` is the id of the visit that talks were part of. `date` has
    the precision that the text gives (`YYYY-MM-DD`, `YYYY-MM` or `YYYY`).
    """

    pair: str
    kind: MeetingKind
    status: Status
    date: str | None = None
    date_end: str | None = None
    city: str | None = None
    place_country: str | None = None
    host_country: str | None = None
    level: Level | None = None
    multilateral: bool = False
    participants: tuple[Participant, ...] = ()
    parent: str | None = None
    encounter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission(Fact):
    """A session of a standing bilateral body, or the body itself where no session is told."""

    pair: str
    name: str
    ordinal: int | None = None
    status: CommissionStatus = "mentioned"
    date: str | None = None
    date_end: str | None = None
    city: str | None = None
    place_country: str | None = None
    co_chairs: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorMention(Fact):
    """A place in the text that names a sector of cooperation of a pair."""

    pair: str
    sector: str
    stance: Stance
    start: int
    end: int
    meetings: tuple[str, ...] = ()
    commissions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector(Fact):
    """The roll-up of the article's sector mentions: one a pair and sector, strongest stance."""

    pair: str
    sector: str
    stance: Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Fact):
    """A document that the two sides signed, have in force, plan or propose."""

    pair: str
    kind: AgreementKind
    status: AgreementStatus
    title: str | None = None
    sectors: tuple[str, ...] = ()
    date: str | None = None
    meetings: tuple[str, ...] = ()
    commissions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """All that was read from one article."""

    doc_id: str
    entities: tuple[Entity, ...] = field(default=())
    people: tuple[Person, ...] = field(default=())
    quotes: tuple[Quote, ...] = field(default=())
    meetings: tuple[Meeting, ...] = field(default=())
    commissions: tuple[Commission, ...] = field(default=())
    sectors: tuple[Sector, ...] = field(default=())
    sector_mentions: tuple[SectorMention, ...] = field(default=())
    agreements: tuple[Agreement, ...] = field(default=())


def pair_of(first: str, second: str) -> str:
    """Return the pair of two ISO3 codes: `CUB-IRN` for `IRN`, `CUB`, in either order.

    Raises ValueError where both are the same country: a country makes no pair with itself.
    """
    if first == second:
        raise ValueError(f"a country makes no pair with itself: {first}")
    return "-".join(sorted((first, second)))


def to_plain(record: Any) -> Any:
    """Turn a record into dictionaries, lists and scalars that `json.dumps` takes."""
    if is_dataclass(record) and not isinstance(record, type):
        return {part.name: to_plain(getattr(record, part.name)) for part in fields(record)}
    if isinstance(record, tuple | list):
        return [to_plain(item) for item in record]
    return record
