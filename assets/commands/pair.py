"""`entente pair`: the brief of a pair of countries."""

from __future__ import annotations

import click

from warehouse.home import Home


@click.command(
    name="pair",
    short_help="The brief of a pair of countries.",
    epilog="""\b
Examples:
  entente pair CUB IRN
  entente pair Cuba Iran
  entente pair "South Korea" Iran --all""",
)
@click.argument("countries", nargs=-1, required=True, metavar="COUNTRY COUNTRY")
@click.option("--all", "everything", is_flag=True, help="Every row, not only the latest.")
def command(countries: tuple[str, ...], everything: bool) -> None:
    """Tell what the published marts know of two countries, in plain sentences with their sources.

    Each COUNTRY is an ISO code (CUB) or a name (Cuba, "Ivory Coast"); CUB-IRN in one word does too.
    """
    from assets.days import today  # noqa: PLC0415
    from warehouse.brief import OutdatedMartsError, read_brief  # noqa: PLC0415
    from warehouse.brief_text import render_brief  # noqa: PLC0415
    from warehouse.querying import NotPublishedError, published_marts  # noqa: PLC0415

    pair_id = _pair_id(countries)
    try:
        with published_marts(Home.from_environment()) as connection:
            brief = read_brief(connection, pair_id)
    except (NotPublishedError, OutdatedMartsError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(render_brief(brief, today(), None if everything else 8), nl=False)


def _splits(countries: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the ways to read what was typed as two countries, the plainest one first.

    'Peru' 'Morocco' is one way; CUB-IRN, Viet Nam/Namibia and South Korea and Iran are others.
    """
    ways: list[tuple[str, str]] = []
    if len(countries) == 2:
        ways.append((countries[0], countries[1]))
    typed = " ".join(countries)
    for mark in ("/", ",", " and ", "-", "–"):
        parts = typed.split(mark)
        if len(parts) == 2 and all(part.strip() for part in parts):
            ways.append((parts[0], parts[1]))
    words = typed.split()
    if len(words) > 2:
        ways += [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return ways


def _pair_id(countries: tuple[str, ...]) -> str:
    """Return the pair of what was typed. Raises UsageError where it is no two countries."""
    from pipelines.records import pair_of  # noqa: PLC0415
    from warehouse.country_names import find_country  # noqa: PLC0415

    splits = _splits(countries)
    if not splits:
        raise click.UsageError(
            "Give two countries, as in: entente pair CUB IRN (names of several words in quotes: "
            '"South Korea").'
        )
    problems: list[ValueError] = []
    for first, second in splits:
        try:
            return pair_of(find_country(first), find_country(second))
        except ValueError as error:  # no country, or the same one twice
            problems.append(error)
    raise click.UsageError(f"{problems[0]}".removesuffix(".") + ".")
