"""`govbrief bench dashboard`: fifty readers who open a page each twelve seconds, beside an empty page."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

from dashboard.bench.reader import Opened, Told, readers
from dashboard.bench.servers import Running, empty, served
from warehouse.bench.figures import Bar, Part, Progress, Table, table
from warehouse.bench.pages import Usual, usual_of
from warehouse.bench.timing import Spread, ratio, spread
from warehouse.home import Home
from warehouse.publication import Publication

READERS, EVERY, SECONDS = 50, 12.0, 120.0
TIMES, MEGABYTES, LATE = 4.0, 600.0, 1000.0
_SEED = 7
_EMPTY = ("/",)


def bench_dashboard(
    home: Home, progress: Progress | None = None, *, count: int = READERS, every: float = EVERY,
    seconds: float = SECONDS,
) -> Part:  # fmt: skip
    """Readers of the home and as many of an empty page, at the same time on the same machine.

    What disturbs one disturbs the other; a first span of the same length is not counted, because a server
    that has just started reads each page for the first time. An EnvironmentProblem when a server does not
    start.
    """
    publication = Publication.current(home)
    assert publication is not None
    pages = pages_of(usual_of(publication))
    report = progress or (lambda stage, done, total: None)
    with served(home) as ours, empty() as reference:
        report("first span, not counted", 0, 2)
        first = min(seconds, 5 * every)
        _carry_out(_both(ours, reference, pages, count, every, first, Told(), Told()))
        report("readers", 1, 2)
        told, plain = Told(), Told()
        _carry_out(_both(ours, reference, pages, count, every, seconds, told, plain))
        held = ours.memory_mb("VmHWM")
    return part_of(told, plain, held, int(publication.manifest["documents"]), count, every, seconds)


def _carry_out(work: Coroutine[Any, Any, None]) -> None:
    """To its end, in a thread of its own: the caller's may have a loop that runs."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


async def _both(
    ours: Running, reference: Running, pages: Sequence[str], count: int, every: float, seconds: float,
    told: Told, plain: Told,
) -> None:  # fmt: skip
    await asyncio.gather(
        readers(ours.base, pages, count, every, seconds, _SEED, told),
        readers(reference.base, _EMPTY, count, every, seconds, _SEED, plain),
    )


def pages_of(usual: Usual) -> tuple[str, ...]:
    """What readers open, with what is most held: the first page, briefings, lists, searches, documents."""
    named = {
        "/topics": {"theme": usual.theme},
        "/departments": {"d": usual.department},
        "/regions": {"r": usual.region},
        "/docs": {"s": "服务"},
        "/listing": {"source": usual.source},
        "/cascade": {"id": usual.cited},
        "/network": {"id": usual.cited},
    }
    asked = [f"{path}?{urlencode(given)}" for path, given in named.items() if all(given.values())]
    documents = [f"/doc?{urlencode({'id': one})}" for one in usual.hits[:3]]
    return ("/", "/?since=30d", "/topics", "/departments", "/deadlines", "/runs", *asked, *documents)


def part_of(
    told: Told, plain: Told, held_mb: int, documents: int, count: int, every: float, seconds: float
) -> Part:
    """Tables and bars of what the readers of both sides met."""
    ours = spread([one.milliseconds for one in told.opened] or [0.0])
    theirs = spread([one.milliseconds for one in plain.opened] or [0.0])
    sides = [
        ("govbrief", ours.calls, len(told.failed), len(told.opened) / seconds, ours.middle, ours.late),
        ("empty page", theirs.calls, len(plain.failed), len(plain.opened) / seconds, theirs.middle,
         theirs.late),
    ]  # fmt: skip
    heads = ("side", "pages opened", "failed", "pages a second", "p50 ms", "p95 ms")
    bars = (
        Bar("dashboard: median in times of the empty page", ratio(ours.middle, theirs.middle), TIMES,
            note=f"{ours.middle} against {theirs.middle} ms"),
        Bar("dashboard: p95 in times of the empty page", ratio(ours.late, theirs.late), TIMES,
            note=f"{ours.late} against {theirs.late} ms"),
        Bar("dashboard: p95, milliseconds", ours.late, LATE, note="asked of an idle machine"),
        Bar("dashboard: most memory of the server, MB", held_mb, MEGABYTES),
        Bar("dashboard: pages that failed", len(told.failed), 0),
    )  # fmt: skip
    data = (
        f"{documents:,} documents; {count} readers of each side at once, one page each {every:g} seconds for "
        f"{seconds:g} seconds, after a span that does not count."
    )
    tables = (table("Both sides", heads, sides), _by_page(told.opened))
    return Part("dashboard", documents, data, tables, bars, tuple(sorted(set(told.failed))[:10]))


def _by_page(opened: Sequence[Opened]) -> Table:
    """The pages, the slowest first; of an address only the page and what kind of thing it asks for."""
    times: dict[str, list[float]] = {}
    for one in opened:
        path, _, query = one.page.partition("?")
        times.setdefault(f"{path}?{query.partition('=')[0]}" if query else path, []).append(one.milliseconds)
    spreads: list[tuple[str, Spread]] = [(page, spread(found)) for page, found in times.items()]
    spreads.sort(key=lambda one: one[1].late, reverse=True)
    rows = [(page, one.calls, one.middle, one.late) for page, one in spreads]
    return table("Pages of govbrief, the slowest first", ("page", "opened", "p50 ms", "p95 ms"), rows)
