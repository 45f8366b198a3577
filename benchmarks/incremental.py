"""What a day costs as the warehouse grows: the same new articles into warehouses of several sizes.

Usage: python benchmarks/incremental.py [--sizes 0,10000,100000] [--new 200] [--keep FOLDER]

Fills a data folder with synthetic articles, builds it in full, then runs the daily job on the new
articles and once more on the same ones (a day without anything new). Prints seconds by stage, the
highest memory of the run's process and what became of the Parquet files, for each size. All
sizes get the same new articles; what grows from one to the next is the price of the past.

The synthetic articles come from the project's own annotated ones, read by the rules: each is told
again about other people, other pairs of countries and other years. Names are replaced by others of
the same length, so that offsets stay true. What is loaded in the end is not read again: the facts
are moved along.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GOLD = ("samples.jsonl", "news.jsonl")
VARIANTS = 24
"""How often each annotated article is told of other people; more are moved in time."""

MOVED_CHARACTERS = 3000
"""Length that the text of a synthetic article has at least."""

STAGES = ("ingest", "near_copies", "reference", "extract", "transform", "published__entente")
VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnprstvwz"


def templates() -> list[dict[str, Any]]:
    """The annotated articles of the project, with the facts that the rules read in them."""
    from pipelines.extraction.article import extract_article
    from pipelines.records import Article, to_plain

    found = []
    for name in GOLD:
        for line in (ROOT / "pipelines" / "gold" / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            text, title = record["text"], record.get("title")
            published = record.get("published") or "2024-05-06"
            article = Article("template", text, title=title, published=published)
            facts = to_plain(extract_article(article))
            found.append({"title": title, "text": text, "published": published, "facts": facts})
    return found


def told_anew(template: dict[str, Any], number: int, *, padded: bool = False) -> dict[str, Any]:
    """The same article about other people (of names as long) and other countries."""
    chosen = random.Random(number)
    vowels, consonants = list(VOWELS), list(CONSONANTS)
    chosen.shuffle(vowels)
    chosen.shuffle(consonants)
    table = dict(zip(VOWELS + CONSONANTS, vowels + consonants, strict=True))
    cipher = str.maketrans({**table, **{a.upper(): b.upper() for a, b in table.items()}})
    words = {
        word
        for person in template["facts"]["people"]
        for word in re.findall(r"\w{3,}", person["name"] or "")
        if word[0].isupper()
    }
    pattern = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, words))) + r")\b")

    def renamed_people(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: renamed_people(item) for key, item in value.items()}
        if isinstance(value, list):
            return [renamed_people(item) for item in value]
        if isinstance(value, str) and words:
            return pattern.sub(lambda match: match[0].translate(cipher), value)
        return value

    new: dict[str, Any] = renamed_people({k: template[k] for k in ("title", "text", "facts")})
    plain = json.dumps(new["facts"])
    codes = sorted(set(re.findall(r'"([A-Z]{3})"', plain)) | _codes_of_pairs(plain))
    others = _countries()
    chosen.shuffle(others)
    renamed = dict(zip(codes, others, strict=False))
    new["facts"] = _renamed(new["facts"], renamed)
    new["published"] = template["published"]
    missing = MOVED_CHARACTERS - len(new["text"])
    if padded and missing > 0:  # words without a fact: the annotated articles are short
        words = ("the report gave further detail on season and harvest " * 60).split()
        chosen.shuffle(words)
        new["text"] += "\n\n" + " ".join(words)[:missing]
    return new


def _codes_of_pairs(plain: str) -> set[str]:
    return {
        code for pair in re.findall(r'"([A-Z]{3}-[A-Z]{3})"', plain) for code in pair.split("-")
    }


def _countries() -> list[str]:
    from pipelines.lexicons import read_lexicon

    return [entry["iso3"] for entry in read_lexicon("countries")]


def _renamed(value: Any, codes: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {
            key: item if key in ("type", "text", "id") else _renamed(item, codes)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_renamed(item, codes) for item in value]
    if isinstance(value, str):
        if re.fullmatch("[A-Z]{3}-[A-Z]{3}", value):
            return "-".join(sorted(codes.get(code, code) for code in value.split("-")))
        return codes.get(value, value)
    return value


def fill(home: Any, size: int) -> None:
    """Fill the build database with `size` articles and their facts."""
    from assets.arrivals import _digest
    from pipelines.extraction.article import extractor_version
    from pipelines.language.build import default_model
    from warehouse.connection import build_connection
    from warehouse.loads import insert_rows
    from warehouse.tables import ARTICLES, FACT_TABLES, READINGS

    version = extractor_version(default_model())
    read = templates()
    base = min(size, VARIANTS * len(read))
    with build_connection(home, "a benchmark") as connection:
        for start in range(0, base, 400):
            rows: dict[str, list[dict[str, Any]]] = {name: [] for name in FACT_TABLES}
            articles, readings = [], []
            for number in range(start, min(start + 400, base)):
                record = told_anew(read[number % len(read)], number, padded=True)
                key = {"article_id": f"base/{number}", "revision": 1, "arrived_on": "2023-01-01"}
                published = record["published"]
                content = {"content_hash": _digest(record["title"], published, record["text"])}
                articles.append(
                    {
                        **key,
                        **content,
                        "source": "benchmark",
                        "doc_id": str(number),
                        "path": f"{number}.txt",
                        "record": 1,
                        "title": record["title"],
                        "text": record["text"],
                        "language": "en",
                        "published_at": published[:10],
                        "published_local_date": published[:10],
                        "fetched_at": "2023-01-01 00:00:00",
                        "is_sample": False,
                    }
                )
                words = len(record["text"].split())
                readings.append(
                    {**key, **content, "extractor_version": version, "n_words": words}
                    | {"turned_away": False}
                )
                for name in FACT_TABLES:
                    for fact in record["facts"][name]:
                        place = fact.pop("evidence")
                        own = {"evidence_start": place["start"], "evidence_end": place["end"]}
                        rows[name].append({**key, **fact, **own})
            insert_rows(connection, ARTICLES, articles)
            insert_rows(connection, READINGS, readings)
            for name, table in FACT_TABLES.items():
                insert_rows(connection, table, rows[name])
        for copy in range(1, -(-size // base) if base else 0):
            _copy_in_time(connection, copy, min(base, size - copy * base))
        _compared(connection)


def _compared(connection: Any) -> None:
    """Note all articles as compared and as no copies, each with bands of its own.

    They are told again with the same words, so that comparing them would make few of many.
    """
    from pipelines.sources.duplicates import BANDS, method
    from warehouse.tables import ARTICLES, COPY_BANDS, NEAR_COPIES

    connection.execute(
        f"insert into {NEAR_COPIES.qualified} by name select article_id, revision, "
        "arrived_on as first_arrived_on, fetched_at as first_fetched_at, "
        f"'{method()}' as method, true as is_settled from {ARTICLES.qualified}"
    )
    connection.execute(
        f"insert into {COPY_BANDS.qualified} by name select hash(article_id, band) as band_key, "
        f"article_id, revision from {ARTICLES.qualified}, range({BANDS}) as b(band)"
    )


def _copy_in_time(connection: Any, copy: int, count: int) -> None:
    """Add the first `count` articles again, moved by some years and days."""
    from warehouse.tables import ARTICLES, FACT_TABLES, READINGS

    years = copy * 7 % 11 - 5
    number = "substring(article_id, 6)::integer"
    arrived = f"date '2023-01-01' + ({number} * 31 + {copy} * 97) % 1000"
    changed = {
        "article_id": f"article_id || '-{copy}'",
        "arrived_on": arrived,
        "fetched_at": f"({arrived})::timestamp",
        "text": f"text || chr(10) || 'Report {copy}.'",
        "content_hash": f"sha256(content_hash || '{copy}')",
        "published_at": f"published_at + interval '{years} years'",
        "published_local_date": f"(published_local_date + interval '{years} years')::date",
        **{
            name: f"case when {name} is not null then "
            f"(left({name}, 4)::integer + {years})::varchar || substring({name}, 5) end"
            for name in ("date", "date_end")
        },
    }
    for table in (ARTICLES, READINGS, *FACT_TABLES.values()):
        mine = dict(changed)
        if table is not ARTICLES:
            del mine["text"]
        columns = ", ".join(
            f'{mine[name]} as "{name}"' if name in mine else f'"{name}"'
            for name in table.column_names
        )
        connection.execute(
            f"insert into {table.qualified} select {columns} from {table.qualified} "
            f"where regexp_full_match(article_id, 'base/[0-9]+') and {number} < {count}"
        )


def write_news(path: Path, count: int) -> None:
    """Write the new articles, the same ones for every size."""

    def records() -> Iterator[dict[str, Any]]:
        read = templates()
        for number in range(1_000_000, 2_000_000):
            record = told_anew(read[number % len(read)], number)
            yield {"doc_id": f"n{number}", **{k: record[k] for k in ("title", "text", "published")}}

    with path.open("w", encoding="utf-8") as stream:
        for record in islice(records(), count):
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def one_run(path: str) -> dict[str, Any]:
    """Run the daily job on a path and tell how long its stages took. For a process of its own."""
    started = time.perf_counter()
    from assets.daily_run import run_daily
    from assets.settings import create_settings
    from warehouse.home import Home

    home = Home.from_environment()
    create_settings(home)
    summary = run_daily(home, datetime.now(UTC).date(), paths=[path])
    total = time.perf_counter() - started

    import dagster as dg

    with dg.DagsterInstance.get() as instance:
        stats = instance.get_run_step_stats(summary.run_id)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "seconds": total,
        "stages": {s.step_key: (s.end_time or 0) - (s.start_time or 0) for s in stats},
        "cpu": sum(u.ru_utime + u.ru_stime for u in used),
        "memory_mb": max(u.ru_maxrss for u in used) // 1024,
        "articles": summary.articles,
        "failures": summary.failures,
        "facts": summary.facts,
    }


def _started(home: Path, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), *arguments],
        env={**os.environ, "ENTENTE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    result: dict[str, Any] = json.loads(done.stdout.strip().rpartition("\n")[2])
    return result


def _tell(label: str, run: dict[str, Any]) -> None:
    stages = "".join(f"{run['stages'].get(stage, 0):11.1f}" for stage in STAGES)
    print(
        f"{label:<28}{stages}{run['seconds']:9.1f}{run['cpu']:9.1f}{run['memory_mb']:8,}",
        flush=True,
    )
    for failure in run["failures"]:
        print(f"    {failure}")


def _parquet(home: Path) -> dict[str, tuple[int, int]]:
    return {
        path.name: (path.stat().st_mtime_ns, path.stat().st_size)
        for path in (home / "published").glob("*.parquet")
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="0,10000,100000", help="articles before, by commas")
    parser.add_argument("--new", type=int, default=200, help="articles of the day")
    parser.add_argument("--keep", type=Path, help="folder to work in, kept and used again")
    parser.add_argument("--again", action="store_true", help="with --keep: build in full again")
    parser.add_argument("--one-run", help=argparse.SUPPRESS)
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one_run:
        print(json.dumps(one_run(options.one_run)))
        return
    if options.fill is not None:
        from warehouse.home import Home

        fill(Home.from_environment(), options.fill)
        print("{}")
        return
    work = options.keep or Path(tempfile.mkdtemp(prefix="entente-benchmark-"))
    work.mkdir(parents=True, exist_ok=True)
    news, seed = work / f"news-{options.new}.jsonl", work / "seed.jsonl"
    write_news(news, options.new)
    seed.write_text(news.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    print(
        f"{datetime.now(UTC):%F}: {options.new} new articles; seconds by stage, all, of the CPU; MB"
    )
    print(f"{'':<28}{''.join(f'{stage[:9]:>11}' for stage in STAGES)}{'all':>9}{'CPU':>9}{'MB':>8}")
    try:
        for size in map(int, options.sizes.split(",")):
            _measure(work, size, news, seed, again=options.again)
    finally:
        if not options.keep:
            shutil.rmtree(work)


def _measure(work: Path, size: int, news: Path, seed: Path, *, again: bool) -> None:
    filled, built, home = (work / f"{name}-{size}" for name in ("filled", "built", "home"))
    if not filled.exists():
        partial = work / f"part-{size}"
        shutil.rmtree(partial, ignore_errors=True)
        started = time.perf_counter()
        _started(partial, "--fill", str(size))
        partial.rename(filled)
        print(f"{size:>9,}: filled in {time.perf_counter() - started:.0f} s", flush=True)
    shutil.rmtree(home, ignore_errors=True)
    if again or not built.exists():
        shutil.rmtree(built, ignore_errors=True)
        shutil.copytree(filled, home)
        _tell(f"{size:>9,}: full build", _started(home, "--one-run", str(seed)))
        home.rename(built)
    shutil.copytree(built, home)
    _tell(f"{size:>9,}: the day", _started(home, "--one-run", str(news)))
    before = _parquet(home)
    _tell(f"{size:>9,}: nothing new", _started(home, "--one-run", str(news)))
    same = sum(before[name] == now for name, now in _parquet(home).items() if name in before)
    megabytes = sum(file.stat().st_size for file in (home / "published").iterdir()) // 2**20
    print(f"{'':<11}{same} of {len(before)} Parquet files untouched; {megabytes:,} MB published")


if __name__ == "__main__":
    main()
