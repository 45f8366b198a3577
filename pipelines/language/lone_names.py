"""Names that stand without a title: what makes a run of capitals a person all the same.

What belongs here: signs around a name (a form of address, a given name, a verb of speech, a country
in the genitive, the language model's word) and well-known surnames. What does not: names beside
titles (`naming`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipelines.language.datelines import known_city
from pipelines.language.leaders import in_office
from pipelines.language.mentions import CountryMention
from pipelines.language.named import Naming, Namings
from pipelines.language.names import Words, given_names, honorifics, person_verbs
from pipelines.language.portfolios import GENITIVES
from pipelines.lexicons import read_lexicon

_REIGNS = frozenset({"administration", "government", "regime", "presidency", "era", "cabinet"})
_BEFORE_LEADERS = frozenset(
    {"with", "met", "by", "told", "between", "thanked", "invited", "praised", "urged", "under"}
)
_NAMED_AFTER = frozenset(
    {"airport", "street", "square", "university", "hospital", "stadium", "bridge", "port",
     "avenue", "prize", "award", "foundation", "institute", "school", "centre", "center", "mosque",
     "museum", "park", "mausoleum", "academy", "boulevard", "memorial"}
)  # fmt: skip
_LONGEST_ROW = 6
_NOUNS = 5
_MOST_YEARS = 12
_YEAR = re.compile(r"1[89]\d\d|20\d\d")
AUXILIARIES = frozenset({"has", "had", "also", "further", "then", "later", "recently", "will"})


def standing_alone(words: Words, run: tuple[int, int]) -> Naming | None:
    """A name without a title that is a person's, None where a place bears it ('Reyes airport')."""
    behind = words.folded[run[1] : run[1] + 1]
    return None if behind and behind[0] in _NAMED_AFTER else _alone(words, run)


def _alone(words: Words, run: tuple[int, int]) -> Naming | None:
    """A name without a title, where something else tells that it is a person's.

    That is a form of address before it, a first word that is a common given name, a verb of
    speech or meeting behind two or three capitalised words, or the language model's word.
    """
    begin, end = run
    naming = Naming(begin, end, begin, end, words.text(begin, end))
    before = words.folded[begin - 1] if begin else ""
    if before == "." and begin > 1:
        before = words.folded[begin - 2]
    if begin and not words.begins[begin] and (before,) in honorifics():
        return replace(naming, honorific=True, country=_origin(words, end))
    owner = _owner(words, begin)
    if owner is not None:
        naming = replace(naming, country=owner.iso3, start=owner.start)
        other = {words.seen_as.get(index, "PERSON") for index in range(begin, end)} - {"PERSON"}
        if (
            not other
            and known_city(words.text(begin, end)) is None
            and (
                _acts(words, end)
                or (end - begin > 1 and owner.form in {"name", "capital"} and _is_met(words, begin))
            )
        ):
            return naming
    size = len(naming.key)
    if size < 2 or size > 5 or any(t.isupper() and len(t) > 3 for t in words.texts[begin:end]):
        return None
    described = _described(words, begin, end)
    if naming.country is None and described is not None:
        return replace(naming, country=described)
    if naming.country is None:
        naming = replace(naming, country=_origin(words, end))
    first = words.folded[begin]
    if first in given_names() or _is_seen_as_person(words, begin, end):
        return naming
    return naming if size <= 4 and _acts(words, end) else None


def _described(words: Words, begin: int, end: int) -> str | None:
    """The country in what stands beside a name: 'A, Peru's goalkeeper,', 'the Kenyan poet, A,'.

    Only plain nouns in lower case may follow the country, up to the next mark.
    """
    if words.texts[end : end + 1] == [","]:
        at = end + 1 + (words.folded[end + 1 : end + 2] in (["a"], ["an"], ["the"]))
        mention = words.country_at.get(at)
        if mention is not None and mention.start == at:
            return mention.iso3 if _plain_nouns(words, mention, {",", ".", ";"}) else None
    closed = words.texts[end : end + 1] == [","]
    if closed and begin > 2 and words.texts[begin - 1] == "," and not words.begins[begin]:
        for place in range(begin - 2, max(begin - 6, 0), -1):
            mention = words.country_at.get(place)
            if mention is not None:
                first = mention.start - (words.folded[mention.start - 1] == "the")
                opens = words.begins[first] or words.texts[first - 1] in {",", "and"}
                plain = opens and _plain_nouns(words, mention, {","})
                return mention.iso3 if plain else None
            if not (words.texts[place].islower() or words.texts[place] in GENITIVES):
                return None
    return None


def _plain_nouns(words: Words, mention: CountryMention, marks: set[str]) -> bool:
    """Whether one to four nouns in lower case and a mark follow "Peru's" or 'Peruvian'."""
    index = mention.end
    owned = words.texts[index : index + 1] and words.texts[index] in GENITIVES
    if mention.form != "adjective" and not owned:
        return False
    index += bool(owned)
    first = index
    while index < len(words) and words.texts[index].isalpha() and words.texts[index].islower():
        index += 1
    tags = {words.doc[place].is_stop for place in range(first, index)}
    ended = index < len(words) and words.texts[index] in marks
    return ended and 0 < index - first < _NOUNS and True not in tags


def _acts(words: Words, end: int) -> bool:
    """Whether a verb of speech or meeting follows a name."""
    after = end
    while after < len(words) and words.folded[after] in AUXILIARIES and after - end < 2:
        after += 1
    return after < len(words) and words.folded[after] in person_verbs()


def _origin(words: Words, end: int) -> str | None:
    """The country behind a name: 'Ms Ada Reyes of Peru'."""
    if end + 1 >= len(words) or words.folded[end] not in {"of", "from"}:
        return None
    mention = words.country_at.get(end + 1 + (words.folded[end + 1] == "the"))
    return mention.iso3 if mention is not None and mention.form == "name" else None


def _is_met(words: Words, begin: int) -> bool:
    """Whether a name owned by a country is one of those met: 'met Peru's A, Kenya's B and ...'."""
    place = begin
    for _ in range(_LONGEST_ROW):
        mention = words.country_till.get(place - 1)
        if mention is None or words.texts[place - 1] not in GENITIVES:
            return False
        before = mention.start - 1
        if words.folded[before] in {"met", "with", "between", "received", "hosted", "told"}:
            return True
        while before > 0 and words.texts[before] in {",", "and"}:
            before -= 1
        while before > 0 and words.texts[before][0].isupper():
            before -= 1
        place = before + 1
    return False


def _owner(words: Words, begin: int) -> CountryMention | None:
    """The country in the genitive right before a name: "Iran's Aldo Reyes"."""
    nation = words.country_till.get(begin)
    if nation is not None and nation.form in {"adjective", "people"} and not words.begins[begin]:
        article = words.folded[nation.start - 1] == "the" if nation.start else False
        return nation if article else None  # 'the Bolivian Aldo Reyes'
    if begin < 2 or words.texts[begin - 1] not in GENITIVES or words.begins[begin]:
        return None
    mention = words.country_till.get(begin - 1)
    return mention if mention is not None and mention.form in {"name", "capital"} else None


def _is_seen_as_person(words: Words, begin: int, end: int) -> bool:
    """Whether the language model takes a run for a person; what the lexicons name is none."""
    seen = {words.seen_as.get(index) for index in range(begin, end)}
    text = words.text(begin, end)
    return seen == {"PERSON"} and known_city(text) is None and text not in organisations()


@cache
def organisations() -> frozenset[str]:
    """Organisations and regions of the lexicon, in every form."""
    return frozenset(
        form
        for entry in read_lexicon("organisations")
        for form in (entry["name"], *entry["forms"].split("|"))
        if form
    )


def bare_leaders(words: Words, namings: Namings, year: int | None) -> list[Naming]:
    """Return surnames of leaders in office that stand without title or first name ('Putin said').

    Only where no person of the article bears that name, the article speaks of the country, and
    the place in the sentence is a person's: before a verb of speech or meeting, in the genitive,
    or behind 'with', 'met', 'by'. In office in `year`, that of publication, or in one of the
    years that the text names: in the background, leaders of their day.
    """
    stated = [int(text) for text in words.texts if _YEAR.fullmatch(text)][:_MOST_YEARS]
    spoken_of = {mention.iso3 for mention in words.country_at.values()}
    borne = {word for naming in namings.named for word in naming.key}
    found: list[Naming] = []
    for begin, end in namings.runs:
        word = words.folded[begin]
        if end - begin > 1 or word in borne:
            continue
        country = in_office(word, [*stated, *([year] if year else [])], spoken_of)
        if country is None:
            continue
        after = words.folded[end] if end < len(words) else ""
        at = begin - 1 - (words.folded[begin - 1] == "the")  # 'under the Reyes administration'
        before = words.folded[at] if at >= 0 and not words.begins[begin] else ""
        acts = after in person_verbs() | AUXILIARIES | _REIGNS or after == "'s"
        cited = words.folded[max(0, begin - 2) : begin] == ["according", "to"]
        if acts or cited or before in _BEFORE_LEADERS:
            name = words.text(begin, end)
            found.append(Naming(begin, end, begin, end, name, country=country))
    return found
