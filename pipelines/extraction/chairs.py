"""Who chaired a session: 'co-chaired by A and B', 'A led the Peruvian team, B headed the Kenyan'.

What belongs here: the people who are said to preside over a session, in its sentence and right
behind it. What does not: who else took part (`rosters`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span as TokenSpan

from pipelines.extraction.cue_words import cue_words
from pipelines.extraction.mention_index import MentionIndex
from pipelines.language.mentions import ActorMention

_CHAIRING = cue_words("chairing")
_LEADING = cue_words("leading_sides")
_SIDES = cue_words("chaired_sides")
_SESSIONS = cue_words("chaired_sessions")
_REACH = 10
_TWO = 2


def find_chairs(
    sentences: Sequence[TokenSpan], actors: MentionIndex[ActorMention], pair: str
) -> tuple[str, ...]:
    """Return the names of those who are said to chair, at most two, in the order of the text.

    `sentences` are the one that tells of the session and those right behind it; of people of a
    third country nobody chairs a session of `pair`.
    """
    found: dict[str, None] = {}
    for number, sentence in enumerate(sentences):
        cues = list(_cues(sentence, near=number < _TWO))
        if not cues:
            continue
        named = [
            actor
            for actor in actors.within(sentence.start, sentence.end)
            if actor.form == "named" and (actor.country is None or actor.country in pair)
        ]
        chosen = named if len(named) <= _TWO else _nearest(sentence, named, cues)
        for actor in chosen:
            if actor.name:
                found.setdefault(actor.name, None)
        if len(found) >= _TWO:
            break
    return tuple(found)[:_TWO]


def _cues(sentence: TokenSpan, *, near: bool) -> Iterator[int]:
    """Token indices of the words of presiding; of leading only with a side or a session."""
    words = [token.lower_ for token in sentence]
    about = near or bool((_SESSIONS | _SIDES) & set(words))
    for offset, word in enumerate(words):
        beside = set(words[max(0, offset - _REACH) : offset + _REACH])
        chairs = word in _CHAIRING and (about or word.startswith("co"))
        leads = word in _LEADING and bool(_SIDES & beside)
        headed = word in _LEADING and words[offset + 1 : offset + 2] == ["by"]
        if chairs or leads or (headed and _SESSIONS & beside):
            yield sentence.start + offset


def _nearest(
    sentence: TokenSpan, named: Sequence[ActorMention], cues: Sequence[int]
) -> list[ActorMention]:
    """The two who stand on the side of the first word of presiding that its grammar points to."""
    cue = cues[0]
    behind = [token.lower_ for token in sentence.doc[cue + 1 : min(cue + _REACH, sentence.end)]]
    if "by" in behind or behind[:1] == ["of"]:
        return [actor for actor in named if actor.start > cue][:_TWO]
    before = [actor for actor in named if actor.start < cue]
    return before[-_TWO:] or list(named[:_TWO])
