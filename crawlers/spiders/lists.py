"""Reading a list page into the frontier: what is new, what changed, what is missing, whether to go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from crawlers.health.list_measure import CRASHED, ListMeasure, measure_list
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.source import SourceFile
from crawlers.spiders.list_order import known_at_the_end, newest_first, pinned_lines
from crawlers.spiders.requests import NEXT_PAGE, START, address_key, found_detail, found_page
from crawlers.spiders.round import Round
from warehouse.crawl_state.work import Found, Leased, Listed, Missing
from warehouse.identity import digest, sha256
from warehouse.records import Entry, Problem

__all__ = ["CRASHED", "ListReading", "mark_of", "note_unread", "read_list"]

NEXT_RUN = timedelta(hours=20)  # a list longer than one run's pages goes on after this


@dataclass(frozen=True, slots=True)
class ListReading:
    """What one list page adds to the frontier."""

    found: tuple[Found, ...]
    listed: tuple[Listed, ...]
    entries: int
    fresh: int
    fans_out: bool  # no entries of its own, only further lists
    missing: Missing | None
    problems: tuple[Problem, ...]
    withdrawn: tuple[str, ...] = ()  # addresses of documents that the list says were taken away
    whole: bool = False  # news may stand on any of its pages
    walked: str | None = None  # the list's first page, when its walk ended here

    @property
    def needs_whole(self) -> bool:
        """Whether a 304 the next time would hide something: lists it leads to, or what is wrong with it."""
        return self.fans_out or self.whole or bool(self.problems)


@dataclass(frozen=True, slots=True)
class _Tail:
    """Known lines in a row at the end of what was read of a list."""

    known: int
    sure: int  # of these, with walks that never ended left out


def read_list(
    current: Round, source: SourceFile, leased: Leased, url: str, body: bytes, content_type: str = ""
) -> ListReading:
    """Entries to addresses; pages are turned until enough known entries stood in a row (see `_turns`)."""
    page = PLATFORMS[source.platform].parse_list(body, url, source.hints())
    root, depth = str(leased.request.get("root", leased.url)), int(leased.request.get("depth", 0))
    window = int(leased.request.get("window", 0))
    lines = {address_key(entry.url): entry for entry in page.entries if source.covers(entry.url)}
    known = current.state.frontier.known_in_list(source.id, root, list(lines))
    new = [key for key in lines if key not in known]
    back = current.state.frontier.gone_among(source.id, list(known))
    changed = [
        key for key in lines if key in back or known.get(key, mark_of(lines[key])) != mark_of(lines[key])
    ]
    walked = _walk(current, source.id, root, depth)
    ordered = page.ordered and (page.by_change or _in_order(current, (source.id, root), list(lines.values())))
    same = {key: mark for key, mark in known.items() if key not in changed} if page.by_change else known
    tail = _known_tail(current, source.id, lines, same, leased, pinning=not page.by_change)
    repeats = _repeats(current, (source.id, root, window), list(lines))
    never_read = depth > 0 and leased.last_sha256 is None  # where an interrupted walk goes on
    enough = ordered and not never_read and tail.known >= source.stop_after_known
    turn = not page.entries or (bool(lines) and not repeats and not enough)
    next_pages = _next_pages(current, source, page, (root, depth, window), tail) if turn else []
    _measure(current, source, leased, page, (url, body, content_type), lines, known)
    found = [found_detail(lines[key]) for key in new] + [
        found_detail(lines[key], again=True) for key in changed
    ]
    return ListReading(
        found=(*found, *next_pages),
        listed=tuple(Listed(root, key, mark_of(entry), entry.published) for key, entry in lines.items()),
        entries=len(page.entries),
        fresh=len(new),
        fans_out=page.leads_on,
        missing=_missing(page, root, walked=walked, ended=all(item.wait for item in next_pages)),
        problems=(*page.problems, *_out_of_scope(page, len(lines))),
        withdrawn=tuple(current.state.frontier.addresses_of(source.id, page.withdrawn)),
        whole=not ordered,
        walked=root if not next_pages and (page.entries or not page.problems) else None,
    )


def _measure(
    current: Round,
    source: SourceFile,
    leased: Leased,
    page: ListPage,
    answer: tuple[str, bytes, str],
    lines: Mapping[str, Entry],
    known: Mapping[str, str],
) -> None:
    """Note for the examination what the page was like."""
    url, body, content_type = answer
    following = next((one for one in page.next if source.covers(one.url)), None)
    measure = measure_list(
        page,
        body,
        content_type,
        key=leased.url,
        root=str(leased.request.get("root", leased.url)),
        depth=int(leased.request.get("depth", 0)),
        window=int(leased.request.get("window", 0)),
        url=url,
        sha256=sha256(body),
        inside=lines,
        known=known,
        next_key=address_key(following.url, following.method, following.body or b"") if following else "",
        today=current.now().astimezone(ZoneInfo(source.timezone)).date(),
    )
    current.measured.list_page(source.id, measure)


def note_unread(current: Round, source: SourceFile, leased: Leased, url: str, sha: str) -> None:
    """Note for the examination that the reader crashed on a list page, so that somebody hears of it."""
    root, depth = str(leased.request.get("root", leased.url)), int(leased.request.get("depth", 0))
    measure = ListMeasure(leased.url, root, depth, url, sha, problems=(CRASHED,))
    current.measured.list_page(source.id, measure)


def mark_of(entry: Entry) -> str:
    """What a line says of its document: when it changes, the document deserves another look."""
    more = digest(entry.doc_number or "", *(f"{name}={value}" for name, value in entry.fields), length=8)
    return f"{entry.title or ''}|{entry.published or ''}|{more}"


def _walk(current: Round, source_id: str, root: str, depth: int) -> bool:
    """Whether this round has walked the list from its first page to this one without a gap."""
    reached = current.chains.get((source_id, root), -1)
    if depth == reached + 1:
        current.chains[(source_id, root)] = depth
        return True
    return False


def _in_order(current: Round, walk: tuple[str, str], lines: Sequence[Entry]) -> bool:
    """Whether the list is newest first; one page of this round's walk that is not speaks for all."""
    if not newest_first(lines):
        current.unordered.add(walk)
    return walk not in current.unordered


def _known_tail(
    current: Round,
    source_id: str,
    lines: Mapping[str, Entry],
    known: Mapping[str, str],
    leased: Leased,
    *,
    pinning: bool = True,
) -> _Tail:
    """Known lines in a row at the end of what was read so far; pinned ones on top say nothing.

    Lines of a walk that never ended are no sign that all below them is known. They count only above the
    page where that walk goes on, because that page is still to be read.
    """
    root, depth = str(leased.request.get("root", leased.url)), int(leased.request.get("depth", 0))
    pinned = pinned_lines(list(lines.values())) if depth == 0 and pinning else 0
    keys = list(lines)[pinned:]
    unended = current.state.frontier.open_in_list(source_id, root, keys)
    surely = [key in known and key not in unended for key in keys]
    sure = known_at_the_end(surely, int(leased.request.get("sure", 0)))
    if depth >= _goes_on_at(current, source_id, root):
        return _Tail(sure, sure)
    every = known_at_the_end([key in known for key in keys], int(leased.request.get("known", 0)))
    return _Tail(every, sure)


def _goes_on_at(current: Round, source_id: str, root: str) -> int:
    """Number of the page where a walk of an earlier round goes on; 0 when none waits."""
    left = current.left_over.get(source_id)
    if left is None:
        left = current.state.frontier.pages_left(source_id, current.now())
        current.left_over[source_id] = left
    return left.get(root, 0)


def _repeats(current: Round, walk: tuple[str, str, int], keys: Sequence[str]) -> bool:
    """Whether every line stood on an earlier page of this round's walk, as where paging runs in a circle.

    A walk through a new window of days rightly begins with lines that the one before it ended with. Windows
    end because each reader asks for an earlier day than before, or names the rest as lost.
    """
    met = current.list_lines.setdefault(walk, set())
    before = len(met)
    met.update(hash(key) for key in keys)
    return bool(keys) and len(met) == before


def _next_pages(
    current: Round, source: SourceFile, page: ListPage, place: tuple[str, int, int], tail: _Tail
) -> list[Found]:
    """Where the list goes on; beyond the pages of one run it goes on in the next."""
    root, depth, window = place
    if source.id in current.halted:
        return []
    fan = page.leads_on
    read = current.list_pages[(source.id, root)] = current.list_pages.get((source.id, root), 0) + 1
    wait = NEXT_RUN.total_seconds() if not fan and read >= source.max_list_pages else 0.0
    pages = [
        found_page(
            request,
            START - 1 if fan else NEXT_PAGE,
            root=None if fan else root,
            depth=0 if fan else depth + 1,
            known=0 if fan else tail.known,
            sure=0 if fan else tail.sure,
            window=0 if fan else window + request.window,
            wait=wait,
            again=True,
        )
        for request in page.next
        if source.covers(request.url)
    ]
    return [item for item in pages if (source.id, item.url) not in current.lists_seen]


def _missing(page: ListPage, root: str, *, walked: bool, ended: bool) -> Missing | None:
    """At the end of a walked list: lines dated after the last one seen were all looked at."""
    if not walked or not ended or not page.entries:
        return None
    if not page.next and not page.problems:
        return Missing(root, None)
    if page.by_change:  # a line further down may print any day
        return None
    last: date | None = page.entries[-1].published
    return None if last is None else Missing(root, last)


def _out_of_scope(page: ListPage, inside: int) -> tuple[Problem, ...]:
    if page.entries and not inside:
        return (
            Problem(
                "out-of-scope", f"none of {len(page.entries)} list entries lies inside the source's scope"
            ),
        )
    return ()
