"""Publishing styles: each is a class that answers for one site; add a style by adding a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from crawlers.sample_sites.answers import Answer
from crawlers.sample_sites.library import Present, present
from crawlers.sample_sites.model import SampleAttachment, SiteCard
from crawlers.sample_sites.sites.dataproxy import DataproxySite
from crawlers.sample_sites.sites.feed import FeedSite
from crawlers.sample_sites.sites.gkmlpt import GkmlptSite
from crawlers.sample_sites.sites.govuk import GovukSite
from crawlers.sample_sites.sites.recordset import RecordsetSite
from crawlers.sample_sites.sites.sitemap import SitemapSite
from crawlers.sample_sites.sites.static import StaticSite
from crawlers.sample_sites.sites.trs import TrsSite
from crawlers.sample_sites.sites.vsb import VsbSite


class Site(Protocol):
    """A site in some publishing style."""

    def answer(self, path: str, query: Mapping[str, list[str]], day: int) -> Answer:
        """What the site answers to a GET of this path on this day."""

    def url(self, shown: Present) -> str:
        """The full address of a document's page."""

    def own_id(self, shown: Present) -> str:
        """The site's own lasting identifier of a document."""

    def attachment_url(self, shown: Present, attachment: SampleAttachment) -> str:
        """The full address of an attached file."""


STYLES: dict[str, Callable[[SiteCard], Site]] = {
    "trs": TrsSite,
    "gkmlpt": GkmlptSite,
    "govuk": GovukSite,
    "dataproxy": DataproxySite,
    "recordset": RecordsetSite,
    "vsb": VsbSite,
    "feed": FeedSite,
    "sitemap": SitemapSite,
    "static": StaticSite,
}


def open_site(card: SiteCard, day: int = 0) -> Site:
    """The site a card describes, as it is published on that day."""
    return _opened(card.on_day(day))


@lru_cache(maxsize=64)
def _opened(card: SiteCard) -> Site:
    return STYLES[card.style](card)


def forwarded(card: SiteCard, address: str, day: int) -> str | None:
    """Where a redesigned site sends an address of its former style; None when it sends it nowhere."""
    now = open_site(card, day)
    for redesign in reversed(card.redesigns):
        if redesign.day > day or not redesign.redirects:
            continue
        before = open_site(card, redesign.day - 1)
        for item in present(card.folder, day):
            columns = (item.column, *item.former_columns)
            if address in {before.url(replace(item, column=column)) for column in columns}:
                return now.url(item)
            for attachment in item.document.attachments:
                if before.attachment_url(item, attachment) == address:
                    return now.attachment_url(item, attachment)
    return None
