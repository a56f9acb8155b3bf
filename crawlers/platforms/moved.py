"""Pages that the source's platform did not write: read by the platform that did, which is said aloud."""

from __future__ import annotations

from dataclasses import replace

from crawlers.platforms import PLATFORMS, ListPage, generic
from crawlers.platforms.detect import detect
from crawlers.platforms.hints import Hints
from warehouse.records import Problem


def read_elsewhere(body: bytes, url: str, hints: Hints, own: str) -> ListPage:
    """A list that `own` finds nothing on: a site changes its system overnight, its catalogue row does not."""
    other = detect(body, url)
    if other is None or other == own:
        return generic.parse_list(body, url, hints)
    page = PLATFORMS[other].parse_list(body, url, hints)
    if not page.entries and not page.next:
        return page
    said = f"The list is published by the platform {other}, the source's file says {own}; correct it."
    return replace(page, problems=(Problem("other-platform", said), *page.problems))
