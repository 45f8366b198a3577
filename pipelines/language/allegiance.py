"""Whose side a person is on, where no phrase of the text ties a country to the name.

What belongs here: conclusions from common knowledge of leaders and from the make-up of the
article: who is named in one breath, listed in a delegation, met on a visit. What does not:
countries that stand in a person's own title (`titles`, `naming`).

Each rule leaves a person without a country rather than guess between two; nothing is concluded
from the sound of a name.
"""

from __future__ import annotations

from itertools import pairwise

from pipelines.language.coreference import GENERIC, Holder, Register, shares_title
from pipelines.language.delegations import conclude_from_delegations
from pipelines.language.encountered import (
    MEETS,
    MENTIONS,
    beside_countries,
    counterparts_of,
    facing,
    gone_to,
    is_guest,
    prominent_side,
    received_by,
    remaining_side,
)
from pipelines.language.leaders import leader_country
from pipelines.language.lone_names import organisations
from pipelines.language.mentions import Context, names_city
from pipelines.language.named import Naming
from pipelines.language.names import Words, fold
from pipelines.language.offices import Role
from pipelines.language.portfolios import GENITIVES

_JOINS = frozenset(
    {"and", ",", ", and", "&", "as well as", "accompanied by", ", accompanied by", "along with"}
)
_SCENE = 8
_STATE_ORGANS = frozenset(
    {"ministry", "department", "government", "presidency", "parliament", "assembly", "senate",
     "cabinet", "tribunal", "court", "police", "army", "customs", "authority", "agency",
     "secretariat", "directorate", "bureau", "national", "federal"}
)  # fmt: skip
"""Words of organisations that are the state's own."""


_GOES = frozenset({"in", "to", "visited", "visits", "visiting", "toured", "visit"})


def infer_countries(
    words: Words,
    found: Register,
    nameless: list[Role],
    year: int | None,
    context: Context,
) -> None:
    """Conclude the country of persons whose own phrases do not tell it.

    In this order: common knowledge of leaders; an office that only one state has ('Taoiseach'); the
    person in the genitive ("President A's adviser B", 'his deputy B'); the person named before in
    one breath ('the Cuban President A and Foreign Minister B'); two in a row, where the sentence
    names two countries; the delegation that a person is listed in, represents or leads; the
    country in which somebody is met; an office named apart ('the Iranian President' where one
    president has no country yet); the sides of the article: where all but one of the countries
    that act in it belong to the persons that somebody meets, the one that is left is theirs; and
    for offices of a state the one side of two whose people the text never marks, then the country
    that the article is told from: its `own`, else its `home`, if the first leader named without
    one is of that.
    """
    spoken_of = frozenset(mention.iso3 for mention in words.country_at.values())
    for holder in found.without_country():
        if any(role.organisation for role in holder.roles):
            continue  # who heads an organisation does not act for a country
        titles = frozenset(title for role in holder.roles for title, _, _ in role.keys)
        addressed = any(naming.honorific for naming in holder.namings)
        holder.conclude(
            leader_country(holder.key, titles, year, spoken_of, addressed=addressed), "leader"
        )
    for holder in found.without_country():
        only_of = {role.only_of for role in holder.roles if role.only_of}
        holder.conclude(only_of.pop() if len(only_of) == 1 else None, "title")
    meets = [index for index, word in enumerate(words.folded) if word in MEETS]
    for holder in found.without_country():
        holder.foreign |= gone_to(words, holder) - {context.own}
        holder.foreign |= received_by(words, nameless, holder)
        holder.foreign |= counterparts_of(words, holder) | facing(words, found, holder, meets)
        if context.home is not None and is_guest(words, holder):
            holder.foreign.add(context.home)
    _from_rows(words, found)
    _from_owners(words, found)
    _from_coordination(words, found)
    conclude_from_delegations(words, found)
    _from_visits(words, found)
    _from_offices(found, nameless)
    _from_sides(words, found, context.own)
    _from_unmarked(words, found, nameless, context)
    _from_scenes(words, found)
    granted = context.home if _takes_for_granted(found, context.home) else None
    own = context.own or granted
    for holder in found.without_country():
        if own is not None and _needs_no_nationality(holder) and not _visits(words, holder):
            holder.conclude(own, "home")


def _from_scenes(words: Words, found: Register) -> None:
    """Give 'In Lima, Health Minister A said' and 'A told reporters in Lima' the city's country."""
    for holder in found.without_country():
        if not _needs_no_nationality(holder):
            continue
        for naming in holder.namings[:MENTIONS]:
            start = words.sentence_start(naming.start)
            opening = words.folded[start : start + 1] == ["in"] and naming.start - start < _SCENE
            if opening and words.texts[naming.start - 1] == ",":
                holder.conclude(_place_at(words, start + 1), "scene")
            last = min(words.sentence_end(naming.end), naming.end + _SCENE)
            for index in range(naming.end, last - 2):
                if words.folded[index] in {"reporters", "journalists"}:
                    told = words.folded[index + 1] == "in" and words.folded[index - 1] == "told"
                    holder.conclude(_place_at(words, index + 2) if told else None, "scene")


def _place_at(words: Words, index: int) -> str | None:
    """The country of the capital, city or country that begins at a token."""
    mention = words.country_at.get(index)
    if mention is not None:
        return mention.iso3 if mention.start == index else None
    locality = words.locality_at.get(index)
    return locality.iso3 if locality is not None else None


def _from_unmarked(words: Words, found: Register, nameless: list[Role], context: Context) -> None:
    """Give officials without a nationality the side of the two whose people the text never marks.

    Of two sides that an article is about, it tells the nationality of the guests.
    """
    most = [country for country, count in context.common[:2] if count > 1]
    sides = list(context.titled) if len(context.titled) == 2 else most
    told = {country for holder in found.holders for country in holder.countries}
    told |= {role.country for role in nameless if role.country is not None}
    unmarked = [country for country in sides if country not in told]
    if len(sides) != 2 or len(unmarked) != 1:
        return
    marked = sum(1 for holder in found.holders if holder.countries)
    # one marked person is chance where neither title nor dateline says whose article it is
    chance = not context.titled and context.own is None and marked < 2
    if chance or context.own not in {None, unmarked[0]}:
        return
    for holder in found.without_country():
        if _needs_no_nationality(holder) and not _visits(words, holder):
            holder.conclude(unmarked[0], "unmarked")


def _from_offices(found: Register, nameless: list[Role]) -> None:
    """Give the one president without a country that of 'the Iranian President', named apart."""
    for holder in found.without_country():
        told = {
            role.country
            for role in nameless
            if role.country and role.kind not in GENERIC and shares_title(holder, role)
            if not any(h.country == role.country and shares_title(h, role) for h in found.holders)
        }
        if not told:
            continue
        claimed = {
            h.country for h in found.holders if any(shares_title(h, r) for r in holder.roles)
        }
        free = told - claimed
        if len(free) == 1 and holder.roles:
            holder.conclude(free.pop(), "office")


def _from_sides(words: Words, found: Register, home: str | None) -> None:
    """Give who is left the side that is left; the home side first, where nobody beside has it."""
    mentions = words.country_at.values()
    sides = {m.iso3 for m in mentions if m.acts and not names_city(words.doc, m)}
    scenes = {m.iso3 for m in mentions if names_city(words.doc, m)} - sides
    spoken_of = {m.iso3 for m in mentions} - scenes
    named = {m.iso3 for m in mentions if m.form in {"name", "metonym"}}
    places: dict[str, list[int]] = {}  # where each country is named
    for index, mention in words.country_at.items():
        if index == mention.start:
            places.setdefault(mention.iso3, []).append(index)
    for holder in found.without_country():
        acts = [r for r in holder.roles if r.kind not in {"rank", "person"}]
        if acts and not any(role.organisation for role in holder.roles):
            beside = beside_countries(words, found, holder)
            at_home = home is not None and home not in beside and not _visits(words, holder)
            if at_home and _needs_no_nationality(holder):
                holder.conclude(home, "home")
            if not _visits(words, holder):
                left = remaining_side(beside, sides, spoken_of - holder.foreign)
                alone = len(spoken_of) == 1 and left not in named
                if left is not None and not alone and _is_of_the_story(words, holder, places[left]):
                    holder.conclude(left, "side")
            holder.conclude(prominent_side(words, holder, beside, places), "side")


def _is_of_the_story(words: Words, holder: Holder, places: list[int]) -> bool:
    """Whether a country is more than named in passing: twice, or beside or before the person."""
    spans = [
        (words.sentence_start(max(words.sentence_start(n.start) - 1, 0)), words.sentence_end(n.end))
        for n in holder.namings[:MENTIONS]
    ]
    return len(places) > 1 or any(a <= place < b for place in places for a, b in spans)


def _visits(words: Words, holder: Holder) -> bool:
    """Whether a person is told of as a guest: 'the visit of Foreign Minister A'."""
    before = [words.folded[max(0, n.start - 5) : n.start] for n in holder.namings[:MENTIONS]]
    return any({"visit", "visits"} & {*near} and {"of", "by"} & {*near} for near in before)


def _takes_for_granted(found: Register, country: str | None) -> bool:
    """Whether the first leader whom an article names without a nationality is a country's own.

    Who writes of 'the President' by surname alone writes from that country, if the article is
    about it besides; another leader may be named in passing.
    """
    known = [h for h in found.holders if h.why == "leader" and h.country is not None]
    first = min(known, key=lambda h: h.namings[0].start, default=None)
    return first is not None and country is not None and first.country == country


def _needs_no_nationality(holder: Holder) -> bool:
    """Whether a person's title is one of the state's, told without a country: the home side's."""
    acts = [
        role
        for role in holder.roles
        if role.kind in {"office", "minister", "royal"} and role.determiner not in {"its", "their"}
    ]
    return any(
        role.kind != "office"
        or role.level != "official"
        or not role.organisation
        or not _STATE_ORGANS.isdisjoint(fold(role.organisation).split())
        for role in acts
    )


def _from_owners(words: Words, found: Register) -> None:
    """Give 'his deputy B' and "President A's adviser B" the country of A."""
    for (first, before), (second, holder) in pairwise(found.in_order()):
        if holder is before or holder.country is not None or not second.roles:
            continue
        role = second.roles[0]
        if role.kind == "counterpart" or words.sentence_end(first.end) < second.start:
            continue
        genitive = words.texts[first.end : first.end + 1] and (
            words.texts[first.end] in GENITIVES and second.start == first.end + 1
        )
        if genitive or role.determiner in {"his", "her"}:
            holder.conclude(before.country, "owner")


def _from_coordination(words: Words, found: Register) -> None:
    """Give the second of 'the Cuban President A and Foreign Minister B' the first one's country."""
    for (first, before), (second, holder) in pairwise(found.in_order()):
        if holder.country is not None or before.country is None or before is holder:
            continue
        if not (first.roles and second.roles) or second.roles[0].determiner:
            continue
        own = second.roles[0]
        if (
            own.kind in {"counterpart", "royal"}
            or (own.organisation and not _acts_for_a_state(own))
            or own.keys & first.roles[0].keys
        ):
            continue
        if first.start != first.roles[0].start or second.start != own.start:
            continue  # in apposition ('A, minister of ..., and B, head of ...') each has their own
        if words.folded[max(first.start - 1, 0)] == "between":
            continue
        gap = " ".join(words.folded[first.end : second.start])
        if own.level == "leader" and first.roles[0].level == "leader":
            continue
        if gap in _JOINS:
            holder.conclude(before.country, "coordination")


def _from_rows(words: Words, found: Register) -> None:
    """Give 'Foreign Ministers A and B' the two countries of their sentence, in its order."""
    for (first, one), (second, other) in pairwise(found.in_order()):
        if one.country is not None or other.country is not None or one is other:
            continue
        shared = first.roles and second.roles and first.roles[0].keys == second.roles[0].keys
        if not shared or words.folded[first.name_end : second.name_start] != ["and"]:
            continue
        sides = _leading_pair(words, words.sentence_start(first.start))
        if sides is not None:
            for holder, side in zip((one, other), sides, strict=True):
                holder.foreign.discard(side)  # the row says more than whom one met later
                holder.conclude(side, "row")


def _leading_pair(words: Words, begin: int) -> tuple[str, str] | None:
    """The two countries that are the subject of a sentence: it begins 'Peru and Kenya'."""
    first = words.country_at.get(begin)
    if first is None or first.form != "name" or words.folded[first.end : first.end + 1] != ["and"]:
        return None
    second = words.country_at.get(first.end + 1)
    if second is None or second.form != "name" or second.iso3 == first.iso3:
        return None
    return first.iso3, second.iso3


def _from_visits(words: Words, found: Register) -> None:
    """Give the one who is met in a country visited that country ('in Chile he met President A')."""
    for holder in found.without_country():
        for naming in holder.namings[:MENTIONS]:
            role = naming.roles[0] if naming.roles else None
            if role is None or role.organisation or role.kind == "counterpart":
                continue
            holder.conclude(_visited(words, found, naming), "visit")


def _visited(words: Words, found: Register, naming: Naming) -> str | None:
    first = max(words.sentence_start(naming.start), naming.start - 60)
    meets = [i for i in range(first, naming.start) if words.folded[i] in MEETS]
    if not meets:
        return None
    subject = {h.country for h in _last_named(found, first, meets[-1])}
    last = min(words.sentence_end(naming.end), naming.end + 60)
    places: set[str] = set()
    for index in range(first + 1, last):
        mention = words.country_at.get(index)
        if mention is None or mention.start != index or mention.form not in {"name", "capital"}:
            continue
        if naming.start <= index < naming.end:
            continue
        if words.folded[index - 1 - (words.folded[index - 1] == "the")] in _GOES:
            places.add(mention.iso3)
    places -= subject
    return places.pop() if len(places) == 1 else None


def _acts_for_a_state(role: Role) -> bool:
    """Whether an office is the state's by its organisation: 'Interior Ministry', 'DHS'."""
    organisation = role.organisation or ""
    if organisation in organisations():
        return False
    organ = not _STATE_ORGANS.isdisjoint(fold(organisation).split())
    return organ or organisation.isupper() or role.kind == "minister"


def _last_named(found: Register, first: int, last: int) -> set[Holder]:
    """The person named last in a stretch, who is the subject of the verb that follows."""
    named = found.named_between(first, last)
    ends = {holder: holder.last_before(last) for holder in named}
    return {holder for holder in named if ends[holder] == max(ends.values())}
