"""The rows of a list of unknown make: links in like places, each with the block that is its own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborNode

from crawlers.extraction.dates import find_date
from crawlers.extraction.list_links import Link, row_lines
from crawlers.extraction.page import is_file_link
from crawlers.extraction.plain import one_line, title_line

_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}[〔\[（(【［]\s*\d{4}\s*[〕\]）)】］]\s*(?:第\s*)?\d{1,5}\s*号"
    r"|\b(?:\d{1,2}:)?\d{2,4}-?[a-z]{1,4}-?\d{2,6}(?:-\w{1,4})?\b|\bNos?\.\s*[\w\-/]+",
    re.I,
)
NUMBER_CELL = re.compile(
    r"^(?:No\.?\s*)?[A-Z]{0,6}[-\s]?\d{1,3}(?:,\d{3}|\d{0,5})(?:[-/–]\w{1,8}){0,3}:?$", re.I
)
_LABELLED = re.compile(r"^[\w ./]{2,25}[:：]\s")
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


def is_pager(links: Sequence[Link]) -> bool:
    """Page numbers: nothing but small whole numbers that follow each other."""
    numbers = [int(link.text) for link in links if link.text.isdigit() and len(link.text) < 5]
    return len(numbers) == len(links) and max(numbers, default=0) <= len(links) + 3


def one_a_row(links: Sequence[Link]) -> list[Link]:
    """Of several links in one table row or list item the one that names the document, else its file."""
    by_row: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        row = next((mem for mem, node in link.ancestors if node.tag in ROW_TAGS), link.node.mem_id)
        by_row[row].append(link)
    if len(by_row) < 3 or len(links) < len(by_row) * 1.3:
        return list(links)
    return [link for row in by_row.values() for link in _naming(row)]


def _naming(row: list[Link]) -> list[Link]:
    telling = [link for link in row if not link.generic and not NUMBER_CELL.match(link.text)]
    if telling:
        return [max(telling, key=lambda link: len(link.text))]
    files = [link for link in row if is_file_link(link.url)]
    return files[:1] or row


def rows_of(links: Sequence[Link]) -> list[Row]:
    """Each link with the highest block that holds no other link of its group."""
    repeated = Counter(link.text for link in links)
    many = {text for text, count in repeated.items() if count >= 4 and count * 4 > len(links)}
    telling = [link for link in links if not link.generic and link.text not in many]
    kept = telling if len(telling) * 3 >= len(links) else list(links)
    unique = list({link.url: link for link in reversed(kept)}.values())[::-1]
    counts = Counter(mem for link in unique for mem, _ in link.ancestors)
    rows: list[Row] = []
    for link in unique:
        block = next((node for mem, node in reversed(link.ancestors) if counts[mem] == 1), link.node)
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
    known = _NUMBER.search("\n".join(lines)[:3000])
    if known:
        return one_line(known[0])
    cell = next((line for line in lines if NUMBER_CELL.match(line) and not find_date(line)), None)
    return cell.rstrip(":") if cell else None
