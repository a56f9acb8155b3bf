"""The shape of a list page: where its entries stand, without a word of what they say.

It stays the same from day to day while a site is well and changes with a redesign. Numbers in names, states
(`first`, `on`, `odd`) and marks that an editor sets by hand (`b`, `font`) are left out; a name counts when
three quarters of the entries stand in it, so a pinned row or a striped table changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urldefrag

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.extraction.answers import load_json
from crawlers.extraction.charset import decode
from crawlers.extraction.feeds import local_name, open_xml
from crawlers.extraction.page import absolute, too_deep
from crawlers.extraction.plain import squeeze
from crawlers.extraction.sniff import inflate, sniff
from crawlers.platforms.base import ListPage
from crawlers.platforms.hanweb import record_markup
from crawlers.platforms.shape_json import rows_shape
from warehouse.records import Entry

_LEVELS = 7  # elements from the link upward
_SHARE = 0.75  # of the entries that must share a name
_DATED = 0.5  # of the entries that must have a day
_HAND_SET = frozenset(["b", "strong", "font", "em", "i", "u", "s"])
_STATES = re.compile(
    r"(?:on|off|first|last|odd|even|active|current|cur|selected|sel|hover|alt|new|hot|top|red|bold|visited|unread"
    r"|nobg|noborder|noline|hide|show)$"
)
_SERIAL = re.compile(r"[0-9a-f]{8,}(?:-[0-9a-f]{4,})*")
_CLICK = re.compile(r"""["']([^"'\s]{6,500})["']""")
_LEAST_TAIL = 6  # characters of a relative address that name a document
_ITEMS = ("item", "entry", "url", "sitemap", "meeting", "record")


def list_shape(body: bytes, url: str, page: ListPage) -> str:
    """A short text that says how the list `page`, read from `body`, is built; empty when nothing can be said.

    HTML: the path of elements, with classes and ids, that most entries' links stand in. JSON: the path to the
    rows and the keys they have. Feeds and sitemaps: the names of root and item. Each with whether most
    entries have a day. The share of entries with a number is no part of it: on healthy lists it differs
    from page to page.
    """
    if not page.entries:
        return ""
    if body.startswith(b"\x1f\x8b"):
        body, _ = inflate(body)
    found = _structure(body, url, page.entries)
    return f"{found} {_dated(page.entries)}" if found else ""


def _dated(entries: Sequence[Entry]) -> str:
    having = sum(1 for entry in entries if entry.published is not None)
    return "dated" if having >= _DATED * len(entries) else "undated"


def _structure(body: bytes, url: str, entries: Sequence[Entry]) -> str:
    source = decode(body)
    records = record_markup(source)
    if records:
        return "records:" + _path("".join(records), url, entries)
    kind = sniff(body, "", url)
    if kind in ("feed", "xml"):
        return _of_xml(body, url)
    if kind == "ics":
        return "calendar:VEVENT"
    if kind in ("json", "text"):
        return _of_json(source, url, entries)
    if kind != "html" or too_deep(source):
        return ""
    return "html:" + _path(source, url, entries)


def _of_xml(body: bytes, url: str) -> str:
    root, _ = open_xml(body, url)
    if root is None:
        return ""
    items = Counter(name for node in root.iter() if (name := local_name(node)) in _ITEMS)
    item = max(items, key=lambda one: items[one], default="")
    return f"xml:{local_name(root)}/{item}"


def _of_json(source: str, url: str, entries: Sequence[Entry]) -> str:
    """Rows as objects, or, where an answer holds its rows as one piece of markup, the path in there."""
    try:
        data = load_json(source)
    except ValueError:
        return ""
    rows = rows_shape(data, [squeeze(entry.title or "") for entry in entries if entry.title])
    if rows:
        return f"json:{rows}"
    place, markup = max(_markup_in(data, "", 0), key=lambda one: len(one[1]), default=("", ""))
    return f"json:{place}:{_path(markup, url, entries)}" if markup and not too_deep(markup) else ""


def _markup_in(value: Any, place: str, depth: int) -> Iterator[tuple[str, str]]:
    """Pieces of markup with links, and where in the answer they stand."""
    if isinstance(value, str) and "href" in value:
        yield place, value
    elif isinstance(value, dict) and depth < 6:
        for key, child in value.items():
            yield from _markup_in(child, f"{place}.{key}".lstrip("."), depth + 1)


_Step = tuple[str, frozenset[str]]  # an element's name, its classes and id


def _path(markup: str, url: str, entries: Sequence[Entry]) -> str:
    """The commonest path to an entry's link; `script` when the entries stand in no link of the page."""
    if re.match(r"\s*<t[rd]\b", markup, re.I):
        markup = f"<table>{markup}</table>"
    tree = LexborHTMLParser(markup)
    paths = [_steps(node) for node in _entry_links(tree, url, entries)]
    counts = Counter(tuple(tag for tag, _ in path) for path in paths)
    if not counts:
        return "script"
    tags = min(counts, key=lambda one: (-counts[one], one))
    alike = [path for path in paths if tuple(tag for tag, _ in path) == tags]
    return ">".join(_step([path[level] for path in alike]) for level in reversed(range(len(tags))))


def _step(same: Sequence[_Step]) -> str:
    """An element with the names that most links have there."""
    counts = Counter(name for _, names in same for name in names)
    return same[0][0] + "".join(sorted(name for name in counts if counts[name] >= _SHARE * len(same)))


def _entry_links(tree: LexborHTMLParser, url: str, entries: Sequence[Entry]) -> Iterator[LexborNode]:
    """Elements with words that lead to an entry. Relative addresses may belong to another base than ours."""
    wanted = {urldefrag(entry.url).url for entry in entries}
    tails = {one.rstrip("/").rpartition("/")[2] for one in wanted}
    for node in tree.css("a[href], [onclick]"):
        for link in _addresses(node):
            full = urldefrag(absolute(url, link) or "").url
            if full in wanted or _ends_one(link.lstrip("./"), tails, wanted):
                if node.text(deep=True).strip():
                    yield node
                break


def _ends_one(relative: str, tails: Container[str], wanted: Iterable[str]) -> bool:
    """Whether a relative address is the end of an entry's."""
    known = len(relative) >= _LEAST_TAIL and relative.rpartition("/")[2] in tails
    return known and any(one.endswith(relative) for one in wanted)


def _addresses(node: LexborNode) -> list[str]:
    href = node.attributes.get("href") or ""
    clicked = _CLICK.findall(node.attributes.get("onclick") or "")
    return [urldefrag(href).url, *clicked] if href else clicked


def _steps(node: LexborNode) -> tuple[_Step, ...]:
    """The element and what it stands in, upward."""
    found: list[_Step] = []
    place: LexborNode | None = node
    while place is not None and place.tag not in ("body", "html", "-undef") and len(found) < _LEVELS:
        tag = place.tag or ""
        if tag not in _HAND_SET:
            attributes = place.attributes
            classes = (f".{name}" for one in (attributes.get("class") or "").split() if (name := _plain(one)))
            own = _plain(attributes.get("id") or "")
            found.append((tag, frozenset([*classes, *([f"#{own}"] if own else ())])))
        place = place.parent
    return tuple(found)


def _plain(name: str) -> str:
    """A class or id without its numbers; empty for a passing state such as `on` or `row-last`."""
    tidy = re.sub(r"\d+", "0", _SERIAL.sub("0", name.strip().lower()))
    parts = [part.strip("0") for part in re.split(r"[-_]", tidy)]
    return "" if _STATES.match(parts[-1]) or _STATES.match(parts[0]) else tidy
