"""Why a page could not be had: one exception, a short code for programs, a sentence for people."""

from __future__ import annotations

from warehouse.errors import NothingUsable


class NotFetched(NothingUsable):
    """A page was not fetched; `code` says which of the ways it failed.

    robots-forbids, robots-unknown, refused, challenge, gone, http-error, leaves-site, no-public-address,
    too-large, damaged, timeout, network, not-saved.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


REFUSALS = frozenset({"robots-forbids", "refused", "challenge"})  # the site said no; nothing more is asked
