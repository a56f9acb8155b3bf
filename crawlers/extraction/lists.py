"""Lists of unknown make: links that repeat in one place, each with the title and date of its row."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urldefrag

from selectolax.lexbor import LexborNode

from crawlers.extraction.answers import script_entries
from crawlers.extraction.dates import DayOrder, find_date, url_date
from crawlers.extraction.limits import MAX_ENTRIES
from crawlers.extraction.list_links import Link, Running, find_links, row_lines
from crawlers.extraction.page import Page, is_file_link
from crawlers.extraction.plain import one_line, title_line
from warehouse.records import Entry

_NEXT = re.compile(
    r"^\W*(?:下一页|下页|后一页|next(?: page)?|older(?: posts| entries)?|weiter|nächste seite|suivant"
    r"|[>›»]{1,2}|next\s*[>›»]+)\W*$",
    re.I,
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}[〔\[（(【［]\s*\d{4}\s*[〕\]）)】］]\s*(?:第\s*)?\d{1,5}\s*号"
    r"|\b(?:\d{1,2}:)?\d{2,4}-?[a-z]{1,4}-?\d{2,6}(?:-\w{1,4})?\b|\bNos?\.\s*[\w\-/]+",
    re.I,
)
_NUMBER_CELL = re.compile(r"^(?:No\.?\s*)?[A-Z]{0,6}[-\s]?\d{1,8}(?:[-/–]\w{1,8}){0,3}:?$", re.I)
_LABELLED = re.compile(r"^[\w ./]{2,25}[:：]\s")
_ROW_TAGS = {"tr", "li", "article"}
_MENU_WORD = 6  # characters that a menu's words have at most, on average
_NEAR = 400  # characters of running text in which a date belongs to a link


@dataclass(frozen=True, slots=True)
class FoundList:
    """What structure says of a list page."""

    entries: tuple[Entry, ...]
    next_url: str | None
    dated: int  # entries with a date that stands beside their link
    groups: int  # link groups that were taken
    covered: float = 0.0  # share of the page's text that stands in rows


@dataclass(frozen=True, slots=True)
class _Row:
    """A link with the block that belongs to it alone."""

    link: Link
    block: LexborNode
    lines: tuple[str, ...]


@dataclass(slots=True)
class _Group:
    """Links that stand in like places."""

    rows: list[_Row]
    dates: dict[str, date | None]
    own: float = 0.0  # share of rows with a date beside the link
    telling: float = 0.0  # share of links whose text says something


def find_list(page: Page, order: DayOrder = "mdy", selectors: Mapping[str, str] | None = None) -> FoundList:
    """Entries in reading order; a source's own `item`, `title`, `date`, `next` selectors replace guessing."""
    own = selectors or {}
    next_url = _next(page, own.get("next"))
    if own.get("item"):
        chosen = _selected(page, own, order)
        return FoundList(chosen, next_url, sum(1 for e in chosen if e.published), 1)
    running = Running(page, order)
    links = find_links(page, running)
    groups = _distinct(_groups(links, running, order))
    taken = _taken(groups)
    if all(_is_menu(group) for group in taken):
        taken = _lone(links, order) or taken
    entries = _in_order([row for group in taken for row in group.rows], taken)
    scripted = script_entries(page, order) if "<script" in page.source else ()
    if len(scripted) > 2 * len(entries):
        return FoundList(scripted, next_url, sum(1 for entry in scripted if entry.published), 1)
    dated = sum(1 for entry in entries if entry.published) if taken and taken[0].own >= 0.5 else 0
    return FoundList(entries, next_url, dated, len(taken), _covered(taken, running))


def _covered(groups: Sequence[_Group], running: Running) -> float:
    blocks = {row.block.mem_id: sum(map(len, row.lines)) for group in groups for row in group.rows}
    return sum(blocks.values()) / max(len(re.sub(r"\s+", " ", running.text)), 1)


def _groups(links: Sequence[Link], running: Running, order: DayOrder) -> list[_Group]:
    by_place: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in links:
        by_place[link.signature].append(link)
    groups: list[_Group] = []
    for same in by_place.values():
        rows = _rows(_one_a_row(same)) if not _is_pager(same) else []
        if len(rows) >= 2:
            groups.append(_dated(rows, running, order))
    return groups


def _is_pager(links: Sequence[Link]) -> bool:
    """Page numbers: nothing but small whole numbers that follow each other."""
    numbers = [int(link.text) for link in links if link.text.isdigit() and len(link.text) < 5]
    return len(numbers) == len(links) and max(numbers, default=0) <= len(links) + 3


def _one_a_row(links: Sequence[Link]) -> list[Link]:
    """Of several links in one table row or list item the one that names the document, else its file."""
    by_row: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        row = next((mem for mem, node in link.ancestors if node.tag in _ROW_TAGS), link.node.mem_id)
        by_row[row].append(link)
    if len(by_row) < 3 or len(links) < len(by_row) * 1.3:
        return list(links)
    return [link for row in by_row.values() for link in _naming(row)]


def _naming(row: list[Link]) -> list[Link]:
    telling = [link for link in row if not link.generic and not _NUMBER_CELL.match(link.text)]
    if telling:
        return [max(telling, key=lambda link: len(link.text))]
    files = [link for link in row if is_file_link(link.url)]
    return files[:1] or row


def _rows(links: Sequence[Link]) -> list[_Row]:
    """Each link with the highest block that holds no other link of its group."""
    repeated = Counter(link.text for link in links)
    many = {text for text, count in repeated.items() if count >= 4 and count * 4 > len(links)}
    telling = [link for link in links if not link.generic and link.text not in many]
    kept = telling if len(telling) * 3 >= len(links) else list(links)
    unique = list({link.url: link for link in reversed(kept)}.values())[::-1]
    counts = Counter(mem for link in unique for mem, _ in link.ancestors)
    rows: list[_Row] = []
    for link in unique:
        block = next((node for mem, node in reversed(link.ancestors) if counts[mem] == 1), link.node)
        rows.append(_Row(link, block, row_lines(block)))
    return rows


def _dated(rows: list[_Row], running: Running, order: DayOrder) -> _Group:
    """The group with a date a row: in the row, else near the link, else in the heading above it."""
    telling = sum(1 for row in rows if not row.link.generic) / len(rows)
    inside = {row.link.url: _date_in(row, order) for row in rows}
    share = sum(1 for found in inside.values() if found) / len(rows)
    if share >= 0.5:
        return _Group(rows, _filled(inside, rows, running), share, telling)
    near = _near(rows, running)
    near_share = sum(1 for found in near.values() if found) / len(rows)
    if near_share >= 0.6:
        return _Group(rows, near, near_share, telling)
    return _Group(rows, _filled(inside, rows, running), share, telling)


def _date_in(row: _Row, order: DayOrder) -> date | None:
    """The date a title begins with, else one in the rest of the row, in the title, or in the address."""
    title = row.link.text
    text = "\n".join(row.lines)[:3000]
    beside = text.replace(title, " ", 1) if title else text
    return (
        find_date(title[:20], order)
        or find_date(beside, order)
        or find_date(title, order)
        or url_date(row.link.url)
    )


def _near(rows: list[_Row], running: Running) -> dict[str, date | None]:
    """Dates of flat lists: between a link and its neighbours, always on the same side."""
    places = [row.link.place for row in rows]
    after: list[date | None] = []
    before: list[date | None] = []
    for index, place in enumerate(places):
        following = places[index + 1] if index + 1 < len(places) else place + _NEAR
        previous = places[index - 1] if index else place - _NEAR
        after.append(_first(running, place, min(following, place + _NEAR)))
        before.append(_last(running, max(previous, place - _NEAR), place))
    chosen = after if sum(map(bool, after)) > sum(map(bool, before)) else before
    return {row.link.url: found for row, found in zip(rows, chosen, strict=True)}


def _filled(found: dict[str, date | None], rows: list[_Row], running: Running) -> dict[str, date | None]:
    """Rows without a date take that of the nearest heading above, when the page is headed by dates."""
    if not running.dates:
        return found
    return {
        row.link.url: found[row.link.url] or (_last(running, 0, row.link.place) if row.link.place else None)
        for row in rows
    }


def _first(running: Running, begin: int, end: int) -> date | None:
    return next((date.fromisoformat(day) for place, day in running.dates if begin <= place < end), None)


def _last(running: Running, begin: int, end: int) -> date | None:
    return next(
        (date.fromisoformat(day) for place, day in reversed(running.dates) if begin <= place < end), None
    )


def _distinct(groups: list[_Group]) -> list[_Group]:
    """Of groups that share their rows (case name and docket number in one table row) the telling one."""
    kept: list[_Group] = []
    for group in sorted(groups, key=_telling, reverse=True):
        blocks = {row.block.mem_id for row in group.rows}
        shared = (len(blocks & {row.block.mem_id for row in other.rows}) for other in kept)
        if not any(count * 2 > len(blocks) for count in shared):
            kept.append(group)
    return kept


def _telling(group: _Group) -> float:
    lengths = [min(len(row.link.text), 60) for row in group.rows if not row.link.generic]
    numbers = sum(1 for row in group.rows if _NUMBER_CELL.match(row.link.text))
    return sum(lengths) / len(group.rows) - 30 * numbers / len(group.rows)


def _taken(groups: list[_Group]) -> list[_Group]:
    """Every group with dates of its own; without any, the weightiest."""
    dated = [group for group in groups if group.own >= 0.5]
    if dated:
        return dated
    return [max(groups, key=_weight)] if groups else []


def _is_menu(group: _Group) -> bool:
    """Short Chinese words without a day: what every page of a site leads to."""
    texts = [row.link.text for row in group.rows]
    short = sum(map(len, texts)) <= _MENU_WORD * len(texts)
    return group.own == 0 and short and any("\u4e00" <= sign <= "\u9fff" for text in texts for sign in text)


def _lone(links: Sequence[Link], order: DayOrder) -> list[_Group]:
    """The one row of a list that has no second: a table row or list item with a day and a naming link."""
    places = Counter(link.signature for link in links)
    rows: dict[int, _Row] = {}
    for link in links:
        block = next((node for _, node in link.ancestors if node.tag in _ROW_TAGS), None)
        if places[link.signature] > 1 or block is None or link.generic or len(link.text) <= _MENU_WORD:
            continue
        row = _Row(link, block, row_lines(block))
        before = rows.get(block.mem_id)
        if before is None or len(before.link.text) < len(link.text):
            rows[block.mem_id] = row
    dates = {row.link.url: _date_in(row, order) for row in rows.values()}
    dated = [row for row in rows.values() if dates[row.link.url]]
    return [_Group(dated, dates, 1.0, 1.0)] if len(dated) == 1 else []


def _weight(group: _Group) -> float:
    return sum(min(len(row.link.text), 60) for row in group.rows) * (1 + 2 * group.own)


def _in_order(rows: list[_Row], groups: list[_Group]) -> tuple[Entry, ...]:
    dates = {url: found for group in groups for url, found in group.dates.items()}
    entries: dict[str, Entry] = {}
    for row in sorted(rows, key=lambda row: row.link.place):
        title = _title(row)
        if title and len(entries) < MAX_ENTRIES:
            number = _number_in(row.lines)
            entries.setdefault(row.link.url, Entry(row.link.url, title, dates[row.link.url], number))
    return tuple(entries.values())


def _title(row: _Row) -> str | None:
    """The link's text; of a link that says nothing the first line of its row that reads like a title."""
    number = bool(_NUMBER_CELL.match(row.link.text))
    if (
        row.link.text
        and not row.link.generic
        and not number
        and not re.fullmatch(r"\S+\.\w{3,4}", row.link.text)
    ):
        return row.link.text
    for line in row.lines:
        plain = not _LABELLED.match(line) and not _NUMBER_CELL.match(line) and line != row.link.text
        if (
            plain
            and len(line) >= 6
            and " " in line
            and len(line) <= 300
            and len(re.sub(r"\W|\d", "", line)) >= 5
        ):
            return title_line(line)
    return row.link.text or None


def _number_in(lines: Sequence[str]) -> str | None:
    """A document or case number in a row: one of known shape, else a cell that is nothing but a number."""
    known = _NUMBER.search("\n".join(lines)[:3000])
    if known:
        return one_line(known[0])
    cell = next((line for line in lines if _NUMBER_CELL.match(line) and not find_date(line)), None)
    return cell.rstrip(":") if cell else None


def _selected(page: Page, own: Mapping[str, str], order: DayOrder) -> tuple[Entry, ...]:
    entries: dict[str, Entry] = {}
    for item in page.tree.css(own["item"])[:MAX_ENTRIES]:
        anchor = item if item.tag == "a" else item.css_first(own.get("link", "a[href]"))
        url = page.absolute(anchor.attributes.get("href") or "") if anchor else None
        if anchor is None or not url:
            continue
        titled = item.css_first(own["title"]) if own.get("title") else anchor
        hint = title_line(anchor.attributes.get("title"))
        title = title_line((titled or anchor).text(deep=True, separator=" "))
        if hint and (not title or title.endswith(("…", "..."))):
            title = hint
        dated = item.css_first(own["date"]) if own.get("date") else item
        when = find_date((dated or item).text(deep=True, separator=" "), order) or url_date(url)
        entries.setdefault(url, Entry(url, title, when, _number_in(row_lines(item))))
    return tuple(entries.values())


def _next(page: Page, selector: str | None) -> str | None:
    if selector:
        node = page.tree.css_first(selector)
        return page.absolute(node.attributes.get("href") or "") if node else None
    for node in page.tree.css('a[rel="next"], link[rel="next"]'):
        url = page.absolute(node.attributes.get("href") or "")
        if url:
            return url
    for node in page.tree.css("a[href]"):
        text = one_line(node.text(deep=True), 60) or one_line(node.attributes.get("title"), 60)
        if text and _NEXT.match(text):
            url = page.absolute(node.attributes.get("href") or "")
            if url and urldefrag(url).url != urldefrag(page.url).url:
                return url
    return None
