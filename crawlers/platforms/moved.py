"""Pages that the source's platform did not write: read by the platform that did, which is said aloud."""

from __future__ import annotations

import re
from dataclasses import replace

from crawlers.extraction.charset import decode
from crawlers.platforms import PLATFORMS, ListPage, generic
from crawlers.platforms.detect import detect
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import asks_to_wait, held_back
from warehouse.records import Problem

_UNSEEN = re.compile(r"<(script|style|noscript)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>|\s+", re.I | re.S)
_PLEA = 600  # visible characters of a page that only asks to come back later


def plea(source: str) -> tuple[Problem, ...]:
    """The problem of a page, shown with a good status, that asks us to come back later."""
    visible = _UNSEEN.sub("", source)
    if len(visible) > _PLEA or not asks_to_wait(visible):
        return ()
    return (held_back("The list answers with a page that asks to come back later."),)


def read_elsewhere(body: bytes, url: str, hints: Hints, own: str) -> ListPage:
    """A list that `own` finds nothing on: a site changes its system overnight, its catalogue row does not."""
    waits = plea(decode(body))
    if waits:
        return ListPage(problems=waits)
    other = detect(body, url)
    if other is None or other == own:
        return generic.parse_list(body, url, hints)
    page = PLATFORMS[other].parse_list(body, url, hints)
    if not page.entries and not page.next:
        return page
    said = f"The list is published by the platform {other}, the source's file says {own}; correct it."
    return replace(page, problems=(Problem("other-platform", said), *page.problems))
