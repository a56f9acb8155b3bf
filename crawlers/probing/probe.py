"""A short look at many sources: does each answer, allow us, look as its file says, and bring news?

At most three requests a source (robots.txt, its first list, the interface behind it), hosts in turns at their
pace; nothing is stored, nothing is switched on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from crawlers.credential import MissingKey, key_of
from crawlers.platforms import PageRequest
from crawlers.platforms.detect import detect
from crawlers.probing.client import Client
from crawlers.probing.errors import NotFetched
from crawlers.probing.field_report import first_requests
from crawlers.probing.reading import FAILED, Look, agrees, look_at, opened
from crawlers.source import SourceFile
from warehouse.errors import GovbriefError, UserError

_FAST, _USUAL, _SLOW = 1.0, 5.0, 15.0  # seconds of an answer


@dataclass(frozen=True, slots=True)
class ProbeRow:
    """What one source showed."""

    source: str
    enabled: bool
    status: str  # ok | empty | resting | no-key | bad-file | reader-failed, or the code of a NotFetched
    detail: str = ""  # the sentence behind a status that is not ok
    url: str = ""  # what was asked first
    robots: str = ""  # allowed | forbidden | unknown
    crawl_delay: float | None = None
    platform: str = ""  # as the file says
    detected: str | None = None  # as the pages say
    entries: int = 0
    newest: date | None = None
    next_page: bool = False
    latency: str = ""  # fast | usual | slow | very slow
    requests: int = 0

    @property
    def fine(self) -> bool:
        """Whether nothing needs a person: it answers, lists documents, runs on its file's platform."""
        return self.status == "ok" and agrees(self.detected, self.platform)


def probe(
    sources: Sequence[SourceFile],
    client: Client,
    today: date,
    *,
    resting: Callable[[SourceFile], str | None] = lambda source: None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[ProbeRow]:
    """One row a source, in the order in which they are done; hosts take turns, each at its own pace."""
    waiting: list[tuple[SourceFile, Iterator[str | ProbeRow], str]] = []
    done = 0
    for source in sources:
        why = resting(source)
        if why:
            done += 1
            yield ProbeRow(source.id, source.enabled, "resting", why, platform=source.platform)
        else:
            steps = _steps(source, client, today)
            waiting.append((source, steps, _host(source)))
    while waiting:
        progress(done, len(sources))
        now = client.now()
        chosen = min(
            range(len(waiting)), key=lambda n: (max(client.pace_of(waiting[n][2]).not_before, now), n)
        )
        source, steps, _ = waiting.pop(chosen)
        step = next(steps)
        if isinstance(step, ProbeRow):
            done += 1
            yield step
        else:
            waiting.append((source, steps, step))
    progress(done, len(sources))


def _steps(source: SourceFile, client: Client, today: date) -> Iterator[str | ProbeRow]:
    """The host asked next, until the row; every step makes one request, unless it is redirected."""
    row = ProbeRow(source.id, source.enabled, "ok", platform=source.platform)
    requests = 0
    try:
        key = key_of(source)
        first = _first(source)
        row = replace(row, url=first.url)
        client.key = key
        with _counting(client) as made:
            rules = client.rules_of(first.url)
        requests += made[0]
        known = "unknown" if rules.unknown else "allowed" if rules.allow(first.url) else "forbidden"
        row = replace(row, robots=known, crawl_delay=rules.crawl_delay())
        yield urlsplit(first.url).netloc
        client.key = key  # others had their turn meanwhile
        with _counting(client) as made:
            look = look_at(client.get(first), source.platform, source.hints())
        requests += made[0]
        row = _with_page(row, look)
        if look.page.leads_on:
            yield urlsplit(look.page.next[0].url).netloc
            client.key = key
            with _counting(client) as made:
                look = look_at(client.get(look.page.next[0]), source.platform, source.hints())
            requests += made[0]
            row = replace(_with_page(row, look), detected=row.detected, latency=row.latency)
        yield replace(_judged(row, look, today), requests=requests)
    except MissingKey as error:
        yield replace(row, status="no-key", detail=str(error), requests=requests)
    except UserError as error:
        yield replace(row, status="bad-file", detail=str(error), requests=requests)
    except NotFetched as error:
        yield replace(row, status=error.code, detail=str(error), requests=requests + made[0])
    except GovbriefError:
        raise
    except Exception as error:  # it costs this source, not the others
        said = f"Our {source.platform} reader failed: {type(error).__name__}: {str(error)[:200]}"
        yield replace(row, status=FAILED, detail=said, requests=requests)


@contextmanager
def _counting(client: Client) -> Iterator[list[int]]:
    """How many requests the client makes meanwhile, failing ones too."""
    before, made = len(client.asked), [0]
    try:
        yield made
    finally:
        made[0] = len(client.asked) - before


def _first(source: SourceFile) -> PageRequest:
    requests = first_requests(source)
    if not requests:
        raise UserError(f"{source.id}: no start address; write [[start]] url.")
    return requests[0]


def _host(source: SourceFile) -> str:
    return urlsplit(source.start[0].url if source.start else source.home).netloc


def _with_page(row: ProbeRow, look: Look) -> ProbeRow:
    return replace(
        row,
        detected=detect(opened(look.answer), look.answer.final_url),
        entries=len(look.page.entries),
        next_page=bool(look.page.next) and not look.page.leads_on,
        latency=_latency(look.answer.seconds),
    )


def _judged(row: ProbeRow, look: Look, today: date) -> ProbeRow:
    """Newest date, and what is odd: no entries, or another platform than the file's."""
    dates = [entry.published for entry in look.page.entries if entry.published and entry.published <= today]
    row = replace(row, newest=max(dates, default=None))
    if not look.page.entries:
        problems = "; ".join(problem.detail for problem in look.page.problems)
        failed = any(problem.code == FAILED for problem in look.page.problems)
        return replace(
            row, status=FAILED if failed else "empty", detail=problems or "The list names no document."
        )
    if not agrees(row.detected, row.platform):
        return replace(row, detail=f"The list looks like {row.detected}, the file says {row.platform}.")
    return row


def _latency(seconds: float) -> str:
    if seconds < _FAST:
        return "fast"
    return "usual" if seconds < _USUAL else "slow" if seconds < _SLOW else "very slow"
