"""How fast files and pages are read, and how much memory the worst of them take.

    python benchmarks/sources.py            all
    python benchmarks/sources.py --records 2000

Every line is measured in a process of its own. Rates are for a second of one core, the time of
the processes that read pages included. Memory is the peak over the process when it has loaded all
that it needs; that of a process that reads pages is its whole peak.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MB = 1024 * 1024
Measured = tuple[float, float, float, float, dict[str, int]]

SENTENCE = (
    "The minister of trade met with the ambassador of Peru and said that the talks went well. "
)


def article(number: int) -> dict[str, str]:
    """An invented article of about 300 words."""
    words = SENTENCE.split()
    dice = random.Random(number)
    text = "\n\n".join(SENTENCE + " ".join(dice.choices(words, k=80)) + "." for _ in range(4))
    return {
        "doc_id": str(number),
        "url": f"https://news.example/{number}",
        "title": f"Talks number {number}",
        "published": "2024-05-31T10:00:00Z",
        "text": text,
    }


def page(number: int) -> bytes:
    """The same article as a page with the things that surround one."""
    told = article(number)
    links = "".join(f'<li><a href="/{i}">Another story of {i}</a></li>' for i in range(150))
    body = "".join(f"<p>{part}</p>" for part in told["text"].split("\n\n"))
    return (
        f"<!doctype html><html><head><title>{told['title']} | News</title><script "
        f'type="application/ld+json">{{"@type": "NewsArticle", "datePublished": '
        f'"{told["published"]}"}}</script><style>{"p {margin: 0} " * 500}</style></head><body><nav>'
        f"<ul>{links}</ul></nav><article><h1>{told['title']}</h1>{body}</article><aside><ul>{links}"
        f"</ul></aside><footer>All rights reserved</footer></body></html>"
    ).encode()


def archive(count: int) -> bytes:
    """An archive of that many pages."""
    out = io.BytesIO()
    for number in range(count):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(number)
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
            f"WARC-Target-URI: https://news.example/{number}\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        out.write(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return out.getvalue()


def lines(count: int) -> bytes:
    """JSON Lines of that many articles."""
    return b"".join(json.dumps(article(number)).encode() + b"\n" for number in range(count))


def table(count: int) -> bytes:
    """The same as CSV."""
    import csv

    out = io.StringIO()
    writer = csv.DictWriter(out, list(article(0)))
    writer.writeheader()
    writer.writerows(article(number) for number in range(count))
    return out.getvalue().encode()


def parquet(count: int) -> bytes:
    """The same as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([article(number) for number in range(count)]), out)
    return out.getvalue()


def bomb_parquet() -> bytes:
    """A few bytes that give gigabytes: one long text, two thousand times."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    value = pa.array([SENTENCE * 2_000])
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 2_000, pa.int32()), value)
    pq.write_table(pa.table({"text": column}), out, compression="zstd")
    return out.getvalue()


def warc_bomb() -> bytes:
    """An archive with one page of 512 MB."""
    size = 512 * MB
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
        f"WARC-Target-URI: https://news.example/\r\nContent-Length: {size}\r\n\r\n"
    )
    return gzip.compress(head.encode()) + gzip.compress(b"a" * size)


GOOD: dict[str, Callable[[int], bytes]] = {
    "articles.jsonl": lines,
    "articles.jsonl.gz": lambda count: gzip.compress(lines(count)),
    "articles.json": lambda count: json.dumps([article(n) for n in range(count)]).encode(),
    "articles.csv": table,
    "articles.parquet": parquet,
    "pages.warc.gz": lambda count: archive(count // 10),
    "pages.jsonl": lambda count: b"".join(
        json.dumps({"html": page(number).decode()}).encode() + b"\n"
        for number in range(count // 10)
    ),
}

BAD: dict[str, Callable[[], bytes]] = {
    "bomb.jsonl.gz": lambda: gzip.compress(b"0" * (512 * MB)),
    "bomb.txt.gz": lambda: gzip.compress(b"0" * (512 * MB)),
    "bomb.warc.gz": warc_bomb,
    "bomb.parquet": bomb_parquet,
    "deep.json": lambda: b"[" * 100_000 + b"]" * 100_000,
    "deep.jsonl": lambda: b'{"text": ' + b"[" * 15_000_000 + b"\n",
    "endless_line.jsonl": lambda: b'{"text": "' + SENTENCE.encode() * 3_000_000,
    "endless_string.json": lambda: b'[{"text": "' + SENTENCE.encode() * 3_000_000,
    "many_bad_lines.jsonl": lambda: b"{\n" * 2_000_000,
    "many_brackets.json": lambda: b'{"data": [' + b"[{" * 3_000_000,
    "open_quote.csv": lambda: b"id,text\n" + b'1,"open\n' + b"2,closed text\n" * 100_000,
    "noise.jsonl": lambda: os.urandom(50 * MB),
    "long_text.txt": lambda: SENTENCE.encode() * 170_000,
    "one_paragraph.html": lambda: b"<p>" + SENTENCE.encode() * 170_000,
    "long_words.html": lambda: b"<p>" + b"a" * (1_900_000) + b"</p>",
    "many_paragraphs.html": lambda: b"<html><body>" + b"<p>The talks.</p>" * 180_000,
    "many_elements.html": lambda: b"<html><body>" + b"<b>" * 3_000_000,
    "many_links.html": lambda: b"<html><body>" + b"<a href=/>a</a> " * 900_000,
    "deep.html": lambda: b"<html><body>" + b"<div>x " * 1_900,
    "many_tables.html": lambda: b"<html><body>" + b"<table><tr><td>x" * 60_000,
}


def measured(path: Path, connection: multiprocessing.connection.Connection) -> None:
    """Read a file and send what came of it: run in a process of its own."""
    from pipelines.sources.files import parse_file, shared_pool

    for warm in (lines(2), b"id,text\n1,x\n"):
        list(parse_file("a.jsonl", warm))
    list(parse_file("a.parquet", parquet(1)))
    list(parse_file("a.txt", "Министр провёл переговоры со своим коллегой.".encode("cp1251")))
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    idle = memory_kb("VmRSS")
    began, spent = time.perf_counter(), time.process_time()
    reasons: dict[str, int] = {}
    for item in parse_file(path.name, path):
        told = getattr(item, "reason", "read")
        reasons[told] = reasons.get(told, 0) + 1
    seconds, cpu = time.perf_counter() - began, time.process_time() - spent
    peak = memory_kb("VmHWM")
    shared_pool().close()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu += children.ru_utime + children.ru_stime
    connection.send((seconds, cpu, (peak - idle) / 1024, children.ru_maxrss / 1024, reasons))


def memory_kb(which: str) -> int:
    """Return the memory of this process, or its peak (getrusage would count its parent's)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{which}:"):
            return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measure(name: str, content: bytes) -> Measured:
    """Return seconds, those of cores, MB over idle, MB of the page process, and the reasons."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        mine, theirs = context.Pipe()
        process = context.Process(target=measured, args=(path, theirs))
        process.start()
        told: Measured = mine.recv()
        process.join()
    return told


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=3_000, help="articles a file (default 3000)")
    parser.add_argument("--only", default="", help="only files whose name holds this")
    options = parser.parse_args()
    head = "file                          MB  seconds  CPU s   a CPU s    +MB  pages MB  result"
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}\n{head}")
    for name, make in GOOD.items():
        if options.only in name:
            show(name, make(options.records))
    for name, make_bad in BAD.items():
        if options.only in name:
            show(name, make_bad())


def show(name: str, content: bytes) -> None:
    """Measure one file and print its line."""
    seconds, cpu, peak, child, reasons = measure(name, content)
    rate = reasons.get("read", 0) / cpu
    told = ", ".join(f"{count:,} {reason}" for reason, count in reasons.items())
    pages = f"{child:.0f}" if child > 1 else "-"
    print(
        f"{name:<24}{len(content) / MB:>8.1f}{seconds:>9.1f}{cpu:>7.1f}"
        f"{f'{rate:,.0f}' if rate else '-':>10}{peak:>7.0f}{pages:>10}  {told}",
        flush=True,
    )


if __name__ == "__main__":
    main()
