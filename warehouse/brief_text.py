"""A brief: what is known of a pair, as plain text that can be pasted into a mail.

What belongs here: its sections, and the numbers of its sources. What does not: the sentences
(`warehouse.brief_sentences`) and which rows there are (`warehouse.brief`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import fill

from warehouse.brief import Brief, Row
from warehouse.brief_sentences import (
    agreement_sentence,
    body_sentence,
    count_of,
    day_in_words,
    meeting_sentence,
    quote_sentence,
    sector_sentence,
    session_sentence,
)
from warehouse.country_names import country_name

WIDTH = 88

_CAUTION = (
    "Read by a program, which misses things and errs: what is not here may have been told all the "
    "same. Look at the source before you rely on a line."
)


def render_brief(brief: Brief, today: date, limit: int | None = 8) -> str:
    """Return the brief as plain text; at most `limit` rows a section, all of them where None."""
    first, second = (country_name(code) for code in brief.pair_id.split("-"))
    title = f"{first} and {second} ({brief.pair_id})"
    lines = [title, "=" * len(title), ""]
    if brief.pair is None:
        return "\n".join([*lines, *_nothing(brief, first, second)]) + "\n"
    references = _References(brief)
    sections = [
        ("Meetings", [meeting_sentence(row, today) for row in brief.meetings], brief.meetings),
        (
            "Joint commissions",
            [session_sentence(row, today) for row in brief.sessions],
            brief.sessions,
        ),
        (
            "Fields of cooperation",
            [sector_sentence(row, _published(brief, row)) for row in brief.sectors],
            brief.sectors,
        ),
        (
            "Agreements",
            [agreement_sentence(row, today) for row in brief.agreements],
            brief.agreements,
        ),
        ("Last words said", [quote_sentence(row) for row in brief.quotes], brief.quotes),
    ]
    body: list[str] = []
    for name, sentences, rows in sections:
        body += ["", name, "-" * len(name)]
        if name == "Joint commissions":
            body += [_wrapped(body_sentence(row)) for row in brief.bodies]
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
        told.append(count_of(pair["n_agreements"], "agreement"))
    if pair["n_quotes"]:
        told.append(count_of(pair["n_quotes"], "quote"))
    published = [source["published_local_date"] for source in brief.sources.values()]
    days = [day for day in published if day is not None]
    when = ""
    if days:
        first, last = min(days), max(days)
        when = (
            f" of {day_in_words(first)}"
            if first == last
            else f" from {day_in_words(first)} to {day_in_words(last)}"
        )
        if len(days) < len(published):
            when += f" (and {len(published) - len(days)} without a date)"
    elif published:
        when = " without a date of publication"
    found = ", ".join(told) or "fields of cooperation only"
    return f"From {count_of(pair['n_articles'], 'article')}{when}: {found}."


def _by_status(rows: Sequence[Row], noun: str) -> list[str]:
    """So many meetings held, so many planned: a proposed one is none that took place."""
    held = sum(row["status"] in ("held", "ongoing", "mentioned") for row in rows)
    words = [count_of(held, noun) + " held"] if held else []
    if held < len(rows):
        words.append(f"{count_of(len(rows) - held, noun)} planned, proposed or cancelled")
    return words


def _is_session(row: Row) -> bool:
    """Whether a row of commissions tells of a session: as the macro is_session of the marts."""
    return (
        row["status"] not in ("established", "mentioned")
        or row["ordinal"] is not None
        or (row["status"] == "mentioned" and row["date"] is not None)
    )


def _nothing(brief: Brief, first: str, second: str) -> Iterator[str]:
    yield _wrapped(
        f"Nothing is known of {first} and {second} together: in the "
        f"{count_of(brief.n_articles_in_all, 'article')} read so far no meeting, joint commission, "
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


def _published(brief: Brief, row: Row) -> list[date]:
    """The days on which the articles that tell a row were published."""
    days = [
        brief.sources[article_id]["published_local_date"]
        for article_id in row["article_ids"]
        if article_id in brief.sources
    ]
    return [day for day in days if day is not None]


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
            when = (
                f"published {day_in_words(known)}"
                if known
                else f"arrived {day_in_words(source['told_on'])}"
            )
            title = f"{source['title']}. " if source["title"] else ""
            yield fill(
                f"[{number}] {title}{source['source']}, {when}. {source['url'] or article_id}",
                WIDTH,
                subsequent_indent="    ",
                break_on_hyphens=False,
                break_long_words=False,
            )
