"""Gold files: articles with the facts that a careful reader found in them.

A gold file is JSON Lines in the vocabulary of contract section 1. What it says is checked as it is
read, since a misspelt code or a quote that the text does not hold would lower every score without
a word. What belongs here: reading and checking gold. What does not: comparing it with anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pipelines.lexicons import read_lexicon
from pipelines.records import (
    Agreement,
    AgreementKind,
    AgreementStatus,
    Article,
    Commission,
    CommissionStatus,
    Entity,
    EntityType,
    Fact,
    Level,
    Meeting,
    MeetingKind,
    Person,
    Polarity,
    Quote,
    QuoteKind,
    Sector,
    SectorMention,
    Stance,
    Status,
)

__all__ = ["FACT_LISTS", "GoldDocument", "GoldError", "PlainFact", "read_gold"]

PlainFact = Mapping[str, Any]
"""A fact as plain values, in the fields of contract section 1."""

FACT_LISTS = (
    "entities",
    "people",
    "quotes",
    "meetings",
    "commissions",
    "sectors",
    "sector_mentions",
    "agreements",
)
"""The lists of facts that a record may have."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)

_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "people": ("name",),
    "quotes": ("text",),
    "meetings": ("pair", "kind"),
    "commissions": ("pair",),
    "sectors": ("pair", "sector"),
    "sector_mentions": ("pair", "sector"),
    "agreements": ("pair", "kind"),
}
_CODES: Mapping[tuple[str, str], frozenset[str]] = {
    ("entities", "type"): frozenset(get_args(EntityType)),
    ("people", "level"): frozenset(get_args(Level)),
    ("quotes", "kind"): frozenset(get_args(QuoteKind)),
    ("quotes", "polarity"): frozenset(get_args(Polarity)),
    ("meetings", "kind"): frozenset(get_args(MeetingKind)),
    ("meetings", "status"): frozenset(get_args(Status)),
    ("meetings", "level"): frozenset(get_args(Level)),
    ("commissions", "status"): frozenset(get_args(CommissionStatus)),
    ("sectors", "stance"): frozenset(get_args(Stance)),
    ("sector_mentions", "stance"): frozenset(get_args(Stance)),
    ("agreements", "kind"): frozenset(get_args(AgreementKind)),
    ("agreements", "status"): frozenset(get_args(AgreementStatus)),
}
_RECORDS: Mapping[str, type[Fact]] = {
    "entities": Entity,
    "people": Person,
    "quotes": Quote,
    "meetings": Meeting,
    "commissions": Commission,
    "sectors": Sector,
    "sector_mentions": SectorMention,
    "agreements": Agreement,
}
_COUNTRY_FIELDS = ("country", "place_country", "host_country", "speaker_country")
_NAME_FIELDS = ("name", "speaker", "city", "role", "title", "text")
_SPAN_FIELDS = (("start", "end"), ("cue_start", "cue_end"), ("speaker_start", "speaker_end"))


class GoldError(ValueError):
    """A gold file that cannot be trusted; the message names the file, the line and the reason."""


class _RecordError(ValueError):
    """What is wrong with one record, before file and line are known."""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An article and its gold facts.

    `lists` holds only the lists that the record has: one that is missing is not scored, one that
    is empty says that there is nothing to find.
    """

    article: Article
    lists: Mapping[str, tuple[PlainFact, ...]]

    @property
    def doc_id(self) -> str:
        """The id of the article, unique in its file."""
        return self.article.doc_id


def read_gold(path: Path | str) -> list[GoldDocument]:
    """Read the gold file at `path` (JSON Lines, UTF-8, empty lines allowed).

    Raises GoldError where a line is no JSON object, lacks `doc_id` or `text`, uses a code that the
    vocabulary does not have, has offsets outside the text, or quotes what the text does not hold,
    where two records share a `doc_id`, and where the file holds no record, or none with a list of
    facts. OSError where the file cannot be opened.
    """
    documents: list[GoldDocument] = []
    seen: dict[str, int] = {}
    for number, raw in enumerate(Path(path).read_bytes().split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            document = _document(raw)
            if document.doc_id in seen:
                raise _RecordError(
                    f"doc_id {document.doc_id!r} stands in line {seen[document.doc_id]} too"
                )
        except _RecordError as error:
            raise GoldError(f"{path} line {number}: {error}") from error
        seen[document.doc_id] = number
        documents.append(document)
    if not documents:
        raise GoldError(f"{path}: holds no record")
    if not any(document.lists for document in documents):
        raise GoldError(
            f"{path}: no record has a list of facts ({', '.join(FACT_LISTS)}): nothing to score"
        )
    return documents


def _document(raw: bytes) -> GoldDocument:
    """Return the checked record of one line."""
    try:
        record = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _RecordError(f"not UTF-8 ({error.reason} at byte {error.start})") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise _RecordError(f"not JSON ({error})") from error
    if not isinstance(record, dict):
        raise _RecordError("not a JSON object")
    for name in ("doc_id", "text"):
        if not isinstance(record.get(name), str) or not record[name]:
            raise _RecordError(f"{name} is missing or not a string")
    for name in ("source", "url", "title", "published"):
        if not isinstance(record.get(name), str | None):
            raise _RecordError(f"{name} is not a string")
    for name, value in record.items():
        if isinstance(value, list):
            _refuse_misspelt([name], FACT_LISTS)
    text = record["text"]
    lists = {
        name: _facts(name, record[name], text)
        for name in FACT_LISTS
        if record.get(name) is not None
    }
    article = Article(
        doc_id=record["doc_id"],
        text=text,
        source=record.get("source"),
        url=record.get("url"),
        title=record.get("title"),
        published=record.get("published"),
    )
    return GoldDocument(article=article, lists=lists)


def _facts(name: str, value: Any, text: str) -> tuple[PlainFact, ...]:
    """Return the checked facts of the list `name`; quotes may be plain strings."""
    if not isinstance(value, list):
        raise _RecordError(f"{name} is not a list")
    facts: list[PlainFact] = []
    for position, item in enumerate(value):
        fact = {"text": item} if name == "quotes" and isinstance(item, str) else item
        try:
            if not isinstance(fact, dict):
                raise _RecordError("not an object")
            _check(name, fact, text)
        except _RecordError as error:
            raise _RecordError(f"{name}[{position}]: {error}") from error
        facts.append(fact)
    return tuple(facts)


def _refuse_misspelt(names: Iterable[str], known: Collection[str]) -> None:
    """Raise _RecordError where a name is nearly a known one: it would count as missing."""
    for name in names:
        near = get_close_matches(name, known, n=1, cutoff=0.85)
        if near and name not in known:
            raise _RecordError(f"{name} is not known: did you mean {near[0]}?")


def _check(name: str, fact: PlainFact, text: str) -> None:
    """Raise _RecordError where a fact strays from the vocabulary or from the text."""
    _refuse_misspelt(fact, _fields_of(name))
    for field in _REQUIRED.get(name, ()):
        if not fact.get(field):
            raise _RecordError(f"{field} is missing")
    for field in _NAME_FIELDS:
        _check_value(fact, field, lambda value: isinstance(value, str), "not a string")
    for (owner, field), codes in _CODES.items():
        if owner == name:
            _check_value(fact, field, codes.__contains__, "not in the vocabulary")
    _check_value(fact, "pair", _is_pair, "not a pair of country codes in alphabetical order")
    _check_value(fact, "sector", _sectors().__contains__, "not in the vocabulary")
    _check_value(fact, "ordinal", _is_ordinal, "not a positive whole number")
    for field in ("date", "date_end"):
        _check_value(fact, field, _is_date, "not a date (YYYY-MM-DD, YYYY-MM or YYYY)")
    for field in ("session", "multilateral"):
        _check_value(fact, field, lambda value: isinstance(value, bool), "not true or false")
    for sector in _items(fact, "sectors"):
        if not isinstance(sector, str) or sector not in _sectors():
            raise _RecordError(f"sectors: {sector!r} is not in the vocabulary")
    _check_countries(fact)
    for participant in _items(fact, "participants"):
        if not isinstance(participant, dict):
            raise _RecordError("participants: not an object")
        if not isinstance(participant.get("name"), str | None):
            raise _RecordError(f"participants: name {participant['name']!r} is not a string")
        _check_countries(participant)
    _check_offsets(fact, text)


def _check_value(fact: PlainFact, field: str, holds: Callable[[Any], bool], reason: str) -> None:
    """Raise _RecordError where `field` is given, is not null and does not hold."""
    value = fact.get(field)
    if value is None:
        return
    try:
        good = holds(value)
    except TypeError:  # an unhashable value where a code should stand
        good = False
    if not good:
        raise _RecordError(f"{field} {value!r} is {reason}")


def _check_countries(fact: PlainFact) -> None:
    """Raise _RecordError where a country field of the fact is no ISO3 code."""
    for field in _COUNTRY_FIELDS:
        _check_value(fact, field, _countries().__contains__, "not an ISO 3166-1 alpha-3 code")


def _check_offsets(fact: PlainFact, text: str) -> None:
    """Raise _RecordError where spans leave the text, or quoted words do not stand in it."""
    for start_field, end_field in _SPAN_FIELDS:
        start, end = fact.get(start_field), fact.get(end_field)
        if start is None and end is None:
            continue
        _check_span(start, end, text, start_field)
        if start_field == "start" and fact.get("text") not in (None, text[start:end]):
            raise _RecordError(
                f"the text holds {text[start:end]!r} at {start}-{end}, not {fact['text']!r}"
            )
    for part in _items(fact, "parts"):
        if not isinstance(part, dict):
            raise _RecordError("parts: not an object")
        _check_span(part.get("start"), part.get("end"), text, "parts")
    evidence = fact.get("evidence")
    if isinstance(evidence, dict):
        _check_span(evidence.get("start"), evidence.get("end"), text, "evidence")
    elif not isinstance(evidence, str | None):
        raise _RecordError("evidence is neither a string nor a span")
    for field, value in (("text", fact.get("text")), ("evidence", evidence)):
        if isinstance(value, str) and value not in text:
            raise _RecordError(f"{field} {value!r} does not stand in the text")


def _check_span(start: object, end: object, text: str, field: str) -> None:
    """Raise _RecordError where the span is not two offsets in order inside the text."""
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise _RecordError(f"{field}: {start}-{end} is no span of a text of {len(text)} characters")


def _items(fact: PlainFact, field: str) -> Sequence[Any]:
    """Return the list in `field`, empty where missing; raise _RecordError where it is no list."""
    value = fact.get(field)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _RecordError(f"{field} is not a list")
    return value


def _is_pair(value: object) -> bool:
    """Whether the value is two known codes in alphabetical order, joined by a hyphen."""
    if not isinstance(value, str):
        return False
    first, _, second = value.partition("-")
    return first < second and {first, second} <= _countries()


def _is_ordinal(value: object) -> bool:
    """Whether the value is a positive whole number."""
    return type(value) is int and value > 0


def _is_date(value: object) -> bool:
    """Whether the value is a day, a month or a year that the calendar has."""
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


@cache
def _fields_of(name: str) -> frozenset[str]:
    """Return the fields that a fact of a list may have in gold."""
    known = {field.name for field in fields(_RECORDS[name])}
    return frozenset(known | {"evidence", "session", "speaker_start", "speaker_end"})


@cache
def _countries() -> frozenset[str]:
    """Return the country codes of the vocabulary."""
    return frozenset(entry["iso3"] for entry in read_lexicon("countries"))


@cache
def _sectors() -> frozenset[str]:
    """Return the sectors of the vocabulary."""
    return frozenset(entry["code"] for entry in read_lexicon("sectors"))
