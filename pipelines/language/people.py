"""Actors and persons: everyone who is named, or referred to by office or pronoun, in an article.

What belongs here: the way from a Doc and its country mentions to actor mentions in text order and
one record a person. What does not: the parts of that way, which have modules of their own: shapes
of names (`names`), titles of office (`titles`), names beside titles (`naming`), who is meant
(`coreference`) and whose side they are on (`allegiance`). All of it is rules over
tokens; no tagger or parser is needed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from spacy.tokens import Doc

from pipelines.language.allegiance import infer_countries
from pipelines.language.coreference import (
    Holder,
    Register,
    later_mentions,
    office_holders,
    register,
    resolve_role,
)
from pipelines.language.lone_names import bare_leaders
from pipelines.language.mentions import NO_CONTEXT, ActorForm, ActorMention, Context, CountryMention
from pipelines.language.named import Naming
from pipelines.language.names import Words, words_of
from pipelines.language.naming import find_namings
from pipelines.language.offices import Role
from pipelines.language.titles import find_roles
from pipelines.records import LEVELS, Level, Person, Span

_PRONOUNS = {"he": "m", "she": "f"}
_ACCORDING = ["according", "to"]
_GENDERED = {"king": "m", "queen": "f", "prince": "m", "sultan": "m", "emir": "m", "mr.": "m",
             "mr": "m", "mrs.": "f", "mrs": "f", "ms.": "f", "ms": "f", "sheikh": "m",
             "princess": "f", "sheikha": "f", "lady": "f", "chairwoman": "f", "spokeswoman": "f",
             "spokesman": "m", "madam": "f", "madame": "f", "his": "m"}  # fmt: skip
_SIDES = frozenset({"sides", "parties", "interlocutors"})
_PAIRING = frozenset({"two", "both", "the two", "these two", "the", "their"})


def find_people(
    doc: Doc,
    countries: tuple[CountryMention, ...],
    body_start: int = 0,
    published: str | None = None,
    context: Context = NO_CONTEXT,
) -> tuple[tuple[ActorMention, ...], tuple[Person, ...]]:
    """Return the mentions of actors in a Doc, in text order, and the persons that they name.

    `countries` are the Doc's country mentions; tokens before `body_start` (the dateline) are not
    read; `published` (an ISO date) tells which leaders were in office, `context` which
    country the article is told from. Mentions do not overlap;
    their offsets are token indices, those of the persons' evidence code points. Never raises on
    the content of a text.
    """
    if body_start >= len(doc):
        return (), ()
    words = words_of(doc, countries)
    namings = find_namings(words, find_roles(words, body_start), body_start)
    year = int(published[:4]) if published and published[:4].isdigit() else None
    found = register(namings.named + bare_leaders(words, namings, year))
    later_mentions(words, found, namings.runs)
    found.order = sorted(found.meant)
    infer_countries(words, found, namings.nameless, year, context)
    items = _items(
        words, [n for h in found.holders for n in h.namings], namings.nameless, body_start
    )
    actors = _Teller(words, found).tell(items)
    return actors, _persons(words, found)


@dataclass(frozen=True, slots=True)
class _Item:
    """A place in the text that an actor mention comes from."""

    start: int
    end: int
    what: Naming | Role | str


def _items(words: Words, named: list[Naming], nameless: list[Role], body_start: int) -> list[_Item]:
    """All places that refer to persons, in order and without overlap (names come first)."""
    items = [_Item(n.start, n.end, n) for n in named]
    items += [_Item(r.start, r.end, r) for r in nameless]
    for index in range(body_start, len(words)):
        lower = words.folded[index]
        if lower in _PRONOUNS:
            items.append(_Item(index, index + 1, lower))
        elif lower in {"him", "her"} and words.folded[max(0, index - 2) : index] == _ACCORDING:
            items.append(_Item(index, index + 1, "he" if lower == "him" else "she"))
        elif lower in _SIDES and index > body_start:
            start = index
            while start > body_start and words.folded[start - 1] in {"the", "two", "both"}:
                start -= 1
            if start < index:
                items.append(_Item(start, index + 1, "sides"))
    items.sort(key=lambda i: (i.start, not isinstance(i.what, Naming)))
    kept: list[_Item] = []
    for item in items:
        if kept and item.start < kept[-1].end:
            if isinstance(item.what, Naming) and not isinstance(kept[-1].what, Naming):
                kept[-1] = item
            continue
        kept.append(item)
    return kept


class _Teller:
    """Turns places into actor mentions, while it remembers who was spoken of before."""

    def __init__(self, words: Words, found: Register) -> None:
        self.words = words
        self.found = found
        self.actors: list[ActorMention] = []
        self.here: list[Holder] = []  # persons of this sentence so far
        self.previous: list[Holder] = []  # persons of the last sentence that had any
        self.before: dict[Holder, None] = {}  # all persons so far, latest last
        self.gender: dict[int, str] = {}
        self.age = 0  # sentences since `previous`

    def tell(self, items: list[_Item]) -> tuple[ActorMention, ...]:
        """Return one actor mention an item."""
        sentence = 0
        for item in items:
            for index in range(sentence + 1, item.start + 1):
                if self.words.begins[index]:
                    self._next_sentence()
            sentence = item.start
            if isinstance(item.what, Naming):
                self._name(item.what)
            elif isinstance(item.what, Role):
                self._role(item.what)
            elif item.what == "sides":
                self._sides(item)
            else:
                self._pronoun(item, _PRONOUNS[item.what])
        return tuple(self.actors)

    def _next_sentence(self) -> None:
        if self.here:
            self.previous, self.here, self.age = self.here, [], 0
        else:
            self.age += 1

    def _seen(self, holder: Holder) -> None:
        self.here.append(holder)
        self.before.pop(holder, None)
        self.before[holder] = None

    def _mention(
        self,
        start: int,
        end: int,
        form: ActorForm,
        holder: Holder | None,
        *,
        role: Role | None = None,
        naming: Naming | None = None,
        level: Level | None = None,
    ) -> None:
        shown = role or (holder.role if holder else None)
        country = (holder.country if holder else None) or (role.country if role else None)
        own = level or (holder.level if holder else None)
        if own is None and role is not None:
            own = role.level
        self.actors.append(
            ActorMention(
                start=start,
                end=end,
                form=form,
                name=holder.name if holder else None,
                name_start=naming.name_start if naming else None,
                name_end=naming.name_end if naming else None,
                role=_role_text(self.words, shown),
                organisation=shown.organisation if shown else None,
                country=country,
                level=own,
            )
        )
        if holder is not None:
            self._seen(holder)

    def _name(self, naming: Naming) -> None:
        holder = self.found.meant[naming.name_start]
        role = naming.roles[0] if naming.roles else None
        level = None
        if holder.level is None and role is not None and role.kind == "counterpart":
            level = self._counterpart_level()
        for index in range(naming.start, naming.name_end):
            sex = _GENDERED.get(self.words.folded[index])
            if sex and not (index == naming.start and self.words.folded[index] == "his"):
                self.gender.setdefault(id(holder), sex)
        self._mention(
            naming.start, naming.end, "named", holder, role=role, naming=naming, level=level
        )

    def _counterpart_level(self) -> Level | None:
        for holder in reversed([*self.previous, *self.here]):
            if holder.level is not None:
                return holder.level
        for actor in reversed(self.actors[-3:]):
            if actor.level is not None:
                return actor.level
        return None

    def _role(self, role: Role) -> None:
        if role.plural:
            self._group(role)
            return
        recent = [*(self.previous if self.age <= 1 else []), *self.here]
        holder = resolve_role(self.found, role, recent, self.before)
        level = self._counterpart_level() if role.kind == "counterpart" else None
        spoken_of = role.kind == "person" and role.determiner == "the" and not role.countries
        if holder is None and spoken_of and "side" not in {key[0] for key in role.keys}:
            holder = self._subject(None)
        self._mention(role.start, role.end, "role", holder, role=role, level=level)

    def _group(self, role: Role) -> None:
        names: tuple[str, ...] = ()
        if role.determiner in _PAIRING and not role.countries:
            fitting = office_holders(self.found, role)
            if role.kind == "person":
                fitting = [h for h in fitting if h.level is not None]
            names = _pair(self.before, fitting)
        self.actors.append(
            ActorMention(
                start=role.start,
                end=role.end,
                form="group",
                role=_role_text(self.words, role),
                organisation=role.organisation,
                country=role.country,
                level=role.level,
                names=names,
            )
        )

    def _sides(self, item: _Item) -> None:
        known = [h for h in self.before if h.country is not None]
        if len(self.here) == 1 and self.here[0] not in known[-1:]:
            known = [h for h in known if h not in self.here]  # 'A urged both sides'
        names = _row(self.previous) or _pair(self.before, known)
        self.actors.append(
            ActorMention(
                start=item.start,
                end=item.end,
                form="group",
                role=self.words.text(item.end - 1, item.end),
                names=names,
            )
        )

    def _pronoun(self, item: _Item, gender: str) -> None:
        before = self.words.folded[item.start - 1] if item.start else ""
        if self.here and before in {"which", "where", "when"}:
            holder: Holder | None = self.here[-1]  # 'A came to Lima, where he met'
        else:
            holder = self._subject(gender)
        if holder is not None:
            self.gender.setdefault(id(holder), gender)
        self._mention(item.start, item.end, "pronoun", holder)

    def _subject(self, gender: str | None) -> Holder | None:
        """The person who is most likely spoken of on: the first of this or the last sentence."""
        groups = [self.here] + ([self.previous] if self.age <= 2 else [])
        for group in groups:
            for holder in group:
                if gender is None or self.gender.get(id(holder), gender) == gender:
                    return holder
        return None


def _row(latest: list[Holder]) -> tuple[str, ...]:
    """All persons of the sentence before, where they are three or more of as many countries."""
    row = list(dict.fromkeys(latest))
    countries = {holder.country for holder in row}
    apart = len(countries) == len(row) and None not in countries
    return tuple(holder.name for holder in row) if len(row) > 2 and apart else ()


def _pair(before: Collection[Holder], fitting: list[Holder]) -> tuple[str, ...]:
    """The last two persons spoken of who fit and are of two countries, in order of the text."""
    last: list[Holder] = []
    possible = set(fitting)
    for holder in reversed(list(before)):
        if holder not in possible:
            continue
        if last and last[0].country is not None and holder.country == last[0].country:
            continue
        last.append(holder)
        if len(last) == 2:
            return tuple(h.name for h in reversed(last))
    return ()


def _role_text(words: Words, role: Role | None) -> str | None:
    """A title as the text has it, without determiner and the country before it."""
    if role is None:
        return None
    if role.kind == "counterpart":
        return words.text(role.start + bool(role.determiner), role.end)
    return words.text(role.role_start, role.end)


def _persons(words: Words, found: Register) -> tuple[Person, ...]:
    """One record a person, in the order in which the text first names them."""
    persons: list[Person] = []
    for holder in sorted(found.holders, key=lambda h: h.namings[0].start):
        titled = next((n for n in holder.namings if n.roles), holder.namings[0])
        role = holder.role
        if role is None and holder.country is None:
            continue  # a name alone, of nobody's side: an official would be called one
        first = words.sentence_start(titled.start)
        last = max(titled.end, role.end if role and role in titled.roles else 0)
        last = words.sentence_end(last)
        told = "name-alone" if role is None else f"title-{role.kind}"
        confidence = _confidence(holder)
        persons.append(
            Person(
                id=f"p{len(persons) + 1}",
                evidence=_span(words.doc, first, last),
                rule=f"{told}-{holder.why}" if holder.inferred else told,
                confidence=confidence,
                name=holder.name,
                role=_role_text(words, role),
                organisation=role.organisation if role else None,
                country=holder.country,
                level=_person_level(holder),
            )
        )
    return tuple(persons)


def _confidence(holder: Holder) -> float:
    """How sure a person is: by shares that were right on gold, see docs/confidence.md."""
    if holder.countries or holder.why in {"leader", "delegation", "title"}:
        return 0.95 if holder.role is not None else 0.7
    if holder.country is None:
        return 0.4
    return 0.6 if holder.role is None or holder.why in {"row", "unmarked", "scene"} else 0.8


def _person_level(holder: Holder) -> Level | None:
    if holder.level is not None:
        return holder.level
    levels = [role.level for role in holder.roles]
    return min(levels, key=LEVELS.index) if levels else None


def _span(doc: Doc, start: int, end: int) -> Span:
    while end > start + 1 and doc[end - 1].is_space:
        end -= 1
    span = doc[start:end]
    return Span(span.start_char, span.end_char)
