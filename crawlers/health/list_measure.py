"""What one list page was like in a run: its entries in numbers, its form, and what of it was known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from crawlers.extraction.charset import decode
from crawlers.extraction.sniff import inflate
from crawlers.health.text_sanity import charsets, date_form, garbled, joined, visible, whole
from crawlers.platforms import ListPage
from crawlers.platforms.shape import list_shape
from warehouse.identity import digest
from warehouse.records import Entry

AHEAD = timedelta(days=2)  # a date further ahead than this was not printed by a sound clock
CRASHED = "reader-failed"  # our reader raised an error on the page; nothing else is known of it
_KEYS = 60  # addresses of a page that are remembered


@dataclass(frozen=True, slots=True)
class ListMeasure:
    """One list page. `asked` is False where it is carried over from an earlier run."""

    key: str  # the frontier's address
    root: str  # that of the list's first page
    depth: int = 0
    url: str = ""
    sha256: str = ""
    asked: bool = True
    entries: int = 0
    inside: int = 0  # entries in the source's scope
    dated: int = 0
    numbered: int = 0
    new: int = 0  # entries this list had not named before
    known: int = 0
    lost_dates: int = 0  # known entries that had a date and have none now
    redated: int = 0  # known entries that have another date now
    retitled: int = 0
    future: int = 0  # new entries dated ahead of today
    ancient: int = 0  # new entries dated before any website
    falling: float = 1.0  # share of neighbours whose dates do not rise
    next: str = ""  # the page after this one, by its own words
    total: int | None = None  # documents the list says it holds
    problems: tuple[str, ...] = ()
    shape: str = ""  # structural fingerprint
    form: str = ""  # in which its rows print dates
    charset: str = ""
    label: str = ""  # the charset that header or page name
    garbled: bool = False
    whole: bool = True
    keys: tuple[str, ...] = ()  # of its entries, shortened
    shifted: int = 0  # new entries of the list since this page was asked for
    window: int = 0  # windows of days before this one; neighbouring ones have a day in common

    def to_json(self) -> dict[str, Any]:
        """For the observation."""
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> ListMeasure:
        """From an observation, also one of another version."""
        known = {one.name for one in fields(cls)}
        values = {name: value for name, value in raw.items() if name in known}
        for name in ("problems", "keys"):
            values[name] = tuple(values.get(name, ()))
        return cls(**values)


def measure_list(
    page: ListPage,
    body: bytes,
    content_type: str,
    *,
    key: str,
    root: str,
    depth: int,
    window: int = 0,
    url: str,
    sha256: str,
    inside: Mapping[str, Entry],
    known: Mapping[str, str],
    next_key: str,
    today: date,
) -> ListMeasure:
    """Measure a list page that was read; `known` gives the marks of entries that earlier runs met in it."""
    body = inflate(body)[0] if body.startswith(b"\x1f\x8b") else body
    source = decode(body)
    shown = visible(source)
    titles = joined(entry.title for entry in page.entries)
    new = [entry for address, entry in inside.items() if address not in known]
    changes = _changes(inside, known)
    used, label = charsets(body, content_type)
    return ListMeasure(
        key=key,
        root=root,
        depth=depth,
        window=window,
        url=url,
        sha256=sha256,
        entries=len(page.entries),
        inside=len(inside),
        dated=sum(1 for entry in page.entries if entry.published),
        numbered=sum(1 for entry in page.entries if entry.doc_number),
        new=len(new),
        known=len(known),
        lost_dates=changes[0],
        redated=changes[1],
        retitled=changes[2],
        future=sum(1 for entry in new if entry.published and entry.published > today + AHEAD),
        ancient=sum(1 for entry in new if entry.published and entry.published.year < 1990),
        falling=1.0 if page.by_change else _falling([one.published for one in page.entries if one.published]),
        next=next_key,
        total=page.total,
        problems=tuple(sorted({problem.code for problem in page.problems})),
        shape=list_shape(body, url, page),
        form=date_form(shown, len(page.entries)),
        charset=used,
        label=label,
        garbled=garbled(titles) or garbled(shown),
        whole=whole(body),
        keys=tuple(digest(address, length=8) for address in list(inside)[:_KEYS]),
    )


def _changes(inside: Mapping[str, Entry], known: Mapping[str, str]) -> tuple[int, int, int]:
    """Known entries without their date, with another date, with another title."""
    lost = redated = retitled = 0
    for address, mark in known.items():
        title, before, _ = mark.rsplit("|", 2) if mark.count("|") > 1 else (mark, "", "")
        now = inside[address].published
        lost += bool(before) and now is None
        redated += bool(before) and now is not None and now.isoformat() != before
        retitled += title != (inside[address].title or "")
    return lost, redated, retitled


def _falling(dates: Sequence[date]) -> float:
    pairs = list(pairwise(dates))
    return round(sum(1 for one, two in pairs if one >= two) / len(pairs), 3) if pairs else 1.0
