"""The `entente` command.

What belongs here: which commands there are, and what every one of them does with an error. What
does not: the commands themselves (`assets.commands`).
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

from assets.own_lexicons import OwnLexiconsError, use_own_lexicons
from warehouse.home import Home, HomeError

COMMANDS = {
    "run": "One run, start to end: take in, read, build, publish.",
    "backfill": "Read a range of stored days again, in one run.",
    "schedule": "Switch the daily run and the watch for new files on and off.",
    "alarms": "Whom failed runs and checks are told to, and a test of it.",
    "dev": "Open the Dagster UI with scheduler and sensors.",
    "daemon": "Scheduler, sensors and alarms, as a service without the UI.",
    "webserver": "The Dagster UI alone, as a service.",
    "health": "Whether all is well; for monitors.",
    "backup": "Keep a copy of the data folder in one file.",
    "restore": "Make a data folder from a backup.",
    "extract": "Facts of articles as JSON Lines, without a database.",
    "evaluate": "Scores of the reading against a gold file.",
    "pair": "The brief of a pair of countries.",
    "sql": "SQL over the published marts, read-only.",
    "sources": "The sources: what they have, and whether they can be read.",
    "quarantine": "What was set aside, and why; read it again, or drop it.",
    "forget": "Remove articles for good, leaving a tombstone.",
    "config": "The effective settings, and where each comes from.",
}


_READING = frozenset({"run", "backfill", "extract", "evaluate"})
"""Commands that read articles, and so need lexicons."""


class _LazyGroup(click.Group):
    """A group whose commands are imported only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"assets.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name not in COMMANDS and not name.startswith("-"):
            ctx.fail(f"No such command '{name}': there are {', '.join(COMMANDS)}.")
        return super().resolve_command(ctx, args)


@click.command(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Data lives in ENTENTE_HOME (default: warehouse/data in the checkout).",
)
@click.version_option(package_name="entente", message="%(prog)s %(version)s")
@click.pass_context
def group(ctx: click.Context) -> None:
    """Diplomatic news as a record that anyone can query.

    Who met whom, which joint commissions sat, what the two sides want to do together, and who
    said what, every fact traceable to its sentence. Start with `entente run`.
    """
    asks_for_help = {"-h", "--help"} & {*ctx.args, *sys.argv[1:]}
    if ctx.invoked_subcommand not in _READING or asks_for_help:
        return
    try:
        use_own_lexicons(Home.from_environment())
    except OwnLexiconsError as error:
        raise click.UsageError(str(error)) from error


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 failed, 2 the call was wrong."""
    try:
        code = group.main(args=arguments, prog_name="entente", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except HomeError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; the published marts are as they were.", err=True)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)
