"""Which groups of links are the page's list, and which are boxes of news, menus and help beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawlers.extraction.list_rows import BESIDE, Group, Row, number_in
from crawlers.extraction.page import FILE_ENDINGS, is_file_link

_DATED = 0.5  # share of rows with a day of their own that makes a list of them
_SMALL = 0.5  # rows of a side box, as a share of those of the list
_HEADING_TAGS = ("h2", "h3", "h4", "h5", "h6", "b", "strong", "p", "div", "span", "caption", "legend")
_HEADINGS = "h2, h3, h4, h5, h6"
_BOX = re.compile(
    r"^\W*(?:latest |recent |court |top |breaking )?(?:news|announcements?|related|quick links|see also"
    r"|popular|trending|tweets|in this section|what'?s new|spotlight|featured|blog"
    r"|à la une|actualités|aktuelles|neuigkeiten|noticias)\b",
    re.I,
)
_HEAVIER = 1.5  # how much more a list without days must say than the dated box beside it
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_DIGITS = re.compile(r"\d+")
_ENDING = re.compile(rf"\.({'|'.join(FILE_ENDINGS)})$", re.I)


def chosen(groups: Sequence[Group]) -> list[Group]:
    """Every group with dates of its own that is like the largest; without any, the weightiest."""
    dated = [group for group in groups if group.own >= _DATED]
    if not dated:
        return [max(groups, key=_weight)] if groups else []
    main = [group for group in dated if not _is_box(group) and not _beside(group)]
    best = max(main or dated, key=_weight)
    least = _HEAVIER * _weight(best) if main else 0.0
    bare = [group for group in groups if _bare_list(group) and _weight(group) > least]
    if bare:
        return [max(bare, key=_weight)]
    return [group for group in main or dated if group is best or not _aside(group, best)]


def _bare_list(group: Group) -> bool:
    """A list of files or numbered cases without days: it can outweigh a box of dated news."""
    if any(_CHINESE.search(row.link.text) for row in group.rows[:3]):
        return False
    files = sum(1 for row in group.rows if is_file_link(row.link.url))
    numbered = sum(1 for row in group.rows if number_in(row.lines))
    return group.own < _DATED and 2 * max(files, numbered) > len(group.rows)


def _aside(group: Group, best: Group) -> bool:
    """Whether a dated group is a box beside the list: much smaller, of other make, leading elsewhere.

    Chinese home pages hold several lists that count; there every dated group is one.
    """
    if any(_CHINESE.search(row.link.text) for row in group.rows[:3]):
        return False
    small = len(group.rows) < _SMALL * len(best.rows)
    return small and not _shapes(group.rows) & _shapes(best.rows) and not _alike(group.rows[0], best.rows[0])


def is_furniture(group: Group) -> bool:
    """Whether nothing tells a list: a box of news by its heading, or words without day, file and number."""
    return _is_box(group) or (group.own == 0 and not _bare_list(group))


def _is_box(group: Group) -> bool:
    """Whether the group's own heading calls it news or related pages, and the page is not called so too."""
    first = group.rows[0].link
    heading = _heading(group)
    if not heading or not _BOX.match(heading) or _CHINESE.search(first.text):
        return False
    top = first.ancestors[-1][1] if first.ancestors else None
    while top is not None and top.parent is not None and top.parent.tag != "-undef":
        top = top.parent
    title = top.css_first("h1, title") if top is not None else None
    return not (title and heading[:4].lower() in (title.text(deep=True) or "").lower())


def _heading(group: Group) -> str | None:
    """The heading of the block that holds all rows: its first line, or the line directly above it."""
    counts = Counter(mem for row in group.rows for mem, _ in row.link.ancestors)
    holders = [node for mem, node in group.rows[0].link.ancestors if counts[mem] == len(group.rows)]
    for holder in holders[:2]:
        above = holder.prev
        while above is not None and above.tag == "-text" and not (above.text(deep=True) or "").strip():
            above = above.prev
        inside = _first_inside(holder, group.rows[0].link.node.mem_id)
        for node in (inside, above):
            if node is not None and node.tag in _HEADING_TAGS:
                said = " ".join((node.text(deep=True) or "").split())
                if 0 < len(said) <= 60:
                    return said
    return None


def _first_inside(holder: LexborNode, link: int) -> LexborNode | None:
    """The last heading in a block before its first row."""
    found = None
    for node in holder.css(f"{_HEADINGS}, a[href]"):
        if node.mem_id == link:
            return found
        found = found if node.tag == "a" else node
    return None


def _beside(group: Group) -> bool:
    """Whether nearly all links lead to what stands beside a ruling: briefs, recordings, dockets."""
    return sum(1 for row in group.rows if BESIDE.match(row.link.text)) * 10 >= 8 * len(group.rows)


def _shapes(rows: Sequence[Row]) -> set[tuple[str, str, str]]:
    """Where links lead: host, first folder without numbers, kind of file."""
    shapes = set()
    for row in rows:
        parts = urlsplit(row.link.url)
        ending = _ENDING.search(parts.path)
        folders = [folder for folder in parts.path.strip("/").split("/")[:-1] if "." not in folder]
        first = _DIGITS.sub("", folders[0]) if folders else ""
        shapes.add((parts.netloc, first, ending[1].lower() if ending else ""))
    return shapes


def _alike(one: Row, other: Row) -> bool:
    """Whether two rows are built alike: the same tags and classes of the three nearest blocks."""
    return one.link.signature[:3] == other.link.signature[:3] and one.block.tag == other.block.tag


def _weight(group: Group) -> float:
    said = sum(min(len(row.link.text), 60) for row in group.rows)
    if any(_CHINESE.search(row.link.text) for row in group.rows[:3]):
        return said * (1 + 2 * group.own)
    files = sum(1 for row in group.rows if is_file_link(row.link.url)) / len(group.rows)
    numbered = sum(1 for row in group.rows if number_in(row.lines)) / len(group.rows)
    beside = sum(min(sum(map(len, row.lines)) - len(row.link.text), 60) for row in group.rows)
    return (said + max(beside, 0)) * (1 + 2 * group.own) * (1 + files) * (1 + numbered)
