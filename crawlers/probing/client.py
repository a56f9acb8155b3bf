"""The small client of `sources new`, `check` and `probe`: robots first, one request at a time, no disguise.

A crawl goes through Scrapy with a frontier and an archive; a look at a site needs a handful of requests, with
the same manners: rules by `politeness.robots`, pace by `politeness.pace`, refusals by `politeness.challenge`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from crawlers.credential import Key
from crawlers.extraction.obstacles import challenge_of
from crawlers.platforms.base import PageRequest
from crawlers.politeness.addresses import is_address
from crawlers.politeness.challenge import REFUSING, is_challenge
from crawlers.politeness.pace import Pace
from crawlers.politeness.robots import Rules, read_rules
from crawlers.politeness.scope import MAX_REDIRECTS, REDIRECTS
from crawlers.probing.connection import Places, Received, exchange
from crawlers.probing.errors import NotFetched
from crawlers.probing.same_site import same_site

MAX_PAGE_BYTES = 8_000_000
MAX_RULES_BYTES = 512_000
_SITEMAP = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(https?://[^\s#]+)", re.I | re.M)
LEAST_DELAY = 1.0  # seconds between two requests to a real host


@dataclass(frozen=True, slots=True)
class Answer:
    """A page that was had, fetched or saved."""

    url: str  # as asked
    final_url: str  # after redirects
    media_type: str
    body: bytes
    role: str = "list"  # list | detail | feed | api
    status: int = 200
    seconds: float = 0.0  # how long the site took; 0 for a saved page


@dataclass(slots=True)
class Client:
    """Asks hosts politely; `asked` lists every request made, robots.txt included."""

    headers: Mapping[str, str]
    delay: float
    resolve: Places = field(default_factory=dict)
    recall: Callable[[str], tuple[int, bytes] | None] = lambda origin: None  # rules kept from a crawl
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    timeout: float = 30.0
    max_bytes: int = MAX_PAGE_BYTES
    max_requests: int = 20
    asked: list[str] = field(default_factory=list)
    key: Key | None = None  # of the source that is looked at
    _rules: dict[str, Rules] = field(default_factory=dict)
    _sitemaps: dict[str, list[str]] = field(default_factory=dict)
    _paces: dict[str, Pace] = field(default_factory=dict)

    def get(self, request: PageRequest) -> Answer:
        """The page behind an address of the same site; NotFetched when the site or a guard says no."""
        url, method, body = request.url, request.method, request.body
        for _ in range(MAX_REDIRECTS + 1):
            self._allowed(url)
            home = urlsplit(url).netloc.lower() == urlsplit(request.url).netloc.lower()
            received = self._ask(url, method, body, request.headers, key=self.key if home else None)
            if received.status not in REDIRECTS:
                return _judged(request, url, received)
            url = self._followed(request.url, url, received)
            if received.status not in {307, 308}:
                method, body = "GET", None
        raise NotFetched("leaves-site", f"{request.url} redirects more than {MAX_REDIRECTS} times.")

    def rules_of(self, url: str) -> Rules:
        """The robots rules of the address' host, asked for once; `unknown` says why they are not known."""
        parts = urlsplit(url)
        origin = _origin(url)
        if origin not in self._rules:
            kept = self.recall(origin)
            self._rules[origin] = self._taken(origin, *kept) if kept else self._learn(origin)
            self.pace_of(parts.netloc).obey(self._rules[origin].crawl_delay())
        return self._rules[origin]

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the host's robots.txt names."""
        self.rules_of(url)
        return self._sitemaps.get(_origin(url), [])

    def pace_of(self, host: str) -> Pace:
        """The pace kept at a host."""
        local = host.lower() in self.resolve or host.lower().split(":")[0] in self.resolve
        delay = self.delay if local else max(self.delay, LEAST_DELAY)
        return self._paces.setdefault(host.lower(), Pace(delay))

    def _allowed(self, url: str) -> None:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme not in {"http", "https"} or not host:
            raise NotFetched("leaves-site", f"{url} is no web address.")
        if is_address(host) and parts.netloc.lower() not in self.resolve:
            raise NotFetched(
                "no-public-address", f"{host} is a bare network address; give the site's name instead."
            )
        rules = self.rules_of(url)
        if rules.unknown:
            raise NotFetched(
                "robots-unknown",
                f"{parts.netloc}: {rules.unknown}, so nothing is fetched until it answers; try again later.",
            )
        if not rules.allow(url):
            raise NotFetched(
                "robots-forbids",
                f"robots.txt of {parts.netloc} forbids {url}; leave it, or ask the site's owner.",
            )

    def _learn(self, origin: str) -> Rules:
        """One fetch of robots.txt; its redirects may leave the host, as RFC 9309 has it, but stay public."""
        url = f"{origin}/robots.txt"
        try:
            for _ in range(MAX_REDIRECTS + 1):
                received = self._ask(url, "GET", None, {}, MAX_RULES_BYTES * 4)
                if received.status not in REDIRECTS:
                    return self._taken(origin, received.status, received.body)
                url = _target(url, received)
                if is_address(urlsplit(url).hostname or ""):
                    return Rules(None, "robots.txt leads to a bare network address")
        except NotFetched as error:
            if error.code == "no-public-address":
                raise
            why = str(error).removeprefix(f"{urlsplit(origin).netloc}: ").rstrip(".")
            return Rules(None, f"robots.txt cannot be fetched ({why})")
        return Rules(None, "robots.txt redirects in a circle")

    def _taken(self, origin: str, status: int, body: bytes) -> Rules:
        """Rules of a robots.txt; the sitemaps it names belong to nobody's rules and are noted beside."""
        lines = _SITEMAP.findall(body[:MAX_RULES_BYTES]) if 200 <= status < 300 else []
        self._sitemaps[origin] = [line.decode("utf-8", "ignore") for line in lines]
        return read_rules(status, body)

    def _ask(
        self,
        url: str,
        method: str,
        body: bytes | None,
        headers: Mapping[str, str],
        limit: int = 0,
        *,
        key: Key | None = None,
    ) -> Received:
        """One exchange at the host's pace; a private address is refused before anything is sent.

        A key is put on only now, and only on a way that nobody listens to; nothing of it comes back.
        """
        if len(self.asked) >= self.max_requests:
            raise NotFetched(
                "timeout", f"{url}: {self.max_requests} requests were made; no more are made in one go."
            )
        pace = self.pace_of(urlsplit(url).netloc)
        while not pace.ready(self.now()):
            self.sleep(max(pace.not_before - self.now(), 0.01))
        pace.leave(self.now())
        self.asked.append(url)
        sent, signs = self._signed(url, key)
        try:
            received = exchange(
                sent,
                {**self.headers, **headers, **signs},
                resolve=self.resolve,
                max_bytes=limit or self.max_bytes,
                timeout=self.timeout,
                method=method,
                body=body,
            )
        except NotFetched as error:
            raise NotFetched(error.code, key.cleaned(str(error)) if key else str(error)) from None
        finally:
            pace.back()
        return without_key(received, self.key) if self.key else received

    def _signed(self, url: str, key: Key | None) -> tuple[str, Mapping[str, str]]:
        parts = urlsplit(url)
        local = parts.netloc.lower() in self.resolve or (parts.hostname or "") in self.resolve
        if key is None or not key.belongs_to(url) or not (local or parts.scheme == "https"):
            return url, {}
        return key.signed(url)

    def _followed(self, asked: str, url: str, received: Received) -> str:
        target = _target(url, received)
        if is_address(urlsplit(target).hostname or ""):
            raise NotFetched("no-public-address", f"{asked} redirects to the bare address {target}.")
        if not same_site(asked, target):
            raise NotFetched(
                "leaves-site",
                f"{asked} redirects to {target}, another site; give that address if it is meant.",
            )
        return target


def without_key(received: Received, key: Key) -> Received:
    """The answer without the key that it may echo."""
    headers = {name: key.cleaned(value) for name, value in received.headers.items()}
    return replace(received, headers=headers, body=key.cleaned_bytes(received.body))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _target(url: str, received: Received) -> str:
    return urljoin(url, received.headers.get("location", "").strip())


def _judged(request: PageRequest, url: str, received: Received) -> Answer:
    """The answer, or the sentence for a refusal, a challenge or an error."""
    host = urlsplit(url).netloc
    media_type = received.headers.get("content-type", "")
    if received.status in REFUSING:
        raise NotFetched(
            "refused",
            f"{host} answers {received.status}: it does not offer {url} to machines. Nothing more was asked;"
            " write to the site's owner, or take the documents from a library that republishes them.",
        )
    if is_challenge(media_type, received.body) or challenge_of(received.status, received.body):
        raise NotFetched(
            "challenge",
            f"{host} answers with a protection page that wants a browser; such pages are not solved here."
            " Write to the site's owner, or take the documents from a library that republishes them.",
        )
    if received.status in (404, 410):
        raise NotFetched("gone", f"{url}: the site answers {received.status}; check the address.")
    if received.status != 200:
        raise NotFetched("http-error", f"{url}: the site answers {received.status}; try again later.")
    return Answer(request.url, url, media_type, received.body, request.role, 200, received.seconds)
