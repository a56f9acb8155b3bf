"""How lists end: the codes by which every reader says that pages run in a circle or are missing.

A list that ends without one of these codes ended as its own words say it should. The codes, and what is done
about them, stand in docs/decisions/0015-what-lists-say.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawlers.platforms.asked import with_sent
from crawlers.platforms.base import ListPage, PageRequest
from warehouse.records import Problem

REPEATED = "repeated-page"  # another page of the list came than was asked for
ITSELF = "next-is-same"  # the page names itself as the next one
LOST = "lost-pages"  # by the list's own numbers there are pages behind this one, and no way to them
STUB = "stub-page"  # a deeper page without documents
NO_NEXT = "no-next"  # the pager says that there are more pages and links to none
FOREIGN = "foreign-next"  # the next page lies on another host
EXPIRED = "token-expired"  # the way to the next page is no longer good
SHORT = "short-page"  # fewer rows came than were asked for, so counting pages would skip some

LOOPS = frozenset({REPEATED, ITSELF})
LOSSES = frozenset({LOST, STUB, NO_NEXT, FOREIGN, EXPIRED, SHORT})

Turn = tuple[tuple[PageRequest, ...], tuple[Problem, ...]]


def out_of_circle(page: ListPage, url: str) -> ListPage:
    """The page without a request for itself and without one that it names twice.

    An interface that names itself as its next page is told; of a page for people the last one often does so.
    """
    own = _plain(url)
    kept: dict[tuple[str, str], PageRequest] = {}
    for request in page.next:
        asked = _plain(with_sent(request.url, request.body or b""))
        if asked != own:
            kept.setdefault((request.method, asked), request)
    if len(kept) == len(page.next):
        return page
    same = any(_plain(with_sent(one.url, one.body or b"")) == own for one in page.next if one.role != "list")
    told = (Problem(ITSELF, "The list names itself as its next page."),) if same else ()
    known = {problem.code for problem in page.problems}
    problems = (*page.problems, *(problem for problem in told if not known & LOOPS))
    return replace(page, next=tuple(kept.values()), problems=problems)


def up_to(number: int, last: int, following: Sequence[PageRequest]) -> Turn:
    """The page after page `number`, unless that is the `last` we ever ask for: the rest is lost then."""
    if number < last or not following:
        return tuple(following), ()
    return (), (Problem(LOST, f"The list goes on behind page {number}, the last that is asked for."),)


def known_total(total: int | None, rows: int) -> int | None:
    """A stated total, None where it says nothing: 0, or fewer than the `rows` that stand beside it."""
    return None if total is None or total < rows else total


def missing(total: int | None, read: int, size: int) -> tuple[Problem, ...]:
    """What to say of a list that names no further page when `read` documents stood up to here.

    A total counts documents that were taken down, so less than a page of them is no loss.
    """
    if total is None or total - read < max(size, 1):
        return ()
    said = f"The list claims {total} documents, {read} stand up to here, and it leads to no further page."
    return (Problem(LOST, said),)


def _plain(url: str) -> str:
    """An address for comparing: an empty path is the root, and a bare `#` says nothing."""
    return url.removesuffix("#").removesuffix("/")
