"""What each lexicon holds: its columns, what a cell may be, and what names an entry.

What belongs here: a declaration for every file of the folder, and rules that look at several cells
of a file at once. What does not: reading files and telling faults (`check`). Lists of values that
`pipelines.records` declares stand here again, as lexicons import nothing; a test compares them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["SCHEMAS", "Column", "Entry", "Schema"]

Case = Literal["as written", "either", "lower", "folded"]
"""How code looks a word up: as it is written, in either case, by its lower case, or folded (lower
case without accents). Where it is `lower` or `folded`, the file must write words so too."""

Entry = tuple[int, dict[str, str]]
"""A line number and the cells of the line by their columns."""

Rule = Callable[[list[Entry]], Iterator[tuple[int, str]]]
"""Looks at all entries of a file, and gives the line of each fault and what it is."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a cell may be.

    `values` are the only ones, beside those of another file's column that it `refers` to;
    `pattern` is a regular expression that `says` what it wants; `many`: several, separated by |.
    """

    values: frozenset[str] = frozenset()
    refers: tuple[str, str] | None = None
    pattern: str = ""
    says: str = ""
    case: Case = "as written"
    empty: bool = False
    many: bool = False

    def parts(self, cell: str) -> list[str]:
        """The values of a cell."""
        return cell.split("|") if self.many else [cell]

    def plain(self, value: str) -> str:
        """A value as code compares it with others."""
        if self.case == "as written":
            return value
        return _fold(value) if self.case == "folded" else value.lower()


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of a file. `key`: those that name an entry (the first where it is empty).

    `because` says why it takes more than the first column. `names`: columns whose values, all
    together, stand for one entry alone. `rule` looks at the entries as a whole.
    """

    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()
    because: str = ""
    names: tuple[str, ...] = ()
    rule: Rule | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that name an entry."""
        return self.key or (next(iter(self.columns)),)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("–", "-"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _one_of(values: str, *, empty: bool = False, many: bool = False) -> Column:
    return Column(values=frozenset(values.split()), empty=empty, many=many)


def _years(entries: list[Entry]) -> Iterator[tuple[int, str]]:
    for line, entry in entries:
        first, last = entry["from"], entry["to"]
        if first.isdigit() and last.isdigit() and int(first) > int(last):
            yield line, f"from {first} is after to {last}: put the years right"


def _none_beside_dash(column: str, other: str) -> Rule:
    def rule(entries: list[Entry]) -> Iterator[tuple[int, str]]:
        for line, entry in entries:
            if (entry[column] == "-") != (entry[other] == "none"):
                yield line, f"{column} - and {other} none go together: write both or neither"

    return rule


def _shared_names(entries: list[Entry]) -> Iterator[tuple[int, str]]:
    needed = {"unsettled": (True, True), "usual": (True, True), "acting": (True, True),
              "us_state": (True, False)}  # fmt: skip
    for line, entry in entries:
        for column, wanted in zip(
            ("countries", "form"), needed.get(entry["kind"], (False, False)), strict=True
        ):
            if bool(entry[column]) != wanted:
                do = "needs" if wanted else "has no use for"
                yield (
                    line,
                    f"kind {entry['kind']} {do} {column}: {'fill' if wanted else 'empty'} it",
                )


def _title_forms(entries: list[Entry]) -> Iterator[tuple[int, str]]:
    fields = re.compile(r"\w+ minister")  # 'interior minister' is made of a portfolio
    titles = {entry["title"] for _, entry in entries}
    plurals = {entry["plural"] or f"{entry['title']}s": line for line, entry in entries}
    for line, entry in entries:
        same = entry["same_as"]
        if same and same not in titles and not fields.fullmatch(same):
            yield line, f"same_as {same!r} is no title of this file: add it or write one that is"
        if plurals.get(entry["title"], line) != line:
            other = plurals[entry["title"]]
            yield line, f"title {entry['title']!r} is the plural of line {other}: remove one"


FLAG = _one_of("yes", empty=True)
COUNTRY = Column(refers=("countries", "iso3"))
LEVELS = "leader deputy_leader minister deputy_minister ambassador parliament military official"
CODE = Column(pattern=r"[a-z_]+", says="small letters and _ only")
NAME = Column()
NAMES = Column(empty=True, many=True)
EITHER = Column(case="either")
LOWER = Column(case="lower")
FOLDED = Column(case="folded")
YEAR = r"\d{4}"
HOST = r"[a-z0-9-]+(\.[a-z0-9-]+)*"

_ROLES = "a word can have several roles"

SCHEMAS: Mapping[str, Schema] = {
    "abbreviations": Schema({"text": LOWER, "ends": FLAG}),
    "agencies": Schema(
        {
            "name": NAME,
            "iso3": COUNTRY,
            "hosts": Column(pattern=HOST, says="a web address", empty=True, many=True),
        },
        names=("hosts",),
    ),
    "agreement_cues": Schema(
        {"text": EITHER, "status": _one_of("signed in_force planned proposed -")}
    ),
    "agreement_kinds": Schema(
        {
            "text": EITHER,
            "kind": _one_of(
                "treaty agreement mou declaration protocol contract roadmap plan other -"
            ),
            "weight": _one_of("document loose none"),
        },
        rule=_none_beside_dash("kind", "weight"),
    ),
    "agreement_title_words": Schema({"text": LOWER}),
    "attitudes": Schema({"noun": LOWER, "kind": _one_of("attitude statement")}),
    "bodies": Schema(
        {
            "text": EITHER,
            "part": _one_of("head dialogue mark standing other stop session plain"),
        },
        key=("text", "part"),
        because="a word can play several parts",
    ),
    "capital_cues": Schema(
        {
            "text": LOWER,
            "role": _one_of(
                "place_before side_before act_after relation_noun transport_noun policy_noun "
                "host_noun body_noun side_noun act_not attack_noun"
            ),
        },
        key=("text", "role"),
        because=_ROLES,
    ),
    "cities": Schema(
        {"name": NAME, "names": NAMES, "iso3": COUNTRY, "needs_place": FLAG},
        names=("name", "names"),
    ),
    "cooperation_words": Schema(
        {"text": LOWER, "part": _one_of("bond field act dealing mutual")},
        key=("text", "part"),
        because="a word can play several parts",
    ),
    "countries": Schema(
        {
            "iso3": Column(pattern=r"[A-Z]{3}", says="three capital letters"),
            "name": NAME,
            "names": NAMES,
            "adjectives": NAMES,
            "people": NAMES,
            "capitals": NAMES,
            "metonyms": NAMES,
        },
        names=("name", "names", "adjectives", "people", "capitals", "metonyms"),
    ),
    "country_lookalikes": Schema(
        {
            "text": NAME,
            "kind": _one_of(
                "phrase feature_after feature_before masthead language_after given surname word "
                "prefix unsettled usual apart us_state acting"
            ),
            "countries": Column(refers=("countries", "iso3"), empty=True, many=True),
            "form": _one_of("name adjective people capital metonym", empty=True),
        },
        key=("text", "kind"),
        because="a name can be a person's, a word and a phrase",
        rule=_shared_names,
    ),
    "cues": Schema(
        {
            "lemma": LOWER,
            "forms": Column(case="lower", many=True),
            "frames": _one_of(
                "quote that that! tell np np-thing np-with attitude statement to ask ask-to as "
                "ing mark act",
                many=True,
            ),
        },
        names=("forms",),
    ),
    "dependencies": Schema(
        {"state": COUNTRY, "territories": Column(refers=("countries", "iso3"), many=True)},
        names=("territories",),
    ),
    "domains": Schema({"domain": Column(pattern=HOST, says="a web address"), "iso3": COUNTRY}),
    "encounter_cues": Schema(
        {"reader": CODE, "set": CODE, "words": Column(case="lower", many=True)}, key=("set",)
    ),
    "encounters": Schema(
        {
            "form": _one_of(
                "meet speak phone host discuss summon visit lead depart trip talk sign"
            ),
            "kind": _one_of("talks visit call video negotiation consultation signing other"),
            "tense": _one_of("past arrival present base ing", empty=True),
            "number": _one_of("plural", empty=True),
            "text": EITHER,
        },
        key=("text", "form"),
        because="a word can be verb and noun ('visits')",
    ),
    "given_names": Schema({"name": FOLDED}),
    "honorifics": Schema({"honorific": FOLDED, "kept": FLAG}),
    "leaders": Schema(
        {
            "name": NAME,
            "country": COUNTRY,
            "role": Column(case="lower", empty=True),
            "from": Column(pattern=YEAR, says="a year of four digits"),
            "to": Column(pattern=YEAR, says="a year of four digits", empty=True),
        },
        key=("name", "country", "role", "from"),
        because="a leader can hold several offices, and return to one",
        rule=_years,
    ),
    "name_particles": Schema({"particle": FOLDED, "opens": FLAG}),
    "no_names": Schema({"word": FOLDED}),
    "office_words": Schema({"text": EITHER}),
    "ordinals": Schema({"text": EITHER, "number": Column(pattern=r"[1-9]\d*", says="a number")}),
    "organisation_nouns": Schema({"word": FOLDED}),
    "organisations": Schema(
        {
            "type": _one_of("ORG LOC"),
            "state": Column(refers=("countries", "iso3"), empty=True),
            "forms": NAMES,
            "name": NAME,
        },
        key=("name",),
        names=("name", "forms"),
    ),
    "parties": Schema({"level": _one_of(LEVELS, empty=True), "text": EITHER}, key=("text",)),
    "person_verbs": Schema({"verb": FOLDED}),
    "place_cues": Schema(
        {
            "text": LOWER,
            "role": _one_of(
                "before departure motion not_motion modifier place_noun event_noun journey_noun "
                "host host_helper not_at behind_row"
            ),
        },
        key=("text", "role"),
        because=_ROLES,
    ),
    "portfolios": Schema({"word": FOLDED, "key": Column(case="lower", empty=True)}),
    "regions": Schema({"name": NAME, "iso3": COUNTRY}),
    "relevance_words": Schema(
        {
            "word": Column(
                pattern=r"[^\s*|]+\*?", says="one word; a * only at its end", case="lower"
            ),
            "group": _one_of("relation act"),
        }
    ),
    "roster_cues": Schema(
        {
            "text": LOWER,
            "side": _one_of("after before"),
            "needs": _one_of("delegation encounter object", empty=True),
        }
    ),
    "seats": Schema({"text": NAME, "city": NAME, "country": COUNTRY}),
    "sector_barriers": Schema(
        {"text": LOWER, "part": _one_of("office behind hostile figure")},
        key=("text", "part"),
        because="the field of an office can stand on either side",
    ),
    "sector_terms": Schema(
        {
            "term": EITHER,
            "sectors": Column(values=frozenset("-"), refers=("sectors", "code"), many=True),
            "use": _one_of("plain general none"),
        },
        rule=_none_beside_dash("sectors", "use"),
    ),
    "sectors": Schema(
        {
            "code": CODE,
            "label": NAME,
            "crs": Column(pattern=r"\d{5}", says="five digits", empty=True),
        }
    ),
    "session_cues": Schema(
        {
            "text": EITHER,
            "status": _one_of(
                "held ongoing planned proposed cancelled established mentioned concluded"
            ),
            "side": _one_of("before after any"),
        },
        key=("text", "side"),
        because="a cue can mean one thing before the name and another after it",
    ),
    "speaker_nouns": Schema({"noun": LOWER}),
    "speech_words": Schema({"class": CODE, "words": Column(case="lower", many=True)}),
    "stance_cues": Schema(
        {
            "text": EITHER,
            "stance": _one_of("agreed existing proposed discussed obstacle"),
            "weight": _one_of("full weak"),
        }
    ),
    "state_styles": Schema({"text": LOWER, "part": _one_of("head modifier")}),
    "tense_words": Schema({"word": LOWER, "tense": _one_of("past future")}),
    "towns": Schema(
        {
            "name": NAME,
            "places": Column(
                pattern=r"[A-Z]{3}:\d+",
                says="a country and thousands of people: PER:128",
                many=True,
            ),
        }
    ),
    "title_modifiers": Schema({"word": FOLDED, "deputy": FLAG}),
    "titles": Schema(
        {
            "title": FOLDED,
            "plural": Column(case="folded", empty=True),
            "level": _one_of(LEVELS),
            "kind": _one_of("office minister royal envoy rank person counterpart"),
            "needs": _one_of("name of country portfolio", empty=True),
            "same_as": Column(case="folded", empty=True),
            "country": Column(refers=("countries", "iso3"), empty=True),
        },
        rule=_title_forms,
    ),
}
"""What each file of the folder holds. No column is a regular expression: words are words."""
