"""Cellar's notifications: what was taken in, changed and deleted, as an Atom or RSS feed.

A notification names a work and no file of it, so the works of a page are looked up by SPARQL, some at a time;
what it says of a known document is compared with what was said before, and a change is fetched again. A work
that a notification calls deleted is withdrawn once Cellar does not know it any more: a work that was taken in
anew bears both notices. Days are those of the endpoint's clock.

Options: as of `cellar`; `days` (3 when left out).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from crawlers.extraction.feeds import local_name, open_xml
from crawlers.platforms.asked import Asked
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.cellar import parse_detail, read_answer
from crawlers.platforms.cellar_query import DAYS, ask_clock, ask_still, ask_works
from crawlers.platforms.hints import Hints
from crawlers.platforms.paging import LOST
from warehouse.records import Problem

__all__ = ["name", "parse_detail", "parse_list", "read_notifications", "start"]

name = "cellar_feed"

_DAYS = 3
_LAST_PAGE = 50
_WORK = re.compile(r"^cellar:([0-9a-f\-]{36})$")  # with .0006 behind it, a language of the work
_PART = re.compile(r"^cellar:([0-9a-f\-]{36})\.")
_CELEX = r"^3\d{4}[A-Z]"  # legislation in the narrow sense


@dataclass(frozen=True, slots=True)
class _Notice:
    """One notification."""

    kind: str  # create | update | delete
    work: str
    whole: bool  # of the work, not of one language or file
    celex: tuple[str, ...]


def start(hints: Hints) -> Sequence[PageRequest]:
    """What day it is at the endpoint."""
    return (ask_clock(DAYS, hints),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """A page of notifications, or an answer to what they made us ask."""
    return read_answer(body, url, hints, days=_DAYS)


def read_notifications(body: bytes, url: str, hints: Hints) -> ListPage:
    """The works of one page to look up, and the page behind it."""
    root, damaged = open_xml(body, url)
    if root is None:
        return _nothing(Problem("damaged-xml", "The notifications' XML is damaged and cannot be read."))
    said = {local_name(node): (node.text or "").strip() for node in root.iter() if local_name(node) in _HEAD}
    items = [node for node in root.iter() if local_name(node) in ("entry", "item")]
    if "moreentries" not in said:
        return _nothing(Problem("unknown-answer", "The feed is none of Cellar's notifications."))
    notices = [notice for item in items if (notice := _notice(item))]
    problems = []
    if damaged:
        problems.append(Problem("damaged-xml", "The notifications' XML is damaged; the rest of it was read."))
    if len(notices) < len(items):
        left = f"{len(items) - len(notices)} of {len(items)} notifications name no work."
        problems.append(Problem("rows-left-out", left))
    chosen = [notice for notice in notices if _is_wanted(notice, hints)]
    following = [*_questions(chosen, hints)]
    if said["moreentries"].lower() == "true":
        page = Asked.of(url).number("page", 1)
        if page < _LAST_PAGE:
            turned = Asked.of(url).turned("page", page + 1)
            following.append(PageRequest(turned.url, "feed", headers={"Accept": "application/atom+xml"}))
        else:
            problems.append(
                Problem(LOST, f"There are notifications behind page {page}, the last we ask for.")
            )
    return ListPage((), tuple(following), None, tuple(problems), ordered=False)


_HEAD = ("moreentries", "page")


def _questions(notices: Sequence[_Notice], hints: Hints) -> Iterator[PageRequest]:
    """Deleted works are asked for by their number alone, others with all that a list says of them."""
    gone = [notice.work for notice in notices if notice.kind == "delete" and notice.whole]
    yield from ask_still(hints, gone)
    yield from ask_works(hints, (one.work for one in notices if one.kind != "delete" or not one.whole))


def _notice(item: etree._Element) -> _Notice | None:
    """A notification by the elements of its own name space; the Atom ones around them say nothing sure."""
    texts: dict[str, list[str]] = {}
    for node in item.iter():
        if "notificationEntry" in str(node.tag) and (node.text or "").strip():
            texts.setdefault(local_name(node), []).append((node.text or "").strip())
    named = next(iter(texts.get("cellarid", ())), "")
    whole, part = _WORK.match(named), _PART.match(named)
    found = whole or part
    kind = next(iter(texts.get("type", ())), "").lower()
    if not found or kind not in ("create", "update", "delete"):
        return None
    names = [unquote(one) for one in texts.get("identifier", ())]
    celex = tuple(one.partition(":")[2] for one in names if one.lower().startswith("celex:"))
    return _Notice(kind, found[1], whole is not None, celex)


def _is_wanted(notice: _Notice, hints: Hints) -> bool:
    """Whether a work may be one of ours: by its CELEX number, where the notification names one."""
    pattern = str(hints.options.get("celex") or _CELEX)
    if not notice.celex:
        return notice.kind == "delete"
    return any(re.search(pattern, one) for one in notice.celex)


def _nothing(problem: Problem) -> ListPage:
    return ListPage(problems=(problem,), ordered=False)
