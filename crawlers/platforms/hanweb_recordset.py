"""Hanweb sites whose column page holds its newest records itself, about 45 of them.

The link to the next group carries opaque numbers and mostly answers with an empty envelope, so the page is
all there is; older documents stay out of reach. Option: `columns`, column numbers separated by spaces.
"""

from __future__ import annotations

from crawlers.extraction.charset import decode
from crawlers.extraction.page import open_page, too_deep
from crawlers.platforms.base import TOO_DEEP, ListPage
from crawlers.platforms.hanweb import cut_off, parse_detail, records
from crawlers.platforms.hanweb_dataproxy import start
from crawlers.platforms.hints import Hints
from crawlers.platforms.moved import read_elsewhere
from crawlers.platforms.rows import art_number, row_entries
from warehouse.records import Problem

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "hanweb_recordset"


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """The records of a column's page, or its rows where an editor wrote them out; no further pages."""
    source = decode(body)
    if too_deep(source):
        return TOO_DEEP
    entries = records(source, url)
    if entries:
        return ListPage(entries, (), None, cut_off(source))
    if "<recordset" in source:
        return ListPage(problems=(Problem("empty-list", "The column's page holds no record."),))
    rows = row_entries(open_page(source, url), art_number)
    return ListPage(rows) if len(rows) > 1 else read_elsewhere(body, url, hints, name)
