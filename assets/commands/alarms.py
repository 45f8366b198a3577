"""`entente alarms`: whom failed runs and checks are told to, and a test of it."""

from __future__ import annotations

import sys

import click

from assets.commands.arguments import installation


@click.command(
    name="alarms",
    short_help="Whom failed runs and checks are told to, and a test of it.",
    epilog="""\b
Examples:
  entente alarms            where alarms go
  entente alarms test       send a message there""",
)
@click.argument("what", type=click.Choice(["status", "test"]), default="status")
def command(what: str) -> None:
    """Show where alarms go, or send a test there.

    A run that fails, by the schedule or by hand, and a check that fails are told to the webhook
    and the e-mail addresses of [alarms] in settings.toml.
    """
    from assets.alarms import Alarm, deliver  # noqa: PLC0415

    home, known = installation()
    settings = known.alarms
    if not settings.wanted:
        click.echo(f"Nobody is told: set webhook or email_to under [alarms] in {home.settings}.")
        sys.exit(2 if what == "test" else 0)
    if settings.webhook:
        from urllib.parse import urlsplit  # noqa: PLC0415

        click.echo(f"webhook   {urlsplit(settings.webhook).hostname}")
    if settings.email_to:
        click.echo(f"e-mail    {settings.email_to} by {settings.smtp_host}:{settings.smtp_port}")
    told = "failed runs, checks that fail" + (" or warn" if settings.warnings else "")
    click.echo(f"told      {told}")
    if what == "test":
        failures = deliver(
            Alarm("Entente: this is a test. Failed runs and checks will be told here."), settings
        )
        for failure in failures:
            click.echo(f"problem   {failure}", err=True)
        if failures:
            sys.exit(1)
        click.echo("sent      a test message")
