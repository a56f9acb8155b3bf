"""An unknown site on loopback, and what govbrief makes of it with `sources new` alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import ModuleType
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from tests.loopback_server import LoopbackServer
from warehouse.database import Warehouse
from warehouse.home import Home

NOT_FOUND = (404, "text/html", b"<html><head><title>404</title></head><body>not found</body></html>")
_STORED = """
select d.url, r.title, r.doc_number, r.published, t.text,
       (select list(a.url) from attachment a where a.document_id = d.document_id)
from document d join reading r using (reading_id) join reading_text t using (reading_id)
"""


class Serving(LoopbackServer):
    """The site on a free port of this machine."""

    def __init__(self, site: ModuleType) -> None:
        super().__init__(_Handler)
        self.module = site

    @property
    def words(self) -> str:
        """For GOVBRIEF_SAMPLE_HOSTS."""
        return f"{self.module.HOST}={self.port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        serving: Serving = cast(Any, self.server).site
        parts = urlsplit(self.path)
        status, kind, body = serving.module.answer(unquote(parts.path), parts.query) or NOT_FOUND
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was stored of a site beside what it truly holds."""

    documents: int  # of the site
    found: int
    extra: int
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

    def share(self, name: str) -> float:
        """How much of a field was right, 1 where the site has none."""
        return self.right[name] / self.asked[name] if self.asked[name] else 1.0

    @property
    def works(self) -> bool:
        """Nearly all documents are there, hardly any other, with title, day and text as they are."""
        fields = min(self.share(name) for name in ("title", "date", "kept", "dropped"))
        return self.found >= 0.9 * self.documents and self.extra <= 0.15 * self.documents and fields >= 0.9

    def __str__(self) -> str:
        told = " ".join(f"{name} {self.right[name]}/{self.asked[name]}" for name in self.asked)
        return f"{self.found} of {self.documents} documents, {self.extra} others; {told}"


def kept(home: Path, site: ModuleType) -> Kept:
    """Compare the home's documents with the site's truth."""
    with Warehouse.open(Home.open(home)) as warehouse:
        rows = {_plain(row[0]): row[1:] for row in warehouse.connection.execute(_STORED).fetchall()}
    wanted = {_plain(one["url"]): one for one in site.TRUTH}
    outcome = Kept(len(wanted), len(wanted.keys() & rows.keys()), len(rows.keys() - wanted.keys()))
    for url in wanted.keys() & rows.keys():
        for name, is_right in _judged(rows[url], wanted[url]):
            outcome.asked[name] += 1
            outcome.right[name] += is_right
    return outcome


def _judged(row: tuple[Any, ...], true: dict[str, Any]) -> list[tuple[str, bool]]:
    title, number, published, text, files = row
    said = [
        ("title", " ".join((title or "").split()) == " ".join(true["title"].split())),
        ("date", (str(published) if published else None) == true["date"]),
    ]
    if true["number"]:
        said.append(("number", number == true["number"]))
    bare = _bare(text)
    said += [("kept", _bare(one) in bare) for one in true["passages_kept"]]
    said += [("dropped", _bare(one) not in bare) for one in true["passages_dropped"]]
    held = {_plain(one) for one in files or ()}
    return said + [("files", _plain(one) in held) for one in true["attachments"]]


def _plain(url: str) -> str:
    return re.sub(r"^https?://", "", url).rstrip("/")


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text or "")
