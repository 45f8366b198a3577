"""Telling people what went wrong: a webhook, an e-mail, or both, as the settings say.

Telling never makes a run fail, and takes a few seconds at most; what could not be told is returned
in words. Standard library only, and no Dagster: `entente alarms test` starts fast.

What belongs here: what an alarm says and how it travels. What does not: when there is one
(`assets.sensors` for runs of the daemon, `assets.daily_run` for those of the command line).
"""

from __future__ import annotations

import json
import os
import smtplib
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

from assets.settings import AlarmSettings

TIMEOUT_SECONDS = 10.0
_NO_ANSWER = f"no answer within {TIMEOUT_SECONDS:.0f} seconds"
PASSWORD_VARIABLE = "ENTENTE_SMTP_PASSWORD"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong: the asset, step or run that it is about, and why."""

    where: str
    words: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is told: a headline, what went wrong, and the run where it has one."""

    headline: str
    problems: tuple[Problem, ...] = ()
    run_id: str | None = None

    def text(self, ui_url: str) -> str:
        """The alarm for people."""
        lines = [self.headline, *(f"- {problem.words}" for problem in self.problems)]
        link = self.link(ui_url)
        return "\n".join([*lines, *([link] if link else [])])

    def link(self, ui_url: str) -> str | None:
        """Where the run can be looked at."""
        return f"{ui_url.rstrip('/')}/runs/{self.run_id}" if self.run_id else None

    def to_plain(self, ui_url: str) -> dict[str, Any]:
        """The alarm for programs; `text` is what Slack and its like show."""
        return {
            "text": self.text(ui_url),
            "headline": self.headline,
            "run_id": self.run_id,
            "link": self.link(ui_url),
            "problems": [
                {
                    "where": problem.where,
                    "reason": problem.words,
                    "severity": "error" if problem.is_error else "warning",
                }
                for problem in self.problems
            ],
        }


def alarm_of_run(
    run_id: str,
    problems: Sequence[Problem],
    settings: AlarmSettings,
    *,
    success: bool,
    what: str,
) -> Alarm | None:
    """Return the alarm of a run that has ended, None where there is nothing to tell.

    `what` names the run, as in 'the run of 2024-05-31'. A run that did what it should is told
    only where checks warn and the settings want warnings.
    """
    if success and not any(p.is_error for p in problems) and not (settings.warnings and problems):
        return None
    if success:
        headline = f"Entente: checks found something in {what}; marts are published"
    else:
        headline = f"Entente: {what} FAILED; the published marts are as they were"
    return Alarm(headline, tuple(problems), run_id)


def deliver(alarm: Alarm, settings: AlarmSettings) -> list[str]:
    """Tell everyone whom the settings name; return what could not be told, in words."""
    ways: list[tuple[str, Callable[[], None]]] = []
    if settings.webhook:
        host = urlsplit(settings.webhook).hostname  # the rest may be a secret
        ways.append((f"webhook at {host}", lambda: _post(alarm, settings)))
    if settings.email_to:
        ways.append((f"e-mail to {settings.email_to}", lambda: _mail(alarm, settings)))
    failures: list[str] = []
    # side by side, so that one that hangs delays neither the other nor the run
    attempts = [_Attempt(name, send) for name, send in ways]
    for attempt in attempts:
        attempt.start()
    for attempt in attempts:
        attempt.join(TIMEOUT_SECONDS)
        if attempt.problem:
            failures.append(f"{attempt.name}: {attempt.problem}")
    return failures


class _Attempt(threading.Thread):
    """One way of telling, given up after a time however slowly the other side answers."""

    def __init__(self, name: str, send: Callable[[], None]) -> None:
        super().__init__(name=name, daemon=True)
        self.send = send
        self.problem: str | None = _NO_ANSWER

    def run(self) -> None:
        try:
            self.send()
            self.problem = None
        except Exception as error:  # whatever it is must not touch the run
            self.problem = _words(error)


def _words(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return _NO_ANSWER
    if isinstance(error, urllib.error.HTTPError):
        return f"answered {error.code} {error.reason}"
    if isinstance(error, urllib.error.URLError):
        reason = error.reason
        return _words(reason) if isinstance(reason, TimeoutError) else str(reason)
    return f"{type(error).__name__}: {error}"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST would arrive as a GET without the alarm."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _post(alarm: Alarm, settings: AlarmSettings) -> None:
    request = urllib.request.Request(
        settings.webhook,
        data=json.dumps(alarm.to_plain(settings.ui_url), ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "entente"},
        method="POST",
    )
    with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT_SECONDS) as answer:
        answer.read(1024)


def _mail(alarm: Alarm, settings: AlarmSettings) -> None:
    message = EmailMessage()
    message["Subject"] = alarm.headline
    message["From"] = settings.email_from or settings.email_to.partition(",")[0]
    message["To"] = settings.email_to
    message.set_content(alarm.text(settings.ui_url))
    where = (settings.smtp_host, settings.smtp_port)
    context = ssl.create_default_context()
    if settings.smtp_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(*where, timeout=TIMEOUT_SECONDS)
    with server:
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_user:
            password = os.environ.get(PASSWORD_VARIABLE)
            if password is None:
                raise ValueError(f"set {PASSWORD_VARIABLE} to the password of {settings.smtp_user}")
            server.login(settings.smtp_user, password)
        server.send_message(message)
