"""A source without a crawl: its site offers no interface that we know of, so people hand its documents in.

Such a row of the catalogue names publisher, language and terms for `govbrief add FILE --source ID`; nobody is
ever asked, and the row says why in `disabled_reason`.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawlers.platforms.base import PageRequest
from crawlers.platforms.generic import parse_detail, parse_list
from crawlers.platforms.hints import Hints
from warehouse.errors import UserError

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "manual"


def start(hints: Hints) -> Sequence[PageRequest]:
    """Always a UserError: there is nothing to ask."""
    raise UserError(
        f"{hints.source_id} is not crawled: its site has no interface that we know of. People hand its"
        f" documents in: 'govbrief add FILE --source {hints.source_id}'."
    )
