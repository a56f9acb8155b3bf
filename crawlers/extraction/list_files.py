"""Two links a row, a page and its file: the file is the document where every row offers it by an icon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crawlers.extraction.list_links import Link
from crawlers.extraction.list_rows import Group, Row
from crawlers.extraction.page import is_file_link

_PDF = re.compile(r"\bpdf\b", re.I)
# A paper of its own beside the page: the page is the document, the paper belongs to it.
_PAPER = re.compile(
    r"\b(?:agenda|minutes|draft|transcript|presentation|handout|tagesordnung|niederschrift|protokoll"
    r"|ordre du jour|proc[èe]s-verbal|compte rendu|acta|orden del d[íi]a|verbale|notulen|referat)\b",
    re.I,
)
_NEARLY = 0.9  # share of the rows that must offer a file
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def with_files(taken: Sequence[Group], every: Sequence[Group]) -> list[Group]:
    """The groups, each row led to its file where nearly all rows have just one beside the link to their page.

    Chinese lists stay as they are: their pages carry number, issuer and index, which the file lacks.
    """
    return [_led(group, every) for group in taken]


def _led(group: Group, every: Sequence[Group]) -> Group:
    rows = group.rows
    if any(is_file_link(row.link.url) or _CHINESE.search(row.link.text) for row in rows):
        return group
    files = _offered(group, every)
    if len(files) < max(2, _NEARLY * sum(1 for row in rows if group.dates[row.link.url])):
        return group
    led = [_row(row, files[row.block.mem_id]) for row in rows if row.block.mem_id in files]
    days = {
        files[row.block.mem_id].url: group.dates[row.link.url] for row in rows if row.block.mem_id in files
    }
    return Group(led, days, group.own, group.telling)


def _row(row: Row, file: Link) -> Row:
    """The row under its file's address; its link goes on saying what it said."""
    return replace(row, link=replace(row.link, url=file.url))


def _offered(group: Group, every: Sequence[Group]) -> dict[int, Link]:
    """The one file of every row, by the row's block."""
    blocks = {row.block.mem_id for row in group.rows}
    for other in every:
        pages = [row.link for row in other.rows]
        if other is group or not all(is_file_link(link.url) or _PDF.search(link.text) for link in pages):
            continue
        if any(_PAPER.search(link.text) for link in pages):
            continue
        if all(link.generic or _PDF.search(link.text) for link in pages):
            found = {row.block.mem_id: row.link for row in other.rows if row.block.mem_id in blocks}
            if len(found) * 2 > len(blocks):
                return found
    return {}
