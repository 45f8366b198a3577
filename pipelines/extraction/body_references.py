"""Later references to a bilateral body and to its sessions: 'the JCC', 'its fifth in Seoul'.

A text that has named a body goes on with its acronym, with 'the commission', or speaks of
its sessions alone: 'its sixth meeting was held in Lima and its seventh in Oslo', 'met for the first
time in 2018', 'the previous session'. Each is a mention of the body told last that fits.

What belongs here: those references. What does not: the name itself (`bodies`) and what is said of
it (`commissions`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from pipelines.extraction.bodies import BodyMention
from pipelines.extraction.body_names import ordinal_before, ordinal_behind
from pipelines.extraction.body_words import BodyWords
from pipelines.extraction.cue_words import cue_words
from pipelines.extraction.pairs import Pairs

_HEAD_NOUNS = frozenset(
    {"commission", "committee", "council", "dialogue", "group", "mechanism", "forum", "cabinet"}
)
_GOES_ON = frozenset({"is", "was", "will", "would", "took", "had", "has", "met", "being", "again"})
_OWNERS = frozenset({"its", "their", "whose", "'s", "’s"})
_ARTICLES = frozenset({"the", "a", "this"})
_PARTITIVES = frozenset({"of", "between", "with", "among"})
_TIMED = cue_words("session_times")
_NEAR = 45
_FAR = 150
_MOST_NAMES = 50
_RELATIVE = 16
_SAME_CLAUSE = 40


def find_references(
    pairs: Pairs, words: BodyWords, bodies: Sequence[BodyMention]
) -> tuple[BodyMention, ...]:
    """Return the references to `bodies` behind their names, in the order of the text."""
    if not bodies:
        return ()
    return tuple(_Finder(pairs, words, bodies).references())


class _Finder:
    """Goes through a text behind the first name of a body."""

    def __init__(self, pairs: Pairs, words: BodyWords, bodies: Sequence[BodyMention]) -> None:
        self.pairs = pairs
        self.doc = pairs.reading.doc
        self.words = words
        self.known = list(bodies)
        self.numbered = [body for body in bodies if body.ordinal is not None]
        self.found: list[BodyMention] = []
        self.acronyms = {body.acronym: body for body in reversed(bodies) if body.acronym}
        self.taken = {index for body in bodies for index in range(body.outer, body.after)}
        self.alone = len({(body.pairs, body.topics) for body in bodies}) == 1

    def references(self) -> list[BodyMention]:
        """Read the text once, from left to right."""
        for index in range(self.known[0].end, len(self.doc)):
            if index in self.taken:
                continue
            mention = (
                self._numbered(index) if index in self.words.ordinals else self._timed(index)
            ) or self._named_again(index)
            if mention is not None:
                self.found.append(mention)
                self.taken.update(range(mention.outer, mention.after))
        return self.found

    def _last(self, before: int, reach: int) -> BodyMention | None:
        """The body or session told last before a token, None where it is too far."""
        last = self._latest(before)
        return last if last is not None and before - last.after <= reach else None

    def _latest(self, before: int, *, numbered: bool = False) -> BodyMention | None:
        """The body or session told last before a token; of numbered ones alone where asked."""
        named = self.numbered if numbered else self.known
        place = bisect_right(named, before, key=lambda body: body.after)
        found = (b for b in reversed(self.found) if not numbered or b.ordinal is not None)
        candidates = [*named[max(0, place - 1) : place], *islice(found, 1)]
        return max(candidates, key=lambda body: body.start, default=None)

    def _word(self, index: int) -> str:
        return self.doc[index].lower_ if 0 <= index < len(self.doc) else ""

    def _sentence(self, index: int) -> int:
        return self.pairs.sentence_at(index)

    def _noun_behind(self, index: int) -> int | None:
        """The end of 'session' behind a number: 'ordinary meeting', 'ministerial-level round'."""
        for at in range(index + 1, min(index + 4, len(self.doc))):
            if "session" in self.words.parts_of(at):
                end = at + 1
                while end < len(self.doc) and "session" in self.words.parts_of(end):
                    end += 1
                return end
            if not (self.doc[at].is_lower or self._word(at) == "-") or self.doc[at].is_stop:
                return None
        return None

    def _numbered(self, index: int) -> BodyMention | None:
        """'its fifth meeting', 'the 19th session', 'for the second time', 'and its sixth in'."""
        first, number = self.words.ordinals[index]
        before = self._word(first - 1)
        if self._word(index + 1) == "time" and self._word(first - 2) == "for":
            body = self._last(first - 2, _NEAR)
            same = body is not None and self._sentence(body.start) == self._sentence(first)
            return self._mention(body, first - 2, index + 2, number) if body and same else None
        end = self._noun_behind(index)
        if end is None:
            return self._number_alone(index)
        which = ""
        if before == "," and self._word(first - 2) in _TIMED:
            first, which = first - 2, "other"  # 'the next, fourth session'
            before = self._word(first - 1)
        if before not in _OWNERS | _ARTICLES or self._word(end) in _PARTITIVES:
            return None
        body = self._owner(first, plain=self._word(end - 1) == "meeting")
        mention = self._mention(body, first - 1, end, number) if body else None
        return replace(mention, which=which) if mention else None

    def _owner(self, first: int, *, plain: bool, reach: int = _FAR) -> BodyMention | None:
        """Whose session it is; of a mere 'meeting', only where the body was told just before."""
        before = self._word(first - 1)
        if before == "their":
            body = self._last(first, _SAME_CLAUSE)
            return body if body and self._sentence(body.start) == self._sentence(first) else None
        if before in {"its", "whose"}:
            return self._last(first, _NEAR if before == "its" else _RELATIVE)
        if before in {"'s", "’s"}:
            body = self._last(first, 2)
            return body if body and body.after >= first - 1 else None
        if self.alone and not plain:
            return self._last(first, len(self.doc))
        return self._last(first, _NEAR if plain else reach)

    def _number_alone(self, index: int) -> BodyMention | None:
        """'and its fifth in Seoul', 'The eighth is due in Lima', after the seventh was told."""
        first, number = self.words.ordinals[index]
        before, behind = self._word(first - 1), self._word(index + 1)
        last = self._latest(first, numbered=True)
        if last is None or number == last.ordinal or first - last.after > 2 * _NEAR:
            return None
        if before in {"the", "a"} and behind in _GOES_ON:
            return self._mention(last, first - 1, index + 1, number)
        next_one = {self._word(at) for at in range(first - 6, first - 1)} & _TIMED
        if before == "the" and self._word(first - 2) == "," and next_one:
            return self._mention(last, first - 1, index + 1, number)  # 'The next one, the sixth,'
        same = self._sentence(last.start) == self._sentence(first)
        goes_on = behind in {",", "in", "at", "on", ".", ";"} or behind in _GOES_ON
        if before in {"its", "the", "a"} and same and goes_on:
            return self._mention(last, first - 1, index + 1, number)
        return None

    def _timed(self, index: int) -> BodyMention | None:
        """'the previous session', 'its 2022 session', 'A session planned for Lima'."""
        if "session" not in self.words.parts_of(index):
            return None
        before, earlier = self._word(index - 1), self._word(index - 2)
        behind = self._word(index + 1)
        if behind in _PARTITIVES:
            return None
        dated = before.isdigit() and len(before) == 4
        if (before in _TIMED or dated) and earlier in _OWNERS | _ARTICLES:
            plain = self._word(index) == "meeting"
            body = self._owner(index - 1, plain=plain, reach=2 * _NEAR)
            if body is None:
                return None
            which = "other" if before in _TIMED and before != "current" else ""
            mention = self._mention(body, index, index + 1, self._apposed(index + 1))
            return replace(mention, which=which)
        if before == "a" and self._word(index) == "session" and behind in {"planned", "scheduled"}:
            body = self._last(index, _FAR)
            planned = self._mention(body, index, index + 1, None) if body else None
            return replace(planned, which="other") if planned else None
        return None

    def _apposed(self, index: int) -> int | None:
        """'its previous meeting, the seventh, was held'."""
        if self._word(index) != "," or self._word(index + 1) != "the":
            return None
        for at in range(index + 2, min(index + 5, len(self.doc))):
            if at in self.words.ordinals:
                return self.words.ordinals[at][1]
        return None

    def _named_again(self, index: int) -> BodyMention | None:
        """A body by its acronym, or by its head: 'the commission', 'the Council'."""
        token = self.doc[index]
        body = self.acronyms.get(token.text)
        if body is None:
            body = self._by_head(index)
        if body is None or index < body.end:
            return None
        sentence = self.pairs.sentences[self._sentence(index)]
        ordinal, outer = ordinal_before(self.doc, self.words, index, sentence.start)
        if ordinal is None:
            ordinal = ordinal_behind(self.doc, self.words, index + 1, sentence.end)
        return replace(
            self._mention(body, index, index + 1, ordinal), outer=min(outer, index), sits=False
        )

    def _by_head(self, index: int) -> BodyMention | None:
        word, before = self._word(index), self._word(index - 1)
        if word not in _HEAD_NOUNS or before not in {"the", "this", "joint", "said"}:
            return None
        if self._word(index + 1) in {"of", "for", "on"} and not self.doc[index].is_lower:
            return None  # 'the Council of Ministers'
        place = bisect_right(self.known, index, key=lambda body: body.end)
        told = reversed(self.known[max(0, place - _MOST_NAMES) : place])
        return next((body for body in told if body.head.endswith(word)), None)

    def _mention(self, body: BodyMention, start: int, end: int, ordinal: int | None) -> BodyMention:
        return replace(
            body,
            start=start,
            end=end,
            outer=start,
            after=end,
            ordinal=ordinal,
            named_pair=False,
            sits=True,
            which="",
            later=True,
        )
