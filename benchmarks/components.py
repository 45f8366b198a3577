"""How fast each component of the reading is: the seconds, and the share, that each takes.

Usage: python benchmarks/components.py [--texts FILE] [--articles N] [--rounds N] [--model NAME]

Takes texts (default: those of the project's own gold) until there are N articles, from the start
again where they are fewer, and lets one component after the other go through all of them, in the
order of a reading and on one core: each on what those before it gave. Prints the best of the
rounds, which differ by a few percent; figures for one machine, one moment.

What belongs here: the time of components. What does not: that of commands and of a reading from
end to end (`speed.py`), and that of the model beside plain spaCy (`language_model.py`).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any, TypeVar

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one core

from spacy.language import Language
from spacy.tokens import Doc

from pipelines.evaluation import OWN_GOLD
from pipelines.extraction.agreements import find_agreements
from pipelines.extraction.article import readable
from pipelines.extraction.batch import BATCH_ARTICLES
from pipelines.extraction.commissions import find_commissions
from pipelines.extraction.entities import find_entities
from pipelines.extraction.meetings import find_meetings
from pipelines.extraction.quotes import find_quotes
from pipelines.extraction.relevance import may_hold_facts
from pipelines.extraction.sectors import find_sector_mentions, roll_up
from pipelines.language.build import build_language
from pipelines.language.countries import find_countries
from pipelines.language.dates import find_dates
from pipelines.language.home import find_context
from pipelines.language.mentions import Reading
from pipelines.language.models import BUNDLED, ModelError
from pipelines.language.people import find_people
from pipelines.language.places import find_dateline, find_places
from pipelines.records import Article

_Result = TypeVar("_Result")


class Clock:
    """The seconds that each component has taken, in the order in which they ran."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, component: str, work: Callable[[], _Result]) -> _Result:
        """Do a piece of work, and note how long it took."""
        started = time.perf_counter()
        result = work()
        self.seconds[component] = time.perf_counter() - started
        return result


def read_articles(path: Path, count: int) -> list[Article]:
    """That many articles of a JSON Lines file, from its start again where it holds fewer."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    articles = [
        readable(
            Article(
                str(record.get("doc_id", number)),
                record["text"],
                title=record.get("title"),
                published=record.get("published"),
            )
        )
        for number, record in enumerate(records)
    ]
    return list(islice(cycle(articles), count))


def run(articles: list[Article], nlp: Language) -> dict[str, float]:
    """One round: the seconds of every component."""
    clock = Clock()
    clock.time("gate", lambda: [may_hold_facts(a.title, a.text) for a in articles])
    readings = read(clock, parse(clock, articles, nlp), articles)
    extract(clock, readings)
    return clock.seconds


def parse(clock: Clock, articles: list[Article], nlp: Language) -> list[Doc]:
    """The Docs of articles, as `build_language` makes them."""
    components: list[Any] = [component for _, component in nlp.pipeline]
    sentences, models = components[0], components[1:]
    docs: list[Doc] = clock.time(
        "tokenizer and sentence rules", lambda: [sentences(nlp.make_doc(a.text)) for a in articles]
    )
    if models:
        (model,) = models
        clock.time("model", lambda: list(model.pipe(docs, batch_size=BATCH_ARTICLES)))
    return docs


def read(clock: Clock, docs: list[Doc], articles: list[Article]) -> list[Reading]:
    """What `pipelines.language.read` makes of Docs, in its order."""
    countries = clock.time("countries", lambda: [find_countries(doc) for doc in docs])
    datelines = clock.time("dateline", lambda: [find_dateline(doc) for doc in docs])
    places = clock.time("places", lambda: list(map(find_places, docs, countries)))
    dates = clock.time(
        "dates",
        lambda: [find_dates(doc, a.published) for doc, a in zip(docs, articles, strict=True)],
    )
    starts = [start for start, _ in datelines]
    contexts = clock.time(
        "context", lambda: list(map(find_context, docs, articles, countries, places, starts))
    )
    published = [article.published for article in articles]
    people = clock.time(
        "people", lambda: list(map(find_people, docs, countries, starts, published, contexts))
    )
    return [
        Reading(
            doc=doc,
            article=articles[i],
            countries=countries[i],
            places=places[i],
            dates=dates[i],
            actors=people[i][0],
            people=people[i][1],
            body_start=datelines[i][0],
            dateline_city=datelines[i][1],
            context=contexts[i],
        )
        for i, doc in enumerate(docs)
    ]


def extract(clock: Clock, readings: list[Reading]) -> None:
    """What `pipelines.extraction.article` makes of readings, without its links."""
    clock.time("quotes", lambda: [find_quotes(reading) for reading in readings])
    clock.time("meetings", lambda: [find_meetings(reading) for reading in readings])
    commissions = clock.time("commissions", lambda: list(map(find_commissions, readings)))
    clock.time(
        "sectors",
        lambda: [roll_up(found) for found in map(find_sector_mentions, readings, commissions)],
    )
    clock.time("agreements", lambda: [find_agreements(reading) for reading in readings])
    clock.time("entities", lambda: list(map(find_entities, readings, commissions)))


def best(rounds: list[dict[str, float]]) -> dict[str, float]:
    """The shortest time of each component."""
    return {component: min(took[component] for took in rounds) for component in rounds[0]}


def table(seconds: dict[str, float], words: int) -> str:
    """The times as a Markdown table: a row a component, the slowest of them being 1."""
    whole, slowest = sum(seconds.values()), max(seconds.values())
    lines = ["| component | seconds | words a second | share | to the slowest |"]
    lines.append("|---|---:|---:|---:|---:|")
    for component, took in (*seconds.items(), ("all of them", whole)):
        ratio = f"{took / slowest:.3f}"
        lines.append(
            f"| {component} | {took:.3f} | {words / took:,.0f} | {took / whole:.1%} | {ratio} |"
        )
    return "\n".join(lines)


def main() -> int:
    """Print the table; 2 where the model cannot be used."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--texts", type=Path, default=OWN_GOLD, help="JSON Lines with `text`")
    parser.add_argument("--articles", type=int, default=96, help="how many are read a round")
    parser.add_argument("--rounds", type=int, default=3, help="of which the best counts")
    parser.add_argument("--model", default=BUNDLED)
    options = parser.parse_args()
    if options.articles < 1 or options.rounds < 1:
        parser.error("--articles and --rounds must be 1 or more")
    if not options.texts.is_file():
        print(f"no texts at {options.texts}: nothing measured (--texts FILE)")
        return 0
    try:
        nlp = build_language(options.model)
    except ModelError as error:
        print(error)
        return 2
    articles = read_articles(options.texts, options.articles)
    if not articles:
        print(f"{options.texts} holds no texts: nothing measured (--texts FILE)")
        return 0
    run(articles[:1], nlp)  # lexicons and matchers are made by the first article
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} articles, {words:,} words, best of {options.rounds}\n")
    print(table(best([run(articles, nlp) for _ in range(options.rounds)]), words))
    return 0


if __name__ == "__main__":
    sys.exit(main())
