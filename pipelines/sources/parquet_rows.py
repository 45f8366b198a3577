"""Parquet files to records: row by row, without holding the table.

What belongs here: Parquet. What does not: CSV (`csv_records`), what the columns mean (`fields`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from pipelines.sources.acceptance import PageTask
from pipelines.sources.fields import NAMES, document_of, field_of
from pipelines.sources.records import MAX_RECORD_BYTES, Document, SetAside
from pipelines.sources.streams import BOMB_FREE_BYTES, BOMB_RATIO

_ROWS = 8

Steps = Iterator[Document | SetAside | PageTask]


def read_parquet(path: str, file: BinaryIO, size: int) -> Steps:
    """Yield the rows of a Parquet file, numbered from 1. `file` can be read from any place."""
    import pyarrow as pa  # noqa: PLC0415  (rarely needed)
    import pyarrow.parquet as pq  # noqa: PLC0415

    number = 0
    try:
        table = pq.ParquetFile(file, pre_buffer=False, buffer_size=1024 * 1024)
        columns = [name for name in table.schema_arrow.names if field_of(name)]
        if not {field_of(name) for name in columns} & {"text", "html"}:
            yield no_text_column(path, table.schema_arrow.names, size)
            return
        bomb = _bomb(table, columns, size)
        if bomb:
            yield SetAside(path, None, "bomb", bomb, size)
            return
        for group in range(table.num_row_groups):
            rows, unpacked = _extent(table, group, columns)
            if unpacked > MAX_RECORD_BYTES * max(rows, 1):
                detail = (
                    f"Rows {number + 1} to {number + rows} have {unpacked:,} bytes; a record may "
                    f"have {MAX_RECORD_BYTES // 1024 // 1024} MB: split them."
                )
                yield SetAside(path, number + 1, "too_large", detail, unpacked)
                number += rows
                continue
            for batch in table.iter_batches(
                batch_size=_ROWS, row_groups=[group], columns=columns, use_threads=False
            ):
                for row in range(batch.num_rows):
                    number += 1
                    yield _row(path, number, batch, row)
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        place = f"after row {number}" if number else "at its beginning"
        detail = f"The Parquet file cannot be read {place} ({_first_line(error)}): get it anew."
        yield SetAside(path, None, "parse_error", detail, size)


def _row(path: str, number: int, batch: Any, row: int) -> Document | SetAside | PageTask:
    sizes = 0
    item: dict[str, Any] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        value = column[row]
        try:
            item[name] = _plain(value.as_py())
        except UnicodeDecodeError as error:
            detail = f"Row {number}, column {name}: {error.reason}: write it as UTF-8."
            return SetAside(path, number, "bad_charset", detail, 0)
        except (ValueError, OverflowError) as error:  # a date outside of the calendar
            item[name] = str(error)
        sizes += len(item[name]) if isinstance(item[name], str) else 0
    if sizes > MAX_RECORD_BYTES:
        limit = MAX_RECORD_BYTES // 1024 // 1024
        detail = f"Row {number} has {sizes:,} characters; a record may have {limit} MB: split it."
        return SetAside(path, number, "too_large", detail, sizes)
    return document_of(path, number, item, sizes)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _bomb(table: Any, columns: list[str], size: int) -> str | None:
    """Return why the file would unfold to too much, by what its footer tells; None if it does not.

    The sizes of the footer hold: a page that is longer than it tells is an error of the reader.
    """
    groups = range(table.num_row_groups)
    unpacked = sum(_extent(table, group, columns)[1] for group in groups)
    if unpacked > BOMB_FREE_BYTES and unpacked > BOMB_RATIO * max(size, 1):
        return f"{size:,} bytes give {unpacked:,}: no table of articles packs so well."
    return None


def no_text_column(path: str, names: list[str], size: int) -> SetAside:
    """Return why a table without a column of texts gives nothing."""
    told = ", ".join(names[:20]) or "none"
    wanted = ", ".join(NAMES["text"][:4])
    detail = f"No column holds texts (its columns: {told[:300]}): name one of them {wanted}."
    return SetAside(path, None, "bad_record", detail, size)


def _extent(table: Any, group: int, columns: list[str]) -> tuple[int, int]:
    """Return the number of rows of a row group, and of unpacked bytes in the columns."""
    about = table.metadata.row_group(group)
    read = (about.column(index) for index in range(about.num_columns))
    unpacked = sum(
        column.total_uncompressed_size
        for column in read
        if column.path_in_schema.split(".")[0] in columns
    )
    return about.num_rows, unpacked


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
