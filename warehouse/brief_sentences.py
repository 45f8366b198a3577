"""The sentences of a brief: one for each row of the marts.

What belongs here: how a meeting, a session, a document ... is put into words. What does not: the
brief that they stand in (`warehouse.brief_text`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from pipelines.lexicons import read_lexicon
from warehouse.brief import Row, is_past
from warehouse.country_names import country_name

_NOUNS = {
    "talks": ("Talks", True),
    "visit": ("A visit", False),
    "call": ("A telephone call", False),
    "video": ("A video conference", False),
    "negotiation": ("Negotiations", True),
    "consultation": ("Political consultations", True),
    "signing": ("A signing ceremony", False),
    "other": ("An encounter", False),
}
"""What each kind of meeting is called, and whether that is a plural."""

_DOCUMENTS = {"mou": "memorandum of understanding", "other": "document"}
_LEVELS = {
    "leader": "leaders",
    "deputy_leader": "deputy leaders",
    "minister": "ministers",
    "deputy_minister": "deputy ministers",
    "ambassador": "ambassadors",
    "parliament": "members of parliament",
    "military": "military officers",
    "official": "officials",
}
_TRAILING_COMMA = re.compile(r""",(["”’»])$""")
_VERB = re.compile(r"[a-z]+ed|said|told|thought|spoke|sought|found|saw|made")
"""Cues that a sentence can be made with: 'Ana Sol stressed', but not 'Ana Sol adding'."""

_STANCES = {
    "agreed": "agreed",
    "existing": "under way",
    "proposed": "proposed",
    "discussed": "discussed",
    "obstacle": "an obstacle",
}


def meeting_sentence(row: Row, today: date) -> str:
    """Return what a row of meetings tells; a plan whose day is past is said to be one."""
    noun, plural = _NOUNS[row["kind"]]
    words = [noun]
    host = row["host_country"] or row["place_country"]
    if row["kind"] == "visit" and host in row["pair_id"].split("-"):
        words.append(f"to {country_name(host)}")
        guests = [person for person in row["people"] if person["country"] != host]
        words.append(f"by {_people(guests)}" if guests else _at_level(row))
        # the host's country is told already
        row = {**row, "place_country": None}
    elif len({person["country"] for person in row["people"]}) > 1:
        words.append(f"between {_people(row['people'])}")
    elif row["people"]:
        first, second = (country_name(code) for code in row["pair_id"].split("-"))
        words.append(f"between {first} and {second}, with {_people(row['people'])},")
    else:
        words.append(_at_level(row))
    words.append(_happened(row, today, plural))
    sentences = [" ".join(word for word in words if word) + "."]
    if row["sectors"]:
        sentences.append(f"On the table: {_sectors(row['sectors'])}.")
    return " ".join(sentences)


def _at_level(row: Row) -> str:
    return f"at the level of {_LEVELS[row['level']]}" if row["level"] else ""


def session_sentence(row: Row, today: date) -> str:
    """Return what a row of commissions tells."""
    name, number = row["body"], row["ordinal"]
    what = f"The {_ordinal(number)} session" if number is not None else "A session"
    if row["status"] == "established":
        sentence = f"The {name} was established{_when(row)}{_where(row)}."
    elif row["status"] == "mentioned" and number is None and row["date"] is None:
        sentence = f"The {name} is mentioned, but no session of it."
    elif row["status"] == "mentioned":
        sentence = f"{what} of the {name} is mentioned{_when(row)}{_where(row)}."
    else:
        sentence = f"{what} of the {name} {_happened(row, today, plural=False)}."
    chairs = f" Co-chaired by {_listed(row['co_chairs'])}." if row["co_chairs"] else ""
    # a body that is founded has not sat yet
    topic = "For" if row["status"] == "established" else "On the agenda"
    agenda = f" {topic}: {_sectors(row['sectors'])}." if row["sectors"] else ""
    return sentence + chairs + agenda


def body_sentence(row: Row) -> str:
    """Return what a row of commission_bodies tells."""
    name = row["name"][:1].upper() + row["name"][1:]
    if not row["n_sessions"]:
        return f"{name}: no session was found."
    words = f"{name}: {count_of(row['n_sessions'], 'session')} known"
    if row["last_ordinal"] is not None:
        words += f", the last one held is the {_ordinal(row['last_ordinal'])}"
    if row["missing_ordinals"]:
        words += f"; not found: the {_ranges(row['missing_ordinals'])}"
    return words + "."


def sector_sentence(row: Row, published: Sequence[date]) -> str:
    """Return what a row of cooperation_sectors tells; `published` are the days of its articles."""
    strongest, latest = _STANCES[row["stance_strongest"]], _STANCES[row["stance_latest"]]
    words = f"{_sector_name(row['sector'])}: {strongest}"
    if latest != strongest:
        words += f", most recently {latest}"
    if row["has_obstacle"] and "obstacle" not in (row["stance_strongest"], row["stance_latest"]):
        words += ", with an obstacle named"
    told = count_of(row["n_mentions"], "mention")
    if published:
        told += f", last in an article of {day_in_words(max(published))}"
    return f"{words} ({told})."


def agreement_sentence(row: Row, today: date) -> str:
    """Return what a row of agreements tells."""
    kind = str(_DOCUMENTS.get(row["kind"], row["kind"]))
    title: str = row["title"] or f"{_article_for(kind)} {kind}"
    when = _when(row)
    state = {
        "signed": f"signed{when}",
        "in_force": f"in force{when.replace(' on ', ' since ').replace(' in ', ' since ')}",
        "planned": f"to be signed{when}",
        "proposed": f"proposed{when}",
    }[row["status"]]
    if row["status"] == "planned" and is_past(row, today):
        state += " (no article tells whether it was)"
    head = title[:1].upper() + title[1:]
    about = f" On {_sectors(row['sectors'])}." if row["sectors"] and not row["title"] else ""
    return f"{head}, {state}.{about}"


def quote_sentence(row: Row) -> str:
    """Return who said what, as far as a row of quotes tells."""
    who = row["speaker"]
    role = row["speaker_role"] if row["speaker_role"] != who else None
    about = _office(role, row["speaker_country"])
    # the day on which an article arrived says nothing of when somebody spoke
    when = f"{day_in_words(row['published_on'])}, " if row["published_on"] else ""
    head = f"{when}{who}" + (f" ({about})" if about else "")
    text = _TRAILING_COMMA.sub(r"\1", " ".join(row["text"].split()))
    if row["kind"] == "direct":
        return f"{head}: {text}"
    if row["polarity"] != "asserted":
        return f"{head}, in reported speech that is {row['polarity']}: {text}"
    if _VERB.fullmatch(row["cue"] or ""):
        return f"{head} {row['cue']}: {text}"
    return f"{head}, in reported speech: {text}"


def _happened(row: Row, today: date, plural: bool) -> str:
    when, where = _when(row), _where(row)
    was, is_, it = ("were", "are", "they") if plural else ("was", "is", "it")
    status = row["status"]
    if status == "held":
        return f"took place{when}{where}"
    if status == "ongoing":
        when = when.replace(" on ", " from ")
        return f"{was if is_past(row, today) else is_} under way{when}{where}"
    if status == "cancelled":
        return f"{was} cancelled" + (f" (due{when}{where})" if when or where else "")
    planned = when.replace(" on ", " for ").replace(" in ", " for ") if row["date"] else ""
    if status == "proposed":
        return f"{was} proposed{planned}{where}"
    if is_past(row, today):
        return f"{was} planned{planned}{where} (no article tells whether {it} took place)"
    return f"{is_} planned{planned}{where}"


def _when(row: Row) -> str:
    first, last = row["date"], row.get("date_end")
    if first is None:
        return ""
    if row["date_precision"] == "year":
        return f" in {first.year}"
    if row["date_precision"] == "month":
        return f" in {first:%B} {first.year}"
    return (
        f" from {day_in_words(first)} to {day_in_words(last)}"
        if last and last != first
        else f" on {day_in_words(first)}"
    )


def _where(row: Row) -> str:
    if row.get("city"):
        return f" in {row['city']}"
    return f" in {country_name(row['place_country'])}" if row.get("place_country") else ""


def _people(people: Iterable[Row]) -> str:
    told = []
    for person in people:
        role = None if (person["role"] or "").endswith("counterpart") else person["role"]
        words = _office(role, person["country"])
        told.append(f"{person['name']} ({words})" if words else person["name"])
    return _listed(told)


def _office(role: str | None, country: str | None) -> str:
    """An office with its country, where the office does not name it already."""
    name = country_name(country) if country else ""
    return ", ".join(part for part in (role, "" if name and name in (role or "") else name) if part)


def _sectors(codes: Sequence[str]) -> str:
    # labels hold an 'and' of their own
    return "; ".join(_sector_name(code).lower() for code in codes)


def _sector_name(code: str) -> str:
    return next(
        (entry["label"] for entry in read_lexicon("sectors") if entry["code"] == code), code
    )


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" and {words[-1]}"


def _ranges(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words: list[str] = []
    for run in runs:
        if len(run) < 3:
            words += [_ordinal(number) for number in run]
        else:
            words.append(f"{_ordinal(run[0])} to {_ordinal(run[-1])}")
    return _listed(words)


def _ordinal(number: int) -> str:
    ending = (
        "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


def count_of(number: int, noun: str, nouns: str | None = None) -> str:
    """Return a number with its noun: '1 article', '2,000 articles'."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def _article_for(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


def day_in_words(day: date) -> str:
    """Return a day as '1 May 2030'."""
    return f"{day.day} {day:%B} {day.year}"
