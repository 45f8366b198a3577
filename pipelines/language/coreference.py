"""Who is meant: namings, surnames, offices and pronouns of one article as the same persons.

What belongs here: the register of the persons of an article, and to whom of them a later mention
refers. What does not: finding names and titles, whose side a
person is on (`allegiance`), and anything beyond one article.

A mention that fits several persons equally is left open rather than guessed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from pipelines.language.named import Naming
from pipelines.language.names import (
    Words,
    can_be_short_for,
    name_key,
    person_verbs,
    spellings,
)
from pipelines.language.offices import Role
from pipelines.records import LEVELS, Level

GENERIC = frozenset({"person", "counterpart"})
"""Kinds of titles that name no office: 'the official', 'his counterpart'."""

_SHORTEST = 4
_OPEN_DETERMINERS = frozenset(
    {"a", "an", "any", "each", "another", "no", "several", "some", "many", "all", "other"}
)


@dataclass(eq=False, slots=True)
class Holder:
    """One person of the article: all namings taken together.

    `name` is the fullest form of the name, `roles` are the titles that the person bears,
    `countries` counts those that the text ties to the name; `inferred` is one that is concluded,
    `why` by which rule, and never one of `foreign`, whose people the person meets or faces.
    """

    key: tuple[str, ...]
    namings: list[Naming] = field(default_factory=list)
    name: str = ""
    roles: list[Role] = field(default_factory=list)
    countries: Counter[str] = field(default_factory=Counter)
    inferred: str | None = None
    why: str = ""
    foreign: set[str] = field(default_factory=set)

    @property
    def country(self) -> str | None:
        """The person's country as told most often, else as concluded from the rest."""
        return self.countries.most_common(1)[0][0] if self.countries else self.inferred

    @property
    def role(self) -> Role | None:
        """The title that tells most: an office rather than a form of address."""
        ranked = [r for r in self.roles if r.kind not in {"counterpart", "rank", "person"}]
        return next(iter(ranked or self.roles), None)

    @property
    def royal(self) -> bool:
        """Whether the person is called by the first name, as monarchs are."""
        return any(role.kind == "royal" for role in self.roles)

    @property
    def level(self) -> Level | None:
        """The highest rank among the person's titles."""
        levels = [r.level for r in self.roles if r.kind != "counterpart"]
        return min(levels, key=LEVELS.index) if levels else None

    def conclude(self, country: str | None, why: str) -> None:
        """Set a country that no phrase of the text ties to the person directly."""
        if country is not None and self.country is None and country not in self.foreign:
            self.inferred, self.why = country, why

    def add(self, naming: Naming) -> None:
        """Take a further naming of the same person."""
        insort(self.namings, naming, key=lambda n: n.start)
        if not self.name or (len(naming.key), len(naming.name)) > (len(self.key), len(self.name)):
            self.name = naming.name
        if len(naming.key) > len(self.key):
            self.key = naming.key
        if naming.country is not None:
            self.countries[naming.country] += 1
        known = {(role.keys, role.kind, role.countries) for role in self.roles}
        self.roles += [r for r in naming.roles if (r.keys, r.kind, r.countries) not in known]
        self.roles.sort(key=lambda role: role.start)

    def last_before(self, start: int) -> int:
        """Where the person was last named before a token, -1 where nowhere."""
        place = bisect_right(self.namings, start, key=lambda n: n.start)
        return self.namings[place - 1].start if place else -1


@dataclass(eq=False, slots=True)
class Register:
    """The persons of an article and which of them each naming means.

    `meant` goes by where the name starts, `order` lists these places once all are known, `spelt`
    finds persons by the words of their names.
    """

    holders: list[Holder] = field(default_factory=list)
    meant: dict[int, Holder] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    spelt: dict[str, list[Holder]] = field(default_factory=dict)

    def enter(self, holder: Holder) -> None:
        """Take a new person."""
        self.holders.append(holder)
        for form in {form for word in holder.key for form in spellings(word)}:
            self.spelt.setdefault(form, []).append(holder)

    def without_country(self) -> list[Holder]:
        """The persons whose country is not known (yet), as a list that may change meanwhile."""
        return [holder for holder in self.holders if holder.country is None]

    def in_order(self) -> list[tuple[Naming, Holder]]:
        """All namings in the order of the text, each with the person meant."""
        named = ((naming, holder) for holder in self.holders for naming in holder.namings)
        return sorted(named, key=lambda pair: pair[0].start)

    def named_between(self, first: int, last: int) -> set[Holder]:
        """The persons named with a start in a stretch of tokens."""
        low, high = (bisect_left(self.order, place) for place in (first, last))
        return {self.meant[start] for start in self.order[low:high]}

    def match(self, naming: Naming) -> Holder | None:
        """Return the person whose shorter or equal name a naming can be, None for nobody."""
        key = naming.key
        best: tuple[tuple[int, int, int], Holder] | None = None
        titles = {key for role in naming.roles for key in role.keys}
        near_spelt = (h for form in spellings(key[-1]) for h in self.spelt.get(form, ()))
        for holder in dict.fromkeys(near_spelt):
            shared = any(titles & role.keys for role in holder.roles)
            # 'State Secretary Ganzorigt' after 'State Secretary Ganzorigt Batsukhiin'
            royal = holder.royal or shared or any(r.kind == "royal" for r in naming.roles)
            if not can_be_short_for(key, holder.key, royal=royal):
                continue
            known = holder.countries
            if naming.country and known and naming.country not in known:
                continue
            agrees = naming.country is not None and naming.country in known
            near = holder.last_before(naming.start)
            rank = (int(key[-1] == holder.key[-1]), int(shared) + int(agrees), near)
            if best is None or rank > best[0]:
                best = (rank, holder)
        return best[1] if best else None


def register(namings: list[Naming]) -> Register:
    """Return the persons that namings with a title, or full names, stand for."""
    result = Register()
    ordered = sorted(namings, key=lambda n: (-len(n.key), n.start))
    for naming in ordered:
        holder = result.match(naming)
        if holder is None:
            holder = Holder(naming.key)
            result.enter(holder)
        holder.add(naming)
        result.meant[naming.name_start] = holder
    result.holders.sort(key=lambda h: h.namings[0].start)
    result.order = sorted(result.meant)
    return result


def later_mentions(words: Words, found: Register, runs: list[tuple[int, int]]) -> None:
    """Add names without a title that mean a person of the register ('Reyes also said')."""
    by_word: dict[str, list[Holder]] = {}
    for holder in found.holders:
        for word in holder.key:
            by_word.setdefault(word, []).append(holder)
    for begin, end in runs:
        if begin in found.meant:
            continue
        for start in range(begin, min(begin + 2, end)):
            if start > begin and not words.begins[begin]:
                break  # only the first word of a sentence may be no part of the name
            name = words.text(start, end)
            key = name_key(name)
            naming = Naming(start, end, start, end, name)
            if len(key) == 1 and len(key[0]) < 2:
                continue
            meant = _only(found.match(naming), naming, by_word)
            if meant is None and len(key) == 1 and _speaks(words, end):
                meant = _by_first_name(key[0], by_word)
            if meant is not None:
                meant.add(naming)
                found.meant[start] = meant
                break


def _speaks(words: Words, end: int) -> bool:
    return words.folded[end : end + 1] != [] and words.folded[end] in person_verbs()


def _by_first_name(word: str, by_word: dict[str, list[Holder]]) -> Holder | None:
    """The one person whose first name it is, in peoples that are called by it: 'Hamzah said'."""
    holders = by_word.get(word, [])
    if len(holders) != 1 or holders[0].key[0] != word or len(word) < _SHORTEST:
        return None
    return holders[0]


def _only(holder: Holder | None, naming: Naming, by_word: dict[str, list[Holder]]) -> Holder | None:
    """A bare first name of a person who also has a surname is no mention to rely on."""
    if holder is None or len(naming.key) > 1 or len(holder.key) == 1:
        return holder
    word = naming.key[0]
    if word == holder.key[0] and not holder.royal:
        # 'Xi' for Xi Jinping, but not 'Joe': the family name leads only in a name whose later,
        # titled mentions say so
        titled = [n for n in holder.namings if n.roles and n.key == naming.key]
        if not titled and len(by_word.get(word, ())) > 1:
            return None
    return holder


def office_holders(found: Register, role: Role) -> list[Holder]:
    """Return the persons whom an office without a name can mean, as far as titles tell."""
    fitting: list[Holder] = []
    for holder in found.holders:
        other = bool(role.countries) and holder.country not in role.countries
        if other and not (holder.country is None and shares_title(holder, role)):
            continue
        if role.kind in GENERIC:
            if role.level == "leader" and holder.level not in {"leader", None}:
                continue
            if role.countries or holder.level is not None:
                fitting.append(holder)
        elif shares_title(holder, role):
            fitting.append(holder)
    told = [h for h in fitting if h.country is not None]
    return told if role.countries and told else fitting


def shares_title(holder: Holder, role: Role) -> bool:
    """Whether a person bears the office that a title names, as far as the text tells it."""
    for own in holder.roles:
        for title, deputy, topics in own.keys:
            for other, other_deputy, other_topics in role.keys:
                if title != other or deputy != other_deputy:
                    continue
                if other_topics <= topics or (topics and topics <= other_topics):
                    return True
    return False


def resolve_role(
    found: Register, role: Role, recent: list[Holder], before: Collection[Holder]
) -> Holder | None:
    """Return the one person an office without a name means, None where it is not clear.

    `recent` are the persons of the sentence so far and the one before, latest last; `before` are
    all persons mentioned earlier in the text.
    """
    if role.plural or role.determiner in _OPEN_DETERMINERS or role.kind == "counterpart":
        return None
    fitting = office_holders(found, role)
    if "side" in {title for title, _, _ in role.keys}:
        fitting = []  # 'the Peruvian side' is more than one who speaks for it
    if len(fitting) == 1:
        only = fitting[0]
        if role.countries or only in before or role.kind not in GENERIC:
            return only if _is_definite(role) else None
        return None
    if not role.countries and _is_definite(role):
        near = [h for h in dict.fromkeys(recent) if h in fitting]
        return near[0] if len(near) == 1 else None
    # 'the Moroccan official': the one of that country told of last
    told = [holder for holder in before if holder in fitting and holder.level is not None]
    titles = {title for title, _, _ in role.keys}
    pointed = role.determiner == "the" or bool(titles & {"co-chair", "co-chairman"})
    return told[-1] if told and role.countries and pointed else None


def _is_definite(role: Role) -> bool:
    if role.determiner in {"his", "her", "their", "its", "my", "our", "your"}:
        return False
    return bool(role.determiner or role.countries or role.capital)
