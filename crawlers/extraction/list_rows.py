"""The rows of a list of unknown make: links in like places, each with the block that is its own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from selectolax.lexbor import LexborNode

from crawlers.extraction.dates import find_date
from crawlers.extraction.list_links import Link, row_lines
from crawlers.extraction.page import is_file_link
from crawlers.extraction.plain import one_line, title_line

_JOINT = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")  # 01Dez2025: boxes of a day, month and year
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}[〔\[（(【［]\s*\d{4}\s*[〕\]）)】］]\s*(?:第\s*)?\d{1,5}\s*号"
    r"|\b(?:\d{1,2}:)?\d{2,4}-?[a-z]{1,4}-?\d{2,6}(?:-\w{1,4})?\b|\bNos?\.\s*[\w\-/]+",
    re.I,
)
NUMBER_CELL = re.compile(
    r"^(?:No\.?\s*)?[A-Z]{0,6}[-\s]?\d{1,3}(?:,\d{3}|\d{0,5})(?:[-/–]\w{1,8}){0,3}:?$", re.I
)
# what stands beside a ruling in its row, and is not the ruling
BESIDE = re.compile(
    r"^\W*(?:audio|video|oral argument|webcast|listen|watch|dissent\w*|concur\w*|separate|docket|briefs?"
    r"|case (?:info\w*|detail\w*)|summary|errata|erratum|map|plan)\b",
    re.I,
)
_PAPER = re.compile(
    r"^\W*(?:(?:meeting|board|draft|final|approved|special)\s+)?(?:agenda|minutes|packet|notice)s?\b", re.I
)
_LABELLED = re.compile(r"^[\w ./]{2,25}[:：]\s")
_DAY_OF_MONTH = re.compile(r"^\s*([12]?\d|3[01])(?!\d)")
ROW_TAGS = {"tr", "li", "article"}
MENU_WORD = 6  # characters that a menu's words have at most, on average


@dataclass(frozen=True, slots=True)
class Row:
    """A link with the block that belongs to it alone."""

    link: Link
    block: LexborNode
    lines: tuple[str, ...]


@dataclass(slots=True)
class Group:
    """Links that stand in like places."""

    rows: list[Row]
    dates: dict[str, date | None]
    own: float = 0.0  # share of rows with a date beside the link
    telling: float = 0.0  # share of links whose text says something
    dayless: frozenset[str] = frozenset()  # addresses of rows whose own cell says that they have no day


def is_pager(links: Sequence[Link]) -> bool:
    """Page numbers: nothing but small whole numbers that follow each other."""
    if any(is_file_link(link.url) for link in links):
        return False  # the days of a month, each with its minutes
    numbers = [int(link.text) for link in links if link.text.isdigit() and len(link.text) < 5]
    return len(numbers) == len(links) and max(numbers, default=0) <= len(links) + 3


def one_a_row(links: Sequence[Link]) -> list[Link]:
    """Of several links in one table row or list item the one that names the document, else its file."""
    by_row: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        row = next((mem for mem, node in _within_day(link.ancestors) if node.tag in ROW_TAGS), None)
        by_row[link.node.mem_id if row is None else row].append(link)
    if len(by_row) < 3:
        return list(links)
    if len(links) < len(by_row) * 1.3:
        return [link for row in by_row.values() for link in _of_like_kind(row, by_row)]
    return [link for row in by_row.values() for link in _naming(row)]


def _item(link: Link) -> int | None:
    """The table row, list item, card or day of a calendar that a link stands in."""
    return next(
        (
            mem
            for mem, node in _within_day(link.ancestors)
            if node.tag in (*ROW_TAGS, "td") and (node.tag != "td" or _is_day(node))
        ),
        None,
    )


def _within_day(ancestors: tuple[tuple[int, LexborNode], ...]) -> tuple[tuple[int, LexborNode], ...]:
    """The ancestors up to the cell that is a day of a calendar; all of them elsewhere."""
    for place, (_, node) in enumerate(ancestors):
        if node.tag == "td":
            return ancestors[: place + 1] if _is_day(node) else ancestors
    return ancestors


def _is_day(cell: LexborNode) -> bool:
    """Whether a cell is a day of a month: it and its neighbours begin with numbers that follow."""
    days = [
        _leading(other) for other in (cell.prev, cell, cell.next) if other is not None and other.tag == "td"
    ]
    return len(days) > 1 and all(days) and all(b - a in (1, -27, -28, -29, -30) for a, b in pairwise(days))


def _leading(cell: LexborNode) -> int:
    found = _DAY_OF_MONTH.match(cell.text(deep=True, separator=" ") or "")
    return int(found[1]) if found else 0


def _of_like_kind(row: list[Link], by_row: Mapping[int, list[Link]]) -> list[Link]:
    """Of a row with more links than most those in the column, and to the kind of page, of the others.

    A plan beside its page is no entry, nor a separate opinion in a column that few rows fill.
    """
    if len(row) > 1 and len({_column(link) for link in row}) == len(row):
        filled = Counter(_column(link) for other in by_row.values() for link in other)
        return [max(row, key=lambda link: filled[_column(link)])]
    kinds = Counter(is_file_link(other[0].url) for other in by_row.values())
    usual = kinds.most_common(1)[0][0]
    like = [link for link in row if is_file_link(link.url) == usual]
    return like if len(row) > 1 and like and len(kinds) == 1 else row


def _column(link: Link) -> int:
    """Which cell of its row a link stands in; -1 outside tables."""
    cell = next((node for _, node in link.ancestors if node.tag in ("td", "th")), None)
    place = -1 if cell is None else 0
    while cell is not None and cell.prev is not None:
        cell = cell.prev
        place += cell.tag in ("td", "th")
    return place


def _naming(row: list[Link]) -> list[Link]:
    telling = [link for link in row if not link.generic and not NUMBER_CELL.match(link.text)]
    if telling:
        own = [link for link in telling if not BESIDE.match(link.text)]
        return [max(own or telling, key=lambda link: len(link.text))]
    papers = [link for link in row if _PAPER.match(link.text)]
    if len({link.url for link in papers}) > 1:
        return papers  # agenda and minutes of one meeting are two documents
    files = [link for link in row if is_file_link(link.url)]
    return files[:1] or row


def rows_of(links: Sequence[Link]) -> list[Row]:
    """Each link with the highest block that holds no other link of its group."""
    repeated = Counter(link.text for link in links)
    many = {text for text, count in repeated.items() if count >= 4 and count * 4 > len(links)}
    telling = [link for link in links if not link.generic and link.text not in many]
    if many:
        told = {mem for link in telling if (mem := _item(link)) is not None}
        telling = [
            link
            for link in links
            if not link.generic
            and (link.text not in many or (_item(link) not in (None, *told) and not BESIDE.match(link.text)))
        ]
    kept = telling if len(telling) * 3 >= len(links) else list(links)
    unique = list({link.url: link for link in reversed(kept)}.values())[::-1]
    counts = Counter(mem for link in unique for mem, _ in link.ancestors)
    rows: list[Row] = []
    for link in unique:
        shared = next(
            (node for mem, node in link.ancestors if node.tag in ROW_TAGS and 1 < counts[mem] <= 4), None
        )
        within = _within_day(link.ancestors)
        block = next((node for mem, node in reversed(within) if counts[mem] == 1), link.node)
        if shared is not None and _PAPER.match(link.text) and len(unique) > counts[shared.mem_id]:
            block = shared
        elif len(within) < len(link.ancestors):
            block = within[-1][1]  # a day of a calendar
        rows.append(Row(link, block, row_lines(block)))
    return rows


def title_of(row: Row) -> str | None:
    """The link's text; of a link that says nothing the first line of its row that reads like a title."""
    number = bool(NUMBER_CELL.match(row.link.text))
    if (
        row.link.text
        and not row.link.generic
        and not number
        and not re.fullmatch(r"\S+\.\w{3,4}", row.link.text)
    ):
        return row.link.text
    for line in row.lines:
        plain = not _LABELLED.match(line) and not NUMBER_CELL.match(line) and line != row.link.text
        if (
            plain
            and len(line) >= 6
            and " " in line
            and len(line) <= 300
            and len(re.sub(r"\W|\d", "", line)) >= 5
        ):
            return title_line(line)
    return row.link.text or None


def number_in(lines: Sequence[str]) -> str | None:
    """A document or case number in a row: one of known shape, else a cell that is nothing but a number."""
    shaped = _NUMBER.finditer("\n".join(lines)[:3000])
    known = next((found[0] for found in shaped if not find_date(_JOINT.sub(" ", found[0]))), None)
    if known:
        return one_line(known)
    cell = next(
        (line for line in lines if NUMBER_CELL.match(line) and not find_date(_JOINT.sub(" ", line))), None
    )
    return cell.rstrip(":") if cell else None
