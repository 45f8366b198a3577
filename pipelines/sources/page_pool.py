"""Pages read in processes of their own, which are killed where one takes too long.

One process serves many pages, so that a small page costs milliseconds; after a kill the next page
starts a new one. Several processes work at once where several pages wait; the order stays.

What belongs here: starting, asking and killing processes. What does not: what they do
(`page_process`).
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from pipelines.sources.acceptance import PageTask
from pipelines.sources.page_process import MAX_MEMORY_BYTES
from pipelines.sources.records import Document, SetAside

MAX_SECONDS = 20.0
"""How long one page may take."""

Key = TypeVar("Key")
_START_SECONDS = 120.0
_ROOT = Path(__file__).resolve().parents[2]
_CHUNK = 64 * 1024
_READ_AHEAD = 32


class _DiedError(Exception):
    """The process ended before it answered."""


class _Process:
    """One process that reads pages."""

    def __init__(self) -> None:
        paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pipelines.sources.page_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(paths),
                "OPENBLAS_NUM_THREADS": "1",  # each thread takes address space, which is limited
                "OMP_NUM_THREADS": "1",
            },
            bufsize=0,
        )
        self._answers = b""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        os.set_blocking(self._process.stdin.fileno(), False)
        os.set_blocking(self._process.stdout.fileno(), False)
        self.pid = self._process.pid
        try:
            self._exchange(b"", time.monotonic() + _START_SECONDS)
        except (TimeoutError, _DiedError):
            self.kill()
            raise

    def ask(self, head: bytes, content: bytes, seconds: float) -> bytes:
        """Return the answer to a page. Raises TimeoutError or _DiedError; either ends it."""
        request = b"".join(len(part).to_bytes(4, "big") + part for part in (head, content))
        return self._exchange(request, time.monotonic() + seconds)

    def _exchange(self, request: bytes, deadline: float) -> bytes:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        rest = memoryview(request)
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            if rest:
                selector.register(process.stdin, selectors.EVENT_WRITE)
            while True:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError
                for key, _ in selector.select(left):
                    try:
                        if key.fileobj is process.stdin:
                            rest = rest[os.write(key.fd, rest[:_CHUNK]) :]
                            if not rest:
                                selector.unregister(process.stdin)
                            continue
                        piece = os.read(key.fd, _CHUNK)
                    except BlockingIOError:
                        continue
                    except OSError:
                        raise _DiedError from None
                    if not piece:
                        raise _DiedError
                    self._answers += piece
                    size = int.from_bytes(self._answers[:4], "big") + 4
                    if len(self._answers) >= max(size, 4) and not rest:
                        answer, self._answers = self._answers[4:size], self._answers[size:]
                        return answer

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        with suppress(OSError):
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


class PagePool:
    """Reads pages in up to `workers` processes, which start when pages come."""

    def __init__(self, workers: int | None = None, seconds: float = MAX_SECONDS) -> None:
        self.workers = workers or min(os.cpu_count() or 1, 4)
        self._seconds = seconds
        self._owner = os.getpid()
        self._idle: list[_Process] = []
        self._all: set[_Process] = set()
        self._lock = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None

    def read(self, task: PageTask) -> dict[str, Any]:
        """Return the fields of a page (`page.Page`), or `reason` and `detail` of a failure."""
        head = json.dumps({"charset": task.charset, "url": task.document.url}).encode()
        try:
            process = self._take()
        except (OSError, TimeoutError, _DiedError):
            detail = "The process that reads pages does not start: see that memory is free."
            return {"reason": "parse_error", "detail": detail}
        try:
            answer = process.ask(head, task.content, self._seconds)
        except TimeoutError:
            self._end(process)
            detail = f"Reading the page takes longer than {self._seconds:g} seconds."
            return {"reason": "timeout", "detail": detail}
        except _DiedError:
            self._end(process)
            limit = MAX_MEMORY_BYTES // 1024**2
            detail = f"Reading the page ended its process (it may have {limit} MB of memory)."
            return {"reason": "parse_error", "detail": detail}
        except BaseException:
            self._end(process)
            raise
        with self._lock:
            self._idle.append(process)
        page: dict[str, Any] = json.loads(answer)
        return page

    def finish(
        self, steps: Iterable[Document | SetAside | PageTask]
    ) -> Iterator[Document | SetAside]:
        """Yield the steps in their order, with every page read."""
        for _, item in self.finish_keyed((None, step) for step in steps):
            yield item

    def finish_keyed(
        self, steps: Iterable[tuple[Key, Document | SetAside | PageTask]]
    ) -> Iterator[tuple[Key, Document | SetAside]]:
        """Yield keyed steps in their order, with every page read; some are read ahead."""
        waiting: deque[tuple[Key, Document | SetAside | Future[Document | SetAside]]] = deque()
        pages = 0
        try:
            for key, step in steps:
                if isinstance(step, PageTask):
                    waiting.append((key, self._submit(step)))
                    pages += 1
                else:
                    waiting.append((key, step))
                while waiting and (
                    pages > 2 * self.workers
                    or len(waiting) > _READ_AHEAD
                    or not isinstance(waiting[0][1], Future)
                ):
                    first, item = waiting.popleft()
                    if isinstance(item, Future):
                        pages -= 1
                        yield first, item.result()
                    else:
                        yield first, item
            while waiting:
                first, item = waiting.popleft()
                yield first, item.result() if isinstance(item, Future) else item
        finally:
            for _, item in waiting:
                if isinstance(item, Future):
                    item.cancel()

    def close(self) -> None:
        """End all processes."""
        if os.getpid() != self._owner:  # a fork has copies of the pipes, not of the processes
            return
        with self._lock:
            processes, self._all, self._idle = list(self._all), set(), []
        for process in processes:
            process.kill()
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)
            self._threads = None

    def _submit(self, task: PageTask) -> Future[Document | SetAside]:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="pages")
        return self._threads.submit(lambda: task.finish(self.read(task)))

    def _take(self) -> _Process:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        process = _Process()
        with self._lock:
            self._all.add(process)
        return process

    def _end(self, process: _Process) -> None:
        with self._lock:
            self._all.discard(process)
        process.kill()


_shared: PagePool | None = None


def shared_pool() -> PagePool:
    """Return the pool of this process; its processes end with it."""
    global _shared  # noqa: PLW0603
    if _shared is None or _shared._owner != os.getpid():
        _shared = PagePool()
        atexit.register(_shared.close)
    return _shared
