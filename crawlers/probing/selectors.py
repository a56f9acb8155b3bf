"""CSS selectors for list and text of a site of no known platform, each proven on the page it is for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from crawlers.extraction.blocks import paragraphs_of_markup
from crawlers.extraction.charset import decode
from crawlers.extraction.containers import find_container
from crawlers.extraction.dates import DayOrder, find_date
from crawlers.extraction.generic_body import generic_body, read_main
from crawlers.extraction.lists import find_list
from crawlers.extraction.page import Page, open_page
from crawlers.probing.client import Answer
from crawlers.probing.reading import opened
from warehouse.records import Entry

_PLAIN_NAME = re.compile(r"^[A-Za-z][A-Za-z_-]*[A-Za-z0-9_-]*$")
_PASSING = re.compile(r"^(?:active|current|first|last|odd|even|on|hover|fl|fr|cf|clearfix)$|\d{2,}", re.I)
_DATE_SPOTS = ("time", "span", "em", "i", "b", "p", "div", "td", "small", "font")
_ALIKE = 0.8  # share of the entries that a selector must give again
_LEAST_TEXT = 80  # characters of a body worth a selector
_HELD, _MORE = 0.95, 1.1  # a box worth naming holds nearly all of the text, and hardly more
_CLIMB = 8


def list_selectors(answers: Sequence[Answer], order: DayOrder) -> dict[str, str]:
    """`item`, `link` and `date` that give the entries of each of these lists again; empty when none do."""
    pages = [open_page(decode(opened(answer)), answer.final_url) for answer in answers]
    guessed = [{entry.url: entry for entry in find_list(page, order).entries} for page in pages]
    if not pages or len(guessed[0]) < 3:
        return {}
    for item in _items(pages[0], guessed[0]):
        own = {"item": item, "link": _link(pages[0], item)}
        date = _date_spot(pages[0], own, guessed[0], order)
        for chosen in ({**own, "date": date}, own) if date else (own,):
            found = [find_list(page, order, chosen).entries for page in pages]
            if all(_same(known, entries) for known, entries in zip(guessed, found, strict=True)):
                return chosen
    return {}


def body_selector(answer: Answer) -> str | None:
    """The box that holds what the general reader takes of a document page, and hardly anything else.

    None where a known container holds it, where the reader finds too little, or where no box of a name fits:
    then the reader does better than a selector would.
    """
    page = open_page(decode(opened(answer)), answer.final_url)
    if find_container(page) is not None:
        return None
    _, read = generic_body(page, read_main(page, page.markup))
    wanted = Counter(_bare(line) for line in read)
    size = _size(wanted)
    if size < _LEAST_TEXT:
        return None
    for node in reversed(page.tree.css("div, article, section, td, main")):  # the inner ones first
        name = _name(node)
        held = Counter(_bare(line) for line in paragraphs_of_markup(node.html or "")) if name else Counter()
        if _size(held) <= size * _MORE and _size(wanted & held) >= size * _HELD:
            return name if len(page.tree.css(name)) == 1 else None
    return None


def _size(lines: Counter[str]) -> int:
    return sum(len(line) * count for line, count in lines.items())


def _bare(line: str) -> str:
    return re.sub(r"\s", "", line)


def _items(page: Page, guessed: dict[str, Entry]) -> Iterator[str]:
    """Selectors of rows, the most particular first."""
    anchors = [
        node
        for node in page.tree.css("a[href]")
        if page.absolute(node.attributes.get("href") or "") in guessed
    ]
    rows = [_row(node, anchors) for node in anchors]
    tags = Counter(row.tag for row in rows if row.tag)
    if not tags:
        return
    tag = tags.most_common(1)[0][0]
    same = [row for row in rows if row.tag == tag]
    classes = Counter(_name(row, ids=False) for row in same)
    name = classes.most_common(1)[0][0]
    above = Counter(_above(row) for row in same)
    for parent, _ in above.most_common(2):
        if parent:
            yield f"{parent} {tag}{name.removeprefix(tag) if name else ''}"
            yield f"{parent} {tag}"
    if name:
        yield name


def _row(anchor: LexborNode, anchors: Sequence[LexborNode]) -> LexborNode:
    """The highest block around a link that holds no other entry's link."""
    row, known = anchor, {node.mem_id for node in anchors}
    parent = anchor.parent
    while parent is not None and parent.tag not in ("body", "html", "-undef"):
        if sum(1 for node in parent.css("a[href]") if node.mem_id in known) > 1:
            break
        row, parent = parent, parent.parent
    return row


def _above(row: LexborNode) -> str:
    """The nearest block around a row that has a name of its own."""
    parent = row.parent
    for _ in range(_CLIMB):
        if parent is None or parent.tag in ("body", "html", "-undef"):
            return ""
        name = _name(parent)
        if name:
            return name
        parent = parent.parent
    return ""


def _name(node: LexborNode, *, ids: bool = True) -> str:
    """`tag#id` or `tag.class`; empty where neither looks lasting."""
    own = node.attributes.get("id") or ""
    if ids and _PLAIN_NAME.match(own) and not _PASSING.search(own):
        return f"{node.tag}#{own}"
    names = (node.attributes.get("class") or "").split()
    kept = next((name for name in names if _PLAIN_NAME.match(name) and not _PASSING.search(name)), "")
    return f"{node.tag}.{kept}" if kept else ""


def _same(guessed: dict[str, Entry], chosen: Sequence[Entry]) -> bool:
    """Whether nearly the same entries came, with the same titles and dates."""
    again = [(guessed[entry.url], entry) for entry in chosen if entry.url in guessed]
    alike = sum(1 for was, is_ in again if was.title == is_.title and was.published == is_.published)
    return alike >= _ALIKE * max(len(guessed), len(chosen))


def _link(page: Page, item: str) -> str:
    """Which link of a row is the document's: the one with the longest words."""
    rows = page.tree.css(item)[:5]
    if all(len(row.css("a[href]")) <= 1 for row in rows):
        return "a[href]"
    for selector in ("a[title]", "h3 a", "h4 a", "p a", "td a"):
        if all(row.css_first(selector) for row in rows):
            return selector
    return "a[href]"


def _date_spot(page: Page, own: dict[str, str], guessed: dict[str, Entry], order: DayOrder) -> str | None:
    """Where a row prints its date, if the rows agree on it."""
    rows = page.tree.css(own["item"])
    for tag in _DATE_SPOTS:
        spots = [next((n for n in row.css(tag) if _is_date(n, order)), None) for row in rows]
        found = [spot for spot in spots if spot is not None]
        if not found or len(found) < _ALIKE * len(rows):
            continue
        names = Counter(_name(spot, ids=False) or tag for spot in found)
        selector = names.most_common(1)[0][0]
        chosen = find_list(page, order, {**own, "date": selector}).entries
        known = [e for e in chosen if e.url in guessed]
        if known and all(e.published == guessed[e.url].published for e in known):
            return selector
    return None


def _is_date(node: LexborNode, order: DayOrder) -> bool:
    text = node.text(deep=True).strip()
    return len(text) <= 24 and find_date(text, order) is not None
