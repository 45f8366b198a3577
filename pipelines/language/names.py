"""Names of persons as they stand in a text: which runs of words can be a name, and sameness.

What belongs here: the shape of names (capitals, particles, initials, hyphens, numerals), the words
that no name is made of, and whether two forms can name one person. What does not: titles of
office, and who is meant where.

Nothing is concluded from the sound of a name, neither a country nor a gender.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Doc

from pipelines.language.localities import Locality, find_localities
from pipelines.language.mentions import CountryMention
from pipelines.lexicons import read_lexicon

MAX_WORDS = 8
"""The longest name that is read, in words: longer runs of capitals are headlines and lists."""

MAX_LETTERS = 40
"""The longest word of a name."""

_NUMERAL = re.compile(r"(?:I{1,3}|IV|VI{0,3}|IX|XI{0,3}|XIV|XV|XVI)$")
_INITIAL = re.compile(r"(?:[A-Z]\.)+$|[A-Z]$")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`´-][^\W\d_]+)*['’]?$")
_SUFFIXES = frozenset({"jr.", "jr", "sr.", "sr"})
_HYPHENS = frozenset({"-", "–", "‑"})

# grammatical words that are also names, which a title in front can make one ('President To Lam')
_SMALL_NAMES = frozenset(
    {"to", "an", "the", "so", "do", "can", "may", "say", "he", "us", "will", "mine"}
)


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a Doc as the finders of names and titles look at them.

    `folded` is lower case without accents and with straight apostrophes; `begins` tells where a
    sentence begins, `starts` lists those places; `country_at` and `country_till` give the country
    mention that covers a token or ends before one, `locality_at` and `locality_till` the part of a
    country that begins at a token or ends before one; `seen_as` is what the language model takes a
    token for (PERSON, ORG ...), empty without one.
    """

    doc: Doc
    texts: list[str]
    folded: list[str]
    begins: list[bool]
    starts: list[int]
    country_at: dict[int, CountryMention]
    country_till: dict[int, CountryMention]
    seen_as: dict[int, str]
    locality_at: dict[int, Locality]
    locality_till: dict[int, Locality]

    def __len__(self) -> int:
        return len(self.texts)

    def text(self, start: int, end: int) -> str:
        """The text of a stretch of tokens on one line."""
        return " ".join(str(self.doc[start:end]).split())

    def sentence_start(self, index: int) -> int:
        """The first token of the sentence that a token is in."""
        return self.starts[max(bisect_right(self.starts, index) - 1, 0)]

    def sentence_end(self, index: int) -> int:
        """The end of the sentence that a token (or the one before it) is in."""
        place = bisect_left(self.starts, index)
        return self.starts[place] if place < len(self.starts) else len(self.texts)


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Lower case without accents, with straight apostrophes and plain hyphens."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("–", "-"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def words_of(doc: Doc, countries: tuple[CountryMention, ...]) -> Words:
    """Return the words of a Doc with the country mentions found in it."""
    texts = [token.text for token in doc]
    country_at: dict[int, CountryMention] = {}
    for mention in countries:
        for index in range(mention.start, mention.end):
            country_at[index] = mention
    localities = find_localities(doc)
    begins = [bool(token.is_sent_start) for token in doc]
    return Words(
        doc=doc,
        texts=texts,
        folded=[fold(text) for text in texts],
        begins=begins,
        starts=[0, *(i for i, begin in enumerate(begins) if begin and i)],
        country_at=country_at,
        country_till={mention.end: mention for mention in countries},
        seen_as={token.i: token.ent_type_ for span in doc.ents for token in span},
        locality_at={locality.start: locality for locality in localities},
        locality_till={locality.end: locality for locality in localities},
    )


@cache
def particles() -> frozenset[str]:
    """Words in lower case that stand inside names ('bin', 'van der')."""
    return frozenset(fold(entry["particle"]) for entry in read_lexicon("name_particles"))


@cache
def _opening_particles() -> frozenset[str]:
    return frozenset(
        fold(entry["particle"]) for entry in read_lexicon("name_particles") if entry["opens"]
    )


@cache
def organisation_nouns() -> frozenset[str]:
    """Nouns that mark a run of capitalised words as an organisation, a place or an event."""
    return frozenset(fold(entry["word"]) for entry in read_lexicon("organisation_nouns"))


@cache
def _no_names() -> frozenset[str]:
    return frozenset(fold(entry["word"]) for entry in read_lexicon("no_names"))


@cache
def given_names() -> frozenset[str]:
    """Common given names, folded: they tell that a run of capitals is a person, no more."""
    return frozenset(fold(entry["name"]) for entry in read_lexicon("given_names"))


@cache
def person_verbs() -> frozenset[str]:
    """Verbs of speech, meeting and travel, of which persons are the subject."""
    return frozenset(fold(entry["verb"]) for entry in read_lexicon("person_verbs"))


@cache
def honorifics() -> dict[tuple[str, ...], bool]:
    """Forms of address as tuples of folded words; True where they stay with the name."""
    return {
        tuple(fold(entry["honorific"]).replace("-", " - ").split()): entry["kept"] == "yes"
        for entry in read_lexicon("honorifics")
    }


def skip_honorifics(words: Words, start: int) -> int:
    """Return where a name begins behind forms of address that are no part of it."""
    table = honorifics()
    index = start
    while index < len(words) and index - start < 12:
        for length in (5, 4, 3, 2, 1):
            kept = table.get(tuple(words.folded[index : index + length]))
            if kept is not None:
                break
        if kept is None or kept:
            return index
        index += length
        if index < len(words) and words.texts[index] == "." and not words.begins[index]:
            index += 1
    return index


def is_name_word(words: Words, index: int, *, titled: bool = False) -> bool:
    """Whether a token can be a word of a name: capitalised, no country, no grammatical word.

    `titled` tells that a title of office stands right before it, which lets through words that
    are common ones elsewhere.
    """
    text = words.texts[index]
    if not text[0].isupper() or len(text) > MAX_LETTERS or _WORD.match(text) is None:
        return False
    lower = words.folded[index]
    common = words.doc[index].is_stop and not (titled and lower in _SMALL_NAMES)
    if common or lower in _no_names():
        return False
    if index not in words.country_at:
        return True
    # a surname that is also a country's ('Foreign Minister Chad Roland')
    mention = words.country_at[index]
    after = index + 1
    if not titled or mention.form not in {"name", "capital"} or mention.end != after:
        return False
    if after >= len(words) or words.folded[after] in organisation_nouns():
        return False
    return is_name_word(words, after) or _is_particle(words, after, opens=False)


def name_end(words: Words, start: int, *, titled: bool = False, stop: int | None = None) -> int:
    """Return the end of the name that begins at a token, `start` where none does.

    A name runs over capitalised words, initials, particles before a capital, hyphenated parts and
    a closing numeral or 'Jr.'; it ends with its sentence, and at `stop` at the latest.
    """
    limit = min(len(words) if stop is None else stop, start + 3 * MAX_WORDS)
    index, last, count = start, start, 0
    while index < limit and count < MAX_WORDS:
        if index > start and words.begins[index]:
            break
        text = words.texts[index]
        if count and _NUMERAL.match(text) and len(text) > 1:
            return index + 1
        if _is_particle(words, index, opens=count == 0):
            # with its hyphen: 'Al-Sabah', 'al-Thani'
            index += 1
            if index < limit and words.texts[index] in _HYPHENS:
                index += 1
            continue
        if _INITIAL.match(text) and text not in {"I", "A"} and words.country_at.get(index) is None:
            index += 1
            count += 1
            if count > 1:
                last = index
            continue
        inner = count in {1, 2}
        if titled and inner and _is_small_part(words, index, limit):
            index += 1  # 'President Vo The Minh'
            continue
        surname = inner and (titled or words.texts[index - 1].endswith("."))
        if not (
            is_name_word(words, index, titled=titled and index == start)
            or (surname and _is_country_surname(words, index))
            or (titled and count == 2 and _is_closing_nation(words, index))
        ):
            break
        index, count, last = index + 1, count + 1, index + 1
        while index + 1 < limit and words.texts[index] in _HYPHENS and _is_glued(words, index):
            index += 2
            last = index
    if count == 0 or last == start:
        return start
    behind = words.folded[last : min(last + 2, limit)]
    if behind[:1] == [","] and behind[1:] and behind[1] in _SUFFIXES:
        return last + 2
    return last + bool(behind and behind[0] in _SUFFIXES)


def _is_closing_nation(words: Words, index: int) -> bool:
    """Whether the adjective of a country closes a name, as in 'Minister Tran Van Thai said'.

    Nothing that it could qualify may follow.
    """
    mention = words.country_at.get(index)
    if mention is None or mention.form not in {"adjective", "people"} or mention.end != index + 1:
        return False
    after = words.doc[index + 1] if index + 1 < len(words) else None
    return (
        after is None
        or after.is_punct
        or after.is_stop
        or words.folded[index + 1] in (person_verbs())
    )


def _is_small_part(words: Words, index: int, limit: int) -> bool:
    """Whether a grammatical word with a capital stands between two words of a name."""
    if words.folded[index] not in _SMALL_NAMES or not words.texts[index][0].isupper():
        return False
    return index + 1 < limit and not words.begins[index + 1] and is_name_word(words, index + 1)


def _is_country_surname(words: Words, index: int) -> bool:
    """Whether a country's name behind a given name or an initial is a surname ('Ada Monaco')."""
    before = words.texts[index - 1]
    mention = words.country_at.get(index)
    if mention is None or mention.form not in {"name", "capital"} or mention.end != index + 1:
        return False
    return words.folded[index - 1] in given_names() or _INITIAL.match(before) is not None


def _is_particle(words: Words, index: int, *, opens: bool) -> bool:
    """Whether a token is a particle with a capitalised word behind it (or another particle)."""
    lower = words.folded[index]
    table = _opening_particles() if opens else particles()
    if lower not in table:
        return False
    after = index + 1
    if after < len(words) and words.texts[after] in _HYPHENS:
        after += 1
    if after >= len(words) or words.begins[after]:
        return False
    if words.folded[after] in particles():
        return after + 1 < len(words) and words.texts[after + 1][:1].isupper()
    return is_name_word(words, after)


def _is_glued(words: Words, index: int) -> bool:
    """Whether a hyphen joins two words of a name ('Jean-Noel', 'Byung-se')."""
    before, hyphen = words.doc[index - 1], words.doc[index]
    if before.whitespace_ or hyphen.whitespace_:
        return False
    return words.texts[index + 1].isalpha() and (index + 1) not in words.country_at


def trim_organisation(words: Words, start: int, end: int) -> int:
    """Return the end of a name that follows a title, without an organisation behind it.

    'President Aldo Reyes Government House' ends before 'Government'; a surname that is a common
    noun ('Prime Minister John Hall', 'President Park Ji-won') stays.
    """
    nouns = organisation_nouns()
    marks = [i for i in range(start, end) if words.folded[i] in nouns]
    if not marks:
        return end
    first = marks[0]
    if first == start:
        return end if end - start > 1 and len(marks) == 1 else start
    if first == start + 1 and first == end - 1:
        # two words, the second of which may well be a surname
        return end if words.folded[start] in given_names() else start
    return first


def runs(words: Words, taken: list[bool], start: int = 0) -> list[tuple[int, int]]:
    """Return the stretches of the text that have the shape of a name, in order.

    `taken` marks tokens that belong to titles of office, where no name begins. Runs that hold a
    noun of an organisation are left out.
    """
    found: list[tuple[int, int]] = []
    nouns = organisation_nouns()
    index = start
    while index < len(words):
        if taken[index] or not (words.texts[index][0].isupper() or words.folded[index] == "al"):
            index += 1
            continue
        stop = index
        while stop < len(words) and stop - index <= 3 * MAX_WORDS and not taken[stop]:
            stop += 1
        begin = skip_honorifics(words, index)
        if begin >= stop:
            index = max(stop, index + 1)
            continue
        end = name_end(words, begin, titled=begin > index, stop=stop)
        if end == begin:
            index += 1
            continue
        following = words.folded[end] if end < len(words) else ""
        beside = end < len(words) and words.doc[end - 1].whitespace_ != ""
        if not (
            any(words.folded[i] in nouns for i in range(begin, end))
            or (following in nouns and beside and words.texts[end][0].isupper() and not taken[end])
        ):
            found.append((begin, end))
        index = end
    return found


@lru_cache(maxsize=20_000)
def name_key(name: str) -> tuple[str, ...]:
    """Return the words of a name that tell persons apart: folded, without particles and numerals.

    'Abdel Fattah Al-Sisi' gives ('fattah', 'sisi'); a name of nothing but particles keeps them.
    """
    parts = [part for part in re.split(r"[\s\-–‑,]+", name) if part]
    kept = [
        fold(part).replace("'", "")
        for part in parts
        if fold(part) not in particles()
        and fold(part) not in _SUFFIXES
        and not (_NUMERAL.match(part) and len(part) > 1)
        and not honorifics().get((fold(part),), False)
    ]
    return tuple(kept or [fold(part) for part in parts])


def same_word(first: str, second: str) -> bool:
    """Whether two folded words of names are one, allowing for initials and spellings."""
    if first == second:
        return True
    if first.endswith(".") or second.endswith("."):
        return first[0] == second[0] and (len(first) == 2 or len(second) == 2)
    if min(len(first), len(second)) < 5 or abs(len(first) - len(second)) > 1:
        return False
    return first[0] == second[0] and _distance_within_one(first, second)


def spellings(word: str) -> set[str]:
    """The forms under which a word of a name is looked up: two share one where they can be same.

    A short word is itself; a longer one also is each form with one letter left out (as in
    symmetric deletion), so that 'qadari' and 'qaderi' are found together without comparing all.
    """
    if len(word) < 5:
        return {word}
    return {word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))}


def _distance_within_one(first: str, second: str) -> bool:
    """Whether one letter changed, added or left out turns one word into the other."""
    if len(first) > len(second):
        first, second = second, first
    for index, (a, b) in enumerate(zip(first, second, strict=False)):
        if a != b:
            if len(first) == len(second):
                return first[index + 1 :] == second[index + 1 :]
            return first[index:] == second[index + 1 :]
    return True


def can_be_short_for(short: tuple[str, ...], full: tuple[str, ...], *, royal: bool = False) -> bool:
    """Whether a name can be a later, shorter mention of a fuller one (keys of `name_key`).

    One word must be any but the first of the fuller name (a family name can stand in the middle),
    the first only where it leads as a family name does in a name of two or three short words, or
    where kings are called by it (`royal`). Several words must come in the same order.
    """
    if len(short) > len(full):
        return False
    if len(short) == 1:
        if any(same_word(short[0], word) for word in full[1:] or full):
            return True
        return same_word(short[0], full[0]) and (royal or len(short[0]) <= 5)
    position = 0
    for word in short:
        while position < len(full) and not same_word(word, full[position]):
            position += 1
        if position == len(full):
            return False
        position += 1
    return True
