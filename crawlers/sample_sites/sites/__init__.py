"""Publishing styles: each is a class that answers for one site; add a style by adding a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from crawlers.sample_sites.answers import Answer
from crawlers.sample_sites.library import Present
from crawlers.sample_sites.model import SampleAttachment, SiteCard
from crawlers.sample_sites.sites.gkmlpt import GkmlptSite
from crawlers.sample_sites.sites.govuk import GovukSite
from crawlers.sample_sites.sites.trs import TrsSite


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


STYLES: dict[str, Callable[[SiteCard], Site]] = {"trs": TrsSite, "gkmlpt": GkmlptSite, "govuk": GovukSite}


def open_site(card: SiteCard) -> Site:
    """The site a card describes."""
    return STYLES[card.style](card)
