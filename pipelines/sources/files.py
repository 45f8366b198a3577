"""Files of articles: plain text, HTML pages and JSON Lines.

Reading goes record by record, so that one bad record never costs its neighbours: what cannot be
an article comes out as `SetAside` with its reason, in its place among the good ones.

What belongs here: finding files and turning bytes into documents. What does not: keeping bytes,
and what the text means.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from pipelines.sources.language import identify_language
from pipelines.sources.page import read_page
from pipelines.sources.records import Document, SetAside

MAX_FILE_BYTES = 256 * 1024 * 1024
MAX_TEXT_CHARACTERS = 1_000_000

_TEXT_ENDINGS = frozenset({"", ".txt", ".text"})
_PAGE_ENDINGS = frozenset({".html", ".htm", ".xhtml"})
_LINES_ENDINGS = frozenset({".jsonl", ".ndjson", ".json"})
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_MAX_CONTROL_SHARE = 0.001
_MAX_FOREIGN_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where it is, and its path below the source's root (with `/`)."""

    location: Path
    path: str


def find_files(root: Path, label: str = "") -> Iterator[SourceFile]:
    """Yield the file that a path is, or the files of the folder, recursively, by name.

    `label` stands before the path below the root. Hidden files and folders within a folder are
    passed over. Raises FileNotFoundError for a path that does not exist.
    """
    if not root.exists():
        raise FileNotFoundError(f"no such file or folder: {root}")
    resolved = root.resolve()
    folder = resolved if resolved.is_dir() else resolved.parent
    for file in sorted(_walk(resolved)) if resolved.is_dir() else [resolved]:
        below = f"{label}/{file.relative_to(folder).as_posix()}".lstrip("/")
        # names of files are bytes, which need not be UTF-8
        yield SourceFile(file, below.encode("utf-8", "backslashreplace").decode())


def labels_of(roots: Sequence[Path]) -> list[str]:
    """Return a label for each path: the folder's name, told apart where two folders share it."""
    folders: dict[str, list[Path]] = {}
    labels = []
    for root in roots:
        resolved = root.resolve()
        folder = resolved if resolved.is_dir() else resolved.parent
        known = folders.setdefault(folder.name, [])
        if folder not in known:
            known.append(folder)
        number = known.index(folder) + 1
        labels.append(folder.name if number == 1 else f"{folder.name}~{number}")
    return labels


def _walk(folder: Path) -> Iterator[Path]:
    try:
        entries = list(folder.iterdir())
    except OSError:  # told when it is read
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        else:
            yield entry


def read_bytes(file: SourceFile) -> bytes | SetAside:
    """Return the bytes of a file, or why they cannot be had."""
    try:
        status = file.location.stat()
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):
            detail = "It is no regular file, or a folder that cannot be listed."
            return SetAside(file.path, None, "unreadable", detail, 0)
        if size > MAX_FILE_BYTES:
            limit = MAX_FILE_BYTES // 1024 // 1024
            return SetAside(
                file.path, None, "too_large", f"Split it into files below {limit} MB.", size
            )
        return file.location.read_bytes()
    except OSError as error:
        return SetAside(
            file.path,
            None,
            "unreadable",
            f"{error.strerror or error}: check that it is a readable file and run again.",
            0,
        )


def parse_file(path: str, content: bytes) -> Iterator[Document | SetAside]:
    """Yield the documents of a file's bytes, and what in it gives none, in the file's order.

    `path` is the path below the source's root; its ending tells the format.
    """
    ending = PurePosixPath(path).suffix.lower()
    size = len(content)
    if ending not in _TEXT_ENDINGS | _PAGE_ENDINGS | _LINES_ENDINGS:
        yield SetAside(
            path,
            None,
            "unsupported_type",
            f"Files ending in {ending} are not read: give .txt, .html or .jsonl.",
            size,
        )
        return
    if not content.strip():
        yield SetAside(path, None, "empty_text", "The file is empty.", size)
        return
    try:
        text = decode(content)
    except UnicodeError as error:
        reason = "binary" if b"\x00" in content[:4096] else "bad_charset"
        yield SetAside(path, None, reason, f"{error}: save it as UTF-8 text.", size)
        return
    if ending in _LINES_ENDINGS:
        yield from _parse_records(path, text, whole=ending == ".json")
        return
    stem = PurePosixPath(path).stem
    if _CONTROL.search(text) and len(_CONTROL.findall(text)) > len(text) * _MAX_CONTROL_SHARE:
        detail = "It holds control characters: save it as plain UTF-8 text."
        yield SetAside(path, None, "binary", detail, size)
    elif ending in _PAGE_ENDINGS:
        try:
            page = read_page(text)
        except ValueError as error:
            yield SetAside(path, None, "parse_error", f"{error}: check the page.", size)
            return
        yield _checked(
            Document(
                path, 1, stem, page.text, url=page.url, title=page.title, published=page.published
            ),
            size,
        )
    else:
        yield _checked(Document(path, 1, stem, text), size)


def parse_stream(content: bytes, name: str = "stdin") -> Iterator[Document | SetAside]:
    """Yield the documents of standard input: JSON Lines if the first line parses, else one text.

    `name` stands for the missing file name.
    """
    try:
        first = decode(content).lstrip().partition("\n")[0]
        json.loads(first)
    except (ValueError, RecursionError):
        yield from parse_file(f"{name}.txt", content)
    else:
        yield from parse_file(f"{name}.jsonl", content)


def decode(content: bytes) -> str:
    """Decode bytes of unknown encoding, with line ends as `\\n` and no byte order mark.

    UTF-8 and UTF-16 with its mark are certain; anything else is guessed. Raises UnicodeError
    where no encoding gives plausible text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            if b"\x00" in content:
                raise
            text = _guess(content, error)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(content: bytes, error: UnicodeDecodeError) -> str:
    foreign = sum(byte > 127 for byte in content)
    if foreign <= len(content) * _MAX_FOREIGN_SHARE:
        # what browsers assume of English pages; statistics cannot tell it from its cousins
        with suppress(UnicodeDecodeError):
            return content.decode("cp1252")
    from charset_normalizer import from_bytes  # noqa: PLC0415  (rarely needed)

    best = from_bytes(content).best()
    if best is None:
        raise UnicodeError(f"not UTF-8 (byte {error.start}) nor another known encoding")
    return str(best)


def _parse_records(path: str, text: str, *, whole: bool) -> Iterator[Document | SetAside]:
    """Yield the records of JSON Lines, or of one JSON value (an article or a list of them)."""
    if whole:
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            pass  # JSON Lines under the ending .json is common
        else:
            for number, item in enumerate(value if isinstance(value, list) else [value], start=1):
                yield _document_of(path, number, item, len(json.dumps(item)))
            return
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        size = len(line.encode("utf-8", "surrogatepass"))
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as error:
            cause = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
            detail = f"Line {number}: {cause}; mend the line and run again."
            yield SetAside(path, number, "bad_json_line", detail, size)
            continue
        yield _document_of(path, number, item, size)


def _document_of(path: str, number: int, item: Any, size: int) -> Document | SetAside:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        detail = f"Record {number} is no object with a string 'text'."
        return SetAside(path, number, "bad_record", detail, size)
    published = item.get("published")
    published = None if published == "" else published
    if published is not None and not _is_iso(published):
        detail = (
            f"Record {number}: published is {published!r}; give an ISO date (2024-05-31) or time."
        )
        return SetAside(path, number, "bad_published", detail, size)
    if not all(_is_clean(value) for value in item.values()):
        detail = f"Record {number} holds NUL characters or half surrogate pairs: write it as UTF-8."
        return SetAside(path, number, "bad_charset", detail, size)
    source, url = _string(item.get("source")), _string(item.get("url"))
    if url is None and source is not None and source.startswith(("http://", "https://")):
        url = source
    doc_id = item.get("doc_id")
    return _checked(
        Document(
            path,
            number,
            str(doc_id) if doc_id not in (None, "") else f"{PurePosixPath(path).stem}-{number}",
            item["text"].replace("\r\n", "\n"),
            source=source,
            url=url,
            title=_string(item.get("title")),
            published=published,
        ),
        size,
    )


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _is_clean(value: Any) -> bool:
    """Whether a value has no characters that neither UTF-8 nor a database can hold."""
    return not isinstance(value, str) or _UNSTORABLE.search(value) is None


def _is_iso(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return False
    return MINYEAR < moment.year < MAXYEAR  # a zone must not carry it out of the calendar


def _checked(document: Document, size: int) -> Document | SetAside:
    """Return the document with its language, or why its text cannot be read."""
    path, number, text = document.path, document.record, document.text
    if not text.strip():
        return SetAside(path, number, "empty_text", "There is no text in it.", size)
    if not all(_is_clean(value) for value in (text, document.title, document.url)):
        detail = "It holds NUL characters or half surrogate pairs: write it as UTF-8."
        return SetAside(path, number, "bad_charset", detail, size)
    if len(text) > MAX_TEXT_CHARACTERS:
        detail = f"The text is longer than {MAX_TEXT_CHARACTERS:,} characters: split it."
        return SetAside(path, number, "too_large", detail, size)
    language = identify_language(text, document.title)
    if language != "en":
        detail = f"It seems to be in '{language}'; only English is read."
        return SetAside(path, number, "not_english", detail, size)
    return document
