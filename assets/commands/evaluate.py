"""`entente evaluate`: facts against gold, as scores."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command(
    name="evaluate",
    short_help="Scores of the reading against a gold file.",
    epilog="""\b
Examples:
  entente evaluate gold.jsonl
  entente evaluate gold.jsonl --json > scores.json""",
)
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The scores as JSON.")
def command(gold: Path, as_json: bool) -> None:
    """Read every text of a GOLD file in full and compare the facts with its own.

    GOLD is JSON Lines: `doc_id`, `text` and lists of facts; a list that a record lacks is not
    scored, an empty one is.
    """
    from pipelines.evaluation import GoldError, read_gold, render, score  # noqa: PLC0415
    from pipelines.extraction.batch import read_articles  # noqa: PLC0415
    from pipelines.records import to_plain  # noqa: PLC0415

    try:
        documents = read_gold(gold)
    except GoldError as error:
        raise click.UsageError(str(error)) from error
    predicted = []
    for outcome in read_articles(document.article for document in documents):
        if outcome.facts is None:
            raise click.ClickException(f"{outcome.article.doc_id} not read: {outcome.error}")
        predicted.append(to_plain(outcome.facts))
    scores = score(documents, predicted)
    click.echo(json.dumps(scores.to_plain(), indent=1) if as_json else render(scores))
