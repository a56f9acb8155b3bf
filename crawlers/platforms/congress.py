"""Congress.gov's interface (version 3): bills, last changed first, with latest action and text versions.

A bill is what the list says of it and its text versions, whose dates stand with the document as the versions
that the site tells of; the PDF of each is a file.

Options: `congress` (118), `type` (hr, s, hjres ...; only with a congress), `from` (a day of the last change),
`size` (bills of one answer, at most 250).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode, urljoin

from crawlers.extraction.gathered import Gathered, Value
from crawlers.extraction.page import absolute
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
from crawlers.platforms.open_interface import no_page, pairs_of, rows_under, table, tables
from crawlers.platforms.paging import known_total, missing
from warehouse.records import AttachmentLink, Entry
from warehouse.web_keys import without_key

name = "congress"

LIST, PAGE = "/v3/bill", "https://www.congress.gov/bill/"
_MOST = 250
_KINDS = {  # as numbers are printed, as its pages are called, what it is
    "hr": ("H.R.", "house-bill", "Bill"),
    "s": ("S.", "senate-bill", "Bill"),
    "hjres": ("H.J.Res.", "house-joint-resolution", "Joint Resolution"),
    "sjres": ("S.J.Res.", "senate-joint-resolution", "Joint Resolution"),
    "hconres": ("H.Con.Res.", "house-concurrent-resolution", "Concurrent Resolution"),
    "sconres": ("S.Con.Res.", "senate-concurrent-resolution", "Concurrent Resolution"),
    "hres": ("H.Res.", "house-resolution", "Simple Resolution"),
    "sres": ("S.Res.", "senate-resolution", "Simple Resolution"),
}
_CHAMBERS = {"house": "House of Representatives", "senate": "Senate"}


def start(hints: Hints) -> Sequence[PageRequest]:
    """The bills of a congress, or all, last changed first."""
    options = hints.options
    path = "/".join(filter(None, (LIST, str(options.get("congress", "")), str(options.get("type", "")))))
    query = {"format": "json", "limit": min(int(options.get("size", _MOST)), _MOST), "offset": 0}
    more = {"fromDateTime": f"{options['from']}T00:00:00Z"} if options.get("from") else {}
    asked = urlencode({**query, "sort": "updateDate desc", **more})
    return (PageRequest(f"{urljoin(hints.home_url, path)}?{asked}", "api"),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """One page of bills and the request for the next."""
    opened = rows_under("bills", body)
    if isinstance(opened, ListPage):
        return opened
    data, rows = opened
    asked, paging = Asked.of(without_key(url)), table(data.get("pagination"))
    entries = tuple(entry for row in rows if (entry := _entry(row, url)))
    begin, total = asked.number("offset", 0), known_total(count_of(paging.get("count")), len(rows))
    read = begin + len(rows)
    limit = asked.number("limit", _MOST)
    if total is not None:
        more = read < total
    else:  # not told either: until a page is not full
        more = bool(paging["next"]) if "next" in paging else len(rows) >= limit
    following = (asked.turned("offset", read),) if rows and more else ()
    problems = (*empty_answer(rows, total, begin), *left_out(len(rows), len(entries)))
    lost = missing(total, read, limit) if rows and not following else ()
    return ListPage(entries, following, total, (*problems, *lost), by_change=True)


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """A bill's text versions beside what the list said of it."""
    versions = _versions(body)
    if versions is None or entry is None:
        return None if no_page(body, url, LIST) else generic.parse_detail(body, url, hints, entry)
    told = dict(entry.fields)
    said = told.get("description")
    return Gathered(
        tuple(_values(versions, hints)),
        (said,) if said else (),
        "api:congress",
        tuple(_files(versions, url, hints)),
        entry.site_id,
        told.get("page"),
        "en",
    )


def files_of(body: bytes, url: str) -> tuple[str, ...]:
    """The addresses of a bill's texts."""
    return tuple(link.url for link in _files(_versions(body) or [], url, None))


def _versions(body: bytes) -> list[dict[str, Any]] | None:
    data, _ = open_answer(body)
    held = table(data).get("textVersions")
    return tables(held) if isinstance(held, list) else None


def _entry(row: dict[str, Any], base: str) -> Entry | None:
    congress, serial = count_of(row.get("congress")), text_of(row.get("number"))
    kind, title = str(row.get("type") or "").lower(), title_of(row.get("title"))
    if congress is None or not serial or not title or kind not in _KINDS:
        return None
    printed, called, what = _KINDS[kind]
    action = table(row.get("latestAction"))
    said = ": ".join(filter(None, (text_of(action.get("actionDate")), text_of(action.get("text")))))
    chamber = str(row.get("originChamber") or "").lower()
    told = pairs_of(
        page=f"{PAGE}{_ordinal(congress)}-congress/{called}/{serial}",
        issuer=_CHAMBERS.get(chamber, chamber),
        doc_type=what,
        description=said,
        updated=row.get("updateDateIncludingText") or row.get("updateDate"),
    )
    address = urljoin(base, f"{LIST}/{congress}/{kind}/{serial}/text?format=json")
    return Entry(address, title, None, f"{printed} {serial}", f"{congress}-{kind}-{serial}", told)


def _ordinal(number: int) -> str:
    """118th, 121st, 122nd, 113th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _values(versions: list[dict[str, Any]], hints: Hints) -> Iterator[Value]:
    """The first day a text is known of, and each version as a dated note of the site."""
    days = [day for one in versions if (day := day_of(one.get("date"), hints.timezone))]
    if days:
        yield Value("published", min(days).isoformat(), "api:textVersions")
    for one in versions:
        day, called = day_of(one.get("date"), hints.timezone), text_of(one.get("type"))
        if day and called:
            yield Value("change_note", f"{day.isoformat()} {called}", "api:textVersions")


def _files(versions: list[dict[str, Any]], base: str, hints: Hints | None) -> Iterator[AttachmentLink]:
    for one in versions:
        called = text_of(one.get("type")) or "Text"
        day = day_of(one.get("date"), hints.timezone) if hints else None
        for each in tables(one.get("formats")):
            link = absolute(base, str(each.get("url") or "")) if each.get("type") == "PDF" else None
            if link:
                yield AttachmentLink(link, f"{called} ({day})" if day else called)
