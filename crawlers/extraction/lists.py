"""Lists of unknown make: links that repeat in one place, each with the title and date of its row."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawlers.extraction.answers import script_entries
from crawlers.extraction.dates import DayOrder
from crawlers.extraction.limits import MAX_ENTRIES
from crawlers.extraction.list_choice import chosen, is_furniture
from crawlers.extraction.list_clusters import parted
from crawlers.extraction.list_days import date_in, dated
from crawlers.extraction.list_files import with_files
from crawlers.extraction.list_index import without_indexes
from crawlers.extraction.list_links import Link, Running, find_links, row_lines
from crawlers.extraction.list_next import next_page
from crawlers.extraction.list_rows import (
    MENU_WORD,
    NUMBER_CELL,
    ROW_TAGS,
    Group,
    Row,
    is_pager,
    number_in,
    one_a_row,
    rows_of,
    title_of,
)
from crawlers.extraction.list_selected import selected
from crawlers.extraction.list_sure import Sureness, of_groups, of_rows
from crawlers.extraction.page import Page, is_file_link
from warehouse.records import Entry

_DATED = 0.7  # share of dated rows at which those without any day are no rows of the list


@dataclass(frozen=True, slots=True)
class FoundList:
    """What structure says of a list page."""

    entries: tuple[Entry, ...]
    next_url: str | None
    dated: int  # entries with a date that stands beside their link
    groups: int  # link groups that were taken
    covered: float = 0.0  # share of the page's text that stands in rows
    confidence: float = 0.0  # 0-1: how sure structure is that these are the page's entries
    reason: str = ""  # one sentence: which structure, how many rows, how many with a day


def find_list(page: Page, order: DayOrder = "mdy", selectors: Mapping[str, str] | None = None) -> FoundList:
    """Entries in reading order; a source's own `item`, `title`, `date`, `next` selectors replace guessing."""
    own = selectors or {}
    next_url = next_page(page, own.get("next"))
    if own.get("item"):
        rows = selected(page, own, order)
        return _found(rows, next_url, 1, of_rows("the source's own selector", rows, sure=True))
    running = Running(page, order)
    order = running.order
    links = without_indexes(find_links(page, running))
    every = _groups(links, running, order)
    taken = with_files(chosen(_distinct(every)), every)
    if not any(group.own >= 0.5 for group in taken):
        taken = _in_menus(page, running, order) or taken
    if all(_is_menu(group) or is_furniture(group) for group in taken):
        taken = _lone(links, order) or taken
    covered = _covered(taken, running)
    entries = _in_order([row for group in taken for row in _of_list(group)], taken)
    scripted = script_entries(page, order, own.get("link_template")) if "<script" in page.source else ()
    if len(scripted) > 2 * len(entries):
        return _found(scripted, next_url, 1, of_rows("data in a script", scripted))
    beside = sum(1 for entry in entries if entry.published) if taken and taken[0].own >= 0.5 else 0
    sure = of_groups(taken, entries, beside, covered)
    return FoundList(entries, next_url, beside, len(taken), covered, sure.confidence, sure.reason)


def _found(entries: tuple[Entry, ...], following: str | None, groups: int, sure: Sureness) -> FoundList:
    beside = sum(1 for entry in entries if entry.published)
    return FoundList(entries, following, beside, groups, 0.0, sure.confidence, sure.reason)


def _covered(groups: Sequence[Group], running: Running) -> float:
    blocks = {row.block.mem_id: sum(map(len, row.lines)) for group in groups for row in group.rows}
    return sum(blocks.values()) / max(len(re.sub(r"\s+", " ", running.text)), 1)


def _groups(links: Sequence[Link], running: Running, order: DayOrder) -> list[Group]:
    by_place: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in links:
        by_place[link.signature].append(link)
    groups: list[Group] = []
    for same in by_place.values():
        rows = rows_of(one_a_row(same)) if not is_pager(same) else []
        for part in parted(rows, running, order) if len(rows) >= 2 else ():
            if len(part) >= 2:
                groups.append(dated(part, running, order))
    return groups


def _of_list(group: Group) -> list[Row]:
    """The rows of a group; where nearly all have a day beside them, what has none stands around the list."""
    if group.own < _DATED or len(group.rows) < 3:
        return group.rows
    return [row for row in group.rows if group.dates[row.link.url] or row.link.url in group.dayless]


def _in_menus(page: Page, running: Running, order: DayOrder) -> list[Group]:
    """Groups of dated files in the navigation of a page that lists nothing else by day: minutes in a menu."""
    links = [link for link in find_links(page, running, menus=True) if is_file_link(link.url)]
    return [group for group in _distinct(_groups(links, running, order)) if group.own >= _DATED]


def _distinct(groups: list[Group]) -> list[Group]:
    """Of groups that share their rows (case name and docket number in one table row) the telling one."""
    kept: list[Group] = []
    for group in sorted(groups, key=_telling, reverse=True):
        blocks = {row.block.mem_id for row in group.rows}
        shared = (len(blocks & {row.block.mem_id for row in other.rows}) for other in kept)
        if not any(count * 2 > len(blocks) for count in shared):
            kept.append(group)
    return kept


def _telling(group: Group) -> float:
    lengths = [min(len(row.link.text), 60) for row in group.rows if not row.link.generic]
    numbers = sum(1 for row in group.rows if NUMBER_CELL.match(row.link.text))
    return sum(lengths) / len(group.rows) - 30 * numbers / len(group.rows)


def _is_menu(group: Group) -> bool:
    """Short Chinese words without a day: what every page of a site leads to."""
    texts = [row.link.text for row in group.rows]
    short = sum(map(len, texts)) <= MENU_WORD * len(texts)
    return group.own == 0 and short and any("\u4e00" <= sign <= "\u9fff" for text in texts for sign in text)


def _lone(links: Sequence[Link], order: DayOrder) -> list[Group]:
    """The one row of a list that has no second: a table row or list item with a day and a naming link."""
    places = Counter(link.signature for link in links)
    rows: dict[int, Row] = {}
    for link in links:
        block = next((node for _, node in link.ancestors if node.tag in ROW_TAGS), None)
        if places[link.signature] > 1 or block is None or link.generic or len(link.text) <= MENU_WORD:
            continue
        row = Row(link, block, row_lines(block))
        before = rows.get(block.mem_id)
        if before is None or len(before.link.text) < len(link.text):
            rows[block.mem_id] = row
    dates = {row.link.url: date_in(row, order) for row in rows.values()}
    dated = [row for row in rows.values() if dates[row.link.url]]
    return [Group(dated, dates, 1.0, 1.0)] if len(dated) == 1 else []


def _in_order(rows: list[Row], groups: list[Group]) -> tuple[Entry, ...]:
    dates = {url: found for group in groups for url, found in group.dates.items()}
    blocks = Counter(row.block.mem_id for row in rows)
    entries: dict[str, Entry] = {}
    for row in sorted(rows, key=lambda row: row.link.place):
        title = title_of(row)
        if title and blocks[row.block.mem_id] > 1 and row.link.generic and title != row.link.text:
            title = f"{title}: {row.link.text}"  # the papers of one meeting
        if title and len(entries) < MAX_ENTRIES:
            number = number_in(row.lines)
            entries.setdefault(row.link.url, Entry(row.link.url, title, dates[row.link.url], number))
    return tuple(entries.values())
