"""The words of a brief: what is known of a pair, in plain sentences that can be pasted into a mail.

What belongs here: sentences. What does not: which rows there are (`warehouse.brief`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from textwrap import fill

from pipelines.lexicons import read_lexicon
from warehouse.brief import Brief, Row, is_past
from warehouse.country_names import country_name

WIDTH = 88

_CAUTION = (
    "Read by a program, which misses things and errs: what is not here may have been told all the "
    "same. Look at the source before you rely on a line."
)

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


def render_brief(brief: Brief, today: date, limit: int | None = 8) -> str:
    """Return the brief as plain text; at most `limit` rows a section, all of them where None."""
    first, second = (country_name(code) for code in brief.pair_id.split("-"))
    title = f"{first} and {second} ({brief.pair_id})"
    lines = [title, "=" * len(title), ""]
    if brief.pair is None:
        return "\n".join([*lines, *_nothing(brief, first, second)]) + "\n"
    references = _References(brief)
    sections = [
        ("Meetings", [_meeting(row, today) for row in brief.meetings], brief.meetings),
        ("Joint commissions", [_session(row, today) for row in brief.sessions], brief.sessions),
        (
            "Fields of cooperation",
            [_sector(row, _published(brief, row)) for row in brief.sectors],
            brief.sectors,
        ),
        ("Agreements", [_agreement(row, today) for row in brief.agreements], brief.agreements),
        ("Last words said", [_quote(row) for row in brief.quotes], brief.quotes),
    ]
    body: list[str] = []
    for name, sentences, rows in sections:
        body += ["", name, "-" * len(name)]
        if name == "Joint commissions":
            body += [_wrapped(_body(row)) for row in brief.bodies]
        if not rows:
            body.append(_none_found(name))
            continue
        for sentence, row in list(zip(sentences, rows, strict=True))[:limit]:
            body.append(_item(f"{sentence} {references.of(row)}"))
        if limit is not None and len(rows) > limit:
            body.append(_wrapped(f"And {len(rows) - limit} more: `--all` shows them."))
    lines += [_wrapped(_summary(brief)), _wrapped(_CAUTION)]
    if brief.is_invented:
        lines += [
            "",
            _wrapped(
                "NOTE: these are samples that come with the program. The articles are invented, "
                "and so is every person and event below."
            ),
        ]
    return "\n".join([*lines, *body, *references.listed()]) + "\n"


def _summary(brief: Brief) -> str:
    pair = brief.pair or {}
    told = [
        *_by_status(brief.meetings, "meeting"),
        *_by_status([row for row in brief.sessions if _is_session(row)], "session"),
    ]
    if pair["n_agreements"]:
        told.append(_count(pair["n_agreements"], "agreement"))
    if pair["n_quotes"]:
        told.append(_count(pair["n_quotes"], "quote"))
    published = [source["published_local_date"] for source in brief.sources.values()]
    days = [day for day in published if day is not None]
    when = ""
    if days:
        first, last = min(days), max(days)
        when = f" of {_day(first)}" if first == last else f" from {_day(first)} to {_day(last)}"
        if len(days) < len(published):
            when += f" (and {len(published) - len(days)} without a date)"
    elif published:
        when = " without a date of publication"
    found = ", ".join(told) or "fields of cooperation only"
    return f"From {_count(pair['n_articles'], 'article')}{when}: {found}."


def _by_status(rows: Sequence[Row], noun: str) -> list[str]:
    """So many meetings held, so many planned: a proposed one is none that took place."""
    held = sum(row["status"] in ("held", "ongoing", "mentioned") for row in rows)
    words = [_count(held, noun) + " held"] if held else []
    if held < len(rows):
        words.append(f"{_count(len(rows) - held, noun)} planned, proposed or cancelled")
    return words


def _is_session(row: Row) -> bool:
    """Whether a row of commissions tells of a session, and not only of the body."""
    return row["status"] not in ("established", "mentioned") or row["ordinal"] is not None


def _nothing(brief: Brief, first: str, second: str) -> Iterator[str]:
    yield _wrapped(
        f"Nothing is known of {first} and {second} together: in the "
        f"{_count(brief.n_articles_in_all, 'article')} read so far no meeting, joint commission, "
        "agreement or field of cooperation of the two was found."
    )
    for code, pairs in brief.neighbours.items():
        if pairs:
            yield _wrapped(f"Known of {country_name(code)}: {', '.join(pairs)}.")


def _none_found(section: str) -> str:
    return {
        "Meetings": "No meeting was found in the articles read.",
        "Joint commissions": "No joint commission was found in the articles read.",
        "Fields of cooperation": "No field of cooperation was found in the articles read.",
        "Agreements": "No agreement was found in the articles read.",
        "Last words said": "No words on the two countries were found in the articles read.",
    }[section]


def _meeting(row: Row, today: date) -> str:
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


def _session(row: Row, today: date) -> str:
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


def _body(row: Row) -> str:
    name = row["name"][:1].upper() + row["name"][1:]
    if not row["n_sessions"]:
        return f"{name}: no session was found."
    words = f"{name}: {_count(row['n_sessions'], 'session')} known"
    if row["last_ordinal"] is not None:
        words += f", the last one held is the {_ordinal(row['last_ordinal'])}"
    if row["missing_ordinals"]:
        words += f"; not found: the {_ranges(row['missing_ordinals'])}"
    return words + "."


def _sector(row: Row, published: Sequence[date]) -> str:
    strongest, latest = _STANCES[row["stance_strongest"]], _STANCES[row["stance_latest"]]
    words = f"{_sector_name(row['sector'])}: {strongest}"
    if latest != strongest:
        words += f", most recently {latest}"
    if row["has_obstacle"] and "obstacle" not in (row["stance_strongest"], row["stance_latest"]):
        words += ", with an obstacle named"
    told = _count(row["n_mentions"], "mention")
    if published:
        told += f", last in an article of {_day(max(published))}"
    return f"{words} ({told})."


def _agreement(row: Row, today: date) -> str:
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


def _quote(row: Row) -> str:
    who = row["speaker"]
    role = row["speaker_role"] if row["speaker_role"] != who else None
    about = _office(role, row["speaker_country"])
    # the day on which an article arrived says nothing of when somebody spoke
    when = f"{_day(row['published_on'])}, " if row["published_on"] else ""
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
        f" from {_day(first)} to {_day(last)}" if last and last != first else f" on {_day(first)}"
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


def _published(brief: Brief, row: Row) -> list[date]:
    """The days on which the articles that tell a row were published."""
    days = [
        brief.sources[article_id]["published_local_date"]
        for article_id in row["article_ids"]
        if article_id in brief.sources
    ]
    return [day for day in days if day is not None]


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


def _count(number: int, noun: str, nouns: str | None = None) -> str:
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def _article_for(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _item(text: str) -> str:
    return fill(text, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)


def _wrapped(text: str) -> str:
    return fill(text, WIDTH, break_on_hyphens=False, break_long_words=False)


class _References:
    """Numbers for the articles that are cited, in the order in which they are."""

    def __init__(self, brief: Brief) -> None:
        self.sources = brief.sources
        self.numbers: dict[str, int] = {}

    def of(self, row: Row) -> str:
        """The numbers of the articles that tell a row: [1, 3]."""
        told = [article_id for article_id in row["article_ids"] if article_id in self.sources]
        told.sort(key=lambda article_id: (self.sources[article_id]["told_on"], article_id))
        numbers = [
            self.numbers.setdefault(article_id, len(self.numbers) + 1) for article_id in told
        ]
        return f"[{', '.join(map(str, numbers))}]"

    def listed(self) -> Iterator[str]:
        """The list of sources."""
        yield from ("", "Sources", "-------")
        for article_id, number in self.numbers.items():
            source = self.sources[article_id]
            known = source["published_local_date"]
            when = f"published {_day(known)}" if known else f"arrived {_day(source['told_on'])}"
            title = f"{source['title']}. " if source["title"] else ""
            yield fill(
                f"[{number}] {title}{source['source']}, {when}. {source['url'] or article_id}",
                WIDTH,
                subsequent_indent="    ",
                break_on_hyphens=False,
                break_long_words=False,
            )
