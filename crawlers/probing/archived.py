"""A source's pages as the archive last caught them, for a check that asks nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crawlers.platforms import PageRequest
from crawlers.probing.client import Answer
from crawlers.probing.errors import NotFetched
from crawlers.spiders.requests import address_key
from warehouse.archive.reader import DamagedRecord, read_record
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home


class ArchivePages:
    """The latest good capture of each address of one source."""

    def __init__(self, home: Home, state: CrawlState, source_id: str) -> None:
        self._home, self._state, self._source = home, state, source_id

    def listed_at(self, requests: Sequence[PageRequest]) -> datetime | None:
        """When one of these lists was last archived; None when none of them ever was."""
        keys = [address_key(one.url, one.method, one.body or b"") for one in requests]
        captures = [one for key in keys for one in self._state.captures_of(self._source, key)]
        return max((one.fetched_at for one in captures if one.status == 200), default=None)

    def get(self, request: PageRequest) -> Answer:
        """The archived page, or NotFetched `not-saved`."""
        key = address_key(request.url, request.method, request.body or b"")
        for capture in reversed(self._state.captures_of(self._source, key)):
            if capture.status != 200:
                continue
            try:
                record = read_record(self._home.archive, capture.place)
            except DamagedRecord as error:
                raise NotFetched("damaged", str(error)) from error
            return Answer(request.url, capture.final_url, capture.media_type, record.body, request.role)
        raise NotFetched("not-saved", f"{request.url} was never archived for {self._source}.")

    def sitemaps(self, url: str) -> list[str]:
        """None: nobody is asked."""
        return []
