"""The HTTP response in a record of an archive: which bytes are the page.

What belongs here: status, headers, transfer and content encodings. What does not: archives, pages.
"""

from __future__ import annotations

import io
import re
import zlib

from pipelines.sources.records import MAX_RECORD_BYTES
from pipelines.sources.streams import DamagedError, Inflated, whole

_PAGES = ("text/html", "application/xhtml+xml")
_LOOKS_LIKE_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype|html)", re.I | re.S
)
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})")


class PassedOver(Exception):  # noqa: N818  (it is no error)
    """A record is no page; the message says what it is, in a word or two."""


def page_of_response(block: bytes) -> tuple[bytes, str | None]:
    """Return the bytes of the page and the charset of its header.

    Raises PassedOver where the response is no page, DamagedError where the page is not whole.
    """
    head, body = _split(block)
    status = _STATUS.match(head)
    if not status:
        raise DamagedError("bad_record", "it is no HTTP response")
    code = int(status.group(1))
    if code != 200:
        raise PassedOver("redirect" if 300 <= code < 400 else "error response")
    headers = _headers(head)
    media, _, rest = headers.get("content-type", "").partition(";")
    if media.strip().lower() not in _PAGES and (media or not _LOOKS_LIKE_PAGE.match(body)):
        raise PassedOver("other media")
    charset = rest.lower().partition("charset=")[2].split(";")[0].strip() or None
    return _content(headers, body), charset


def _split(block: bytes) -> tuple[bytes, bytes]:
    end = re.search(rb"\r?\n\r?\n", block[: 256 * 1024])
    return (block[: end.start()], block[end.end() :]) if end else (block, b"")


def _headers(head: bytes) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in head.splitlines()[1:]:
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return headers


def _content(headers: dict[str, str], body: bytes) -> bytes:
    chunked = "chunked" in headers.get("transfer-encoding", "").lower()
    encoding = headers.get("content-encoding", "").strip().lower()
    if chunked:
        body = _joined(body)
    told = headers.get("content-length", "")
    if not chunked and told.isascii() and told.isdigit() and not _was_packed(encoding):
        missing = int(told) - len(body)
        if missing > 0:
            raise DamagedError("truncated_warc", f"{missing:,} bytes of the page are missing")
    return _unpacked(encoding, body)


def _was_packed(encoding: str) -> bool:
    return encoding not in ("", "identity")


def _joined(body: bytes) -> bytes:
    """Return the chunks of a body as one; the body itself where the archive joined them already."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at, at + 64)
        size = (
            re.fullmatch(rb"\s*([0-9a-fA-F]{1,8})\s*(?:;.*)?", body[at:end]) if end >= 0 else None
        )
        if size is None:
            if not parts:
                return body
            raise DamagedError("truncated_warc", "the last chunks of the page are missing")
        length = int(size.group(1), 16)
        if length == 0:
            return b"".join(parts)
        part = body[end + 2 : end + 2 + length]
        if len(part) < length:
            raise DamagedError("truncated_warc", "the last chunks of the page are missing")
        parts.append(part)
        at = end + 2 + length + 2


def _unpacked(encoding: str, body: bytes) -> bytes:
    if encoding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        try:
            content = whole(Inflated(io.BytesIO(body)))
        except DamagedError as error:
            if error.reason != "truncated_gzip":
                raise
            raise DamagedError("truncated_warc", "the packed page ends too early") from None
        if content is None:
            raise DamagedError("too_large", f"the page has more than {MAX_RECORD_BYTES:,} bytes")
        return content
    if encoding == "deflate" and not body.lstrip().startswith(b"<"):
        return _deflated(body)
    if encoding in ("br", "zstd") and not _LOOKS_LIKE_PAGE.match(body):
        raise DamagedError("unsupported_type", f"pages packed with {encoding} are not read")
    return body


def _deflated(body: bytes) -> bytes:
    for window in (15, -15):  # with its head, as it should be, or without
        packer = zlib.decompressobj(window)
        try:
            content = packer.decompress(body, MAX_RECORD_BYTES + 1)
        except zlib.error:
            continue
        if len(content) > MAX_RECORD_BYTES:
            raise DamagedError("too_large", f"the page has more than {MAX_RECORD_BYTES:,} bytes")
        if not packer.eof:
            raise DamagedError("truncated_warc", "the packed page ends too early")
        return content
    raise DamagedError("parse_error", "the packed page is damaged")
