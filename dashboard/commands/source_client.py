"""What the source verbs share: a polite client for a home, and what is known of bodies and places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dashboard.commands.sample_home import site_addresses
from warehouse.errors import UserError
from warehouse.home import Home

if TYPE_CHECKING:
    from crawlers.probing.client import Client
    from crawlers.probing.identity import Knowledge


@contextmanager
def polite_client(home: Home, most: int = 20) -> Iterator[Client]:
    """A client with the home's contact, delay and kept robots rules; a sample home's asks loopback only."""
    with site_addresses(home) as addresses:
        if addresses is None and not home.settings.crawl.contact.strip():
            raise UserError(
                f"{home.root / 'govbrief.toml'}: [crawl] contact is empty; write a mail address or page, so"
                " that the site's owner can reach you, then ask it."
            )
        with _client(home, addresses or {}, most) as client:
            yield client


@contextmanager
def _client(home: Home, addresses: Mapping[str, tuple[str, int]], most: int) -> Iterator[Client]:
    from crawlers.politeness.robots import KEPT_FOR
    from crawlers.probing.client import MAX_PAGE_BYTES, Client
    from crawlers.settings import request_headers
    from warehouse.crawl_state.cards import instant
    from warehouse.crawl_state.store import CrawlState

    state = CrawlState.look(home) if home.crawl_state_file.is_file() else None

    def recall(origin: str) -> tuple[int, bytes] | None:
        """Rules that a crawl kept less than a day ago."""
        kept = state.robots(origin) if state else None
        fresh = kept is not None and home.clock.now() - instant(kept["fetched_at"]) < min(
            KEPT_FOR, timedelta(hours=24)
        )
        return (kept["status"], kept["body"]) if kept is not None and fresh else None

    crawl = home.settings.crawl
    try:
        yield Client(
            request_headers(crawl.contact or "sample"),
            0.0 if addresses else crawl.delay_seconds,
            addresses,
            recall,
            max_bytes=min(crawl.max_body_bytes, MAX_PAGE_BYTES),
            max_requests=most,
        )
    finally:
        if state:
            state.close()


def left_alone(home: Home, source_id: str) -> str | None:
    """Why a source is not to be asked now, when a crawl was refused or failed there; None when it may be."""
    from warehouse.crawl_state.cards import epoch
    from warehouse.crawl_state.store import CrawlState

    if not home.crawl_state_file.is_file():
        return None
    with CrawlState.look(home) as state:
        kept = state.source_state(source_id)
    waiting = kept["breaker"] in {"open", "blocked"} and (kept["breaker_until"] or 0) > epoch(
        home.clock.now()
    )
    return f"{kept['detail']}; left alone" if waiting else None


def knowledge(catalogue: Any) -> Knowledge:
    """The authority file's bodies and places, and the ids that are taken."""
    from classify.departments.authority import authority
    from classify.departments.load import authority_data
    from crawlers.probing.identity import Knowledge

    known = authority()
    places = {place.code: place.name for place in authority_data().places if place.country == "CN"}
    return Knowledge(known.resolve, places, frozenset({*catalogue.sources, *catalogue.faults}))
