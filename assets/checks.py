"""Checks of Python on what the graph has made; dbt's tests are checks by themselves.

They are part of the step that they watch: Dagster lets a step that checks an asset itself (as dbt
does with its source tests) run whatever other steps' checks of that asset say, so that a check in
a step of its own would stop nothing.

What belongs here: what all of them share, and the check of the rules. What does not: checks of
what comes in (`assets.arrival_checks`) and of what is read from it (`assets.fact_checks`).
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import dagster as dg

from assets.progress import report
from warehouse.tables import MEETINGS

OWN_GOLD_CHECK = dg.AssetCheckSpec(
    "own_gold",
    asset=dg.AssetKey([MEETINGS.schema, MEETINGS.name]),
    blocking=True,
    description=(
        "Reads the project's own annotated articles with the rules as they are now, and compares "
        "the scores with pipelines/gold/floors.toml. Where one is lower, the rules are broken, and "
        "marts are not built or published (setting checks.own_gold)."
    ),
)


def check_own_gold(wanted: str, model: str) -> dg.AssetCheckResult:
    """Return whether the rules read the project's own gold as well as they must.

    `wanted` is the setting checks.own_gold (block, warn or off), `model` the setting
    reading.model. Raises ModelError where that cannot be used.
    """
    if wanted == "off":
        return dg.AssetCheckResult(
            check_name=OWN_GOLD_CHECK.name,
            asset_key=OWN_GOLD_CHECK.asset_key,
            passed=True,
            metadata={"reason": "switched off in the settings"},
        )
    # spaCy takes a second to import, which the UI and the schedule need not wait for
    from pipelines import evaluation  # noqa: PLC0415
    from pipelines.extraction.article import extract_article  # noqa: PLC0415

    scores = evaluation.evaluate(evaluation.OWN_GOLD, partial(extract_article, model=model))
    short = evaluation.shortfalls(scores)
    plain = scores.to_plain()
    report(f"own gold: read {'worse than it must be' if short else 'as well as it must be'}")
    return dg.AssetCheckResult(
        check_name=OWN_GOLD_CHECK.name,
        asset_key=OWN_GOLD_CHECK.asset_key,
        passed=not short,
        severity=dg.AssetCheckSeverity.WARN if wanted == "warn" else dg.AssetCheckSeverity.ERROR,
        metadata={
            "reason": "; ".join(map(str, short)) or "every score is above its floor",
            "scores": dg.MetadataValue.md(f"```\n{evaluation.render(scores)}\n```"),
            **{f"{name}_f1": plain[name]["f1"] for name in evaluation.SCORES if plain[name]},
        },
    )


def check_spec(name: str, asset: dg.AssetKey, description: str) -> dg.AssetCheckSpec:
    """Return a check that stops what comes after it, where its finding is an error."""
    return dg.AssetCheckSpec(name, asset=asset, blocking=True, description=description)


def finding(
    spec: dg.AssetCheckSpec,
    found: Iterable[str],
    *,
    wanted: str,
    otherwise: str,
    metadata: Mapping[str, Any] | None = None,
) -> dg.AssetCheckResult:
    """Return what a check found, in words; nothing where all is well, which `otherwise` tells.

    `wanted` is block (the finding is an error), warn or off (nothing counts as found).
    """
    told = [] if wanted == "off" else list(found)
    return dg.AssetCheckResult(
        check_name=spec.name,
        asset_key=spec.asset_key,
        passed=not told,
        severity=dg.AssetCheckSeverity.ERROR if wanted == "block" else dg.AssetCheckSeverity.WARN,
        metadata={
            "reason": "; ".join(told)
            or ("switched off in the settings" if wanted == "off" else otherwise),
            **(metadata or {}),
        },
    )


def stopping(results: Iterable[dg.AssetCheckResult]) -> Iterator[dg.AssetCheckResult]:
    """Yield results of checks, then end the step where one of them is an error.

    Raises dg.Failure, which is not tried again: the same would be found.
    """
    broken: list[str] = []
    for result in results:
        yield result
        if not result.passed and result.severity == dg.AssetCheckSeverity.ERROR:
            broken.append(str(result.check_name))
    if broken:  # why is told with the check
        raise dg.Failure(f"stopped by the check {' and '.join(broken)}", allow_retries=False)
