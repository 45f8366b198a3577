"""What a preposition behind a title governs: 'of Foreign Affairs and Trade', 'of Iran and Iraq'.

What belongs here: how far a portfolio, the name of an organisation or a row of countries reaches.
What does not: the title itself, and titles inside titles (`titles`).
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from pipelines.language.names import Words, organisation_nouns
from pipelines.language.offices import portfolios

GENITIVES = frozenset({"'s", "’s", "'", "’"})
"""Marks of the genitive as tokens."""

CALENDAR = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
     "february", "march", "april", "june", "july", "august", "september", "october", "november",
     "december"}
)  # fmt: skip
"""Days and months, which have a capital and are no name of an organisation."""

_CONNECTORS = frozenset({"and", "&", ",", "of", "for", "the", "on"})


@dataclass(slots=True)
class Tail:
    """What stands behind a title ('of Trade of Cuba'), while it is being read."""

    end: int
    countries: list[str] = field(default_factory=list)
    topics: set[str] = field(default_factory=set)
    organisation: str | None = None
    joint: bool = False


def more_countries(words: Words, tail: Tail, limit: int) -> None:
    """Take the further countries of 'the foreign ministers of Iran, Iraq and Syria'."""
    while tail.end + 1 < limit and words.folded[tail.end] in {",", "and", "&"}:
        step = 2 if words.folded[tail.end : tail.end + 2] == [",", "and"] else 1
        step += words.folded[tail.end + step : tail.end + step + 1] == ["the"]
        mention = words.country_at.get(tail.end + step)
        if mention is None or mention.form not in {"name", "capital"}:
            return
        if mention.end < limit and words.texts[mention.end] in GENITIVES:
            return
        tail.countries.append(mention.iso3)
        tail.end = mention.end


def topic_end(
    words: Words,
    heads: Container[int],
    start: int,
    limit: int,
    topics: set[str],
) -> int:
    """Return the end of a portfolio ('Foreign Affairs and Trade'), `start` where there is none."""
    table = portfolios()
    index = last = start
    found: list[str] = []
    while index < limit:
        if index > start and words.begins[index]:
            break
        lower = words.folded[index]
        known = lower in table and index not in words.country_at
        bridge = (  # one unknown word before a known one: 'Emerging Technology'
            not known
            and words.texts[index][0].isupper()
            and words.texts[start][0].isupper()
            and index + 1 < limit
            and words.folded[index + 1] in table
            and index not in words.country_at
            and not words.begins[index + 1]
        )
        if (known or bridge) and index not in heads:
            found.append(table.get(lower, ""))
            index += 1
            last = index
            continue
        if index == start or lower not in _CONNECTORS:
            break
        step = index + 1
        while step < limit and words.folded[step] in _CONNECTORS:
            step += 1
        run = step
        if run + 1 < limit and words.texts[run][0].isupper() and words.folded[run + 1] in table:
            run += words.folded[run] not in table and run not in heads
        while run < limit and words.folded[run] in table and run not in heads:
            run += 1
        if run == step or run in heads or step - index > 2:
            break
        if lower == "," and words.texts[step][0].isupper() != words.texts[start][0].isupper():
            break
        if words.texts[start][0].isupper() and not words.texts[step][0].isupper():
            break
        index = step
    if last > start:
        topics.update(found)
    return last


def capitals_end(words: Words, start: int, limit: int) -> int:
    """Return the end of an organisation's name in capitals, `start` where there is none.

    A name of a person may follow without a mark ('head of the State Bank Omar Diallo'): behind
    the last noun of an organisation two or more other capitalised words are left for it.
    """
    index = last = start
    noun_end = 0
    while index < limit and (index == start or not words.begins[index]):
        text, lower = words.texts[index], words.folded[index]
        if lower in CALENDAR:
            break
        if text[0].isupper() or (index in words.country_at and index > start):
            index += 1
            last = index
            if (
                lower in organisation_nouns()
                or lower in portfolios()
                or (index - 1) in (words.country_at)
                or (text.isupper() and 2 < len(text) < 9)  # 'of CENTCOM Aldo Reyes'
            ):
                noun_end = index
            continue
        if index == start and lower in organisation_nouns():
            index += 1
            last = noun_end = index
            continue
        if noun_end and index - noun_end >= 2:
            break  # 'of the National Assembly Omar Diallo of Mali': the name is the person's
        joins = lower in {"of", "and", "&", "for", "the", "on", "-"} or text in GENITIVES
        if index > start and joins and index + 1 < limit:
            step = index + 1
            if words.folded[step] == "the":
                step += 1
            if step < limit and words.texts[step][0].isupper() and not words.begins[step]:
                if lower in {"and", "&"} and noun_end and step + 1 < limit:
                    follows = words.folded[step]
                    if follows not in organisation_nouns() and follows not in portfolios():
                        break
                index = step
                continue
        break
    if noun_end and last - noun_end >= 2:
        return noun_end
    return last
