"""Runs of links that lead to other parts of a list: years, months, letters, page numbers; no entries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from crawlers.extraction.dates import MONTH
from crawlers.extraction.list_links import Link
from crawlers.extraction.page import is_file_link

_STEP = re.compile(
    rf"^\W*(?:(?:{MONTH}\.?,?\s*)?(?:19|20)\d\d(?:\s*[-–/]\s*(?:\d\d|(?:19|20)\d\d))?|{MONTH}\.?|[A-Z#]|\d{{1,3}}"
    r"|[A-Z]\s*[-–]\s*[A-Z]|0-9|all)\W*$",
    re.I,
)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_LEAST = 3  # links of one kind beside each other that make an index


def without_indexes(links: Sequence[Link]) -> list[Link]:
    """The links, without runs of years, months, letters or numbers beside each other that are no files."""
    runs: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        if _STEP.match(link.text) and not is_file_link(link.url):
            runs[_shelf(link)].append(link)
    counts: dict[int, int] = defaultdict(int)
    for link in links:
        counts[_shelf(link)] += 1
    index = {
        link.node.mem_id
        for shelf, run in runs.items()
        if len(run) >= _LEAST and len(run) * 3 >= counts[shelf] * 2
        for link in run
    }
    return [link for link in links if link.node.mem_id not in index] if index else list(links)


def _shelf(link: Link) -> int:
    """The block that a run stands in: the parent, or the list or row whose items hold one link each."""
    for mem, node in link.ancestors[:5]:
        if node.tag not in ("li", "td", "th", "span", "b", "strong", "font", "em", "u"):
            return mem
    return link.ancestors[0][0] if link.ancestors else link.node.mem_id
