"""Lists of unknown make: links that repeat in one place, each with the title and date of its row."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urldefrag

from selectolax.lexbor import LexborNode

from crawlers.extraction.dates import DayOrder, find_date, url_date
from crawlers.extraction.limits import MAX_ENTRIES
from crawlers.extraction.page import Page
from crawlers.extraction.plain import one_line, title_line
from warehouse.records import Entry

_VARIANT = re.compile(r"\d+|odd|even|first|last|active|current|alt", re.I)
_NAVIGATION = {"nav", "footer", "header"}
_NAVIGATION_NAME = re.compile(
    r"\b(?:nav\w*|menu|footer|foot|header|breadcrumb\w*|position|sidebar|pager|pagination|social)\b", re.I
)
_MORE = re.compile(
    r"^(?:more|read more|details?|view|pdf|link|更多|详情|查看|下载|\d{1,3}|[<>«»‹›]+"
    r"|(?:上|下)一?页|首页|尾页|末页|next|previous)\W*$",
    re.I,
)
_NEXT = re.compile(
    r"^\W*(?:下一页|下页|后一页|next(?: page)?|older(?: posts| entries)?|weiter|nächste seite|suivant"
    r"|[>›»]{1,2}|next\s*[>›»]+)\W*$",
    re.I,
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}[〔\[（(【［]\s*\d{4}\s*[〕\]）)】］]\s*(?:第\s*)?\d{1,5}\s*号"
    r"|\b(?:No\.?\s*)?(?:\d{1,2}:)?\d{2,4}-?[a-z]{1,4}-?\d{2,6}(?:-\w{1,4})?\b|\bNos?\.\s*[\w\-/]+",
    re.I,
)
_NUMBER_CELL = re.compile(r"^(?:No\.?\s*)?[A-Z]{0,6}[-\s]?\d{1,6}(?:[-/–]\w{1,8}){1,3}$", re.I)
_CLIMB = 30


@dataclass(frozen=True, slots=True)
class FoundList:
    """What structure says of a list page."""

    entries: tuple[Entry, ...]
    next_url: str | None
    dated: int  # entries with a date
    groups: int  # link groups that were taken


@dataclass(frozen=True, slots=True)
class _Link:
    node: LexborNode
    url: str
    title: str
    ancestors: tuple[tuple[int, LexborNode], ...]  # nearest first, with the parser's name for each


def find_list(page: Page, order: DayOrder = "mdy", selectors: Mapping[str, str] | None = None) -> FoundList:
    """Entries in reading order; a source's own `item`, `title`, `date`, `next` selectors replace guessing."""
    own = selectors or {}
    next_url = _next(page, own.get("next"))
    if own.get("item"):
        entries = _selected(page, own, order)
        return FoundList(entries, next_url, sum(1 for e in entries if e.published), 1)
    groups: dict[tuple[str, ...], list[_Link]] = defaultdict(list)
    for link in _links(page):
        groups[_signature(link)].append(link)
    read = [_read_group(links, order) for links in groups.values() if len(links) >= 2]
    dated = [group for group in read if _date_share(group) >= 0.5]
    taken = dated or ([max(read, key=_weight)] if read else [])
    entries = _in_order(page, [entry for group in taken for entry in group])
    return FoundList(entries, next_url, sum(1 for entry in entries if entry.published), len(taken))


def _links(page: Page) -> list[_Link]:
    links: list[_Link] = []
    for node in page.tree.css("a[href]"):
        url = page.absolute(node.attributes.get("href") or "")
        text = title_line(node.text(deep=True, separator=" "))
        hint = title_line(node.attributes.get("title"))
        title = hint if hint and text and (len(hint) > len(text) or text.endswith(("…", "..."))) else text
        if not url or not title or _MORE.match(title) or urldefrag(url).url == urldefrag(page.url).url:
            continue
        ancestors = _ancestors(node)
        if not any(_is_navigation(parent) for _, parent in ancestors):
            links.append(_Link(node, url, title, ancestors))
        if len(links) >= MAX_ENTRIES:
            break
    return links


def _ancestors(node: LexborNode) -> tuple[tuple[int, LexborNode], ...]:
    found: list[tuple[int, LexborNode]] = []
    parent = node.parent
    while parent is not None and parent.tag not in ("body", "html", "-undef") and len(found) < _CLIMB:
        found.append((parent.mem_id, parent))
        parent = parent.parent
    return tuple(found)


def _is_navigation(node: LexborNode) -> bool:
    if node.tag in _NAVIGATION:
        return True
    name = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return bool(_NAVIGATION_NAME.search(name)) and node.tag in (
        "div",
        "ul",
        "ol",
        "td",
        "section",
        "p",
        "span",
    )


def _signature(link: _Link) -> tuple[str, ...]:
    """Where the link stands: tags upward, with the class of the nearest three."""
    parts: list[str] = []
    for depth, (_, node) in enumerate(link.ancestors[:8]):
        kind = _VARIANT.sub("", node.attributes.get("class") or "").strip() if depth < 3 else ""
        parts.append(f"{node.tag}.{kind}")
    return tuple(parts)


def _read_group(links: list[_Link], order: DayOrder) -> list[Entry]:
    counts = Counter(mem for link in links for mem, _ in link.ancestors)
    entries: dict[str, Entry] = {}
    for link in links:
        row = next((node for mem, node in reversed(link.ancestors) if counts[mem] == 1), link.node)
        text = row.text(deep=True, separator=" ")[:2000]
        rest = text.replace(link.title, " ", 1)
        when = find_date(rest, order) or find_date(link.title, order) or url_date(link.url)
        entries.setdefault(link.url, Entry(link.url, link.title, when, _number_in(row, text)))
    return list(entries.values())


def _number_in(row: LexborNode, text: str) -> str | None:
    """A document or case number in a row: one of known shape, else a cell that is nothing but a number."""
    known = _NUMBER.search(text)
    if known:
        return one_line(known[0])
    cells = (one_line(cell.text(deep=True)) for cell in row.css("td, span, dd")[:12])
    return next((cell for cell in cells if cell and _NUMBER_CELL.match(cell) and not find_date(cell)), None)


def _date_share(entries: list[Entry]) -> float:
    return sum(1 for entry in entries if entry.published) / len(entries)


def _weight(entries: list[Entry]) -> float:
    lengths = sum(min(len(entry.title or ""), 60) for entry in entries)
    return lengths * (1 + 2 * _date_share(entries))


def _in_order(page: Page, entries: list[Entry]) -> tuple[Entry, ...]:
    unique = {entry.url: entry for entry in reversed(entries)}
    return tuple(reversed(unique.values()))


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
        entries.setdefault(
            url, Entry(url, title, when, _number_in(item, item.text(deep=True, separator=" ")))
        )
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
