"""Names beside titles: which name a title of office belongs to, and names that stand alone.

What belongs here: adjacency ('President Aldo Reyes'), apposition on both sides ('Aldo Reyes, the
president of ...'), lists, and what makes a run of capitals without any title a person. What does
not: which of the namings mean the same person (`coreference`).
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.language.lone_names import AUXILIARIES, standing_alone
from pipelines.language.named import Naming, Namings
from pipelines.language.names import (
    Words,
    name_end,
    name_key,
    person_verbs,
    runs,
    skip_honorifics,
    trim_organisation,
)
from pipelines.language.offices import Role

_OPENERS = frozenset({",", "(", "–", "—"})
_MAKES = frozenset(
    {"is", "was", "became", "remains", "remained", "served", "serves", "serving", "appointed",
     "declared", "inaugurated", "confirmed", "proclaimed", "chosen", "named", "elected",
     "re-elected", "accredited", "designated", "nominated", "sworn", "been"}
)  # fmt: skip
_BE = frozenset({"be", "been", "was", "is", "were", "being", "in"})


def find_namings(words: Words, roles: list[Role], start: int = 0) -> Namings:
    """Return the names that titles belong to, titles without a name, and other runs of names."""
    taken = [False] * len(words)
    for role in roles:
        for index in range(role.start, role.end):
            taken[index] = True
    candidates = runs(words, taken, start)
    finder = _Finder(words, roles, candidates)
    finder.adjacent()
    finder.appositions()
    left = [run for run in candidates if finder.claimed.isdisjoint(range(*run))]
    named = finder.named + [
        n for n in (standing_alone(words, run) for run in left) if n is not None
    ]
    named.sort(key=lambda n: n.start)
    named = [_as_counterpart(words, roles, naming) for naming in named]
    starts = {n.name_start for n in named}
    nameless = [
        role
        for index, role in enumerate(roles)
        # states are members of an organisation too: only a named one is a person for sure
        if index not in finder.used and not role.needs and not role.is_member
    ]
    named = _with_offices_told_before(words, named, nameless)
    return Namings(named, nameless, [run for run in left if run[0] not in starts])


def _as_counterpart(words: Words, roles: list[Role], naming: Naming) -> Naming:
    """Give 'his Congolese counterpart, Interior Minister A' the country of the counterpart."""
    if naming.country is not None or naming.start < 2 or words.texts[naming.start - 1] != ",":
        return naming
    for role in roles:
        if role.end == naming.start - 1 and role.kind == "counterpart" and role.country:
            return replace(naming, country=role.country)
    return naming


def _with_offices_told_before(
    words: Words, named: list[Naming], nameless: list[Role]
) -> list[Naming]:
    """Give 'Ana Ruiz told reporters' the office of 'its trade minister said' in the lede before.

    Only the first who is named, where the sentence before has one speaker without a name.
    """
    speaking = [
        role
        for role in nameless
        if not role.plural
        and role.kind in {"minister", "office", "envoy"}
        and role.level not in {None, "official"}
        and words.folded[role.end : role.end + 1] in (["said"], ["told"], ["announced"])
    ]
    first = named[0] if named else None
    if first is None or first.roles or not speaking or not words.begins[first.start]:
        return named
    begin = words.sentence_start(first.start - 1) if first.start else 0
    told = [role for role in speaking if begin <= role.start < first.start]
    speaks = words.folded[first.end : first.end + 1]
    if len(told) != 1 or speaks not in (["said"], ["told"], ["added"]):
        return named
    role = told[0]
    return [replace(first, roles=(role,), country=first.country or role.country), *named[1:]]


class _Finder:
    """The names that belong to titles, found by adjacency first, then by apposition."""

    def __init__(self, words: Words, roles: list[Role], candidates: list[tuple[int, int]]) -> None:
        self.words = words
        self.roles = roles
        self.starting = {run[0]: run for run in candidates}
        self.ending = {run[1]: run for run in candidates}
        self.role_at = {role.start: role for role in roles}
        self.named: list[Naming] = []
        self.used: set[int] = set()
        self.claimed: set[int] = set()

    def adjacent(self) -> None:
        """Names right behind a title: 'President Aldo Reyes', 'Presidents Reyes and Okoro'."""
        for index, role in enumerate(self.roles):
            stop = self.roles[index + 1].start if index + 1 < len(self.roles) else len(self.words)
            name = self._name_at(role.end, stop, titled=role.kind != "person")
            if name is None:
                continue
            if role.plural:
                names = self._list(name, stop)
                if len(names) < 2 and not role.determiner:
                    continue
                self._add_list(index, role, names)
            elif self._fits(role, name):
                self._add(index, role, name)

    def _name_at(self, index: int, stop: int, *, titled: bool) -> tuple[int, int] | None:
        words = self.words
        if index >= stop or words.begins[index]:
            return None
        begin = skip_honorifics(words, index)
        if begin >= stop:
            return None
        end = name_end(words, begin, titled=titled or begin > index, stop=stop)
        end = trim_organisation(words, begin, end)
        if end <= begin:
            return None
        text = words.texts[begin]
        if end == begin + 1 and text.isupper() and len(text) <= 5:
            return None  # an acronym: 'the minister IRNA reported'
        return begin, end

    def _fits(self, role: Role, name: tuple[int, int]) -> bool:
        if role.needs in {"of", "country"}:
            return name[1] - name[0] > 1
        return not (role.needs == "portfolio" and not role.capital)

    def _list(self, name: tuple[int, int], stop: int) -> list[tuple[int, int]]:
        """Names in a row: 'Reyes (2008), Okoro and Lind'."""
        words, names = self.words, [name]
        index = name[1]
        while index + 1 < stop:
            if words.texts[index] == "(":
                while index < stop and words.texts[index] != ")" and not words.begins[index + 1]:
                    index += 1
                    if index + 1 >= stop:
                        return names
                index += 1
                continue
            if words.folded[index] == "of" and index + 1 in words.country_at:
                index = words.country_at[index + 1].end
                continue
            if words.folded[index] not in {",", "and"}:
                return names
            while index < stop and words.folded[index] in {",", "and"}:
                index += 1
            following = self._name_at(index, stop, titled=False)
            if following is None:
                return names
            names.append(following)
            index = following[1]
        return names

    def _add_list(self, index: int, role: Role, names: list[tuple[int, int]]) -> None:
        shared = role.country
        for position, name in enumerate(names):
            country = shared
            if len(role.countries) == len(names):
                country = role.countries[position]
            own = replace(role, plural=False, countries=(country,) if country else ())
            self._add(index, own, name, start=role.start if position == 0 else name[0])

    def _add(
        self, index: int, role: Role, name: tuple[int, int], *, start: int | None = None
    ) -> None:
        words, (begin, end) = self.words, name
        country, phrase_end = role.country, max(end, role.end)
        if end + 1 < len(words) and words.folded[end] in {"of", "from"} and end >= role.end:
            at = end + 2 if words.folded[end + 1] == "the" else end + 1
            mention = words.country_at.get(at)
            if mention is not None and country is None and not role.countries:
                country, phrase_end = mention.iso3, mention.end
        self.named.append(
            Naming(
                start=min(role.start, begin) if start is None else start,
                end=phrase_end,
                name_start=begin,
                name_end=end,
                name=words.text(begin, end),
                roles=(role,),
                country=country,
            )
        )
        self.used.add(index)
        # a run of the same tokens, whichever length it has, is no longer free
        self.claimed.update(range(begin, end))

    def appositions(self) -> None:
        """Names beside a title with a comma, or before it."""
        for index, role in enumerate(self.roles):
            if index in self.used or role.kind == "rank":
                continue
            left = self._before(role) or self._subject_of(role)
            if left is not None:
                self._add(index, role, left)
                continue
            right = self._behind(role)
            if not right and self._takes_second_title(role):
                self.used.add(index)
                continue
            right = right or self._complement_of(role)
            if not right:
                continue
            if role.plural and len(right) > 1:
                self._add_list(index, role, right)
            elif not role.plural:
                self._add(index, role, right[0])

    def _before(self, role: Role) -> tuple[int, int] | None:
        words, at = self.words, role.start
        if at < 2 or words.begins[at] or role.plural:
            return None
        mark = words.texts[at - 1] in _OPENERS
        run = self.ending.get(at - 1 if mark else at)
        theirs = mark and role.determiner in {"his", "her"}
        if (role.kind == "counterpart" and not theirs) or (
            role.needs in {"country", "portfolio"} or self._is_record(role)
        ):
            return None
        if mark and (run is None or words.texts[run[0] : run[1]] == [words.texts[at - 2].upper()]):
            run = self._before_letters(at - 1) or run
        if run is None or run[0] in self.claimed:
            return None
        single = run[1] - run[0] == 1
        # 'the Summit for Democracy, the President'
        governed = words.folded[run[0] - 1] in {"for", "of", "on", "in", "at"}
        loose = not mark or words.begins[run[0]] or governed or not self._is_definite(role)
        apart = not mark and role.start != role.role_start
        return None if apart or (single and loose) else run

    def _is_record(self, role: Role) -> bool:
        """'A met B, the first president to visit': it may be said of either."""
        folded = self.words.folded
        first = {"first", "last", "only"} & set(folded[role.start : role.head_end])
        return bool(first) and folded[role.end : role.end + 1] == ["to"]

    def _before_letters(self, comma: int) -> tuple[int, int] | None:
        """The name before the letters of an order or degree: 'Aldo Reyes, MP, the minister of'."""
        texts = self.words.texts
        letters = texts[comma - 1].rstrip(".")
        if comma > 2 and letters.isupper() and len(letters) < 6 and texts[comma - 2] == ",":
            return self.ending.get(comma - 2)
        return None

    def _subject_of(self, role: Role) -> tuple[int, int] | None:
        """The name that a title is said of: 'A was appointed ambassador of Peru'."""
        words, at = self.words, role.start
        if role.plural or role.needs or role.kind == "counterpart" or words.begins[at]:
            return None
        floor = max(words.sentence_start(at), at - 8)
        verb = at - 1
        while verb > floor and words.folded[verb] in {"as", "the", "new", "also", "currently", ","}:
            verb -= 1
        if words.folded[verb - 1 : verb + 1] == ["sworn", "in"]:
            verb -= 1
        if words.folded[verb] not in _MAKES:
            return None
        while verb > floor and words.folded[verb] in _MAKES | AUXILIARIES | _BE:
            verb -= 1
        run = self.ending.get(verb + 1)
        single = run is not None and run[1] - run[0] == 1
        return None if run is None or single or run[0] in self.claimed else run

    def _complement_of(self, role: Role) -> list[tuple[int, int]]:
        """The name said of a title: 'the ambassador to India at the time was Mr. A'."""
        words, at = self.words, role.end
        if role.plural or role.needs or not (self._is_definite(role) or role.capital):
            return []
        if words.folded[at : at + 3] == ["at", "the", "time"]:
            at += 3
        if at + 2 >= len(words) or words.folded[at] not in {"is", "was"}:
            return []
        at += 1 + (words.folded[at + 1] in {"then", "now", "currently"})
        begin = skip_honorifics(words, at)
        run = self.starting.get(begin)
        if run is None or run[0] in self.claimed or words.begins[at]:
            return []
        return [run] if run[1] - run[0] > 1 or begin > at else []

    def _takes_second_title(self, role: Role) -> bool:
        """Give a name with a form of address the office behind it: 'General A, Chief of Staff,'."""
        words, at = self.words, role.start
        if role.plural or role.needs or at < 2 or words.texts[at - 1] != "," or words.begins[at]:
            return False
        after = words.texts[role.end] if role.end < len(words) else "."
        if after not in {",", ".", ";", ")"} and words.folded[role.end] not in person_verbs():
            return False
        for place, naming in enumerate(self.named):
            if naming.end != at - 1 or naming.end != naming.name_end or not naming.roles:
                continue
            known = naming.roles[0]
            if role.kind == "counterpart" or not (self._is_definite(role) or role.capital):
                return False
            if known.kind not in {"rank", "envoy", "royal", "person"} and naming.country:
                return False
            self.named[place] = replace(
                naming, end=role.end, roles=(role, known), country=naming.country or role.country
            )
            return True
        return False

    def _is_definite(self, role: Role) -> bool:
        return role.determiner == "the" or bool(role.countries) or role.has_tail

    def _behind(self, role: Role) -> list[tuple[int, int]]:
        words, at = self.words, role.end
        dash = role.plural and words.texts[at : at + 1] in (["–"], ["—"], [":"])
        comma = words.texts[at : at + 1] == [","]
        if at + 1 >= len(words) or not (comma or dash) or words.begins[at + 1]:
            return []
        theirs = role.determiner in {"his", "her", "its", "their"}
        if role.needs or not (self._is_definite(role) or theirs):
            return []
        begin = skip_honorifics(words, at + 1)
        run = self.starting.get(begin)
        if run is None or run[0] in self.claimed:
            return []
        return self._apposed(role, run, addressed=begin > at + 1)

    def _apposed(
        self, role: Role, run: tuple[int, int], *, addressed: bool
    ) -> list[tuple[int, int]]:
        """The names behind the comma after a title, none where they belong to something else."""
        words = self.words
        names = self._list(run, len(words)) if role.plural else [run]
        if role.plural and (
            len(names) != len(role.countries)  # 'the mayors of A, B and C' are no names
            or any(len(name_key(words.text(*name))) < 2 for name in names)
        ):
            return []
        end = names[-1][1]
        following = words.texts[end] if end < len(words) else "."
        if following == "," and end + 1 in self.role_at:
            return []  # the name has a title of its own behind it
        if run[1] - run[0] == 1 and not addressed and following not in {",", "."}:
            return []
        return names
