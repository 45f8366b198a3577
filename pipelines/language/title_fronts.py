"""What stands before a title: 'the former Kenyan deputy foreign', 'Peru's Energy Ministry'.

What belongs here: how far the phrase of a title reaches to the left, and the country, the deputy
mark, the fields and the organisation found there. What does not: the title itself and what follows
it (`titles`).
"""

from __future__ import annotations

from pipelines.language.names import Words, organisation_nouns
from pipelines.language.offices import Title, deputies, modifiers, portfolios
from pipelines.language.portfolios import GENITIVES

_DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "their", "its", "our", "my", "your", "this", "that", "these",
     "those", "both", "two", "three", "four", "several", "some", "other", "many", "all", "any",
     "each", "another", "no", "various", "following"}
)  # fmt: skip
_UNKNOWN_WORDS = 5
ORGANS = frozenset(
    {"ministry", "department", "office", "secretariat", "agency", "embassy", "presidency",
     "council", "commission", "authority", "directorate", "bureau", "cabinet", "administration"}
)  # fmt: skip
"""Words that tell a body of a state."""
_PLAIN_BODIES = ORGANS | {
    "government", "parliament", "party", "army", "navy", "police", "bank", "court", "senate",
    "assembly", "company", "union", "chamber", "federation", "club", "house", "university",
    "palace", "movement", "congress", "tribunal", "mission", "foreign", "defense", "defence",
}  # fmt: skip
"""Bodies that are told in lower case too: 'the foreign ministry spokesman'."""
LOCAL = frozenset({"office", "minister", "person"})
"""Kinds of titles that a city or a province has too."""


class Front:
    """What stands before a title, read from right to left.

    `start` is where the whole phrase begins, `role_start` where the role proper does; `topics` are
    the fields of government, `local` tells that a city or a province is named.
    """

    def __init__(self, index: int) -> None:
        self.start = index
        self.role_start = index
        self.deputy = False
        self.topics: set[str] = set()
        self.countries: list[str] = []
        self.organisation: str | None = None
        self.determiner = ""
        self.local = False

    def read(self, words: Words, floor: int, title: Title) -> None:
        """Walk left from the title over modifiers, portfolio, organisation and country."""
        sentence = max(floor, words.sentence_start(self.start))
        self._modifiers(words, sentence, portfolio=title.kind != "royal")
        if self.topics and title.kind == "minister":
            self._unknown_field(words, sentence)
        self.role_start = self.start
        many = title.plural
        if not self._country(words, sentence, plural=many) and not self._locality(
            words, sentence, title
        ):
            self._organisation(words, sentence)
            self._country(words, sentence, plural=many)
        before = self.start
        self._modifiers(words, sentence, portfolio=False)
        if self.start < before and not self.countries:
            self._country(words, sentence, plural=many)
        if not self.countries and not self.organisation:
            self._capitals(words, sentence)
        if self.start > sentence and words.folded[self.start - 1] in _DETERMINERS:
            self.determiner = words.folded[self.start - 1]
            self.start -= 1
            counted = self.determiner in {"two", "three", "four", "other"}
            earlier = words.folded[self.start - 1] if self.start > sentence else ""
            if counted and earlier in {"the", "these", "all", "their"}:
                self.start -= 1
                self.determiner = f"the {self.determiner}"

    def _modifiers(self, words: Words, floor: int, *, portfolio: bool) -> None:
        topics = portfolios()
        index = self.start
        while index > floor:
            lower = words.folded[index - 1]
            if lower in {"appointed", "elected"} and words.folded[index - 2] in {
                "was",
                "been",
                "be",
            }:
                break  # a verb: 'was appointed foreign minister'
            if lower in modifiers():
                self.deputy = self.deputy or lower in deputies()
                index -= 1
            elif portfolio and lower in topics and (index - 1) not in words.country_at:
                self.topics.add(topics[lower])
                index -= 1
            elif (
                portfolio
                and lower in {"and", "&", ","}
                and index - 2 >= floor
                and words.folded[index - 2] in topics
                and words.folded[index] in topics
                and words.texts[index - 2][0].isupper() == words.texts[index][0].isupper()
            ):
                index -= 1
            elif (
                lower in {"-", "–"}
                and index - 2 >= floor
                and words.folded[index - 2] in modifiers() | {"co", "non", "vice"}
            ):
                self.deputy = self.deputy or words.folded[index - 2] in deputies()
                index -= 2
            else:
                break
        self.start = index

    def _unknown_field(self, words: Words, floor: int) -> None:
        """Take a capital word that an 'and' or 'the' shows to be no name: 'and Sugar Industry'."""
        at = self.start - 1
        if at <= floor or words.begins[at] or words.folded[at - 1] not in {"and", "the"}:
            return
        plain = (
            words.texts[at].istitle() and words.texts[at].isalpha() and not words.doc[at].is_stop
        )
        if plain and at not in words.country_at:
            self.start = at

    def _country(self, words: Words, floor: int, *, plural: bool = False) -> bool:
        index = self.start
        if index - 1 > floor and words.texts[index - 1] in GENITIVES | {"-"}:
            index -= 1  # 'Cuba's', 'Chilean-born'
        mention = words.country_till.get(index)
        if mention is None or mention.start < floor:
            return False
        before = mention.start - 1
        if (
            before > floor
            and words.texts[before] == "-"
            and (words.folded[before - 1] in {"pro", "anti", "non"})
        ):
            return False
        self.start = mention.start
        other = words.country_till.get(before)
        if other is not None and words.texts[before] in {"-", "–", "/"} and other.start >= floor:
            return True  # 'the Iran-Iraq ... chairman': of neither alone
        self.countries.append(mention.iso3)
        while plural and self.start - 2 >= floor:  # 'Kenyan and Peruvian officials'
            joint = words.folded[self.start - 1] in {"and", ",", "&"}
            earlier = words.country_till.get(self.start - 1)
            if earlier is None and words.texts[self.start - 2] in GENITIVES:
                earlier = words.country_till.get(self.start - 2)
            if (
                not joint
                or earlier is None
                or earlier.form != mention.form
                or earlier.start < floor
            ):
                break
            self.start = earlier.start
            self.countries.insert(0, earlier.iso3)
        return True

    def _capitals(self, words: Words, floor: int) -> None:
        """Take unknown words with capitals that a country leads: 'Chinese Party Bureau Member'."""
        index = self.start
        while index > floor and self.start - index < _UNKNOWN_WORDS:
            genitive = index - 1 if words.texts[index - 1] in GENITIVES else index
            mention = words.country_till.get(genitive)
            if mention is not None and mention.start >= floor and index < self.start:
                self.organisation = words.text(index, self.start)
                self.start = mention.start
                self.role_start = index
                self.countries.append(mention.iso3)
                return
            word = words.texts[index - 1]
            if not word[0].isupper() or words.doc[index - 1].is_stop:
                return
            index -= 1

    def _locality(self, words: Words, floor: int, title: Title) -> bool:
        """Take a part of a country before a title: 'California Governor', "Tatarstan's leader"."""
        index = self.start
        if index - 1 > floor and words.texts[index - 1] in GENITIVES:
            index -= 1
        found = words.locality_till.get(index)
        if found is None or not found.sure or found.start < floor or title.kind not in LOCAL:
            return False
        self.organisation = words.text(found.start, found.end)
        self.start = self.role_start = found.start
        self.countries.append(found.iso3)
        self.local = True
        return True

    def _organisation(self, words: Words, floor: int) -> None:
        """Take an organisation before a title: 'Energy Ministry's', 'White House', 'NATO'."""
        index = self.start
        if index - 1 > floor and words.texts[index - 1] in GENITIVES:
            index -= 1
        end = index
        lower = words.folded[index - 1] if index > floor else ""
        text = words.texts[index - 1] if index > floor else ""
        acronym = text.isupper() and 2 <= len(text) <= 8 and text.isalpha()
        noun = lower in organisation_nouns() and (text[:1].isupper() or lower in _PLAIN_BODIES)
        if not (noun or (acronym and (index - 1) not in words.country_at)):
            return
        while index > floor and not (index < end and words.begins[index]):
            lower, text = words.folded[index - 1], words.texts[index - 1]
            if (index - 1) in words.country_at or lower in _DETERMINERS:
                break
            if not (text[0].isupper() or lower in organisation_nouns() or lower in portfolios()):
                break
            if end - index and words.doc[index - 1].is_stop:
                break
            index -= 1
        if index < end:
            self.organisation = words.text(index, end)
            self.start = self.role_start = index
