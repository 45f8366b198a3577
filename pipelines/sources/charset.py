"""Bytes to characters: which encoding a text is in, and whether what comes out is text.

What belongs here: decoding, and telling text from what is none. What does not: formats of files.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks and the codecs that read them."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_FOREIGN_RUN = re.compile(rb"[\xc0-\xff]{4}")
_C1 = re.compile(r"[\x80-\x9f]")
_MAX_CONTROL_SHARE = 0.001
_MAX_FOREIGN_SHARE = 0.1
_MAX_REPLACED_SHARE = 0.1
_MAX_DAMAGED_SHARE = 0.01
_MIN_DAMAGED = 5
_AS_BROWSERS_DO = {
    "iso8859-1": "cp1252",  # nobody means the control characters of Latin-1
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_SAMPLE = 64 * 1024
_META_WITHIN = 4096
_MAX_FAILURES = 20


def decode(content: bytes) -> str:
    """Decode bytes of unknown encoding, with line ends as `\\n` and no byte order mark.

    UTF-8, and UTF-16 and UTF-32 with their marks, are certain; anything else is guessed. Raises
    UnicodeError where no encoding gives plausible text.
    """
    return with_plain_line_ends(decode_exactly(content))


def decode_exactly(content: bytes) -> str:
    """Decode as `decode` does, leaving the line ends as they are."""
    return Decoder().decode(content)


class Decoder:
    """Decodes the pieces of one file, each for itself; what was guessed once is tried again."""

    def __init__(self) -> None:
        self._guessed: str | None = None
        self._failures = 0

    def decode(self, content: bytes) -> str:
        """Return the characters of a piece. Raises UnicodeError where nothing is plausible."""
        for mark, codec in MARKS:
            if content.startswith(mark):
                return content.decode(codec)
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            if b"\x00" in content or is_binary(content.decode("latin-1")):
                raise
            return self._guess(content, error)

    def _guess(self, content: bytes, error: UnicodeDecodeError) -> str:
        foreign = sum(byte > 127 for byte in content)
        western = foreign <= len(content) * _MAX_FOREIGN_SHARE
        if western and not _FOREIGN_RUN.search(content):
            # what browsers assume of English pages; statistics cannot tell it from its cousins
            with suppress(UnicodeDecodeError):
                return content.decode("cp1252")
        if self._guessed:
            with suppress(UnicodeDecodeError):
                return content.decode(self._guessed)
        if self._failures < _MAX_FAILURES:  # guessing costs milliseconds
            from charset_normalizer import from_bytes  # noqa: PLC0415  (rarely needed)

            best = from_bytes(_telling_part(content)).best()
            if best is not None:
                with suppress(UnicodeDecodeError):
                    text = content.decode(best.encoding)
                    self._guessed = best.encoding
                    return text
        self._failures += 1
        raise UnicodeError(f"not UTF-8 (byte {error.start}) nor another known encoding")


def decode_page(content: bytes, header_charset: str | None = None) -> str:
    """Decode a web page.

    A byte order mark is certain; what is valid UTF-8 is UTF-8, whatever the page says; else the
    charset of the HTTP header, then that of the page, hold where they decode plausibly; else it is
    guessed. A page in UTF-8 with a few broken characters keeps U+FFFD in their place. Raises
    UnicodeError where nothing gives plausible text.
    """
    for mark, codec in MARKS:
        if content.startswith(mark):
            return content.decode(codec, "replace")
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8")
    declared = [header_charset, *_declared(content)]
    labels = [label for label in map(_codec, declared) if label]
    if "utf-8" in labels or not labels:
        text = content.decode("utf-8", "replace")
        foreign = sum(not character.isascii() for character in text)
        if text.count("\ufffd") <= foreign * _MAX_REPLACED_SHARE:
            return text
    for label in labels:
        if label != "utf-8":
            with suppress(UnicodeDecodeError):
                text = content.decode(label)
                if len(_C1.findall(text)) <= len(text) * _MAX_CONTROL_SHARE:
                    return text
    return decode_exactly(content)


def _declared(content: bytes) -> list[str]:
    head = content[:_META_WITHIN]
    return [
        found.group(1).decode("ascii")
        for pattern in (_META_CHARSET, _XML_CHARSET)
        if (found := pattern.search(head))
    ]


def _codec(label: str | None) -> str | None:
    """Return the codec of a label as browsers understand it; None for one that is unknown."""
    if not label:
        return None
    try:
        info = codecs.lookup(label.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not info._is_text_encoding:  # 'hex' and 'zlib' are codecs too
        return None
    return _AS_BROWSERS_DO.get(info.name, info.name)


def _telling_part(content: bytes) -> bytes:
    """Return the stretch around the first bytes that are not ASCII: a guess needs no more."""
    first = next((i for i, byte in enumerate(content) if byte > 127), 0)
    begin = max(first - _SAMPLE // 4, 0)
    return content[begin : begin + _SAMPLE]


def with_plain_line_ends(text: str) -> str:
    """Return the text with every line end as `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_storable(value: object) -> bool:
    """Whether a value has no characters that neither UTF-8 nor a database can hold."""
    return not isinstance(value, str) or _UNSTORABLE.search(value) is None


def is_binary(text: str, share: float = _MAX_CONTROL_SHARE) -> bool:
    """Whether decoded bytes hold more control characters than a text could."""
    return _CONTROL.search(text) is not None and len(_CONTROL.findall(text)) > len(text) * share


def is_damaged(text: str) -> bool:
    """Whether so many characters were lost before the text came here that it is none any more."""
    lost = text.count("\ufffd")
    return lost >= _MIN_DAMAGED and lost > len(text) * _MAX_DAMAGED_SHARE


def without_controls(text: str) -> str:
    """Return the text without the control characters that no text means."""
    return _CONTROL.sub("", text)
