"""Whether the name of a capital acts as a state or is a mere place.

'Tehran-Havana relations', 'Tehran said' and 'ties with Havana' speak of states, 'arrived in
Havana' and 'the Havana book fair' of a city. The words around the name tell; several capitals in
a row ('Tehran, Baku and Moscow agreed') share what one of them shows. Without a sign the name is
taken for a place.

What belongs here: the reading of the context of a capital. What does not: finding the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc

from pipelines.language.gazetteer import Hit
from pipelines.lexicons import read_lexicon

_JOINTS = frozenset({"and", "or", "&", ",", "/", "nor"})
_DASHES = frozenset({"-", "–", "—", "‑"})
_POSSESSIVES = frozenset({"'s", "’s"})
_CHAIN = 4
"""The most names that are read to each side of a dash."""
_DIRECTIONS = frozenset({"to", "from", "toward", "towards", "for"})
_DESCRIPTIONS = frozenset({"a", "an", "the", "one", "home", "located", "situated"})
_OFFICES = frozenset({"foreign", "ambassador", "embassy", "ministry", "prime", "government"})


@cache
def _cues(role: str) -> frozenset[str]:
    return frozenset(e["text"] for e in read_lexicon("capital_cues") if e["role"] == role)


def _word(doc: Doc, index: int) -> str:
    return str(doc[index].lower_) if 0 <= index < len(doc) else ""


def acting(doc: Doc, capitals: Sequence[Hit], names: Sequence[Hit]) -> list[bool]:
    """Say of each capital whether it acts as a state.

    `capitals` are the names of capitals in the order of the text, `names` all names of countries
    in it (capitals included). Returns one truth value for each of `capitals`.
    """
    starts = {hit.start for hit in names}
    ends = {hit.end for hit in names}
    signs: list[bool | None] = [_sign(doc, hit, starts, ends) for hit in capitals]
    for group in _groups(doc, capitals, starts, ends):
        shown = [signs[i] for i in group if signs[i] is not None]
        verdict = bool(shown) and shown[0] is not False and any(shown)
        for i in group:
            signs[i] = verdict
    return [bool(sign) for sign in signs]


def _groups(doc: Doc, capitals: Sequence[Hit], starts: set[int], ends: set[int]) -> list[list[int]]:
    """Return the capitals, as indices, in rows: 'Tehran and Baku' is one row of two.

    'Havana, Cuba' makes no row, since Cuba is no capital.
    """
    groups: list[list[int]] = []
    for i, hit in enumerate(capitals):
        if groups:
            before = capitals[groups[-1][-1]]
            between = [t.lower_ for t in doc[before.end : hit.start] if not t.is_space]
            if 1 <= len(between) <= 2 and all(word in _JOINTS for word in between):
                groups[-1].append(i)
                continue
        groups.append([i])
    return groups


def _sign(doc: Doc, hit: Hit, starts: set[int], ends: set[int]) -> bool | None:
    """What the words around one capital show: True a state, False a place, None nothing.

    The readings are tried in order of their strength; the first that tells decides.
    """
    readings = (
        _paired(doc, hit, starts, ends),
        _between(doc, hit, starts, ends),
        _possessive(doc, hit),
        _governed(doc, hit),
        _subject(doc, hit, starts),
    )
    return next((reading for reading in readings if reading is not None), None)


def _governed(doc: Doc, hit: Hit) -> bool | None:
    """Read the word before: 'in Havana', 'ties with Havana', 'aid to Havana'."""
    before = _word(doc, hit.start - 1)
    if _word(doc, hit.end) in _cues("body_noun"):
        return True
    if before in _DIRECTIONS and _word(doc, hit.start - 2) in _cues("side_noun"):
        return True
    if before == "on" and _word(doc, hit.start - 2) in _cues("attack_noun"):
        return False
    if before in _cues("place_before") or _word(doc, hit.end) in _cues("act_not"):
        return False
    return True if before in _cues("side_before") else None


def _subject(doc: Doc, hit: Hit, starts: set[int]) -> bool | None:
    """Read the word behind: 'Havana said'; not in 'Havana, Cuba' nor 'the Havana summit'."""
    if _word(doc, hit.start - 1) == "the":
        return None
    after = _word(doc, hit.end)
    if after == "," and hit.end + 1 in starts:
        return None
    if after in {"is", "was", "are"} and _word(doc, hit.end + 1) in _DESCRIPTIONS:
        return None
    return _has_verb(doc, hit.end) or None


def _has_verb(doc: Doc, index: int) -> bool:
    """Whether a verb of speech or action stands at `index`, or behind one or two adverbs."""
    for _ in range(3):
        word = _word(doc, index)
        if word in _cues("act_after"):
            return True
        if not word.endswith("ly") and word not in {"also", "too", "never", "n't"}:
            return word.endswith("ed") and word not in _cues("act_not")
        index += 1
    return False


def _paired(doc: Doc, hit: Hit, starts: set[int], ends: set[int]) -> bool | None:
    """Read 'Tehran-Havana relations': names on both sides of a dash."""
    first, last = hit.start, hit.end
    tight = True
    for _ in range(_CHAIN):
        step = _dash_before(doc, first)
        if not step or step not in ends:
            break
        tight = tight and not doc[step - 1].whitespace_
        first = next((i for i in range(step - 1, max(-1, step - 7), -1) if i in starts), step - 1)
    for _ in range(_CHAIN):
        if _word(doc, last) not in _DASHES or last + 1 not in starts:
            break
        tight = tight and not doc[last - 1].whitespace_
        last = next(
            (i for i in range(last + 2, min(len(doc), last + 8) + 1) if i in ends), last + 2
        )
    if (first, last) == (hit.start, hit.end):
        return None
    following = {_word(doc, last), _word(doc, last + 1)}
    if following & _cues("transport_noun"):
        return False
    # with blanks around the dash it may be a dateline or a parenthesis
    return True if tight or following & _cues("relation_noun") else None


def _dash_before(doc: Doc, index: int) -> int:
    """Index of the dash right before `index` (which is where a name before it would end), or 0."""
    return index - 1 if index > 1 and doc[index - 1].text in _DASHES else 0


def _between(doc: Doc, hit: Hit, starts: set[int], ends: set[int]) -> bool | None:
    """Read 'relations between Tehran and Havana'; a road between them relates no states."""
    first = hit.start
    for _ in range(4):  # walk to the head of the row
        if _word(doc, first - 1) in {"and", ","} and first - 1 in ends:
            first = max((s for s in range(max(0, first - 7), first - 1) if s in starts), default=0)
        else:
            break
    if _word(doc, first - 1) not in {"between", "betwixt"}:
        return None
    ahead = {_word(doc, i) for i in range(max(0, first - 4), first - 1)}
    return not ahead & _cues("transport_noun")


def _possessive(doc: Doc, hit: Hit) -> bool | None:
    """Read "Havana's stance" against "Havana's airport" and "Havana's Palace of Conventions"."""
    after = _word(doc, hit.end)
    bare = (
        after in {"'", "’"}
        and doc[hit.end - 1].text.endswith("s")
        and not (doc[hit.end - 1].whitespace_)
    )
    if after not in _POSSESSIVES and not bare:
        return None
    owned = hit.end + 1
    word = _word(doc, owned)
    if word in _cues("policy_noun") or word in _OFFICES:
        return True
    if word in _cues("host_noun") or (owned < len(doc) and doc[owned].is_title):
        return False
    return None if _word(doc, hit.start - 1) in _cues("place_before") else True
