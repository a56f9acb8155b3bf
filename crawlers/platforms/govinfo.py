"""govinfo's interface: packages of a collection by their last change or their day of issue, with their files.

Options: `collection` (BILLS, PLAW, FR, CFR ..., several separated by spaces), `from`, `until` (days of the
last change, or of issue with `by = "issued"`), `size` (packages of one answer, at most 1,000). Every page is
turned in every round; `from` keeps that short. The text of a package is its PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlencode, urljoin

from crawlers.extraction.gathered import Gathered
from crawlers.extraction.page import absolute
from crawlers.platforms import generic
from crawlers.platforms.asked import Asked
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import count_of, day_of, keys_of, left_out, open_answer, text_of, title_of
from crawlers.platforms.open_interface import as_values, no_page, pairs_of, rows_under, table, texts
from crawlers.platforms.paging import NO_NEXT, known_total, missing
from warehouse.records import AttachmentLink, Entry, Problem
from warehouse.web_keys import without_key

name = "govinfo"

PAGE = "https://www.govinfo.gov/app/details/"
_SIZE, _MOST = 100, 1_000
_LAW = re.compile(r"^PLAW-(\d+)publ(\d+)$")
_BILLS = {
    "hr": "H.R.", "s": "S.", "hres": "H.Res.", "sres": "S.Res.", "hjres": "H.J.Res.", "sjres": "S.J.Res.",
    "hconres": "H.Con.Res.", "sconres": "S.Con.Res.",
}  # fmt: skip


def start(hints: Hints) -> Sequence[PageRequest]:
    """The first page of every collection."""
    named = str(hints.options.get("collection", "")).split()
    return tuple(PageRequest(urljoin(hints.home_url, _address(one, hints)), "api") for one in named)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Packages of one answer and the page that it names as the next."""
    opened = rows_under("packages", body)
    if isinstance(opened, ListPage):
        return opened
    data, rows = opened
    entries = tuple(entry for row in rows if (entry := _entry(row, url, hints)))
    total = known_total(count_of(data.get("count")), len(rows))
    link = text_of(data.get("nextPage"))
    following = absolute(url, without_key(link)) if link else None
    problems: tuple[Problem, ...] = left_out(len(rows), len(entries))
    first = Asked.of(url).value("offsetMark") in ("", "*")
    if not rows and total:
        problems = (Problem("empty-page", f"The list claims {total} packages, and this page holds none."),)
    elif not rows and total is None and first:
        problems = (Problem("empty-list", "The answer holds no package and no count of them."),)
    elif rows and not following:
        problems += _cut(data, len(rows), total if first else None, Asked.of(url).number("pageSize", _SIZE))
    requests = (PageRequest(following, "api"),) if following and rows else ()
    return ListPage(entries, requests, total, problems, ordered=False)


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """A package's summary: what is published of it, and its PDF as a file."""
    package = _package(body)
    if package is None:
        return None if no_page(body, url, "/packages/") else generic.parse_detail(body, url, hints, entry)
    number = text_of(package.get("packageId")) or (entry.site_id if entry else None)
    files = tuple(
        AttachmentLink(link, text_of(package.get("title")) or link) for link in _files(package, url)
    )
    page = f"{PAGE}{quote(number)}" if number else None
    return Gathered(as_values(_pairs(package, hints)), (), "api:govinfo", files, number, page, "en")


def files_of(body: bytes, url: str) -> tuple[str, ...]:
    """The address of a package's PDF."""
    package = _package(body)
    return tuple(_files(package, url)) if package else ()


def _cut(data: dict[str, Any], rows: int, total: int | None, size: int) -> tuple[Problem, ...]:
    """What to say of a page that leads nowhere: the last one says `"nextPage": null`."""
    if "nextPage" not in data and rows >= size:
        said = f"A full page of {rows} packages does not name the next one; it has {keys_of(data)}."
        return (Problem(NO_NEXT, said),)
    return missing(total, rows, size)


def _address(collection: str, hints: Hints) -> str:
    first, last = (str(hints.options.get(key, "")) for key in ("from", "until"))
    paging = {"offsetMark": "*", "pageSize": min(int(hints.options.get("size", _SIZE)), _MOST)}
    if str(hints.options.get("by", "")) == "issued":
        days = "/".join(filter(None, (first or "1789-03-04", last)))  # the first day of the first Congress
        return f"/published/{days}?{urlencode({**paging, 'collection': collection})}"
    instants = "/".join(f"{day}T00:00:00Z" for day in (first or "1994-01-01", last) if day)
    return f"/collections/{quote(collection)}/{instants}?{urlencode(paging)}"


def _package(body: bytes) -> dict[str, Any] | None:
    data, _ = open_answer(body)
    package = table(data)
    return package if title_of(package.get("title")) and package.get("packageId") else None


def _entry(row: dict[str, Any], base: str, hints: Hints) -> Entry | None:
    number, title = text_of(row.get("packageId")), title_of(row.get("title"))
    link = text_of(row.get("packageLink"))
    address = absolute(base, without_key(link)) if link else None
    if not number or not title or not address:
        return None
    day = day_of(row.get("dateIssued"), hints.timezone)
    told = pairs_of(
        page=f"{PAGE}{quote(number)}", doc_type=row.get("docClass"), updated=row.get("lastModified")
    )
    return Entry(address, title, day, None, number, told)


def _pairs(package: dict[str, Any], hints: Hints) -> tuple[tuple[str, str], ...]:
    day = day_of(package.get("dateIssued"), hints.timezone)
    authors = (package.get(f"governmentAuthor{place}") for place in (1, 2))
    return pairs_of(
        title=package.get("title"),
        doc_number=_number(package),
        index_number=package.get("suDocClassNumber"),
        issuer="; ".join(text for one in authors for text in texts(one)),
        published=day.isoformat() if day else None,
        updated=package.get("lastModified"),
        doc_type=package.get("documentType") or package.get("collectionName"),
        column=package.get("category"),
    )


def _number(package: dict[str, Any]) -> str | None:
    """H.R. 1625 of a bill, Public Law 115-141 of a law; other packages have none."""
    law = _LAW.match(str(package.get("packageId") or ""))
    if law:
        return f"Public Law {law[1]}-{law[2]}"
    kind, serial = _BILLS.get(str(package.get("billType") or "").lower()), text_of(package.get("billNumber"))
    return f"{kind} {serial}" if kind and serial else None


def _files(package: dict[str, Any], base: str) -> Iterator[str]:
    link = text_of(table(package.get("download")).get("pdfLink"))
    address = absolute(base, without_key(link)) if link else None
    if address:
        yield address
