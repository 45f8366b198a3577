"""The two sides of an encounter in a sentence: subject and partners, host and guests.

What belongs here: how each grammatical form of the words of encounters takes its sides. What does
not: sides that the sentence leaves unsaid (`account_gaps`), and visits (`visits`).
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from spacy.tokens import Doc

from pipelines.extraction.account import Account
from pipelines.extraction.cue_words import cue_words
from pipelines.extraction.encounters import MEALS, Trigger
from pipelines.extraction.event_setting import Scene
from pipelines.extraction.representatives import Party
from pipelines.extraction.sides import REACH, Sides
from pipelines.language.mentions import Context

_PARTNER_MARKS = frozenset({"with", "between", "among", "of"})
_PARTNER_REACH = 14
_TWO_REACH = 10
_HOLD = cue_words("held_verbs") | {"hold", "holding", "begin", "start", "open", "continue"}
_NEAR = 90
"""How many tokens before a sentence 'the two leaders' of it may have been named."""
_LONGEST_PHRASE = 9
_QUOTES = frozenset({'"', "“", "”"})
_AFTER_TWO = frozenset(
    {"met", "also", "last", "had", "have", "will", "first", "then", "later", "who"}
)
_CLAUSE_ENDS = frozenset({".", ";", "?", "!", ":"})
_NEW_CLAUSE = _CLAUSE_ENDS | {"and", "where", "who", "which"}
_INTRODUCING = cue_words("introducing")
_ADJUNCTS = cue_words("adjuncts")
_SIDE_NOUNS = cue_words("side_nouns")


@dataclass(frozen=True, slots=True)
class Found:
    """The sides that a rule found; `left` holds all where they stand in one list."""

    left: tuple[Party, ...]
    right: tuple[Party, ...]
    rule: str


def parties_told_before(scene: Scene, previous: Account | None) -> tuple[Party, ...]:
    """Those of the encounter told last, if near, the country visited as one of them."""
    if previous is None or scene.start - previous.end > 2 * REACH:
        return ()
    host = previous.visited
    visited = (Party(previous.start, previous.start, "country", host),) if host else ()
    return (*previous.parties, *visited)


def _two_sides(context: Context) -> tuple[str, ...]:
    """The two countries that an article is about; empty where it is about one or many."""
    if len(context.titled) == 2:
        return context.titled
    counts = [*context.common, ("", 0), ("", 0), ("", 0)]
    (one, _), (other, second), (_, third) = counts[:3]
    told = second > 1 if third else second > 0
    return (one, other) if told and second >= 2 * third else ()


def phrase_start(doc: Doc, scene: Scene, trigger: Trigger) -> int:
    """Where the noun phrase of a trigger begins: at its article, possessive or modifiers."""
    named = {i for party in scene.parties for i in range(party.start, party.end)}
    index = trigger.start
    while index > scene.start and trigger.start - index < _LONGEST_PHRASE:
        word = doc[index - 1]
        if word.text in _QUOTES and index - 1 > scene.start:
            index -= 1  # 'their 12th "two-plus-two" consultations'
            continue
        if word.lower_ in {"a", "an", "the", "his", "her", "their", "this", "its"}:
            return index - 1
        if not (word.text.replace("-", "a").isalnum()) or word.lower_ in _INTRODUCING:
            return index
        if word.i in named:
            return index  # a party is no part of it: 'Delegations from Peru held talks'
        index -= 1
    return index if index > scene.start else trigger.start


def find_mark(
    doc: Doc, mark: str, start: int, end: int, stops: Container[str] = _CLAUSE_ENDS
) -> int | None:
    """Return the first token of a range that is a word in lower case, None behind a stop."""
    for index in range(start, end):
        word = doc[index].lower_
        if word == mark:
            return index
        if word in stops:
            return None
    return None


def before_next(scene: Scene, trigger: Trigger, reach: int) -> int:
    """Where the words behind a trigger end: at the next one, the scene's end, or out of reach."""
    following = (other.start for other in scene.triggers if other.start >= trigger.end)
    return min(scene.end, trigger.end + reach, *following)


def _is_of_nobody(party: Party) -> bool:
    return party.country is None and party.name is None and not party.counterpart


class SideFinder:
    """Finds the sides that go with the words of encounters in one article."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.doc = sides.doc
        self.two_sides = _two_sides(sides.reading.context)
        self._people = {person.name: person for person in sides.reading.people}

    def find(self, scene: Scene, trigger: Trigger, previous: Account | None) -> Found | None:
        """Return the sides of an encounter told by a word, or None where it tells of none.

        `previous` is the encounter told last: 'the two ministers' are those who met there.
        """
        if trigger.form == "talk":
            return self._of_noun(scene, trigger, previous)
        if trigger.form == "discuss":
            return self._of_discussion(scene, trigger, previous)
        return self._of_verb(scene, trigger, previous)

    def _subject(self, scene: Scene, trigger: Trigger) -> tuple[Party, ...]:
        """The subject of a verb; of two that are joined by 'and', that of the first.

        'She visited Peru on Monday and was received by the king': not Peru, the object.
        """
        left = self.sides.before(trigger.start, scene.start)
        if not left:
            return left
        gap = {token.lower_ for token in self.doc[left[-1].end : trigger.start]}
        if "and" not in gap or gap & {",", "who", "which", "that"}:
            return left
        for verb in scene.triggers:
            if verb.is_noun or not verb.end <= left[0].start <= verb.end + 2:
                continue
            return self.sides.before(verb.start, scene.start) or left
        return left

    def _of_verb(self, scene: Scene, trigger: Trigger, previous: Account | None) -> Found | None:
        doc = self.doc
        left = self._subject(scene, trigger)
        before = doc[trigger.start - 1].lower_ if trigger.start else ""
        if not left and before in {"who", "which"} and previous is not None:
            left = previous.left if previous.start == scene.start else ()
        agent = self._agent_mark(scene, trigger) if trigger.form in {"host", "phone"} else None
        if agent is not None and not self._is_at_airport(scene, trigger):
            right = self.sides.after(agent + 1, scene.end)
            return Found(left, right, f"{trigger.form}-passive")
        right = self.sides.after(trigger.end, scene.end)
        if trigger.form == "meet" and not right:
            right = self._partners_further_on(scene, trigger)
        behind = doc[right[-1].end].lower_ if right and right[-1].end < len(doc) else ""
        alone = trigger.form == "meet" and not right
        # 'met the president's demands', not 'met Prime Minister A of Peru's northern region'
        ends_in_land = bool(right) and self.sides.names_place(right[-1].end - 1)
        owned = trigger.form == "meet" and behind in {"'s", "’s"} and not ends_in_land
        if (
            owned
            or self._is_at_airport(scene, trigger)
            or self._is_a_match(trigger, left, right)
            or (alone and not self._stands_alone(trigger))
        ):
            return None
        pair_told = trigger.form == "meet" and self.tells_of_two(scene, trigger.start)
        if pair_told and right and not left:  # 'the two ministers will meet again, with A of Chad'
            left = self.told_before(scene, previous, trigger.start)
        if alone and pair_told:
            both = self.told_before(scene, previous, trigger.start)
            return Found(both, (), "two-sides-met") if both else Found(left, right, "meet-verb")
        if doc[trigger.end - 1].lower_ in {"on", "saw"} and not self._is_caller(trigger, right):
            return None
        if trigger.form in {"host", "phone", "summon"}:
            right = self._objects(trigger, right)
            if not right:
                return None
        return Found(left, right, f"{trigger.form}-verb")

    def _is_at_airport(self, scene: Scene, trigger: Trigger) -> bool:
        """'was welcomed at the airport by': no talks."""
        end = before_next(scene, trigger, _PARTNER_REACH)
        words = [token.lower_ for token in self.doc[trigger.end : end]]
        at = words.index("airport") if "airport" in words else _TWO_REACH
        return trigger.form == "host" and at < _TWO_REACH

    def _agent_mark(self, scene: Scene, trigger: Trigger) -> int | None:
        """The 'by' of a passive: 'was received on Monday in audience at the palace by the king'."""
        doc = self.doc
        if doc[trigger.end : trigger.end + 1].text == "by":
            return trigger.end
        auxiliaries = doc[max(scene.start, trigger.start - 3) : trigger.start]
        if not {"was", "were", "be", "been"} & {token.lower_ for token in auxiliaries}:
            return None
        end = min(scene.end, trigger.end + _PARTNER_REACH)
        return find_mark(doc, "by", trigger.end, end, _NEW_CLAUSE | {"with"})

    def _partners_further_on(self, scene: Scene, trigger: Trigger) -> tuple[Party, ...]:
        """'sat down in the port city on Monday with Minister A'."""
        end = min(scene.end, trigger.end + _PARTNER_REACH)
        return self._partners(scene, find_mark(self.doc, "with", trigger.end, end, _NEW_CLAUSE))

    def _partners(self, scene: Scene, mark: int | None) -> tuple[Party, ...]:
        """Those who stand behind a 'with', without the bare names of countries."""
        listed = () if mark is None else self.sides.after(mark + 1, scene.end)
        return tuple(party for party in listed if party.form != "country")

    def _is_a_match(
        self, trigger: Trigger, left: tuple[Party, ...], right: tuple[Party, ...]
    ) -> bool:
        """'Iceland met Tunisia' is sport; states 'meet with' one another, or in the plural."""
        lands = {p.form for p in (*left, *right)} == {"country"} and len(left) == 1
        return trigger.form == "meet" and bool(right) and lands and right[0].start == trigger.end

    def _is_caller(self, trigger: Trigger, right: tuple[Party, ...]) -> bool:
        """'called on President Reyes', not 'called on Peru to withdraw'."""
        if not right or right[0].form == "country":
            return False
        behind = self.doc[right[-1].end : right[-1].end + 3]
        after = behind[0] if len(behind) else None
        if self.doc[trigger.end - 1].lower_ == "saw":
            dated = after is not None and after.i in self.sides.date_tokens
            open_end = after is None or after.is_punct or after.lower_ in {"in", "at", "on"}
            return right[0].level is not None and (open_end or dated)
        words = {token.lower_ for token in behind}
        return not words & {"to", "as", "for", "over"} or bool(words & {"talks", "discussions"})

    def _stands_alone(self, trigger: Trigger) -> bool:
        """'A and B met in Rome', not 'met demand' or 'to meet the needs'."""
        after = self.doc[trigger.end] if trigger.end < len(self.doc) else None
        return (
            after is None
            or after.is_punct
            or after.is_space
            or after.lower_ in _ADJUNCTS
            or after.i in self.sides.date_tokens
            or after.lower_.endswith("ly")
        )

    def _of_discussion(
        self, scene: Scene, trigger: Trigger, previous: Account | None
    ) -> Found | None:
        """'A and B discussed trade', 'discussed trade with B', 'the two ministers discussed'."""
        left = self.sides.before(trigger.start, scene.start)
        if len({p.country for p in left if p.country and p.form != "country"}) > 1:
            return Found(left, (), "discuss-verb")
        if self._two_sides_before(scene, trigger):
            return Found(parties_told_before(scene, previous), (), "two-sides-discuss")
        end = before_next(scene, trigger, _PARTNER_REACH)
        right = self._partners(scene, find_mark(self.doc, "with", trigger.end, end))
        return Found(left, right, "discuss-with") if right else None

    def _two_sides_before(self, scene: Scene, trigger: Trigger) -> bool:
        words = [t.lower_ for t in self.doc[max(scene.start, trigger.start - 4) : trigger.start]]
        return bool(_SIDE_NOUNS & set(words[-2:])) and bool({"two", "both", "the"} & set(words))

    def _objects(self, trigger: Trigger, right: tuple[Party, ...]) -> tuple[Party, ...]:
        """Those received, called or summoned: people, not what is theirs ('welcomed X's offer')."""
        doc = self.doc
        if not right or right[0].form == "country":
            return ()
        end = right[-1].end
        after = doc[end].lower_ if end < len(doc) else "."
        if after in {"'s", "’s", "'", "’"}:
            return ()
        if trigger.form == "phone" and doc[trigger.start].lower_ == "called":
            follows = after in {"to", ".", ",", "today", "on", "and", "by", "yesterday", "earlier"}
            return right if follows and right[0].start == trigger.end else ()
        if trigger.form == "summon":
            return tuple(p for p in right if p.level in {"ambassador", "official", None})
        return right

    def told_before(self, scene: Scene, previous: Account | None, before: int) -> tuple[Party, ...]:
        """Those of the encounter told last, else the only two sides of the text before a token.

        Where no two persons are told before, the two countries that the article is about.
        """
        told = parties_told_before(scene, previous) or self._of_group(scene, before)
        if told:
            return told
        near = [p for p in self.sides.within(scene.start - _NEAR, before) if p.form == "person"]
        last: list[Party] = []
        for party in reversed(near):
            if party.country and party.country not in {p.country for p in last}:
                last.append(party)
        if len(last) == 2:
            return tuple(reversed(last))
        return tuple(Party(scene.start, scene.start, "country", code) for code in self.two_sides)

    def _of_group(self, scene: Scene, before: int) -> tuple[Party, ...]:
        """Those whom 'the two ministers' of a sentence are, where they are of two countries."""
        for group in scene.parties:
            people = [self._people[name] for name in group.names if name in self._people]
            if group.end <= before and len({person.country for person in people} - {None}) > 1:
                return tuple(
                    Party(group.start, group.end, "person", p.country, p.level, p.name, p.role)
                    for p in people
                )
        return ()

    def _holds(self, scene: Scene, head: int) -> bool:
        """'the two leaders held talks', but not 'both leaders pledged to advance talks'."""
        near = {token.lower_ for token in self.doc[max(scene.start, head - 4) : head]}
        return self.tells_of_two(scene, head) and bool(near & _HOLD)

    def tells_of_two(self, scene: Scene, index: int) -> bool:
        """Whether the subject before a token is 'the two leaders', 'the two' or 'both sides'."""
        words = [token.lower_ for token in self.doc[max(scene.start, index - _TWO_REACH) : index]]
        if "they" in words[-6:] and not {"that", "said", "which"} & set(words[-6:]):
            return True  # 'They are due to hold talks in Lima'
        for place, word in enumerate(words):
            if word not in {"two", "both", "their"} or words[max(0, place - 2) : place][:1] == [
                "by"
            ]:
                continue
            behind = words[place + 1 : place + 4]
            alone = word == "two" and words[place - 1 : place] == ["the"]
            named = next((w for w in behind if w in _SIDE_NOUNS), None)
            if named or (alone and (not behind or behind[0] in _AFTER_TWO)):
                return True
        return False

    def _of_noun(self, scene: Scene, trigger: Trigger, previous: Account | None) -> Found:
        compound = self._compound(scene, trigger)
        if compound:
            return Found(compound, (), "talk-compound")
        return self._of_plain_noun(scene, trigger, previous)

    def _of_plain_noun(self, scene: Scene, trigger: Trigger, previous: Account | None) -> Found:
        doc = self.doc
        head = phrase_start(self.doc, scene, trigger)
        mark = self._partner_mark(scene, trigger)
        right = self.sides.after(mark + 1, scene.end) if mark is not None else ()
        if doc[trigger.start].lower_ == "meeting" and not right:
            right = self.sides.after(trigger.end, scene.end)
            right = right if right and right[0].start < trigger.end + 4 else ()
        if not right:
            right = self._gathered(scene, trigger)
            if right:
                return Found(right, (), "talk-gathered")
        if mark is not None and right and doc[mark].lower_ != "with":
            if len({p.country for p in right}) > 1:
                return Found(right, (), f"talk-{doc[mark].lower_}")
            if doc[mark].lower_ == "of":
                right = ()
        left = self.sides.before(head, scene.start)
        if len(left) == 1 and left[0].end >= head - 1 and _is_of_nobody(left[0]):
            head = left[0].start  # 'during the Nordic Leaders' Summit': its name, no side
            left = self.sides.before(head, scene.start)
        introduces = head > scene.start and doc[head - 1].lower_ in _INTRODUCING
        # 'as they held consultations, with Secretary A leading': of no land that is told
        unknown = not any(party.country for party in right)
        one_side = unknown and len({p.country for p in left if p.country}) < 2
        told = self._holds(scene, head) or (mark is not None and self._two_behind(mark))
        both = told and self.told_before(scene, previous, head)
        if one_side and both:
            return Found(both, (), "two-sides-talk")
        if introduces and not left and not right:
            left = self.sides.ending_at(head - 1, scene.start)
        if introduces and not left:
            end = right[-1].end if right else trigger.end
            left = self._first_person(end, scene.end)
            return Found(left, right, "talk-introduced")
        return Found(left, right, "talk-noun")

    def _two_behind(self, mark: int) -> bool:
        """'consultations between the two foreign ministries'."""
        words = [token.lower_ for token in self.doc[mark + 1 : mark + 6]]
        return bool({"two", "both"} & set(words[:2])) and bool(_SIDE_NOUNS & set(words))

    def _gathered(self, scene: Scene, trigger: Trigger) -> tuple[Party, ...]:
        """'The meeting brought together A and B', 'was attended by A and B'."""
        words = [token.lower_ for token in self.doc[trigger.end : trigger.end + 4]]
        for phrase in (["brought", "together"], ["was", "attended", "by"], ["gathered"]):
            if words[: len(phrase)] == phrase:
                listed = self.sides.after(trigger.end + len(phrase), scene.end)
                return listed if len({p.country for p in listed if p.country}) > 1 else ()
        return ()

    def _first_person(self, start: int, end: int) -> tuple[Party, ...]:
        for place, party in enumerate(self.sides.within(start, min(end, start + 60))):
            before = self.doc[party.start - 1].lower_ if party.start else ""
            if party.form == "country" and (before != "," or place):
                continue
            if before in {"of", "with", "to", "by", "for", "in", "against"}:
                continue
            listed = self.sides.after(party.start, end)
            return listed or (party,)
        return ()

    def _partner_mark(self, scene: Scene, trigger: Trigger) -> int | None:
        """The token of 'with' (or 'between', 'of') that brings in the partners of a noun."""
        limit = min(scene.end, trigger.end + _PARTNER_REACH)
        for index in range(trigger.end, limit):
            word = self.doc[index].lower_
            if word in _CLAUSE_ENDS or (word == "," and index > trigger.end + 8):
                return None
            if index > trigger.end and any(t.start == index for t in scene.triggers):
                return None
            if word == "of" and index > trigger.end:
                continue
            if word in _PARTNER_MARKS or (word == "from" and trigger.kind == "call"):
                return index
            if word == "for" and self.doc[trigger.end - 1].lower_ in MEALS:
                return index
        return None

    def _compound(self, scene: Scene, trigger: Trigger) -> tuple[Party, ...]:
        """'Iran-Russia talks', 'the Egyptian-Turkish summit': two countries joined by a dash."""
        near = self.sides.countries.within(max(scene.start, trigger.start - 7), trigger.start)
        if len(near) < 2:
            return ()
        first, second = near[-2:]
        gap = self.doc[first.end : second.start].text.strip()
        if gap not in {"-", "–", "—", "/"} or trigger.start - second.end > 3:
            return ()
        if any(t.lower_ in {",", "'s", "’s"} for t in self.doc[second.end : trigger.start]):
            return ()
        return tuple(Party(m.start, m.end, "country", m.iso3) for m in (first, second))
