"""`entente evaluate`: facts against gold, as scores."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assets.commands.arguments import MODEL, chosen_model
from assets.commands.terminal import Terminal

if TYPE_CHECKING:
    from pipelines.evaluation import Difference, GoldDocument

SCORES = ("meeting_pairs", "meetings", "commissions", "sectors", "agreements", "people", "quotes")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    name="evaluate",
    short_help="Scores of the reading against a gold file.",
    epilog="""\b
Examples:
  entente evaluate gold.jsonl
  entente evaluate gold.jsonl --errors --only meetings --only quotes | less
  entente evaluate gold.jsonl --errors --json > before.json
  entente evaluate gold.jsonl --against before.json""",
)
@click.argument("gold", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Scores (and differences) as JSON.")
@click.option(
    "--errors",
    is_flag=True,
    help="List each miss, invention and wrong field, and how each rule did.",
)
@click.option(
    "--only", type=click.Choice(SCORES), multiple=True, help="List only differences of this score."
)
@click.option(
    "--against", type=FILE, metavar="FILE", help="Compare with an earlier result (--json)."
)
@MODEL
@click.option("--workers", type=click.IntRange(1), help="Processes to use (default: one a core).")
def command(
    *,
    gold: Path,
    as_json: bool,
    errors: bool,
    only: tuple[str, ...],
    against: Path | None,
    model: str | None,
    workers: int | None,
) -> None:
    """Read every text of a GOLD file in full and compare the facts with its own.

    GOLD is JSON Lines: `doc_id`, `text` and lists of facts; a list that a record lacks is not
    scored, an empty one is. A record is matched where its key agrees: meetings and agreements by
    pair and kind, commissions by pair and ordinal, sectors by pair and sector, people by surname
    and country, quotes by half of their words. Whether its date, city, status ... are right too
    stands in the lines below it. Intervals are of 95% (Wilson).
    """
    if only and not (errors or against):
        raise click.UsageError("--only chooses what --errors or --against list: add one of them.")
    if against and as_json:
        raise click.UsageError("--against prints a comparison; --json writes a result: take one.")
    from pipelines import evaluation  # noqa: PLC0415

    try:
        documents = evaluation.read_gold(gold)
        earlier = evaluation.read_earlier(against) if against else None
    except (evaluation.GoldError, evaluation.EarlierError) as error:
        raise click.UsageError(str(error)) from error
    terminal = Terminal()
    model = chosen_model(model)
    from pipelines.extraction.article import extractor_version  # noqa: PLC0415

    articles = evaluation.aligned_articles(documents, _read(documents, model, workers, terminal))
    scores = evaluation.score_aligned(articles)
    differences = [
        difference
        for difference in evaluation.find_differences(articles)
        if difference.score in (only or SCORES)
    ]
    if as_json:
        plain = {
            "gold": gold.name,
            "doc_ids": [document.doc_id for document in documents],
            "extractor_version": extractor_version(model),
            "seconds": round(terminal.seconds, 2),
            **scores.to_plain(),
        }
        if errors:
            plain["differences"] = [difference.to_plain() for difference in differences]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    click.echo(evaluation.render(scores, earlier))
    if earlier is not None:
        _tell_changes(differences, earlier, {document.doc_id for document in documents}, only)
    if errors:
        click.echo(evaluation.render_differences(differences))
        records = [r for r in evaluation.rule_records(articles) if not only or r.score in only]
        click.echo(evaluation.render_rules(records))


def _read(
    documents: Sequence[GoldDocument], model: str, workers: int | None, terminal: Terminal
) -> Iterator[Mapping[str, Any]]:
    """Yield the facts of each gold text; an error in the reading ends the evaluation."""
    from pipelines.extraction.batch import read_articles  # noqa: PLC0415
    from pipelines.records import to_plain  # noqa: PLC0415

    articles = (document.article for document in documents)
    outcomes = read_articles(articles, workers, model=model)
    for number, outcome in enumerate(outcomes, start=1):
        if outcome.facts is None:
            raise click.ClickException(f"{outcome.article.doc_id} not read: {outcome.error}")
        terminal.show(f"read {number} of {len(documents)} articles", done=False)
        yield to_plain(outcome.facts)
    terminal.clear()


def _tell_changes(
    differences: list[Difference],
    earlier: dict[str, Any],
    doc_ids: set[str],
    only: tuple[str, ...],
) -> None:
    """Print which differences are new and which are gone, in the documents that both have."""
    from pipelines.evaluation import new_and_gone, render_differences  # noqa: PLC0415

    shared = doc_ids & set(earlier.get("doc_ids", doc_ids))
    if shared != doc_ids or len(shared) != earlier["documents"]:
        click.echo(
            f"NOTE: the earlier result is of other documents; {len(shared)} are in both. The "
            "columns before and change compare different things.\n"
        )
    changes = new_and_gone(differences, earlier)
    if changes is None:
        click.echo("Write the earlier result with --errors to see which differences are new.\n")
        return
    for title, changed in zip(("NEW", "GONE"), changes, strict=True):
        listed = [d for d in changed if d.doc_id in shared and d.score in (only or SCORES)]
        click.echo(f"{title}: {len(listed)} differences")
        if listed:
            click.echo(render_differences(listed))
