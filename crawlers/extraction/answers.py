"""Entries of JSON answers of unknown make: the largest array of objects that look like documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from crawlers.extraction.blocks import text_of_markup
from crawlers.extraction.dates import DayOrder, epoch_date, parse_date
from crawlers.extraction.limits import MAX_ENTRIES
from crawlers.extraction.page import absolute
from crawlers.extraction.plain import one_line, title_line
from warehouse.records import Entry

_TITLE = (
    "title",
    "ArticleTitle",
    "name",
    "subject",
    "caption",
    "casename",
    "case_name",
    "casetitle",
    "headline",
    "matter",
    "bt",
    "mc",
)
_LINK = (
    "url",
    "link",
    "href",
    "html_url",
    "permalink",
    "docpuburl",
    "puburl",
    "web_url",
    "detailurl",
    "path",
    "file",
    "document",
    "pdf",
)
_DATE = (
    "published",
    "publisheddate",
    "pubdate",
    "publishdate",
    "pubtime",
    "public_timestamp",
    "date",
    "docreltime",
    "docrelpubtime",
    "datefiled",
    "filed",
    "releasedate",
    "start",
    "startdate",
    "starttime",
    "eventdate",
    "created",
    "updated",
    "time",
)
_NUMBER = (
    "doc_number",
    "docnumber",
    "document_number",
    "docket",
    "docketnumber",
    "casenumber",
    "case_number",
    "number",
    "wh",
    "pcode",
    "fileno",
)
_NEXT = ("next", "next_page_url", "nextpage", "nextlink", "@odata.nextlink", "next_url")
_KEY = re.compile(r"[^a-z0-9@.]")
_DEPTH = 12


def load_json(text: str) -> Any:
    """The value of a JSON answer, also of one wrapped in a JSONP call; ValueError when it is neither."""
    stripped = text.strip().lstrip("\ufeff").rstrip(";")
    wrapped = re.match(r"^[\w.$]{1,80}\((.*)\)$", stripped, re.S)
    try:
        return json.loads(wrapped[1] if wrapped else stripped)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def json_entries(data: Any, url: str, order: DayOrder, timezone: str) -> tuple[tuple[Entry, ...], str | None]:
    """Entries of the most promising array in the answer, and the next page where the answer names it."""
    best: list[Entry] = []
    for rows in _arrays(data, 0):
        entries = [entry for row in rows[:MAX_ENTRIES] if (entry := _entry(row, url, order, timezone))]
        if len(entries) > len(best):
            best = entries
    return tuple(best), _next(data, url)


def _arrays(value: Any, depth: int) -> Iterator[list[dict[str, Any]]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, dict)]
        if rows:
            yield rows
        for row in value[:200]:
            yield from _arrays(row, depth + 1)
    elif isinstance(value, dict):
        for child in value.values():
            yield from _arrays(child, depth + 1)


def _entry(row: dict[str, Any], base: str, order: DayOrder, timezone: str) -> Entry | None:
    flat = {_KEY.sub("", key.lower()): value for key, value in _flatten(row)}
    title = next(
        (t for v in _matching(flat, _TITLE) if isinstance(v, str) and (t := title_line(text_of_markup(v)))),
        None,
    )
    link = next(
        (u for v in _matching(flat, _LINK) if isinstance(v, str) and "/" in v and (u := absolute(base, v))),
        None,
    )
    when = next((d for v in _matching(flat, _DATE) if (d := _date(v, order, timezone))), None)
    if not title or not (link or when):
        return None
    number = next(
        (one_line(str(v)) for v in _matching(flat, _NUMBER) if isinstance(v, str | int) and str(v).strip()),
        None,
    )
    return Entry(link or base, title, when, number)


def _flatten(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """A row's own values, then those of objects inside it (WordPress: title.rendered)."""
    for key, value in row.items():
        if isinstance(value, dict):
            inner = value.get("rendered") or value.get("value") or value.get("name")
            if inner is not None:
                yield key, inner
        else:
            yield key, value


def _matching(flat: dict[str, Any], names: tuple[str, ...]) -> Iterator[Any]:
    for name in names:
        if flat.get(name.replace("_", "")):
            yield flat[name.replace("_", "")]
    for name in names:
        for key, value in flat.items():
            if key.endswith(name.replace("_", "")) and value:
                yield value


def _date(value: Any, order: DayOrder, timezone: str) -> date | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return epoch_date(float(value), timezone) if value > 1e8 else None
    found = re.match(r"^/Date\((\d+)", value) if isinstance(value, str) else None
    if found:
        return epoch_date(float(found[1]), timezone)
    return parse_date(value, order) if isinstance(value, str) and len(value) < 80 else None


def _next(data: Any, base: str) -> str | None:
    places = [data] if isinstance(data, dict) else []
    places += [
        data[key]
        for key in ("pagination", "meta", "links", "paging", "_links")
        if isinstance(data, dict) and isinstance(data.get(key), dict)
    ]
    for place in places:
        for key, value in place.items():
            target = value.get("href") if isinstance(value, dict) else value
            if key.lower() in _NEXT and isinstance(target, str):
                return absolute(base, target)
    return None
