"""Running saved searches on a publication, and telling their subscribers what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from warehouse.desk import Desk
from warehouse.desk.asked import Asked
from warehouse.desk.news import Arrival, Since
from warehouse.desk.searches import SavedSearch
from warehouse.errors import UserError
from warehouse.folders import age_of
from warehouse.queries.reading import Published
from warehouse.search.every_hit import count_hits, every_hit

FOLLOWED = 100_000  # hits of a search whose news are kept; a wider one is a listing, not a question
_VERSIONS = """
select document_id, version_no from document where document_id in (select unnest(?))
"""


@dataclass(frozen=True, slots=True)
class News:
    """What a saved search found since some time; `position` is what to ask from the next time."""

    saved: SavedSearch
    publication_id: str
    arrivals: tuple[Arrival, ...]  # oldest first, each document and version once
    position: int
    problem: UserError | None = None  # why the search cannot be run on this publication; arrivals are older

    @property
    def new(self) -> tuple[str, ...]:
        """The documents that began to match, oldest arrival first."""
        return tuple(one.document_id for one in self.arrivals if one.kind == "new")

    @property
    def changed(self) -> tuple[str, ...]:
        """The documents that matched before and have a later version now."""
        return tuple(dict.fromkeys(one.document_id for one in self.arrivals if one.kind == "changed"))


def new_since(publication: Published, desk: Desk, saved: SavedSearch, since: Since = None) -> News:
    """What `saved` found after a position, a publication or an instant; None: since it was saved or changed.

    The search is run first when it was not yet run on this publication, so a subscriber that asks on from
    the position it got is told each document once, also one that matches since its text, a label, a
    correction or its validity changed, and misses none, however many publications it left out. A document
    that stops matching and matches again is not told twice.
    """
    problem = refresh(publication, desk, saved)
    arrivals = desk.news.since(saved.search_id, since, publication.publication_id)
    position = desk.news.position(saved.search_id, publication.publication_id)
    position = max(position, since) if isinstance(since, int) else position
    return News(saved, publication.publication_id, tuple(arrivals), position, problem)


def refresh(publication: Published, desk: Desk, saved: SavedSearch) -> UserError | None:
    """Note what the search finds in this publication, once; the reason where it cannot be run.

    What stands in the way is told, not repaired: the search stays, and is run again when it can be.
    """
    run = saved.publication_id
    if saved.asked is None:
        return UserError(saved.wrong or "")
    if run is not None and age_of(run) >= age_of(publication.publication_id):
        return None
    try:
        found = _found(publication, saved.asked)
    except UserError as error:
        return error
    desk.news.record(saved, publication.publication_id, found)
    return None


def problem_of(publication: Published, saved: SavedSearch) -> UserError | None:
    """Why the search cannot be run here: a class or body that vanished, a query that is none any more."""
    if saved.asked is None:
        return UserError(saved.wrong or "")
    try:
        total = count_hits(publication, saved.asked.query, **_without_order(saved.asked))
    except UserError as error:
        return error
    return _too_wide(total) if total > FOLLOWED else None


def save(
    publication: Published | None,
    desk: Desk,
    name: str,
    wanted: Asked,
    account: str,
    *,
    note: str = "",
    shared: bool = False,
) -> SavedSearch:
    """Keep a search; what it finds in this publication is what was there already, no news."""
    saved = desk.searches.save(name, wanted, account, note=note, shared=shared)
    if publication is not None:
        refresh(publication, desk, saved)
    return desk.searches.get(saved.search_id)


def change(
    publication: Published | None, desk: Desk, saved: SavedSearch, wanted: Asked, account: str
) -> SavedSearch:
    """Ask something else under the same name; news of the former question up to now stay news."""
    if publication is not None:
        refresh(publication, desk, saved)
    changed = desk.searches.change(saved.search_id, account, wanted=wanted)
    if publication is not None:
        refresh(publication, desk, changed)
    return desk.searches.get(saved.search_id)


def _found(publication: Published, wanted: Asked) -> dict[str, int]:
    """Every document that matches, with its version; a UserError when they are too many to follow."""
    keywords = _without_order(wanted)
    total = count_hits(publication, wanted.query, **keywords)
    if total > FOLLOWED:
        raise _too_wide(total)
    ids = list(every_hit(publication, wanted.query, **keywords))
    rows = publication.rows(_VERSIONS, [ids]) if ids else []
    return {str(row["document_id"]): int(row["version_no"] or 1) for row in rows}


def _too_wide(total: int) -> UserError:
    return UserError(
        f"The search finds {total:,} documents; news are kept of at most {FOLLOWED:,}, narrow it by organ,"
        " topic or words."
    )


def _without_order(wanted: Asked) -> dict[str, Any]:
    """The filters alone; news are of the text that holds now, also of a search through past versions."""
    return {name: value for name, value in wanted.keywords().items() if name not in ("order", "versions")}
