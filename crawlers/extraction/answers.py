"""Entries of JSON answers of unknown make: the array of objects that look most like documents or meetings."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from crawlers.extraction.answer_pages import following
from crawlers.extraction.blocks import text_of_markup
from crawlers.extraction.dates import DayOrder, epoch_date, find_date, parse_date
from crawlers.extraction.limits import MAX_ENTRIES
from crawlers.extraction.link_template import filled
from crawlers.extraction.page import Page, absolute, is_file_link
from crawlers.extraction.plain import one_line, title_line
from warehouse.records import Entry

_PLAIN_KEY = re.compile(r"[^a-z0-9@.]")
_DEPTH = 12
_ARRAY = re.compile(r'\[\s*\{\s*"')
_MAX_ARRAYS = 30
_ROW_DEPTH = 6  # how deep a row is looked into: media objects of a page builder stand below five others
_HREF = re.compile(r"""href\s*=\s*["']([^"']+)["']""", re.I)
_SERIAL_DATE = re.compile(r"^/Date\((-?\d+)")
_SERIAL = re.compile(r"^/\w+\(.*\)/?$")  # /Date(…)/ and /Guid(…)/ of the older .NET are values, not paths

# Patterns of keys in order of trust; the first pattern that a key matches is its rank.
_TITLE_KEYS = (
    r"^(title|articletitle|bt)$",
    r"^(case|seo|event|document|meeting)?(title|caption|name|subject|headline)$",
    r"(title|caption|subject|headline|heading)$",
    r"^(name|line1|mc|summary)$",
    r"(partyname|casename|description|name)$",
)
_LINK_KEYS = (
    r"^(html|web|page|detail|pub|docpub)?(url|link)$",
    r"^(href|permalink)$",
    r"(pdf|doc|document|file|download|opinion|agenda|minutes)\w*(url|link|uri|href|path)$",
    r"(url|link|uri|href)$",
    r"(path|file|pdf|document)$",
)
_NO_LINK = re.compile(r"thumb|image|icon|ical|self|context|profile|logo|avatar|video|author|metadata")
_DATE_KEYS = (
    r"^(date|published|pubdate|publishdate|publicationdate|issuedate|releasedate|docrelpubtime)$",
    r"(publi|issue|release|filed|filing|file|decision|disposition|opinion|heard|meeting|event|start|rendered)\w*",
    r"date$|datetime$",
    r"(creat|entry|post|upload|time)\w*",
    r"(updat|modif|last)\w*",
)
_NO_DATE = re.compile(r"expir|end|zone|due")
_NUMBER_KEYS = (
    r"^(docnumber|documentnumber|pcode|wh|fileno|docketnumber|casenumber|docket)$",
    r"(docket|case|document|proceeding|file)\w*(number|no|num)$",
    r"^(number|identifier)$",
)
_NO_NUMBER = re.compile(r"count|page|phone|uuid|total")
_Reader = Callable[[Any], Any]


def load_json(text: str) -> Any:
    """The value of a JSON answer, also of one wrapped in a JSONP call; ValueError when it is neither."""
    stripped = text.strip().lstrip("\ufeff").rstrip(";")
    wrapped = re.match(r"^[\w.$]{1,80}\((.*)\)$", stripped, re.S)
    try:
        return json.loads(wrapped[1] if wrapped else stripped)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def json_entries(
    data: Any, url: str, order: DayOrder, timezone: str, template: str | None = None
) -> tuple[tuple[Entry, ...], str | None]:
    """Entries of the most promising array in the answer, and the next page where the answer names it.

    `template` is a source's own address with fields of a row in braces; rows that lack one have no link.
    An entry without a link of its own carries the address of the answer.
    """
    best: list[Entry] = []
    count = 0
    for rows in _arrays(data, 0):
        shared = _shared(rows)
        read = (_entry(row, url, order, timezone, template, shared) for row in rows[:MAX_ENTRIES])
        entries = [entry for entry in read if entry]
        if _worth(entries, url) > _worth(best, url):
            best, count = entries, len(rows)
    return tuple(best), following(data, url, count)


def script_entries(page: Page, order: DayOrder, template: str | None = None) -> tuple[Entry, ...]:
    """Entries of an array that a page carries in a script and shows only once the script has run."""
    best: tuple[Entry, ...] = ()
    decoder = json.JSONDecoder()
    for match in list(_ARRAY.finditer(page.source))[:_MAX_ARRAYS]:
        try:
            value, _ = decoder.raw_decode(page.source, match.start())
        except (ValueError, RecursionError):
            continue  # script code that only looks like JSON
        entries, _ = json_entries(value, page.base, order, "UTC", template)
        linked = tuple({entry.url: entry for entry in entries if entry.url != page.base}.values())
        best = linked if len(linked) > len(best) else best
    return best


def _worth(entries: list[Entry], base: str) -> int:
    return sum(1 + (entry.url != base) + (entry.published is not None) for entry in entries)


def _arrays(value: Any, depth: int) -> Iterator[list[dict[str, Any]]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, dict)] or _cells(value)
        if rows:
            yield rows
        for row in value[:200]:
            yield from _arrays(row, depth + 1)
    elif isinstance(value, dict):
        for child in value.values():
            yield from _arrays(child, depth + 1)


def _cells(value: list[Any]) -> list[dict[str, Any]]:
    """Rows without names, cell by cell, as a script's table asks for them."""
    rows = [row for row in value if isinstance(row, list)]
    plain = rows and all(not isinstance(cell, dict | list) for row in rows for cell in row)
    if not plain or len(rows) < len(value) or len({len(row) for row in rows}) > 1 or len(rows[0]) < 2:
        return []
    return [{f"cell{place}": cell for place, cell in enumerate(row)} for row in rows]


def markup_in(data: Any, depth: int = 0) -> str | None:
    """The longest piece of markup with links in an answer that only wraps it."""
    if isinstance(data, str):
        return data if data.count("<a ") > 1 else None
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    found = (markup_in(child, depth + 1) for child in list(inner)[:200]) if depth < _ROW_DEPTH else ()
    return max((one for one in found if one), key=len, default=None)


def _shared(rows: list[dict[str, Any]]) -> frozenset[str]:
    """Addresses that several rows name: of the body that meets, of the list itself; none of one document."""
    if len(rows) < 4:
        return frozenset()
    counts = Counter(
        value
        for row in rows[:MAX_ENTRIES]
        for value in {text for _, text in _flatten(row, 0) if isinstance(text, str) and "/" in text[:9]}
    )
    return frozenset(value for value, count in counts.items() if count >= 3 and count * 4 > len(rows))


def _entry(
    row: dict[str, Any],
    base: str,
    order: DayOrder,
    timezone: str,
    template: str | None,
    shared: frozenset[str] = frozenset(),
) -> Entry | None:
    values = list(_flatten(row, 0))
    title = _best(values, _TITLE_KEYS, None, _title_of)
    if template:
        link = filled(template, row)
    else:
        own = [(key, value) for key, value in values if value not in shared] if shared else values
        link = _best(own, _LINK_KEYS, _NO_LINK, lambda value: _link_of(value, base))
        link = link or _other_link(own, base)
    when = _best(values, _DATE_KEYS, _NO_DATE, lambda value: _date_of(value, order, timezone))
    when = when or _other_date(values, order)
    if not title:
        title = next(
            (text for _, value in values if isinstance(value, str) and (text := _sentence(value))), None
        )
    if not title or not (link or when):
        return None
    return Entry(link or base, title, when, _best(values, _NUMBER_KEYS, _NO_NUMBER, _number_of))


def _flatten(value: Any, depth: int, key: str = "") -> Iterator[tuple[str, Any]]:
    """Plain key and value of everything scalar in a row; an object's generic keys speak for its own name."""
    if isinstance(value, dict) and depth <= _ROW_DEPTH:
        for name, child in value.items():
            plain = _PLAIN_KEY.sub("", str(name).lower())
            yield from _flatten(child, depth + 1, _named(key, plain))
    elif isinstance(value, list) and depth <= _ROW_DEPTH:
        for child in value[:3]:
            yield from _flatten(child, depth + 1, key)
    elif value is not None and not isinstance(value, dict | list):
        yield key, value


def _named(above: str, plain: str) -> str:
    """The key that a value speaks under: an object's generic keys speak for its own name, links with it."""
    if plain in ("rendered", "value", "label") and above:
        return above
    return above + plain if plain in ("url", "href", "link") else plain


def _best(
    values: list[tuple[str, Any]], ranks: tuple[str, ...], refuse: re.Pattern[str] | None, read: _Reader
) -> Any:
    """The first value that reads well under the most trusted key."""
    for pattern in ranks:
        for key, value in values:
            if re.search(pattern, key) and not (refuse and refuse.search(key)):
                found = read(value)
                if found:
                    return found
    return None


def _title_of(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    text = title_line(text_of_markup(value) if "<" in value or "&" in value else value)
    if not text or len(text) < 3 or text.startswith(("http://", "https://", "/")):
        return None
    return None if re.fullmatch(r"[\w.\-]+\.\w{3,4}|[0-9a-f\-]{20,}|[\d.,:\-/]+", text) else text


def _sentence(value: str) -> str | None:
    """A value that reads like a title though its key says nothing."""
    text = _title_of(value)
    plain = "<" not in value or re.fullmatch(r"\s*<a\b[^>]*>[^<]*</a>\s*", value)
    return text if text and " " in text and not parse_date(text) and plain else None


def _link_of(value: Any, base: str) -> str | None:
    if (
        not isinstance(value, str)
        or len(value) > 2000
        or _SERIAL.match(value)
        or not re.match(r"^(https?://|/|\.|\?)|[\w\-]+/|.*\.\w{3,4}$", value)
    ):
        return None
    return absolute(base, value) if not re.search(r"\s\S*\s", value.strip()) else None


def _other_link(values: list[tuple[str, Any]], base: str) -> str | None:
    """An address under a key that does not say so, or in a piece of markup."""
    for key, value in values:
        if not isinstance(value, str) or _NO_LINK.search(key) or _SERIAL.match(value):
            continue
        if value.startswith(("http://", "https://", "/")) or (is_file_link(value) and "/" in value):
            found = _link_of(value, base)
        else:
            inner = _HREF.search(value) if "href" in value else None
            found = absolute(base, html.unescape(inner[1])) if inner else None
        if found:
            return found
    return None


def _date_of(value: Any, order: DayOrder, timezone: str) -> date | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and re.fullmatch(r"\d{10}|\d{13}", value):
        value = int(value)
    if isinstance(value, int | float):
        return _epoch_day(float(value), timezone) if value > 1e8 else None
    serial = _SERIAL_DATE.match(value)
    if serial:
        return _epoch_day(float(serial[1]), timezone)
    return parse_date(value, order) if len(value) < 80 else None


def _epoch_day(instant: float, timezone: str) -> date | None:
    """The day of an instant where the source is; midnight in UTC is a day that was stored without a time."""
    seconds = instant / 1000 if abs(instant) > 1e11 else instant
    return epoch_date(instant, "UTC" if seconds % 86_400 == 0 else timezone)


def _other_date(values: list[tuple[str, Any]], order: DayOrder) -> date | None:
    texts = (value for key, value in values if isinstance(value, str) and not _NO_DATE.search(key))
    return next((found for text in texts if (found := find_date(text[:2000], order))), None)


def _number_of(value: Any) -> str | None:
    text = one_line(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    return text if text and len(text) <= 60 and re.search(r"\d", text) else None
