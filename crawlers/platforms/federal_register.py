"""The Federal Register's interface (version 1): documents newest first, sliced by day past its limit.

The list holds all that is published of a document, so only its text is fetched. Behind 2,000 results nothing
can be asked for: a window of days with more is halved until each part holds less, and an open window goes on
with the day it has reached.

Options: `agencies` (slugs of its addresses, `environmental-protection-agency`) and `types` (RULE, PRORULE,
NOTICE, PRESDOCU), separated by spaces; `from`, `until` (days); `size` (rows of one answer, at most 1,000).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from crawlers.extraction.blocks import paragraphs_of_markup
from crawlers.extraction.charset import decode
from crawlers.extraction.gathered import Gathered
from crawlers.extraction.page import absolute, open_page, too_deep
from crawlers.platforms import generic
from crawlers.platforms.asked import Asked
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import (
    count_of,
    day_of,
    empty_answer,
    left_out,
    open_answer,
    text_of,
    title_of,
)
from crawlers.platforms.open_interface import as_values, pairs_of, refusal, rows_under, table, tables, texts
from crawlers.platforms.paging import LOST, missing
from warehouse.records import AttachmentLink, Entry, Problem

name = "federal_register"

LIST = "/api/v1/documents.json"
REACH = 2_000  # results of one search that can be asked for
_SIZE, _MOST = 100, 1_000
_FIRST, _LAST = "conditions[publication_date][gte]", "conditions[publication_date][lte]"
_FIELDS = (
    *("document_number", "title", "type", "action", "abstract", "citation", "publication_date", "agencies"),
    *("docket_ids", "regulation_id_numbers", "cfr_references", "comments_close_on", "effective_on"),
    *("html_url", "pdf_url", "body_html_url", "raw_text_url", "topics"),
)
_TEXT = re.compile(r"/documents/full_text/")


def start(hints: Hints) -> Sequence[PageRequest]:
    """The search for the source's agencies and types, newest first."""
    options = hints.options
    pairs = [
        ("per_page", str(min(int(options.get("size", _SIZE)), _MOST))),
        ("order", "newest"),
        ("page", "1"),
    ]
    pairs += [("conditions[agencies][]", slug) for slug in str(options.get("agencies", "")).split()]
    pairs += [("conditions[type][]", kind) for kind in str(options.get("types", "")).split()]
    pairs += [
        (key, str(options[option]))
        for option, key in (("from", _FIRST), ("until", _LAST))
        if options.get(option)
    ]
    pairs += [("fields[]", field) for field in _FIELDS]
    return (PageRequest(f"{urljoin(hints.home_url, LIST)}?{urlencode(pairs)}", "api"),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """One page of results; a window that holds too many leads to its halves instead."""
    opened = rows_under("results", body)
    if isinstance(opened, ListPage):
        return ListPage(total=0) if _says_nothing(open_answer(body)[0]) else opened
    data, rows = opened
    asked = Asked.of(url)
    total, number = count_of(data.get("count")), asked.number("page", 1)
    halves = _halves(asked, total) if number == 1 else ()
    if halves:
        return ListPage((), halves, total)
    entries = tuple(entry for row in rows if (entry := _entry(row, url, hints)))
    size = asked.number("per_page", max(len(rows), 1))
    following, lost = _next(data, asked, rows, total, (number, size), url)
    problems = (*empty_answer(rows, total, (number - 1) * size), *left_out(len(rows), len(entries)), *lost)
    return ListPage(entries, following, total, problems)


def _says_nothing(data: Any) -> bool:
    """`{"count": 0}`: how the interface says that nothing was found, without an error and without a list."""
    if not isinstance(data, dict) or "results" in data or count_of(data.get("count")) != 0:
        return False
    return refusal(data) is None and not any(isinstance(value, list | dict) for value in data.values())


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """The full text beside what the list said; or one document's own JSON answer."""
    text = decode(body)
    if text.lstrip("\ufeff \r\n\t").startswith("{"):
        return _of_answer(body, url, hints)
    if entry is None or not _TEXT.search(urlsplit(url).path):
        return generic.parse_detail(body, url, hints, entry)
    if too_deep(text):
        return None
    told = dict(entry.fields)
    files = _files(told.get("file"), entry.title or "")
    lines = paragraphs_of_markup(open_page(text, url).markup)
    return Gathered((), lines, "api:federal_register", files, entry.site_id, told.get("page"), "en")


def _of_answer(body: bytes, url: str, hints: Hints) -> Gathered | None:
    data, _ = open_answer(body)
    row = table(data)
    entry = _entry(row, url, hints)
    if entry is None:
        return None
    told = dict(entry.fields)
    day = entry.published.isoformat() if entry.published else None
    values = pairs_of(title=entry.title, doc_number=entry.doc_number, published=day) + entry.fields
    abstract = text_of(row.get("abstract"))
    return Gathered(
        as_values(values),
        (abstract,) if abstract else (),
        "api:federal_register",
        _files(told.get("file"), entry.title or ""),
        entry.site_id,
        told.get("page"),
        "en",
    )


def _files(link: str | None, title: str) -> tuple[AttachmentLink, ...]:
    return (AttachmentLink(link, f"{title} (PDF)"),) if link else ()


def _entry(row: dict[str, Any], base: str, hints: Hints) -> Entry | None:
    number, title = text_of(row.get("document_number")), title_of(row.get("title"))
    page = absolute(base, str(row.get("html_url") or ""))
    read = next((link for key in ("body_html_url", "raw_text_url") if (link := text_of(row.get(key)))), None)
    address = absolute(base, read) if read else page
    if not number or not title or not address:
        return None
    pdf = absolute(base, str(row.get("pdf_url") or "")) if row.get("pdf_url") else None
    fields = pairs_of(
        page=page,
        file=pdf,
        issuer="; ".join(_agencies(row)),
        index_number=number,
        doc_type=row.get("type"),
        description=row.get("abstract"),
        effective=_day(row, "effective_on", hints),
        comments_close=_day(row, "comments_close_on", hints),
        docket=texts(row.get("docket_ids")),
        rin=texts(row.get("regulation_id_numbers")),
        cfr=tuple(dict.fromkeys(filter(None, map(_cfr, tables(row.get("cfr_references")))))),
        keywords="; ".join(texts(row.get("topics"))),
    )
    published = day_of(row.get("publication_date"), hints.timezone)
    return Entry(address, title, published, text_of(row.get("citation")) or number, number, fields)


def _agencies(row: dict[str, Any]) -> tuple[str, ...]:
    listed = tables(row.get("agencies"))
    return tuple(filter(None, (text_of(one.get("name")) or text_of(one.get("raw_name")) for one in listed)))


def _cfr(reference: dict[str, Any]) -> str | None:
    """40 CFR Part 60, as such references are printed."""
    title, part = text_of(reference.get("title")), text_of(reference.get("part"))
    return f"{title} CFR Part {part}" if title and part else f"{title} CFR" if title else None


def _day(row: dict[str, Any], key: str, hints: Hints) -> str | None:
    found = day_of(row.get(key), hints.timezone)
    return found.isoformat() if found else None


def _next(
    data: dict[str, Any],
    asked: Asked,
    rows: Sequence[dict[str, Any]],
    total: int | None,
    place: tuple[int, int],
    url: str,
) -> tuple[tuple[PageRequest, ...], tuple[Problem, ...]]:
    """The page behind this one; where no further one can be asked for, the days that are left."""
    read = (place[0] - 1) * place[1] + len(rows)
    if not rows or (total is not None and read >= total):
        return (), ()
    if read + place[1] > REACH:
        return _older(asked, rows)
    link = absolute(url, str(data.get("next_page_url") or "")) if data.get("next_page_url") else None
    if link:
        return (PageRequest(link, "api"),), ()
    if total is None and len(rows) >= place[1]:  # neither total nor address: until a page is not full
        return (asked.turned("page", place[0] + 1),), ()
    return (), missing(total, read, place[1])


def _older(
    asked: Asked, rows: Sequence[dict[str, Any]]
) -> tuple[tuple[PageRequest, ...], tuple[Problem, ...]]:
    """The same search up to the last day that was reached; that day comes once more, whole."""
    last = str(rows[-1].get("publication_date") or "")
    if not last or last >= (asked.value(_LAST) or "9999"):
        said = (
            f"More than {REACH} documents of {last or 'one day'} cannot be asked for; name agencies or types."
        )
        return (), (Problem(LOST, said),)
    return (replace(_window(asked, asked.value(_FIRST), last), window=True),), ()


def _halves(asked: Asked, total: int | None) -> tuple[PageRequest, ...]:
    """Both halves of a window of days that holds more than can be reached, the newer first."""
    try:
        first, last = (date.fromisoformat(asked.value(key)) for key in (_FIRST, _LAST))
    except ValueError:
        return ()  # an open end: read up to the limit, then by the day that was reached
    if total is None or total <= REACH or first >= last:
        return ()
    middle = first + (last - first) // 2
    newer = _window(asked, (middle + timedelta(days=1)).isoformat(), last.isoformat())
    return newer, _window(asked, first.isoformat(), middle.isoformat())


def _window(asked: Asked, first: str, last: str) -> PageRequest:
    """The first page of the same search within these days."""
    kept = [(key, value) for key, value in asked.query if key not in (_FIRST, _LAST, "page")]
    days = [(key, day) for key, day in ((_FIRST, first), (_LAST, last)) if day]
    return PageRequest(f"{asked.address}?{urlencode([*kept, ('page', '1'), *days])}", "api")
