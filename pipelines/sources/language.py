"""Whether a text is English.

Names fool every statistical identifier (a list of consulates in Brazil passes for Portuguese), so
the share of English function words decides first; only where it is low is py3langid asked, which
costs a second to load.
"""

from __future__ import annotations

import re

from pipelines.sources.hints import current

_FUNCTION_WORDS = frozenset(
    {"the", "of", "and", "to", "with", "for", "was", "by", "has", "that", "his", "from", "said"}
)
_WORD = re.compile(r"[^\W\d_]+")
_SURE_SHARE = 0.14
_POSSIBLE_SHARE = 0.06
_HEAD = 2_000
_TOO_FEW_WORDS = 6
_ENGLISH = frozenset({"en", "pcm"})  # news with many names passes for Nigerian Pidgin


def identify_language(text: str, title: str | None = None) -> str:
    """Return the ISO 639-1 code of the language of a text, judged by its first characters.

    Texts too short to judge count as English, and where the source tells its language, it is that.
    """
    if (known := current().language) is not None:
        return known
    head = f"{title or ''} {text[:_HEAD]}"
    words = _WORD.findall(head.lower())
    if len(words) < _TOO_FEW_WORDS and head.isascii():
        return "en"
    share = sum(word in _FUNCTION_WORDS for word in words) / max(len(words), 1)
    if share >= _SURE_SHARE:
        return "en"
    import py3langid  # noqa: PLC0415  (a second to load, and rarely needed)

    code = str(py3langid.classify(head[:500])[0])
    if code in _ENGLISH or (share >= _POSSIBLE_SHARE and head.isascii()):
        return "en"
    return code
