"""The links of a page with the place each stands in: its ancestors, its position in the running text."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urldefrag

from selectolax.lexbor import LexborNode

from crawlers.extraction.blocks import paragraphs_of_markup
from crawlers.extraction.dates import DayOrder, find_dates, with_dots
from crawlers.extraction.limits import MAX_ENTRIES
from crawlers.extraction.page import Page, is_file_link
from crawlers.extraction.plain import title_line

_VARIANT = re.compile(r"\d+|odd|even|first|last|active|current|alt|unread|visited", re.I)
_NAVIGATION = {"nav", "footer", "header", "aside"}
_NAVIGATION_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|footer|foot|header|breadcrumbs?|crumbs|position|sidebar|pager|pagination|social"
    r"|toolbar|skip|share|tabs|dropdown)(?:$|[\s_-])",
    re.I,
)
_BOXES = {"div", "ul", "ol", "td", "section", "p", "span", "table", "li", "aside"}
_GENERIC = re.compile(
    r"^\W*(?:(?:read|view|see|show|learn)\s+(?:more|all|\w+)|more|details?|view|pdf|link|open|download|here"
    r"|click here"
    r"|agenda|minutes|full text|opinion|summary|html?|docx?|audio|video|notice|packet"
    r"|更多|详情|查看|下载|阅读全文|全文|附件)"
    r"(?:\s*\(?(?:pdf|docx?|\d+\s*[km]b)\)?)?\W*$",
    re.I,
)
_PAGING = re.compile(
    r"^\W*(?:上一?页|下一?页|首页|尾页|末页|next|previous|prev|first|last|back|top)\W*$", re.I
)
_CLICK = re.compile(r"""(?:window\.open|location(?:\.href)?\s*=|\bopen)\s*\(?\s*["']([^"']{3,500})["']""")
# openOpinion('/files/12.pdf'): a script's argument that can only be an address
_ARGUMENT = re.compile(
    r"""\(\s*["']((?:https?://|/|\.{1,2}/)[^"'$]{3,500}|[^"'$\s]{1,500}\.(?:pdf|docx?|html?|aspx?)(?:\?[^"']*)?)["']""",
    re.I,
)
_MEDIA = re.compile(r"\.(?:mp3|mp4|m4a|wav|wma|wmv|avi|mov|jpe?g|png|gif|ics)(?=$|[?#])", re.I)
_ANCHOR = re.compile(r"""<(/?[a-zA-Z][a-zA-Z0-9:\-]*)([^">]*(?:"[^"]*"[^">]*)*)>""")
_BREAKS = {
    "br",
    "p",
    "div",
    "li",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "caption",
    "summary",
    "legend",
    "button",
    "dt",
    "dd",
    "table",
    "ul",
    "option",
}
_PAPERS = 5  # files that a box holds at least, most of its links, to be a list whatever its name says
_CLIMB = 40


@dataclass(frozen=True, slots=True)
class Link:
    """One link outside navigation."""

    node: LexborNode
    url: str
    text: str  # as shown, or its title attribute when the text is cut
    generic: bool  # "PDF", "Read more": says nothing about its target
    place: int  # in the page's running text
    ancestors: tuple[tuple[int, LexborNode], ...]  # nearest first, with the parser's name for each

    @property
    def signature(self) -> tuple[str, ...]:
        """Where the link stands: tags upward, with the classes of the nearest three."""
        parts: list[str] = []
        for depth, (_, node) in enumerate(self.ancestors[:8]):
            kind = _VARIANT.sub("", node.attributes.get("class") or "").strip() if depth < 3 else ""
            parts.append(f"{node.tag}.{kind}")
        return tuple(parts)


class Running:
    """The page as one running text, with the places of its links and dates."""

    def __init__(self, page: Page, order: DayOrder) -> None:
        self.anchors: list[int] = []
        parts: list[str] = []
        length = last = 0
        markup = page.markup
        for tag in _ANCHOR.finditer(markup):
            text = html.unescape(markup[last : tag.start()])
            last = tag.end()
            name = tag[1].lower()
            if name.removeprefix("/") in _BREAKS:
                text += "\n"
            parts.append(text)
            length += len(text)
            if name == "a" and "href=" in tag[2]:
                self.anchors.append(length)
        self.text = "".join(parts)
        self.order = with_dots(self.text, order)

    @cached_property
    def dates(self) -> list[tuple[int, str]]:
        """Place and ISO form of every date in the text."""
        return [(start, day.isoformat()) for day, start, _ in find_dates(self.text, self.order)]


class _Places:
    """Which blocks of a page are navigation, decided once a block."""

    def __init__(self, anchors: int) -> None:
        self._anchors = anchors
        self._known: dict[int, bool] = {}

    def is_navigation(self, mem: int, node: LexborNode) -> bool:
        """By tag, or by name unless the block holds most of the page's links."""
        if mem not in self._known:
            self._known[mem] = self._decide(node)
        return self._known[mem]

    def _decide(self, node: LexborNode) -> bool:
        if not self._anchors:
            return False
        if node.tag in _NAVIGATION:
            return node.tag == "nav" or len(node.css("a[href]")) * 2 < self._anchors
        if node.tag not in _BOXES:
            return False
        attributes = node.attributes
        name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if not _NAVIGATION_NAME.search(name):
            return False
        inside = [one.attributes.get("href") or "" for one in node.css("a[href]")]
        papers = sum(1 for href in inside if is_file_link(href))
        return len(inside) * 2 < self._anchors and (papers < _PAPERS or papers * 2 <= len(inside))


def find_links(page: Page, running: Running, *, menus: bool = False) -> list[Link]:
    """Links that may be entries: to another address, no page number, outside navigation unless `menus`."""
    links: list[Link] = []
    own = urldefrag(page.url).url
    anchors = page.tree.css("a[href]")
    places = _Places(0 if menus else len(anchors))
    for number, node in enumerate(anchors):
        place = running.anchors[number] if number < len(running.anchors) else 0
        href = node.attributes.get("href") or ""
        if href.lower().startswith("javascript:") or href in ("#", ""):
            href = _clicked(node) or href
        link = _link(page, node, href, place, places)
        if link and urldefrag(link.url).url != own:
            links.append(link)
        if len(links) >= MAX_ENTRIES:
            return links
    return [*links, *_buttons(page, places)]


def _buttons(page: Page, places: _Places) -> list[Link]:
    """Things to click that are no anchors, and files to choose from a list."""
    found: list[Link | None] = []
    if "onclick" in page.source:
        nodes = page.tree.css("button[onclick], tr[onclick], div[onclick], li[onclick]")[:MAX_ENTRIES]
        found += [_link(page, node, _clicked(node) or "", 0, places) for node in nodes]
    if "<option" in page.source:
        values = [(node, node.attributes.get("value") or "") for node in page.tree.css("option[value]")]
        found += [
            _link(page, node, value, 0, places) for node, value in values[:MAX_ENTRIES] if is_file_link(value)
        ]
    return [link for link in found if link]


def _clicked(node: LexborNode) -> str | None:
    script = node.attributes.get("onclick") or node.attributes.get("href") or ""
    found = _CLICK.search(script) or _ARGUMENT.search(script)
    return found[1] if found else None


def _link(page: Page, node: LexborNode, href: str, place: int, places: _Places) -> Link | None:
    url = page.absolute(href)
    if not url or _MEDIA.search(url):
        return None
    shown, hint = title_line(node.text(deep=True, separator=" ")), title_line(node.attributes.get("title"))
    cut = shown is None or shown.endswith(("…", "...")) or (hint or "").startswith(shown)
    text = (hint if hint and cut else shown) or ""
    if text and _PAGING.match(text):
        return None
    ancestors = _ancestors(node)
    if any(places.is_navigation(mem, parent) for mem, parent in ancestors):
        return None
    return Link(node, url, text, not text or bool(_GENERIC.match(text)), place, ancestors)


def _ancestors(node: LexborNode) -> tuple[tuple[int, LexborNode], ...]:
    found: list[tuple[int, LexborNode]] = []
    parent = node.parent
    while parent is not None and parent.tag not in ("body", "html", "-undef") and len(found) < _CLIMB:
        found.append((parent.mem_id, parent))
        parent = parent.parent
    return tuple(found)


def row_lines(node: LexborNode) -> tuple[str, ...]:
    """The lines of a row, cells apart."""
    lines = paragraphs_of_markup(node.html or "")
    return tuple(cell for line in lines[:60] for cell in line.split("\t") if cell)
