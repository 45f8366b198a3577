"""Alarms, received by servers of the test's own."""

from __future__ import annotations

import json
import socketserver
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from assets import alarms
from assets.alarms import Alarm, Problem, alarm_of_run, deliver
from assets.settings import AlarmSettings, load_settings
from warehouse.home import Home

CHECK = Problem("marts/meetings", "check unique of marts/meetings failed: 3 rows twice", True)
WARNING = Problem("raw/articles", "check set_aside of raw/articles warns: much", False)


@dataclass
class Received:
    """What came to a receiver, and where it listens."""

    port: int = 0
    bodies: list[Any] = field(default_factory=list)


@pytest.fixture
def webhook() -> Iterator[Received]:
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/moved":
                self.send_response(302)
                self.send_header("Location", "/hook")
                self.end_headers()
                return
            if path == "/slow":
                time.sleep(3)
            length = int(self.headers["Content-Length"])
            received.bodies.append(json.loads(self.rfile.read(length)))
            self.send_response(200 if path != "/broken" else 500)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        received.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield received
        server.shutdown()


@pytest.fixture
def mail() -> Iterator[Received]:
    """A mail server that takes everything, and knows one login."""
    received = Received()

    class Handler(socketserver.StreamRequestHandler):
        greetings: ClassVar[dict[str, bytes]] = {
            "EHLO": b"250-test\r\n250 AUTH PLAIN\r\n",
            "DATA": b"354 go on\r\n",
            "QUIT": b"221 bye\r\n",
            "AUTH": b"235 welcome\r\n",
        }

        def handle(self) -> None:
            self.wfile.write(b"220 test\r\n")
            while line := self.rfile.readline().decode().strip():
                word = line[:4].upper()
                if word == "AUTH":
                    received.bodies.append(line)
                self.wfile.write(self.greetings.get(word, b"250 ok\r\n"))
                if word == "DATA":
                    text = b""
                    while not text.endswith(b"\r\n.\r\n"):
                        text += self.rfile.readline()
                    received.bodies.append(text.decode())
                    self.wfile.write(b"250 taken\r\n")
                if word == "QUIT":
                    return

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        received.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield received
        server.shutdown()


def settings_of(home: Home, **values: object) -> AlarmSettings:
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    home.settings.write_text("\n".join(["[alarms]", *lines]))
    return load_settings(home).alarms


def failed(settings: AlarmSettings, *problems: Problem, success: bool = False) -> Alarm | None:
    return alarm_of_run("abc-1", problems, settings, success=success, what="the run of 2024-05-31")


def test_a_webhook_gets_the_asset_the_reason_and_the_link(home: Home, webhook: Received) -> None:
    settings = settings_of(
        home, webhook=f"http://127.0.0.1:{webhook.port}/hook", ui_url="https://dagster.example/"
    )
    alarm = failed(settings, CHECK)
    assert alarm is not None
    assert deliver(alarm, settings) == []
    (body,) = webhook.bodies
    assert body["link"] == "https://dagster.example/runs/abc-1"
    assert body["problems"] == [
        {"where": "marts/meetings", "reason": CHECK.words, "severity": "error"}
    ]
    assert body["text"].splitlines() == [
        "Entente: the run of 2024-05-31 FAILED; the published marts are as they were",
        f"- {CHECK.words}",
        "https://dagster.example/runs/abc-1",
    ]


def test_a_mail_tells_the_same(home: Home, mail: Received, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_of(
        home,
        email_to="desk@news.example, night@news.example",
        email_from="entente@news.example",
        smtp_host="127.0.0.1",
        smtp_port=mail.port,
        smtp_user="entente",
    )
    alarm = failed(settings, CHECK)
    assert alarm is not None
    (problem,) = deliver(alarm, settings)
    assert "ENTENTE_SMTP_PASSWORD" in problem, "a password that is not there is told"
    monkeypatch.setenv("ENTENTE_SMTP_PASSWORD", "secret")
    assert deliver(alarm, settings) == []
    login, text = mail.bodies
    assert login.startswith("AUTH PLAIN ")
    assert "Subject: Entente: the run of 2024-05-31 FAILED" in text.replace("\r\n ", " ")
    assert "To: desk@news.example, night@news.example" in text
    assert CHECK.words in text
    assert "http://127.0.0.1:3000/runs/abc-1" in text


@pytest.mark.parametrize(
    ("path", "told"),
    [("/broken", "answered 500"), ("/moved", "answered 302"), ("/slow", "no answer within")],
)
def test_what_could_not_be_delivered_is_told_and_raises_nothing(
    home: Home, webhook: Received, monkeypatch: pytest.MonkeyPatch, path: str, told: str
) -> None:
    monkeypatch.setattr(alarms, "TIMEOUT_SECONDS", 1.0)
    settings = settings_of(home, webhook=f"http://127.0.0.1:{webhook.port}{path}?key=secret")
    (failure,) = deliver(Alarm("a test"), settings)
    assert told in failure
    assert "127.0.0.1" in failure
    assert "secret" not in failure


def test_one_way_that_fails_does_not_stop_the_other(home: Home, webhook: Received) -> None:
    settings = settings_of(
        home,
        webhook=f"http://127.0.0.1:{webhook.port}/hook",
        email_to="desk@news.example",
        smtp_host="127.0.0.1",
        smtp_port=1,
    )
    (failure,) = deliver(Alarm("a test"), settings)
    assert failure.startswith("e-mail to desk@news.example: ")
    assert len(webhook.bodies) == 1


def test_warnings_are_told_only_where_they_are_wanted(home: Home) -> None:
    quiet, loud = settings_of(home), settings_of(home, warnings=True)
    assert failed(quiet, WARNING, success=True) is None
    assert failed(loud, success=True) is None, "nothing to tell"
    told = failed(loud, WARNING, success=True)
    assert told is not None
    assert "marts are published" in told.headline
    assert failed(quiet, success=False) is not None, "a failed run is always told"


@pytest.mark.parametrize(
    ("key", "value"), [("webhook", "file:///etc/passwd"), ("email_to", "nobody"), ("smtp_port", 0)]
)
def test_addresses_are_checked_with_the_settings(home: Home, key: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"alarms.{key}"):
        settings_of(home, **{key: value})
