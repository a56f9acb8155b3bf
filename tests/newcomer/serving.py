"""A newcomer site on loopback: answers GET from its pages, keeps a log, stops with its `with` block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any, Protocol, cast
from urllib.parse import parse_qs, urlsplit

from tests.loopback_server import LoopbackServer
from tests.newcomer.writing import Paper


@dataclass(frozen=True, slots=True)
class Page:
    """What a site answers."""

    body: bytes
    kind: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()


class Newcomer(Protocol):
    """A site that a librarian wants to add."""

    host: str
    address: str  # what the librarian copies from the browser

    def papers(self) -> Mapping[str, Paper]:
        """Its documents by address."""
        ...

    def files(self) -> Mapping[str, tuple[str, ...]]:
        """Addresses of the files of a document, by the document's address."""
        ...

    def page(self, path: str, query: Mapping[str, str]) -> Page | None:
        """The answer at a path, None for 404."""
        ...


class Serving(LoopbackServer):
    """The site on a free port of this machine."""

    def __init__(self, site: Newcomer) -> None:
        super().__init__(_Handler)
        self.newcomer = site
        self.log: list[tuple[str, int]] = []

    @property
    def words(self) -> str:
        """For GOVBRIEF_SAMPLE_HOSTS."""
        return f"{self.newcomer.host}={self.port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        serving: Serving = cast(Any, self.server).site
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        page = serving.newcomer.page(parts.path, query)
        status = 200 if page else 404
        page = page or Page("<html><head><title>404</title></head><body>页面不存在</body></html>".encode())
        serving.log.append((self.path, status))
        self.send_response(status)
        self.send_header("Content-Type", page.kind)
        for name, value in page.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        self.wfile.write(page.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""
