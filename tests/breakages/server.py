"""All sites of a test behind one loopback listener: their day, their small troubles, and what broke them."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.breakages.answers import HTML, Answer, Ask, missing
from tests.breakages.site import Site
from tests.breakages.styles import SYSTEMS

Break = Callable[[Ask, Answer], Answer]
ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /search/\n"
_SLOW = 0.25  # seconds


@dataclass(slots=True)
class Sites:
    """The sites of a test on a day; `broken` says what each has suffered from then on."""

    today: date
    sites: dict[str, Site]  # by host
    broken: dict[str, Break] = field(default_factory=dict)  # by source
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)  # (source, status)
    asked: Counter[tuple[str, str, date]] = field(default_factory=Counter)
    log: list[tuple[date, str, str, int]] = field(default_factory=list)  # day, source, path, status
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, today: date, sites: Iterable[Site]) -> Sites:
        """Healthy sites on a day."""
        return cls(today, {site.host: site for site in sites})

    def answer(self, host: str, method: str, target: str) -> Answer:
        """What a host says, with its small troubles and what broke it."""
        site = self.sites[host]
        parts = urlsplit(target)
        ask = Ask(site, unquote(parts.path), dict(parse_qsl(parts.query)), self.today)
        answer = self._trouble(ask, target) or _healthy(ask)
        change = self.broken.get(site.id)
        return change(ask, answer) if change else answer

    def _trouble(self, ask: Ask, target: str) -> Answer | None:
        """Now and then one address fails once, or takes its time; which ones is fixed by day and address."""
        with self.lock:
            self.asked[(ask.site.id, target, ask.today)] += 1
            first = self.asked[(ask.site.id, target, ask.today)] == 1
        said = hashlib.sha256(f"{ask.site.id}{target}{ask.today}".encode()).digest()
        if ask.site.habits.slow and said[1] < 3:
            time.sleep(_SLOW)
        if ask.site.habits.trips and said[0] < 2 and first:
            return Answer(500, HTML, b"<html><body><h1>500 Internal Server Error</h1></body></html>")
        return None


def _healthy(ask: Ask) -> Answer:
    if ask.path == "/robots.txt":
        return Answer(200, "text/plain; charset=utf-8", ROBOTS.encode(), "robots")
    return SYSTEMS[ask.site.style].answer(ask)


class SiteServer:
    """Serves the sites while its `with` block runs."""

    def __init__(self, sites: Sites) -> None:
        self.sites = sites
        self._listener = _Listener(sites)

    def __enter__(self) -> SiteServer:
        threading.Thread(target=self._listener.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown()
        self._listener.server_close()

    @property
    def resolve(self) -> Mapping[str, tuple[str, int]]:
        """Where every host answers."""
        port = self._listener.server_address[1]
        return dict.fromkeys(self.sites.sites, ("127.0.0.1", port))


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256  # forty hosts are first asked in the same moment

    def __init__(self, sites: Sites) -> None:
        self.sites = sites
        super().__init__(("127.0.0.1", 0), _Connection)


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        sites = cast(_Listener, self.server).sites
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        answer = sites.answer(host, "GET", self.path) if host in sites.sites else missing()
        site = sites.sites.get(host)
        status = 304 if site and self._known(site, answer) else answer.status
        with sites.lock:
            sites.statuses[(site.id if site else host, status)] += 1
            sites.log.append(
                (sites.today, site.id if site else host, self.path, 0 if answer.dropped else status)
            )
        if answer.dropped:
            self.close_connection = True
            return
        self._send(site, sites.today, answer, status)

    def _known(self, site: Site, answer: Answer) -> bool:
        """Whether the asker's copy is still right: by tag, else by date."""
        tag, since = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        if answer.status != 200 or not (tag or since):
            return False
        if answer.unchanged:
            return True
        if tag is not None and site.habits.tag:
            return tag == _tag(answer)
        if since is None or answer.modified is None or not site.habits.dated:
            return False
        return parsedate_to_datetime(since) >= answer.modified.astimezone(UTC).replace(microsecond=0)

    def _send(self, site: Site | None, today: date, answer: Answer, status: int) -> None:
        body = b"" if status == 304 else answer.body
        headers = [("Server", "nginx"), *answer.headers]
        if site is not None:
            moment = Ask(site, "", {}, today).moment + site.habits.skew + answer.ahead
            headers.append(("Date", _http(moment)))
            headers += _validators(site, answer)
        if status != 304:
            headers.append(("Content-Type", answer.media))
        if answer.cut is not None:
            body, self.close_connection = body[: answer.cut], True
            headers.append(("Connection", "close"))
        else:
            headers.append(("Content-Length", str(len(body))))
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        reason = self.responses.get(status, ("", ""))[0]
        self.wfile.write(f"HTTP/1.1 {status} {reason}\r\n{head}\r\n".encode("latin-1") + body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def _validators(site: Site, answer: Answer) -> list[tuple[str, str]]:
    if answer.status != 200 or answer.kind == "robots":
        return []
    headers = [("ETag", _tag(answer))] if site.habits.tag else []
    if site.habits.dated and answer.modified is not None:
        headers.append(("Last-Modified", _http(answer.modified)))
    return headers


def _tag(answer: Answer) -> str:
    return f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'


def _http(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)
