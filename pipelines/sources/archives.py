"""Web archives and Parquet files without some of their records.

What belongs here: taking a record out so that the others keep their values and their numbers. What
does not: reading articles out of such files (`pipelines.sources.files`).
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

WARC_MAGIC = b"WARC/"
PARQUET_MAGIC = b"PAR1"

_PLACEHOLDER = (
    b"WARC/1.0\r\n"
    b"WARC-Type: metadata\r\n"
    b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
    b"WARC-Date: 1970-01-01T00:00:00Z\r\n"
    b"Content-Length: 0\r\n\r\n\r\n\r\n"
)
"""What stands in the place of a record that is gone, so that the next ones keep their numbers."""


def pages(content: bytes) -> Iterator[tuple[int, str]]:
    """Yield each record of an unpacked web archive: where it begins, and its content as text."""
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415

    for record in ArchiveIterator(io.BytesIO(content), parse_http=True, auto_decode="all"):
        yield record.stream_pos, record.reader.read().decode("utf-8", "replace")


def without_pages(
    content: bytes, gone: Callable[[int, Any], bool], *, packed: bool
) -> tuple[bytes, int, int]:
    """Return an unpacked web archive without the records that go, and how many go and stay.

    `gone` is asked with number and content. `packed` gives each record as a gzip member.
    """
    found = [(start, gone(number, page)) for number, (start, page) in enumerate(pages(content), 1)]
    ends = [start for start, _ in found[1:]] + [len(content)]
    pieces = [
        _PLACEHOLDER if goes else content[start:end]
        for (start, goes), end in zip(found, ends, strict=True)
    ]
    removed = sum(goes for _, goes in found)
    whole = b"".join(gzip.compress(piece, mtime=0) if packed else piece for piece in pieces)
    return whole, removed, len(found) - removed


def parquet_rows(content: bytes) -> list[dict[str, Any]] | None:
    """Return the rows of a Parquet file; None where it cannot be read."""
    import pyarrow  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    try:
        rows: list[dict[str, Any]] = parquet.read_table(pyarrow.BufferReader(content)).to_pylist()
    except (pyarrow.ArrowException, OSError):
        return None
    return rows


def parquet_of(like: bytes, rows: Sequence[dict[str, Any] | None]) -> bytes:
    """Return rows as a Parquet file with the columns of another; nulls in the place of None."""
    import pyarrow  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    schema = parquet.read_schema(pyarrow.BufferReader(like))
    schema = pyarrow.schema([field.with_nullable(True) for field in schema])
    written = pyarrow.BufferOutputStream()
    table = pyarrow.Table.from_pylist([row or {} for row in rows], schema=schema)
    parquet.write_table(table, written, compression="zstd")
    return bytes(written.getvalue())
