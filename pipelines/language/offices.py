"""Titles of office as words: the lexicon of them, and where its entries stand in a text.

What belongs here: which words are a title, and when they are none after all (part of a name, or
mere qualifiers of another noun). What does not: reading the phrase around a title
(`titles`), of which the record `Role` stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from pipelines.language.names import Words, fold, is_name_word, person_verbs
from pipelines.lexicons import read_lexicon
from pipelines.records import Level

_ADDRESSES = frozenset({"majesty", "highness", "excellency", "former", "late", "crown", "then"})


@dataclass(frozen=True, slots=True)
class Title:
    """One entry of the lexicon of titles; `text` is what offices are told apart by.

    `country` is the only one that has the title, empty where many have.
    """

    text: str
    portfolio: str
    level: Level
    kind: str
    needs: str
    plural: bool
    country: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A title of office with all that belongs to it, in token indices.

    `start` covers determiner and country, `role_start` begins the role proper ('Deputy Foreign
    Minister'); `countries` are those that the phrase gives as the holder's (one, unless it joins
    several holders: 'the ministers of Iran and Iraq'). `keys` tell offices apart: title, deputy
    mark and portfolio. A
    country that only receives (ambassador *to* Iran) is none of them. `only_of` is the one country
    that has such an office at all ('Taoiseach').
    """

    start: int
    role_start: int
    head_end: int
    end: int
    level: Level
    kind: str
    keys: frozenset[tuple[str, bool, frozenset[str]]]
    plural: bool = False
    determiner: str = ""
    countries: tuple[str, ...] = ()
    organisation: str | None = None
    has_tail: bool = False
    capital: bool = False
    needs: str = ""
    joint: bool = False
    only_of: str | None = None

    @property
    def is_member(self) -> bool:
        """Whether it is the mere membership of a body."""
        return {key[0] for key in self.keys} == {"member"}

    @property
    def country(self) -> str | None:
        """The holder's country, None where the phrase tells none or several."""
        return self.countries[0] if len(self.countries) == 1 else None


@cache
def deputies() -> frozenset[str]:
    """Words before a title that put its holder one rank lower."""
    entries = read_lexicon("title_modifiers")
    return frozenset(entry["word"] for entry in entries if entry["deputy"])


@cache
def modifiers() -> frozenset[str]:
    """Words that stand before a title and belong to it ('the Cuban acting first minister')."""
    return frozenset(entry["word"] for entry in read_lexicon("title_modifiers"))


@cache
def _titles() -> dict[str, list[tuple[tuple[str, ...], Title]]]:
    """Titles by their first word, longest first, hyphenated and open, singular and plural."""
    table: dict[str, list[tuple[tuple[str, ...], Title]]] = {}
    for entry in read_lexicon("titles"):
        singular = fold(entry["title"])
        plural = fold(entry["plural"]) or f"{singular}s"
        office = (fold(entry["same_as"]) or singular).replace("-", " ")
        field_word, _, noun = office.partition(" ")
        portfolio = portfolios().get(field_word, "") if noun == "minister" else ""
        for form, many in ((singular, False), (plural, True)):
            title = Title(
                "minister" if portfolio else office,
                portfolio,
                cast("Level", entry["level"]),
                entry["kind"],
                entry["needs"],
                many,
                entry["country"],
            )
            for words in _spellings(form):
                table.setdefault(words[0], []).append((words, title))
    for entries in table.values():
        entries.sort(key=lambda item: -len(item[0]))
    return table


def _spellings(form: str) -> set[tuple[str, ...]]:
    """The tokens of a title, open and with hyphens, which may be tokens of their own or not."""
    joined = form.replace(" ", "-") if form.count(" ") == 1 else form
    variants = {joined, joined.replace("-", " - "), form.replace("-", " "), form}
    return {tuple(variant.split()) for variant in variants}


@cache
def portfolios() -> dict[str, str]:
    """Words that name a field of government, with what tells two fields apart."""
    return {fold(entry["word"]): entry["key"] for entry in read_lexicon("portfolios")}


def find_titles(words: Words) -> dict[int, tuple[int, Title]]:
    """Titles of the lexicon in the text: start to (end, title); longest first, no overlap."""
    table = _titles()
    found: dict[int, tuple[int, Title]] = {}
    index = 0
    while index < len(words):
        match = None
        for form, title in table.get(words.folded[index], ()):
            if tuple(words.folded[index : index + len(form)]) == form and not any(
                i in words.country_at for i in range(index + 1, index + len(form))
            ):  # 'President of the Republic of Chile' is the title 'president'
                match = (index + len(form), title)
                break
        if match is None or _inside_name(words, index, *match) or _is_field(words, index, match[0]):
            index += 1
            continue
        found[index] = match
        index = match[0]
    return found


def _is_field(words: Words, index: int, end: int) -> bool:
    """Whether a title only qualifies the next one: 'Justice Minister', 'Chief Adviser'."""
    if end - index > 1 or end >= len(words):
        return False
    lower = words.folded[index]
    if lower in modifiers() and not words.begins[end]:
        entries = _titles().get(words.folded[end], ())
        if any(tuple(words.folded[end : end + len(form)]) == form for form, _ in entries):
            return True  # 'chief adviser'
    if lower not in portfolios():
        return False
    return words.folded[end] in {
        "minister",
        "ministers",
        "secretary",
        "ministry",
        "department",
    } or (
        words.folded[end] == "and"
        and words.folded[end + 1 : end + 2] != []
        and words.folded[end + 1] in portfolios()
    )


def _inside_name(words: Words, index: int, end: int, title: Title) -> bool:
    """Whether what looks like a title is part of a name: 'Amir-Hosseini', 'Sultan Qadri'."""
    if end - index > 1 or not words.texts[index][0].isupper():
        return False
    glued = not words.doc[index].whitespace_ and end < len(words) and words.texts[end] == "-"
    if glued and words.texts[min(end + 1, len(words) - 1)][0].isupper():
        return words.folded[min(end + 1, len(words) - 1)] not in modifiers() | {"elect", "general"}
    if title.kind != "royal" or index == 0 or words.begins[index]:
        return False
    if words.texts[index - 1] == "-":
        return not words.doc[index - 1].whitespace_
    return words.folded[index - 1] not in _ADDRESSES and is_name_word(words, index - 1)


def is_compound(words: Words, index: int, head_end: int, title: Title) -> bool:
    """Whether a title only qualifies a noun: 'minister-level talks', 'the official visit'."""
    if head_end + 1 >= len(words):
        return False
    after = words.folded[head_end]
    if after in {"-", "level", "post", "level-"} and not words.begins[head_end]:
        return after != "-" or words.folded[head_end + 1] in {"level", "led", "general-level"}
    if title.text.split()[-1] != "official" or title.plural or not after.isalpha():
        return False
    verb = after in person_verbs() or after.endswith("ed") or words.doc[head_end].is_stop
    return not (verb or words.texts[head_end][0].isupper())
