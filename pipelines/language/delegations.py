"""Delegations: whose side those are on who are listed in one, lead or represent it.

What belongs here: lists of members, leaders of sides and whom somebody stands for. What does not:
delegations as parties of an encounter (`extraction.representatives`).
"""

from __future__ import annotations

from pipelines.language.coreference import Register
from pipelines.language.encountered import MEETS, MENTIONS
from pipelines.language.named import Naming
from pipelines.language.names import Words

_BODIES = frozenset({"delegation", "side", "team", "party", "participants", "representatives"})
_LISTS = frozenset(
    {"led", "headed", "included", "includes", "including", "comprised", "comprising", "comprises",
     "consisted", "consisting", "were", "composed", "chaired", "are", "represented", "was"}
)  # fmt: skip
_LEADS = frozenset({"led", "leads", "leading", "headed", "heads", "heading"})


def conclude_from_delegations(words: Words, found: Register) -> None:
    """Give those listed in 'the Cuban delegation included ...' the country of the delegation.

    Also 'representing Cuba were ...' and 'Cuba was represented by ...'; a delegation without a
    country is that of the person who was said to lead one.
    """
    led = _leader_of_delegation(words, found)
    for holder in found.without_country():
        for naming in holder.namings[:MENTIONS]:
            if naming.roles:
                holder.conclude(_listed_under(words, naming, led), "delegation")
                holder.conclude(_stands_for(words, naming, led), "delegation")


def _stands_for(words: Words, naming: Naming, led: str | None) -> str | None:
    """The country behind 'A and B represented Peru', 'A and B travelled with the delegation'."""
    last = min(words.sentence_end(naming.end), naming.end + 60)
    for index in range(naming.end, last - 1):
        word = words.folded[index]
        if word in MEETS:
            return None
        if word in _LEADS:
            behind = (words.country_at.get(i) for i in range(index + 1, min(index + 4, last)))
            mention = next((m for m in behind if m is not None), None)
            if mention is not None and set(words.folded[mention.end : mention.end + 1]) & _BODIES:
                return mention.iso3  # 'who leads the Peruvian side'
        if word in {"represented", "representing", "represents"}:
            mention = words.country_at.get(index + 1) or words.country_at.get(index + 2)
            return mention.iso3 if mention is not None else None
        if (
            word in {"with", "joined", "accompanied"}
            and "delegation" in words.folded[index : index + 4]
        ):
            return led
    return None


def _listed_under(words: Words, naming: Naming, led: str | None) -> str | None:
    side: str | None = None
    listed = False
    for index in range(max(words.sentence_start(naming.start), naming.start - 300), naming.start):
        word = words.folded[index]
        if word in _BODIES:
            mention = words.country_till.get(index) or words.country_till.get(index - 1)
            capital = words.texts[index][0].isupper() and not words.begins[index]
            if mention is None and words.folded[index + 1] in {"of", "from"}:
                behind = (words.country_at.get(i) for i in range(index + 2, index + 7))
                mention = next((m for m in behind if m is not None), None)
            elif mention is None and capital:
                continue  # 'the Opioid Response Team'
            side, listed = (mention.iso3 if mention else led), False
        elif word in {"representing", "represented"}:
            mention = words.country_at.get(index + 1) or words.country_at.get(index + 2)
            if word == "represented":
                mention = words.country_till.get(index - 1) if index else None
            if mention is not None:
                side, listed = mention.iso3, word == "represented"
        elif word in _LISTS:
            after = words.folded[index + 1]
            passive = word in {"was", "were", "are"} and after not in _LISTS
            if not (passive and (after.endswith("ed") or after == "told")):
                listed = side is not None  # 'the delegation was received by' lists nobody
        elif word in {"met", "meeting", "meet", "talks", "counterpart"}:
            side = None
    return side if listed else None


def _leader_of_delegation(words: Words, found: Register) -> str | None:
    """The country of the one who is said to lead a delegation, None where there are several."""
    countries: set[str] = set()
    for holder in found.holders:
        if holder.country is None:
            continue
        for naming in holder.namings[:MENTIONS]:
            behind = words.folded[naming.end : naming.end + 8]
            if set(behind[:3]) & _LEADS and "delegation" in behind:
                countries.add(holder.country)
    if not countries:  # 'A and B travelled to Peru': the delegation is theirs
        named = [h for h in found.holders if h.country and h.namings[0].roles]
        countries = {h.country for h in named[:4] if h.country and _goes(words, h.namings[0])}
    return countries.pop() if len(countries) == 1 else None


def _goes(words: Words, naming: Naming) -> bool:
    last = min(words.sentence_end(naming.end), naming.end + 40)
    return not {"traveled", "travelled", "visited", "arrived"}.isdisjoint(
        words.folded[naming.end : last]
    )
