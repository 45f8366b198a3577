"""Words that look like a country or capital and are none: seas, persons, newspapers, US states.

What belongs here: telling from the neighbouring words that a name does not mean the country. What
does not: which country a name means (`countries`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc, Token

from pipelines.language.gazetteer import Hit
from pipelines.lexicons import read_lexicon

_DASHES = frozenset({"-", "–", "‑"})
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr", "mr.", "mrs.", "ms.", "dr.", "sir"})
_BORNE_BY_PERSONS = frozenset({"king", "queen", "princess", "prince", "saint", "lord", "lady"})
_NEAR = 40
"""Tokens to each side within which another US state makes Georgia one."""
_IN_CAPITALS = 8
"""Tokens to each side that tell whether a stretch of text is all in capitals."""
_PRONOUN_BEFORE = frozenset({"let", "join", "give", "tell", "about", "contact", "follow", "help"})


@cache
def _kind(kind: str) -> frozenset[str]:
    return frozenset(e["text"] for e in read_lexicon("country_lookalikes") if e["kind"] == kind)


@cache
def _office_words() -> frozenset[str]:
    return frozenset(e["text"].lower() for e in read_lexicon("office_words"))


def phrases() -> frozenset[str]:
    """Longer names that hold the name of a country without being that country."""
    return _kind("phrase")


def shared_names() -> dict[str, tuple[str, str, str]]:
    """Names that are settled by context: name -> (kind, countries joined by |, form)."""
    return {
        entry["text"]: (entry["kind"], entry["countries"], entry["form"])
        for entry in read_lexicon("country_lookalikes")
        if entry["kind"] in {"unsettled", "usual", "acting", "apart"}
    }


def may_be_word(name: str) -> bool:
    """Whether a name of a city is also an everyday word, or the name of many places."""
    return name in _kind("word")


def may_be_person(name: str) -> bool:
    """Whether a name is also a given name or a surname."""
    return name in _kind("given") or name in _kind("surname")


def misleading(doc: Doc, hits: Sequence[Hit]) -> list[bool]:
    """Say of each name found, in order, whether its neighbours show that it is no country."""
    starts = {hit.start for hit in hits}
    ends = {hit.end for hit in hits}
    texts = {doc[hit.start : hit.end].text for hit in hits}
    states = [token.i for token in doc if token.text in _kind("us_state")]
    georgian = bool(texts & {"Georgian", "Georgians", "Tbilisi", "Republic of Georgia"})
    return [
        _is_feature(doc, hit)
        or _is_prefix(doc, hit)
        or _is_pronoun(doc, hit)
        or _is_joint_name(doc, hit)
        or _is_person(doc, hit, starts, ends)
        or _is_word(doc, hit)
        or (doc[hit.start].lower_ == "georgia" and _is_us_state(doc, hit, ends, states, georgian))
        for hit in hits
    ]


def _text(doc: Doc, index: int) -> str:
    return str(doc[index].text) if 0 <= index < len(doc) else ""


def _is_feature(doc: Doc, hit: Hit) -> bool:
    """'The South China Sea', 'the Gulf of Oman', 'the Tehran Times', 'French-speaking'."""
    after = _text(doc, hit.end)
    if after.capitalize() in _kind("feature_after") and not after.islower():
        return True
    if after.capitalize() in _kind("masthead") and not after.islower():
        return True
    if after in _DASHES:
        after = _text(doc, hit.end + 1)
    if after in _kind("language_after"):
        return True
    before = hit.start - 1
    if _text(doc, before).lower() == "the":
        before -= 1
    return (
        _text(doc, before).lower() == "of"
        and _text(doc, before - 1).capitalize() in _kind("feature_before")
        and not _text(doc, before - 1).islower()
    )


def _is_prefix(doc: Doc, hit: Hit) -> bool:
    """'Franco' is a prefix before a hyphen only: 'Franco-German'."""
    return hit.end - hit.start == 1 and (
        doc[hit.start].text.capitalize() in _kind("prefix") and _text(doc, hit.end) not in _DASHES
    )


def _is_pronoun(doc: Doc, hit: Hit) -> bool:
    """'US' in a line of capitals may be the pronoun: 'JOIN US'."""
    return doc[hit.start].text == "US" and _text(doc, hit.start - 1).lower() in _PRONOUN_BEFORE


def _is_joint_name(doc: Doc, hit: Hit) -> bool:
    """A name that only two words of a longer word share: 'Cuba.com', '@Cuba', '#Cuba'."""
    before = doc[hit.start - 1] if hit.start else None
    return before is not None and before.text in {"@"} and not before.whitespace_


def _is_word(doc: Doc, hit: Hit) -> bool:
    if not may_be_word(doc[hit.start : hit.end].text):
        return False
    before = _text(doc, hit.start - 1).lower()
    return before not in {"in", "at", "to", "from", "near", "visited", "of", "capital"} and (
        _text(doc, hit.end) not in _DASHES and _text(doc, hit.start - 1) not in _DASHES
    )


def _is_name_word(token: Token) -> bool:
    """Whether a token can be part of a person's name: capitalised, no word of office."""
    return token.is_title and token.is_alpha and token.lower_ not in _office_words()


def _is_person(doc: Doc, hit: Hit, starts: set[int], ends: set[int]) -> bool:
    """'Ann Jordan', 'Israel Shamir', 'Mr. Chad'; never in headlines and lines of capitals."""
    name = doc[hit.start]
    if hit.end - hit.start != 1 or not may_be_person(name.text) or _is_headline(doc, hit):
        return False
    before = _text(doc, hit.start - 1).lower()
    if before in _BORNE_BY_PERSONS:
        return True
    # 'the Prime Minister of Israel Ann Adams': the name belongs to what stands before it
    free = before not in {"of", "to", "the", "in"} and before not in _DASHES
    as_given = name.text in _kind("given") and hit.end < len(doc) and hit.end not in starts
    if as_given and free and name.whitespace_ and not name.is_sent_end:
        after = doc[hit.end]
        if _is_name_word(after) and not after.is_stop:
            return True
    as_surname = name.text in _kind("surname") and hit.start > 0 and hit.start not in ends
    return as_surname and not name.is_sent_start and _is_first_name(doc[hit.start - 1])


def _is_first_name(before: Token) -> bool:
    """Whether the token before a name makes it a surname: 'Ann', 'J.', 'Mr.'."""
    if before.lower_ in _HONORIFICS:
        return True
    if not before.whitespace_ or not (_is_name_word(before) or _is_initial(before)):
        return False
    # 'Meanwhile Jordan', 'Visiting Jordan': a capital only because it opens the sentence
    opens = bool(before.is_sent_start) and before.lower_.endswith(("ly", "ing", "ed", "ile", "ike"))
    return not opens and not before.is_stop


def _is_initial(token: Token) -> bool:
    return len(token.text) <= 2 and token.text[0].isupper() and token.text.endswith(".")


def _is_headline(doc: Doc, hit: Hit) -> bool:
    """Whether the words around are capitalised throughout, so that capitals tell nothing."""
    around = doc[max(0, hit.start - _IN_CAPITALS) : hit.end + _IN_CAPITALS]
    words = [
        token for token in around if token.is_alpha and (len(token) > 3 or token.text == "the")
    ]
    return len(words) >= 5 and not any(token.is_lower for token in words)


def _is_us_state(doc: Doc, hit: Hit, ends: set[int], states: Sequence[int], georgian: bool) -> bool:
    """Georgia beside Atlanta, or in a row of states, is the state of the USA.

    `states` are the tokens that name other states; `georgian` says whether the text also speaks
    of Tbilisi or Georgians, which makes it the country.
    """
    before = _text(doc, hit.start - 1)
    if before.lower() == "of" and _text(doc, hit.start - 2).lower() in {"state", "governor"}:
        return True
    if _text(doc, hit.end) in {"Governor", "Senator", "Democrat", "Republican", "Secretary"}:
        return _text(doc, hit.end + 1) not in {"General", "of"}
    if before == "," and hit.start > 1 and not georgian:
        city = doc[hit.start - 2]
        if city.is_title and hit.start - 1 not in ends and _text(doc, hit.end) not in {"'s", "’s"}:
            return True
    if georgian:
        return False
    near = bisect_left(states, hit.start - _NEAR)
    return near < len(states) and states[near] < hit.end + _NEAR
