"""Where a text has something in quotation marks.

What belongs here: marks and their pairing, for text alone. What does not: whether what stands in
the marks is speech, a title or a nickname (see `quotes_direct`), and who said it.

Marks are paired within a paragraph, each kind with its own kind, so that an odd mark costs at most
the paragraph it stands in. A paragraph that opens and does not close ends with it; where the next
one opens with the same mark, it continues the same speech (the printers' convention).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAIRS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "‹": "›",
    "‘": "’",
    "「": "」",
    "『": "』",
    "〝": "〞",
    "＂": "＂",
}
_CLOSERS = frozenset("”“»›’」』〞")
_MARK = re.compile(r"``|''|[\"“”„«»‹›‘’「」『』〝〞＂']")
_BREAK = re.compile(r"\n[^\S\n]*\n\s*|\n")
_OPENS_AFTER = frozenset("([{—–-/“‘«„\"'")
_MOST_PARAGRAPHS = 8  # of one speech that is opened once
_SENTENCE_END = frozenset('.!?…:"”»’)]')
_NEXT_PARAGRAPH = re.compile(r"\s*(\S)")
_APOSTROPHE_WORDS = re.compile(r"(?:\d\ds?|em|tis|twas|til|cause|bout|round|n)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of text in quotation marks that lies in no other.

    `start` and `end` are code points and hold the marks; `inner_start` and `inner_end` do not.
    `closed` is False where the closing mark is missing and the paragraph ended it; `continues`
    says that it goes on with the speech that the paragraph before left open.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True
    continues: bool = False


@dataclass(slots=True)
class _Open:
    kind: str
    start: int
    inner_start: int
    closed_inside: list[Marked]


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the code point spans of the paragraphs of a text, in order.

    An empty line always parts them. A single line break does unless it looks like the wrapping of
    lines: the line before does not end as a sentence does, or the next begins in lower case.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        if match.group().count("\n") == 1:
            before = text[match.start() - 1 : match.start()]
            after = text[match.end() : match.end() + 1]
            if before not in _SENTENCE_END or after.islower():
                continue
        if text[start : match.start()].strip():
            spans.append((start, match.start()))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def find_marked(text: str) -> tuple[Marked, ...]:
    """Return the outermost stretches in quotation marks, in order of the text."""
    found: list[Marked] = []
    open_kind: str | None = None  # of the speech that the paragraph before left open
    parts = paragraphs(text)
    number = 0
    while number < len(parts):
        start, end = parts[number]
        spans, left_open = _pair(text, start, end)
        if left_open is not None:
            closed = _closed_later(text, parts, number)
            if closed is not None:
                number, spans = closed
                left_open = None
        if spans and open_kind is not None:
            first = spans[0]
            mark = text[first.start]
            if mark == open_kind and not text[start : first.start].strip():
                spans[0] = Marked(
                    first.start, first.end, first.inner_start, first.inner_end, first.closed, True
                )
        found.extend(spans)
        open_kind = left_open
        number += 1
    return tuple(found)


def _closed_later(
    text: str, parts: list[tuple[int, int]], number: int
) -> tuple[int, list[Marked]] | None:
    """Return the paragraph that closes what one leaves open without opening it anew, and the marks.

    None where none of the next few does: they are not what was said then.
    """
    start, end = parts[number]
    for further in range(number + 1, min(number + _MOST_PARAGRAPHS, len(parts))):
        begin, stop = parts[further]
        spans, left_open = _pair(text, start, stop)
        crossing = any(span.start < end and span.end > begin and span.closed for span in spans)
        if left_open is None and crossing:
            return further, spans
        if spans and text[begin] == text[spans[-1].start]:
            break  # opened anew: the printers' convention
    return None


def _pair(text: str, start: int, end: int) -> tuple[list[Marked], str | None]:
    """Pair the marks of one paragraph; also return the kind of mark that it leaves open."""
    stack: list[_Open] = []
    top: list[Marked] = []
    depth: dict[str, int] = {}
    singles = _single_closers(text, start, end)
    last_single = max(singles, default=-1)

    def close(kind: str, mark_start: int, mark_end: int) -> None:
        while stack:
            opened = stack.pop()
            depth[opened.kind] -= 1
            if opened.kind == kind:
                span = Marked(opened.start, mark_end, opened.inner_start, mark_start)
                (stack[-1].closed_inside if stack else top).append(span)
                return
            # an odd mark inside: what it held moves out to where it stood
            (stack[-1].closed_inside if stack else top).extend(opened.closed_inside)

    for match in _MARK.finditer(text, start, end):
        at, after = match.start(), match.end()
        kind = _closes(match, depth, singles)
        if kind is not None:
            close(kind, at, after)
        else:
            kind = _opens(match, last_single)
            if kind is not None:
                stack.append(_Open(kind, at, after, []))
                depth[kind] = depth.get(kind, 0) + 1
    return _settle(text, start, end, stack, top)


def _settle(
    text: str, start: int, end: int, stack: list[_Open], top: list[Marked]
) -> tuple[list[Marked], str | None]:
    """Decide on the marks that a paragraph leaves open."""
    left_open: str | None = None
    following = _NEXT_PARAGRAPH.match(text, end)
    for index, opened in enumerate(stack):
        begins = not text[start : opened.start].strip() if index == 0 else False
        goes_on = begins and following is not None and following[1] == text[opened.start]
        nothing_behind = not opened.closed_inside and index == len(stack) - 1
        if opened.kind != "'" and (nothing_behind or (goes_on and len(stack) == 1)):
            stripped = len(text[opened.inner_start : end].rstrip())
            if stripped:
                stop = opened.inner_start + stripped
                top.append(Marked(opened.start, stop, opened.inner_start, stop, closed=False))
                left_open = text[opened.start]
        else:
            top.extend(opened.closed_inside)
    top.sort(key=lambda span: span.start)
    return top, left_open


def _space_before(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] in _OPENS_AFTER


def _word_after(text: str, after: int) -> bool:
    return after < len(text) and not text[after].isspace() and text[after] not in ".,;:!?)]}"


def _closes(  # noqa: PLR0911  (one way out for each kind of mark)
    match: re.Match[str], depth: dict[str, int], singles: frozenset[int]
) -> str | None:
    """Return the kind of opening mark that a mark closes, or None."""
    mark, text, at, after = match.group(), match.string, match.start(), match.end()
    if mark in {'"', "''"}:
        kind = '"' if mark == '"' else "``"
        if not depth.get(kind):
            return None
        opens = _space_before(text, at) and _word_after(text, after)
        return None if opens and text[at - 1] not in "\"'-–—" else kind
    if mark == "'":
        return "'" if depth.get("'") and at in singles else None
    if mark == "’":
        return "‘" if depth.get("‘") and at in singles else None
    if mark == "“":
        if depth.get("„"):
            return "„"
        ends = at > 0 and not text[at - 1].isspace() and not _word_after(text, after)
        return '"' if ends and depth.get('"') else None
    if mark in {"«", "»"}:
        other = "»" if mark == "«" else "«"
        return other if depth.get(other) else None
    for kind, closers in _PAIRS.items():
        if mark in closers and depth.get(kind):
            return kind
    # a typed closing mark may end what a straight one began, where someone mixed the two
    if mark == "”" and depth.get('"'):
        return '"'
    return "”" if mark == "”" and depth.get("”") else None


def _opens(  # noqa: PLR0911  (one way out for each kind of mark)
    match: re.Match[str], last_single: int
) -> str | None:
    """Return the kind of mark that is opened, or None where the mark opens nothing."""
    mark, text, at, after = match.group(), match.string, match.start(), match.end()
    start, end = match.pos, match.endpos
    if mark == '"':
        if _space_before(text, at):
            return '"' if after < end else None
        # 'he said," We ...': set on the wrong side of the space
        misplaced = text[at - 1] in ",:" and text[after : after + 1].isspace()
        return '"' if misplaced or at == start else None
    if mark == "``":
        return "``"
    if mark in {"'", "‘"}:
        word = _space_before(text, at) and after < end and text[after].isalnum()
        if not word or _APOSTROPHE_WORDS.match(text, after):
            return None
        return mark if at < last_single else None
    if mark == "»":
        return "»" if _space_before(text, at) and _word_after(text, after) else None
    if mark == "”":
        return "”" if _space_before(text, at) and _word_after(text, after) else None
    if mark in {"''", "’"} or (mark in _CLOSERS and mark not in _PAIRS):
        return None
    return mark


def _single_closers(text: str, start: int, end: int) -> frozenset[int]:
    """Return where single marks may close in a paragraph: behind a word, before no letter.

    The possessive of a plural ('the ministers' talks') looks the same: a mark behind an 's' and
    before a word in lower case counts only where no surer one follows.
    """
    sure: list[int] = []
    doubtful: list[int] = []
    for match in re.finditer(r"(?<=\S)['’](?![\w'])", text[start:end]):
        at = start + match.start()
        before, after = text[at - 1], text[at + 1 : at + 3]
        possessive = before in "sSzZxX" and after[:1] == " " and after[1:2].isalnum()
        (doubtful if possessive else sure).append(at)
    return frozenset(sure or doubtful)
