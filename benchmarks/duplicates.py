"""What finding near copies costs in a day, however many articles there are, and what it finds.

Usage: python benchmarks/duplicates.py [--sizes 10000 100000 1000000]

Fills a warehouse of its own with made-up articles and their bands, then times days of 200 and of
1,000 new articles, a tenth of them near copies of earlier ones: the whole step, with reading the
texts, looking up bands, comparing and writing. After that it makes pairs of texts of a known
likeness, and counts how many are found. Figures for one machine, one moment.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb

from assets.near_copies import compare_articles
from pipelines.sources.duplicates import (
    BANDS,
    ROWS_PER_BAND,
    THRESHOLD,
    Wording,
    are_copies,
    band_keys,
    likeness,
    method,
)
from warehouse.connection import build_connection
from warehouse.home import Home
from warehouse.loads import load_articles

DAYS = (200, 200, 1000)
ORIGINALS = 500
LIKENESSES = (0.50, 0.60, 0.70, 0.75, 0.79, 0.80, 0.82, 0.85, 0.90, 0.95)
PAIRS = 500
FIRST_DAY = date(2024, 1, 1)


def words(count: int, rng: random.Random) -> list[str]:
    """Words drawn as news draws them: few often, many seldom."""
    return [f"w{int(rng.paretovariate(0.7)) % 50_000}" for _ in range(count)]


def edited(text: list[str], target: float, rng: random.Random) -> list[str]:
    """The text with words exchanged, left out and added until it is no more alike than `target`."""
    original, copy = Wording.of(" ".join(text)), list(text)
    while (alike := likeness(original, Wording.of(" ".join(copy)))) > target:
        # an edit changes about three shingles on either side: most are made before looking again
        for _ in range(max(1, int(len(text) * (alike - target) / (1 + target) / 4))):
            place = rng.randrange(len(copy))
            copy[place : place + rng.randrange(2)] = words(rng.randrange(2), rng)
    return copy


def fill(connection: duckdb.DuckDBPyConnection, size: int) -> None:
    """Put in made-up articles that were compared already, each with bands of its own."""
    name = "'https://news.example/world/2023/report-' || i"
    connection.execute(
        "insert into raw.articles by name select "
        f"{name} as article_id, 1 as revision, 'old' as source, repeat(md5(i::varchar) || ' ', 40) "
        "as text, date '2020-01-01' + (i // 1000)::integer as arrived_on, "
        "timestamp '2020-01-01' as fetched_at, md5(i::varchar) as content_hash "
        f"from range({size}) as r(i)"
    )
    connection.execute(
        "insert into raw.near_copies by name select "
        f"{name} as article_id, 1 as revision, date '2020-01-01' + (i // 1000)::integer "
        "as first_arrived_on, timestamp '2020-01-01' as first_fetched_at, "
        f"'{method()}' as method, true as is_settled from range({size}) as r(i)"
    )
    connection.execute(
        "insert into raw.copy_bands select hash(i, band), "
        f"{name}, 1 from range({size}) as r(i), range({BANDS}) as b(band)"
    )


def load(
    connection: duckdb.DuckDBPyConnection, texts: list[list[str]], day: int, label: str
) -> None:
    """Take in articles as `ingest` does."""
    arrived_on = FIRST_DAY + timedelta(days=day)
    load_articles(
        connection,
        [
            {
                "article_id": f"https://news.example/{label}/{number}",
                "source": "new",
                "text": " ".join(text),
                "arrived_on": arrived_on,
                "fetched_at": f"{arrived_on} 06:00:00",
                "content_hash": f"{label} {number}",
            }
            for number, text in enumerate(texts)
        ],
    )


def time_days(size: int, rng: random.Random) -> list[tuple[int, float, int, int]]:
    """Articles, seconds, links found and links there are of each day after `size` articles."""
    told = []
    with tempfile.TemporaryDirectory(prefix="entente-duplicates-") as folder:
        home = Home(Path(folder) / "home")
        with build_connection(home, "a benchmark") as connection:
            fill(connection, size)
            originals = [words(rng.randrange(150, 600), rng) for _ in range(ORIGINALS)]
            load(connection, originals, 0, "originals")
            compare_articles(connection)
        for number, count in enumerate(DAYS, start=1):
            copied = rng.sample(originals, count // 10)
            texts = [edited(text, rng.uniform(0.85, 0.99), rng) for text in copied]
            alike = sum(
                are_copies(Wording.of(" ".join(a)), Wording.of(" ".join(b)))
                for a, b in zip(copied, texts, strict=True)
            )
            texts += [words(rng.randrange(150, 600), rng) for _ in range(count - len(texts))]
            with build_connection(home, "a benchmark") as connection:
                load(connection, texts, number, f"day-{number}")
            with build_connection(home, "a benchmark") as connection:
                started = time.perf_counter()
                done = compare_articles(connection)
                told.append((count, time.perf_counter() - started, done.copies, alike))
    return told


def recall(target: float, rng: random.Random) -> tuple[int, int, int]:
    """Of pairs of about this likeness: how many there are, are copies, and are found."""
    found = copies = 0
    for _ in range(PAIRS):
        text = words(rng.randrange(150, 600), rng)
        pair = [Wording.of(" ".join(one)) for one in (text, edited(text, target + 0.01, rng))]
        first, second = band_keys(pair)
        alike = likeness(*pair) >= THRESHOLD
        copies += alike
        found += bool(set(first) & set(second)) and are_copies(*pair)
    return PAIRS, copies, found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    rng = random.Random(20240506)
    print(f"{BANDS} bands of {ROWS_PER_BAND}\n")
    print("articles before   new articles   seconds   copies found   copies there")
    for size in parser.parse_args().sizes:
        for count, seconds, found, there in time_days(size, rng):
            print(f"{size:15,}   {count:12,}   {seconds:7.2f}   {found:12,}   {there:12,}")
    print("\nlikeness   share a band (expected)    pairs   near copies   found")
    for target in LIKENESSES:
        pairs, copies, found = recall(target, rng)
        expected = 1 - (1 - target**ROWS_PER_BAND) ** BANDS
        print(f"{target:8.2f}   {expected:23.4f}   {pairs:6,}   {copies:11,}   {found:5,}")


if __name__ == "__main__":
    main()
