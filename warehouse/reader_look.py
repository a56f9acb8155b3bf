"""One look of one reader at a publication: from where she is told on, and what there is to tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from warehouse.desk import Desk
from warehouse.desk.looks import Look
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.reader_delta import Delta, told
from warehouse.shown import log_current


@dataclass(frozen=True, slots=True)
class ReaderLook:
    """What a page tells a reader now; nothing is kept of it before `keep_look`."""

    account: str
    look: Look
    delta: Delta | None  # None: she never looked before
    gap: bool  # some publication in between could not be compared with the one before it


def open_look(
    home: Home, desk: Desk, publication: Publication, account: str, day: date, at: datetime
) -> ReaderLook:
    """What this reader is told by a page that shows `publication` on `day`, the day at the library."""
    look = desk.looks.open(account, day, sequence_of(home, desk, publication), at)
    if look.after is None:
        return ReaderLook(account, look, None, False)
    between = desk.shown.publications(look.after, look.upto)
    delta = told(desk.shown.between(look.after, look.upto), look.after, look.upto)
    return ReaderLook(account, look, delta, any(one.kind == "gap" for one in between))


def keep_look(desk: Desk, shown: ReaderLook) -> None:
    """Note that she was told; to be called when the page stands, so that one that failed has told nothing."""
    look = shown.look
    desk.looks.keep(shown.account, look.day, look.upto, look.at)


def sequence_of(home: Home, desk: Desk, publication: Publication) -> int:
    """The number of the publication that a page shows, logging the current one first.

    One that was replaced before anybody logged it counts as the one before: what it showed first stands in
    the log under its successor, and is told with that.
    """
    log_current(home, desk)
    known = desk.shown.of(publication.publication_id)
    if known is not None:
        return known.sequence
    last = desk.shown.last()
    return last.sequence - 1 if last else 0
