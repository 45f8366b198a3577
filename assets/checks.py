"""Checks of Python on what the graph has made; dbt's tests are checks by themselves.

What belongs here: checks that need more than SQL. What does not: what they measure.
"""

import dagster as dg

from assets.progress import report
from assets.resources import Warehouse
from assets.settings import load_settings
from warehouse.tables import MEETINGS


@dg.asset_check(
    asset=dg.AssetKey([MEETINGS.schema, MEETINGS.name]),
    blocking=True,
    description=(
        "Reads the project's own annotated articles with the rules as they are now, and compares "
        "the scores with pipelines/gold/floors.toml. Where one is lower, the rules are broken, and "
        "marts are not published (setting checks.own_gold)."
    ),
)
def own_gold(warehouse: Warehouse) -> dg.AssetCheckResult:
    """Watch the quality of the reading on every run."""
    wanted = load_settings(warehouse.home).own_gold
    if wanted == "off":
        return dg.AssetCheckResult(passed=True, metadata={"reason": "switched off in the settings"})
    # spaCy takes a second to import, which the UI and the schedule need not wait for
    from pipelines import evaluation  # noqa: PLC0415
    from pipelines.extraction.article import extract_article  # noqa: PLC0415

    scores = evaluation.evaluate(evaluation.OWN_GOLD, extract_article)
    short = evaluation.shortfalls(scores)
    plain = scores.to_plain()
    figures = {f"{name}_f1": plain[name]["f1"] for name in evaluation.SCORES if plain[name]}
    report(f"own gold: {'below its floor' if short else 'as it should be'}")
    return dg.AssetCheckResult(
        passed=not short,
        severity=dg.AssetCheckSeverity.WARN if wanted == "warn" else dg.AssetCheckSeverity.ERROR,
        metadata={
            "reason": "; ".join(map(str, short)) or "every score is above its floor",
            "scores": dg.MetadataValue.md(f"```\n{evaluation.render(scores)}\n```"),
            **figures,
        },
    )
