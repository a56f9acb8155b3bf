"""Runs of links that lead to other parts of a list: years, months, letters, page numbers; no entries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from crawlers.extraction.dates import MONTH
from crawlers.extraction.list_links import Link
from crawlers.extraction.page import is_file_link

_STEP = re.compile(
    rf"^\W*(?:(?:{MONTH}\.?,?\s*)?(?:19|20)\d\d(?:\s*[-–/]\s*(?:\d\d|(?:19|20)\d\d))?|{MONTH}\.?|[A-Z#]|\d{{1,3}}"
    r"|[A-Z]\s*[-–]\s*[A-Z]|0-9|all)\W*$",
    re.I,
)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_SPAN = re.compile(r"\b(?:19|20)(\d\d)\s*[-–/]\s*(?:19|20)?(\d\d)\b")
_LEAST = 3  # links of one kind beside each other that make an index


def without_indexes(links: Sequence[Link]) -> list[Link]:
    """The links, without runs of years, months, letters or numbers beside each other that are no files."""
    counts = Counter(mem for link in links for mem, _ in link.ancestors)
    runs: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        shelf = next((mem for mem, _ in link.ancestors if counts[mem] > 1), 0)
        if _STEP.match(link.text) and not is_file_link(link.url):
            runs[shelf].append(link)
    index = {
        link.node.mem_id
        for shelf, run in runs.items()
        if len(run) >= _LEAST and len(run) * 3 >= counts[shelf] * 2 and not _are_cases(run)
        for link in run
    }
    return [link for link in links if link.node.mem_id not in index] if index else list(links)


def _are_cases(run: Sequence[Link]) -> bool:
    """Whether numbers are those of cases, which look like pages or spans of years: 2023-45, 101, 107, 112."""
    spans = [match for link in run if (match := _SPAN.search(link.text))]
    numbers = [int(link.text) for link in run if link.text.isdigit() and len(link.text) < 4]
    odd = [one for one in spans if (int(one[1]) + 1) % 100 != int(one[2])]
    steps = sum(1 for one, other in pairwise(numbers) if abs(other - one) == 1)
    return 2 * len(odd) > len(run) or (2 * len(numbers) > len(run) and 2 * steps < len(numbers) - 1)
