"""A mail server and a web server on loopback that keep what they are handed, for one test each."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, TypeVar

Server = TypeVar("Server", bound=socketserver.BaseServer)
_LINES = 10_000  # of one conversation


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a client that sends one message needs; without TLS."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, refusing: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.refusing = refusing
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer
    timeout = 10

    def handle(self) -> None:
        self._say("220 loopback")
        for _ in range(_LINES):
            line = self.rfile.readline().decode("utf-8", "replace").strip()
            verb = line[:4].upper()
            if not line or verb == "QUIT":
                self._say("221 bye")
                return
            if verb == "RCPT":
                if self.server.refusing:
                    self._say("550 no such person")
                    continue
                self.server.recipients.append(line.partition(":")[2].strip("<> "))
            if verb == "DATA":
                self._say("354 go on")
                self.server.messages.append(self._message())
            self._say("250 loopback" if verb != "EHLO" else "250-loopback\r\n250 8BITMIME")

    def _message(self) -> EmailMessage:
        lines = []
        for _ in range(_LINES):
            line = self.rfile.readline()
            if line.strip() == b"." or not line:
                break
            lines.append(line)
        found = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class WebServer(HTTPServer):
    """Answers each POST with the next status it was given, the last one for ever."""

    def __init__(self, statuses: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), _Post)
        self.statuses = statuses
        self.bodies: list[Any] = []
        self.secrets: list[str | None] = []


class _Post(BaseHTTPRequestHandler):
    server: WebServer
    timeout = 10

    def do_POST(self) -> None:
        length = min(int(self.headers.get("Content-Length", "0")), 1_000_000)
        self.server.bodies.append(json.loads(self.rfile.read(length)))
        self.server.secrets.append(self.headers.get("X-Govbrief-Secret"))
        status = self.server.statuses.pop(0) if len(self.server.statuses) > 1 else self.server.statuses[0]
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on stderr."""


@contextmanager
def mail_server(refusing: bool = False) -> Iterator[MailServer]:
    """A mail server for as long as the test needs it."""
    with MailServer(refusing) as server:
        yield from _serving(server)


@contextmanager
def web_server(*statuses: int) -> Iterator[WebServer]:
    """A web server for as long as the test needs it."""
    with WebServer(list(statuses) or [200]) as server:
        yield from _serving(server)


def _serving(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join(10)
