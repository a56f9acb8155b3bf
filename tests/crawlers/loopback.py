"""A small site on loopback for crawler tests: numbered lists, documents, files, and faults on demand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, cast

from tests.loopback_server import LoopbackServer
from warehouse.home import Home

HOST = "www.prueba.example"
PER_PAGE = 10


@dataclass
class Answer:
    """What the site says at one address."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None  # bytes of the body after which the connection ends


class SiteHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site: Site = cast(Any, self.server).site
        answer = site.answer(self.path, self.headers)
        site.log.append((self.path, answer.status))
        site.agents.add(self.headers.get("User-Agent", ""))
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body if answer.cut is None else answer.body[: answer.cut])
        if answer.cut is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


class Site(LoopbackServer):
    """Documents by number; `faults` overrides any path; `log` holds (path, status)."""

    handler: type[BaseHTTPRequestHandler] = SiteHandler

    def __init__(self, documents: int = 12, host: str = HOST, body_bytes: int = 600) -> None:
        self.host = host
        self.texts = {number: self.text(number, body_bytes) for number in range(documents)}
        self.titles = {number: f"关于第{number}号事项的通知" for number in self.texts}
        self.files: dict[int, str] = {}
        self.pinned: list[int] = []
        self.hidden: set[int] = set()  # not listed
        self.faults: dict[str, Answer] = {"/robots.txt": Answer(404)}
        self.log: list[tuple[str, int]] = []
        self.agents: set[str] = set()
        super().__init__(self.handler)

    @property
    def resolve(self) -> dict[str, tuple[str, int]]:
        """For `crawl(resolve=...)`."""
        return {self.host: ("127.0.0.1", self.port)}

    @staticmethod
    def text(number: int, size: int) -> str:
        """Text that hardly compresses, so that archives grow."""
        return "".join(
            hashlib.sha256(f"{number}-{i}".encode()).hexdigest() for i in range(max(1, size // 64))
        )

    def path(self, number: int) -> str:
        """Path of a document's page."""
        return f"/wj/{self.published(number):%Y%m}/t{self.published(number):%Y%m%d}_{number}.html"

    def url(self, number: int) -> str:
        """Address of a document's page."""
        return f"http://{self.host}{self.path(number)}"

    @staticmethod
    def published(number: int) -> date:
        """Higher numbers are newer."""
        return date(2026, 5, 1) + timedelta(days=number % 30)

    def add(self, number: int) -> None:
        """Publish a further document."""
        self.texts[number] = self.text(number, 600)
        self.titles[number] = f"关于第{number}号事项的通知"

    def paths(self, status: int | None = None) -> list[str]:
        """Paths asked for so far, with the given status only."""
        return [path for path, answered in self.log if status in (None, answered)]

    def details(self) -> list[str]:
        """Document pages asked for so far."""
        return [path for path in self.paths() if "/t2026" in path]

    def answer(self, path: str, headers: Any) -> Answer:
        """The answer to a GET."""
        if path in self.faults:
            return self.faults[path]
        if path.startswith("/wj/index"):
            return self._conditional(self._list(path), headers)
        if path.startswith("/files/"):
            return Answer(200, b"%PDF-1.4 " + path.encode(), {"Content-Type": "application/pdf"})
        for number in self.texts:
            if self.path(number) == path:
                return self._conditional(self._page(number), headers)
        return Answer(404, b"<html>404</html>")

    def _list(self, path: str) -> str | None:
        shown = [*self.pinned, *sorted((n for n in self.texts if n not in self.hidden), reverse=True)]
        pages = max(1, -(-len(shown) // PER_PAGE))
        name = path.removeprefix("/wj/index").removesuffix(".html").removeprefix("_")
        number = int(name or 0)
        if number >= pages:
            return None
        rows = "".join(
            f'<li><a href="{self.path(n)}">{self.titles[n]}</a><span>{self.published(n)}</span></li>'
            for n in shown[number * PER_PAGE : (number + 1) * PER_PAGE]
        )
        return f'<ul>{rows}</ul><script>createPageHTML({pages}, {number}, "index", "html");</script>'

    def _page(self, number: int) -> str:
        file = f'<a href="/files/{self.files[number]}">附件</a>' if number in self.files else ""
        return (
            f"<h1>{self.titles[number]}</h1><div class='TRS_Editor'><p>{self.texts[number]}</p>{file}</div>"
        )

    @staticmethod
    def _conditional(text: str | None, headers: Any) -> Answer:
        if text is None:
            return Answer(404)
        body = f"<html><head><meta charset='utf-8'></head><body>{text}</body></html>".encode()
        mark = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        kind = {"Content-Type": "text/html; charset=utf-8", "ETag": mark}
        return Answer(304, b"", kind) if headers.get("If-None-Match") == mark else Answer(200, body, kind)


def settings(day: int = 0, extra: str = "") -> str:
    """govbrief.toml of a test home whose clock stands on a day."""
    return (
        '[crawl]\ncontact = "test@localhost"\ndelay_seconds = 0.0\nquiet_hours = ""\n'
        f'{extra}[clock]\nnow = "{date(2026, 6, 1) + timedelta(days=day)}T08:00:00+08:00"\n'
    )


def source_toml(source_id: str = "prueba", host: str = HOST, extra: str = "") -> str:
    """A source that reads the test site."""
    return f"""
id = "{source_id}"
name_zh = "试点市"
name_en = "Test City"
jurisdiction = "XS"
region = "试点"
level = "municipal"
language = "zh"
platform = "trs"
home = "http://{host}/"
delay_seconds = 0
{extra}
[[start]]
url = "http://{host}/wj/index.html"
"""


def make_home(root: Path, *, day: int = 0, extra: str = "", sources: dict[str, str] | None = None) -> Home:
    """A sample home with the test source."""
    home = Home.create(root, settings(day, extra))
    home.sources.mkdir(exist_ok=True)
    for name, text in (sources or {"prueba": source_toml()}).items():
        (home.sources / f"{name}.toml").write_text(text, encoding="utf-8")
    return home


def on_day(home: Home, day: int) -> Home:
    """The same home with its clock on another day."""
    (home.root / "govbrief.toml").write_text(settings(day), encoding="utf-8")
    return Home.open(home.root)
