"""The process that reads pages: it answers one page after the other until its input ends.

Started by `page_pool` as `python -m pipelines.sources.page_process`. A request is a JSON head and
the bytes of a page, an answer is JSON: each part with its length before it.

What belongs here: the loop and the limit of memory. What does not: reading a page (`page`).
"""

from __future__ import annotations

import json
import os
import struct
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any, BinaryIO

MAX_MEMORY_BYTES = 1024**3
"""How much memory a process that reads pages may have, where the platform can limit it."""

_LENGTH = struct.Struct(">I")


def send(stream: BinaryIO, *parts: bytes) -> None:
    """Write parts, each with its length before it."""
    for part in parts:
        stream.write(_LENGTH.pack(len(part)))
        stream.write(part)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """Read one part; None at the end of the stream."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    size = _LENGTH.unpack(head)[0]
    part = stream.read(size)
    return part if len(part) == size else None


def limit_memory(size: int) -> None:
    """Let this process have no more than `size` bytes, where the platform can do that."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415  (not everywhere)

        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def answer(head: dict[str, Any], content: bytes) -> dict[str, Any]:
    """Return the fields of the page, or the reason why it cannot be read."""
    from pipelines.sources.page import read_page  # noqa: PLC0415
    from pipelines.sources.streams import DamagedError  # noqa: PLC0415

    try:
        return asdict(read_page(content, head.get("charset"), head.get("url")))
    except DamagedError as error:
        return {"reason": error.reason, "detail": str(error)}
    except MemoryError:
        limit = MAX_MEMORY_BYTES // 1024**2
        return {"reason": "too_large", "detail": f"Reading the page takes more than {limit} MB."}


def main() -> None:
    """Answer pages from standard input on standard output."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not come between the answers
    limit_memory(MAX_MEMORY_BYTES)
    import trafilatura  # noqa: F401, PLC0415  (before the first page, whose time is limited)

    import pipelines.sources.page_dates  # noqa: F401, PLC0415

    send(answers, b"ready")
    while (head := receive(requests)) is not None and (content := receive(requests)) is not None:
        told = answer(json.loads(head), content)
        # half surrogate pairs are escaped, and judged where the document is
        send(answers, json.dumps(told).encode("ascii"))


if __name__ == "__main__":
    main()
