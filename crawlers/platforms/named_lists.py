"""Where a round begins on sites whose file names their lists."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin

from crawlers.platforms import generic
from crawlers.platforms.base import PageRequest
from crawlers.platforms.hints import Hints


def start_lists(hints: Hints) -> Sequence[PageRequest]:
    """The lists of `[options] lists` (separated by spaces, relative to the home page), else the home page."""
    lists = str(hints.options.get("lists", "")).split()
    return tuple(PageRequest(urljoin(hints.home_url, path), "list") for path in lists) or generic.start(hints)
