"""Where a known document's address leads now: a redirect to the home page is a deletion, politely put."""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import urlsplit

from crawlers.source import SourceFile
from crawlers.spiders.requests import LIST_ROLES, start_requests
from warehouse.crawl_state.store import CrawlState
from warehouse.crawl_state.work import Leased

REDIRECTED = "redirected"  # note of an address whose document is lost so
_INDEX = re.compile(r"(?:index|default|home|main)\.\w{2,5}$", re.I)
_ERROR = re.compile(
    r"/(?:40[34]|410|error(?:[-_]?page)?|error[-_]?404|page[-_]?404|(?:page)?[-_]?not[-_]?found)(?:/?$|\.\w{2,5}$)",
    re.I,
)


class Landings:
    """What one round learned of pages that redirects end at."""

    def __init__(self, state: CrawlState) -> None:
        self._state = state
        self._came_from: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)  # address -> title

    def lost(self, leased: Leased, source: SourceFile, final_url: str) -> bool:
        """Whether a known document was sent on to a page that is no document of its own.

        Such a page is the site's home page, a list, an address that says "error", or one that other
        documents were sent on to as well; one that had two addresses is one document, by its title in the
        lists. A document that always lay behind such a redirect is none.
        """
        asked = str(leased.request.get("url", leased.url))
        if leased.role != "detail" or leased.last_sha256 is None or _place(asked) == _place(final_url):
            return False
        known = self._state.last_good(source.id, asked)
        if known is not None and _place(known.final_url) == _place(final_url):
            return False
        together = self._came_from[(source.id, final_url)]
        title = (leased.entry.title if leased.entry else None) or ""
        before = self._state.visit_table.sent_on_to(source.id, final_url, asked)
        others = [*(said for url, said in together.items() if url != asked), *before]
        together[asked] = title
        return (
            self._no_document(source, final_url)
            or self._note(source.id, leased.url) == REDIRECTED
            or any(not title or other != title for other in others)
        )

    def _note(self, source_id: str, url: str) -> str:
        visit = self._state.visit_table.visits(source_id, [url]).get(url)
        return visit.note if visit else ""

    def _no_document(self, source: SourceFile, final_url: str) -> bool:
        parts = urlsplit(final_url)
        if _place(final_url)[1:] == ("/", "") or _ERROR.search(parts.path):
            return True
        lists = {_place(one.url) for one in start_requests(source)} | {_place(source.home)}
        if _place(final_url) in lists:
            return True
        visit = self._state.visit_table.visits(source.id, [final_url]).get(final_url)
        return visit is not None and visit.role in LIST_ROLES


def _place(url: str) -> tuple[str, str, str]:
    """Host, path and query, whatever the scheme; an index page is its folder."""
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    path = f"{folder}/" if _INDEX.fullmatch(name) else parts.path or "/"
    return (parts.hostname or "").lower(), path, parts.query
