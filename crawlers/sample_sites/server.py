"""Serves the sample sites on loopback: a listener a site, real headers, faults on demand, a clock of days."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import cast
from urllib.parse import parse_qs, unquote, urlsplit

from crawlers.sample_sites.answers import HTML, Answer, moved
from crawlers.sample_sites.library import sites
from crawlers.sample_sites.model import SiteCard
from crawlers.sample_sites.settings import instant
from crawlers.sample_sites.sites import forwarded, open_site

_MAX_FORM = 65_536  # bytes of a posted form
_CHALLENGE = (
    "<html><head><script>var probe = 0; /* 示例数据 */</script></head>"
    "<body><noscript>请开启脚本后继续访问</noscript></body></html>"
)


@dataclass(slots=True)
class Fault:
    """Trouble a site makes on demand; after `times` answers it is over, None means until taken away."""

    kind: str  # status | slow (a late answer) | cut (in the body) | challenge (a script instead of the page)
    status: int = 503
    seconds: float = 0.2
    retry_after: str | None = None
    prefix: str = "/"  # only addresses below it
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One line of the request log."""

    at: float  # seconds of the monotonic clock
    host: str
    method: str
    path: str  # with its query
    status: int
    user_agent: str


@dataclass(slots=True)
class _State:
    day: int
    faults: dict[str, Fault] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    cache: dict[tuple[str, str, int], Answer] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


class SampleServer:
    """All sample sites while the `with` block runs; `addresses` says where each host answers."""

    def __init__(self, day: int = 0) -> None:
        self._state = _State(day)
        self._listeners: list[_Listener] = []
        self.addresses: dict[str, tuple[str, int]] = {}

    def __enter__(self) -> SampleServer:
        for card in sites():
            listener = _Listener(card, self._state)
            self._listeners.append(listener)
            self.addresses[card.host] = ("127.0.0.1", listener.server_port)
            threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Close every listener; calling it twice is harmless."""
        endings = [threading.Thread(target=listener.shutdown) for listener in self._listeners]
        for ending in endings:  # side by side: each waits for its listener to look up
            ending.start()
        for ending in endings:
            ending.join()
        while self._listeners:
            self._listeners.pop().server_close()

    @property
    def day(self) -> int:
        """The sample day the sites show."""
        return self._state.day

    def set_day(self, day: int) -> None:
        """Move all sites to another day."""
        self._state.day = day

    @property
    def faults(self) -> dict[str, Fault]:
        """Faults by host; put one in, take it out."""
        return self._state.faults

    @property
    def requests(self) -> list[Request]:
        """Every request answered so far, oldest first."""
        return self._state.requests


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, card: SiteCard, state: _State) -> None:
        self.card, self.state = card, state
        super().__init__(("127.0.0.1", 0), _Connection)

    def answer(self, target: str, day: int) -> Answer:
        """The answer to a request target; made once a day and kept."""
        key = (self.card.host, target, day)
        kept = self.state.cache.get(key)
        if kept is None:
            kept = self._make(target, day)
            with self.state.lock:
                self.state.cache[key] = kept
        return kept

    def _make(self, target: str, day: int) -> Answer:
        parts = urlsplit(target)
        if parts.path == "/robots.txt" and self.card.robots is not None:
            return Answer(200, "text/plain; charset=utf-8", self.card.robots.encode(), None)
        if parts.path.startswith("/xxgk/nbwj/"):  # robots.txt forbids it; answering lets a test see who asked
            return Answer(
                200, HTML, "<html><body><p>内部文件查询（示例数据）</p></body></html>".encode(), None
            )
        answer = open_site(self.card, day).answer(unquote(parts.path), parse_qs(parts.query), day)
        if answer.status == 404:
            new_place = forwarded(self.card, f"http://{self.card.host}{parts.path}", day)
            return moved(new_place) if new_place else answer
        return answer


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30  # an idle connection ends by itself

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @property
    def listener(self) -> _Listener:
        return cast(_Listener, self.server)

    def do_GET(self) -> None:
        self._respond(with_body=True)

    def do_POST(self) -> None:
        """A form counts like a query: what it holds is added to the address."""
        length = min(int(self.headers.get("Content-Length") or 0), _MAX_FORM)
        form = self.rfile.read(length).decode("ascii", "replace")
        self.path += ("&" if "?" in self.path else "?") + form if form else ""
        self._respond(with_body=True)

    def do_HEAD(self) -> None:
        self._respond(with_body=False)

    def _respond(self, with_body: bool) -> None:
        state, day = self.listener.state, self.listener.state.day
        fault = self._fault()
        if fault is not None and fault.kind == "slow":
            time.sleep(fault.seconds)
        if fault is not None and fault.kind == "status":
            answer = Answer(fault.status, HTML, f"<html><body>{fault.status} 示例故障</body></html>".encode())
        elif fault is not None and fault.kind == "challenge":
            answer = Answer(412, HTML, _CHALLENGE.encode())
        elif not self._host_is_ours():
            answer = Answer(421, HTML, b"<html><body>421 misdirected request</body></html>")
        else:
            answer = self.listener.answer(self.path, day)
        status = 304 if self._is_known(answer) else answer.status
        with state.lock:
            agent = self.headers.get("User-Agent", "")
            line = Request(time.monotonic(), self.listener.card.host, self.command, self.path, status, agent)
            state.requests.append(line)
        self._send(answer, status, fault, with_body, day)

    def _fault(self) -> Fault | None:
        state = self.listener.state
        with state.lock:
            fault = state.faults.get(self.listener.card.host)
            if fault is None:
                return _planned(self.listener.card, state.day)
            if fault.times == 0 or not self.path.startswith(fault.prefix):
                return None
            if fault.times is not None:
                fault.times -= 1
            return fault

    def _host_is_ours(self) -> bool:
        name = self.headers.get("Host", "").rsplit(":", 1)[0].lower()
        return name in (self.listener.card.host, "127.0.0.1", "localhost")

    def _is_known(self, answer: Answer) -> bool:
        """Whether the asker's copy is still right: by tag, else by date."""
        if answer.status != 200:
            return False
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return answer.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        since = _date(self.headers.get("If-Modified-Since", ""))
        return since is not None and answer.modified is not None and since >= answer.modified

    def _send(self, answer: Answer, status: int, fault: Fault | None, with_body: bool, day: int) -> None:
        body = b"" if status == 304 else answer.body
        headers = [("Server", "nginx"), ("Date", _http_date(instant(day)))]
        if status != 304:
            body, encoding = self._encode(answer, body)
            headers += [("Content-Type", answer.media_type), *encoding, ("Content-Length", str(len(body)))]
        headers += _lasting_headers(answer)
        if fault is not None and fault.retry_after is not None:
            headers.append(("Retry-After", fault.retry_after))
        if fault is not None and fault.kind == "cut":
            body, self.close_connection = body[: len(body) // 2], True
        reason = self.responses.get(status, ("", ""))[0]
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        # One write: a head and a body sent apart wait for each other on a kept-alive connection.
        self.wfile.write(
            f"HTTP/1.1 {status} {reason}\r\n{head}\r\n".encode("latin-1") + (body if with_body else b"")
        )

    def _encode(self, answer: Answer, body: bytes) -> tuple[bytes, list[tuple[str, str]]]:
        """JSON of some size goes out compressed to those who take it."""
        wanted = "gzip" in self.headers.get("Accept-Encoding", "")
        if wanted and len(body) > 1000 and "json" in answer.media_type:
            return gzip.compress(body, mtime=0), [("Content-Encoding", "gzip")]
        return body, []

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on stderr; the request log is for reading."""


def _planned(card: SiteCard, day: int) -> Fault | None:
    """The trouble the site's card sets down for that day."""
    outage = card.outage_on(day)
    return Fault(outage.kind, outage.status, outage.seconds, outage.retry_after) if outage else None


def _lasting_headers(answer: Answer) -> list[tuple[str, str]]:
    headers = []
    if answer.status == 200:
        headers += [("ETag", answer.etag), ("Cache-Control", "max-age=0"), ("Vary", "Accept-Encoding")]
    if answer.modified is not None:
        headers.append(("Last-Modified", _http_date(answer.modified)))
    if answer.location:
        headers.append(("Location", answer.location))
    return headers


def _http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _date(printed: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(printed)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
