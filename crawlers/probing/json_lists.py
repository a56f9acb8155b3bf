"""A JSON list of a site's own make, described for `single_api`: rows, titles, addresses, dates, paging."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from crawlers.extraction.dates import epoch_date, instant_date
from crawlers.platforms import single_api
from crawlers.platforms.json_rows import MISSING, open_answer
from crawlers.probing.client import Answer
from crawlers.probing.reading import hints_of, opened

_PAGE = re.compile(
    r"^(?:page|page_?no|page_?num(?:ber)?|page_?index|curr?(?:ent)?_?page|current|p|pn)$", re.I
)
_SIZE = re.compile(r"^(?:_?page_?size|size|rows|limit|per_?page|n|num)$", re.I)
_OFFSET = re.compile(r"^(?:start|offset|from)$", re.I)
_TOTAL = re.compile(
    r"^(?:total(?:_?(?:count|elements|records?|num|rows?))?|count|all_?rows?|records?_?count)$", re.I
)
_TITLE = re.compile(r"^(?:article_?|doc_?)?title$", re.I), re.compile(r"title|subject|topic$", re.I)
_URL = re.compile(r"^(?:url|link|href)$", re.I), re.compile(r"url|link|href", re.I)
_DATE = re.compile(r"pub|publish|issue|release", re.I), re.compile(r"date|time", re.I)
_NUMBER = re.compile(r"[〔\[（(]\s*\d{4}\s*[〕\]）)]\s*(?:第\s*)?\d{1,5}\s*号")
_KEY = re.compile(r"^(?:id|docid|articleid|uuid|bbbs)$", re.I)
_DEPTH, _MOST = 6, 2_000
_SHARE = 0.8  # of the rows that must have a value


def json_list_options(answer: Answer) -> dict[str, str]:
    """`[options]` with which `single_api` reads this answer; empty when it does not read it whole."""
    data, _ = open_answer(opened(answer))
    if data is MISSING:
        return {}
    for path, rows in sorted(_lists(data, "", 0), key=lambda found: -len(found[1])):
        told = {"rows": path or ".", **_columns(rows)}
        if "title" not in told or "url" not in told:
            continue
        options = {**_asking(answer.url, len(rows)), **told, **_total(data, path, len(rows))}
        hints = replace(hints_of(answer), options=options)
        if len(single_api.parse_list(opened(answer), answer.final_url, hints).entries) == len(rows):
            return options
    return {}


def _lists(value: Any, path: str, depth: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Lists of objects in an answer, each with its dotted path."""
    if isinstance(value, list):
        rows = [row for row in value[:_MOST] if isinstance(row, dict)]
        if len(rows) > 1 and len(rows) == len(value[:_MOST]):
            yield path, rows
    elif isinstance(value, dict) and depth < _DEPTH:
        for key, inner in value.items():
            if re.fullmatch(r"\w+", str(key)):
                yield from _lists(inner, f"{path}.{key}".strip("."), depth + 1)


def _columns(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Which key of a row is what, by its name and its values."""
    names = list(rows[0])
    tests = {
        "title": (_TITLE, lambda value: isinstance(value, str) and len(value) > 3),
        "url": (
            _URL,
            lambda value: isinstance(value, str) and bool(re.match(r"https?://|/|\./|\w+/", value)),
        ),
        "date": (_DATE, _is_day),
    }
    told: dict[str, str] = {}
    for option, (patterns, fits) in tests.items():
        named = [name for pattern in patterns for name in names if pattern.search(name)]
        key = next((name for name in named if _share(rows, name, fits) >= _SHARE), None)
        if key is not None:
            told[option] = key
    number = next((n for n in names if _share(rows, n, _is_number) > 0.2 and n != told.get("title")), None)
    key = next((n for n in names if _KEY.match(n) and len({str(r.get(n)) for r in rows}) == len(rows)), None)
    return {**told, **({"number": number} if number else {}), **({"key": key} if key else {})}


def _share(rows: Sequence[dict[str, Any]], name: str, fits: Any) -> float:
    return sum(1 for row in rows if fits(row.get(name))) / len(rows)


def _is_day(value: Any) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value > 500_000_000 and epoch_date(float(value), "UTC") is not None
    return isinstance(value, str) and instant_date(value, "UTC") is not None


def _is_number(value: Any) -> bool:
    return isinstance(value, str) and len(value) < 60 and bool(_NUMBER.search(value))


def _asking(url: str, rows: int) -> dict[str, str]:
    """The address with places for page and size, as its own query names them."""
    parts = urlsplit(url)
    told: dict[str, str] = {}
    query = []
    for pair in parts.query.split("&") if parts.query else ():
        name, sign, value = pair.partition("=")
        if value.isdigit() and _SIZE.match(name) and "page_size" not in told:
            told["page_size"], value = value, "{size}"
        elif value.isdigit() and _PAGE.match(name) and "page_start" not in told:
            told["page_start"], value = (value if value in ("0", "1") else "1"), "{page}"
        elif value.isdigit() and _OFFSET.match(name):
            value = "{offset}"
        query.append(f"{name}{sign}{value}")
    address = f"{parts.path}?{'&'.join(query)}" if query else parts.path
    return {"address": address, "page_size": str(rows), **told}


def _total(data: Any, path: str, rows: int) -> dict[str, str]:
    """A count beside the rows, or above them."""
    above = path.split(".")[:-1] if path else []
    while True:
        node = data
        for part in above:
            node = node.get(part) if isinstance(node, dict) else None
        for name, value in node.items() if isinstance(node, dict) else ():
            if _TOTAL.match(str(name)) and str(value).isdigit() and int(value) >= rows:
                return {"total": ".".join([*above, str(name)])}
        if not above:
            return {}
        above = above[:-1]
