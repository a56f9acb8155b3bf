"""regulations.gov's interface (version 4): documents of dockets, last changed first, withdrawn ones named.

Twenty pages of 250 are all that one search gives; it goes on from the instant of the last document that was
read. Instants of answers are UTC, those of the filter are read in US Eastern time.

Options: `agencies`, `types` (`Proposed Rule;Rule`), `docket`, `from` (a day of the last change), `size` (at
most 250). The text of most documents is a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode, urljoin
from zoneinfo import ZoneInfo

from crawlers.extraction.blocks import paragraphs_of_markup
from crawlers.extraction.gathered import Gathered
from crawlers.extraction.page import absolute, file_name
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
from crawlers.platforms.open_interface import as_values, no_page, pairs_of, rows_under, table, tables, texts
from crawlers.platforms.paging import LOST, known_total
from warehouse.records import AttachmentLink, Entry, Problem

name = "regulations"

LIST, PAGE = "/v4/documents", "https://www.regulations.gov/document/"
LAST_PAGE, _MOST = 20, 250
_EASTERN = ZoneInfo("America/New_York")
_NUMBER, _SIZE = "page[number]", "page[size]"
_SINCE, _UNTIL = "filter[lastModifiedDate][ge]", "filter[lastModifiedDate][le]"
_READABLE = (
    "pdf",
    "docx",
    "doc",
    "xlsx",
    "rtf",
    "pptx",
    "txt",
)  # of a document in several formats, the first


def start(hints: Hints) -> Sequence[PageRequest]:
    """The search for the source's agencies, types or docket, last changed first."""
    options = hints.options
    pairs = [
        ("sort", "-lastModifiedDate,documentId"),
        (_SIZE, str(min(int(options.get("size", _MOST)), _MOST))),
    ]
    pairs.append((_NUMBER, "1"))
    listed = (("agencies", "filter[agencyId]", " "), ("types", "filter[documentType]", ";"))
    for option, key, sign in listed:
        values = [one.strip() for one in str(options.get(option, "")).split(sign) if one.strip()]
        pairs += [(key, ",".join(values))] if values else []
    pairs += [("filter[docketId]", str(options["docket"]))] if options.get("docket") else []
    pairs += [(_SINCE, f"{options['from']} 00:00:00")] if options.get("from") else []
    return (PageRequest(f"{urljoin(hints.home_url, LIST)}?{urlencode(pairs)}", "api"),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """One page of documents; the last that can be asked for leads on by the instant it has reached."""
    opened = rows_under("data", body)
    if isinstance(opened, ListPage):
        return opened
    data, rows = opened
    asked, meta = Asked.of(url), table(data.get("meta"))
    entries = tuple(entry for row in rows if (entry := _entry(row, url, hints)))
    total, number = known_total(count_of(meta.get("totalElements")), len(rows)), asked.number(_NUMBER, 1)
    size = asked.number(_SIZE, _MOST)
    before = (number - 1) * size
    more = meta.get("hasNextPage")
    if not isinstance(more, bool):  # not told: by the total, else until a page is not full
        more = len(rows) >= size if total is None else total > before + len(rows)
    problems = (*empty_answer(rows, total, before), *left_out(len(rows), len(entries)))
    following: tuple[PageRequest, ...] = ()
    if rows and more:
        following = (asked.turned(_NUMBER, number + 1),)
    if rows and number >= LAST_PAGE and (following or (total or 0) > before + len(rows)):
        following, lost = _older(asked, rows)
        problems += lost
    return ListPage(entries, following, total, problems, by_change=True)


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """A document's own answer: its values, its abstract and its files; a withdrawn one says so and why."""
    held = _document(body)
    if held is None:
        return None if no_page(body, url, LIST) else generic.parse_detail(body, url, hints, entry)
    number, attributes, _ = held
    values = as_values((*_pairs(attributes, hints), *pairs_of(title=title_of(attributes.get("title")))))
    day = day_of(attributes.get("postedDate"), hints.timezone)
    dated = as_values(
        pairs_of(published=day.isoformat() if day else None, doc_number=attributes.get("frDocNum"))
    )
    abstract = paragraphs_of_markup(str(attributes.get("docAbstract") or ""))
    files = tuple(_files(held, url))
    page = f"{PAGE}{quote(number)}"
    return Gathered((*values, *dated), abstract, "api:regulations", files, number, page, "en")


def files_of(body: bytes, url: str) -> tuple[str, ...]:
    """The addresses of a document's files, one format of each."""
    held = _document(body)
    return tuple(link.url for link in _files(held, url)) if held else ()


_Held = tuple[str, dict[str, Any], list[dict[str, Any]]]  # its number, attributes, what is attached


def _document(body: bytes) -> _Held | None:
    data, _ = open_answer(body)
    held = table(table(data).get("data"))
    attributes, number = table(held.get("attributes")), text_of(held.get("id"))
    if not number or not title_of(attributes.get("title")):
        return None
    return number, attributes, [table(one.get("attributes")) for one in tables(table(data).get("included"))]


def _entry(row: dict[str, Any], base: str, hints: Hints) -> Entry | None:
    number, attributes = text_of(row.get("id")), table(row.get("attributes"))
    title = title_of(attributes.get("title"))
    if not number or not title:
        return None
    address = urljoin(base, f"{LIST}/{quote(number)}?include=attachments")
    told = (("page", f"{PAGE}{quote(number)}"), *_pairs(attributes, hints))
    day = day_of(attributes.get("postedDate"), hints.timezone)
    return Entry(address, title, day, text_of(attributes.get("frDocNum")), number, told)


def _pairs(attributes: dict[str, Any], hints: Hints) -> tuple[tuple[str, str], ...]:
    """Published values that list and document have in common."""
    days = {
        field: found.isoformat() if (found := day_of(attributes.get(key), hints.timezone)) else None
        for field, key in (("comments_close", "commentEndDate"), ("effective", "effectiveDate"))
    }
    gone = attributes.get("withdrawn") is True
    return pairs_of(
        issuer=attributes.get("agencyId"),
        doc_type=attributes.get("documentType"),
        docket=attributes.get("docketId"),
        rin=(*texts(attributes.get("rin")), *texts(attributes.get("additionalRins"))),
        cfr=attributes.get("cfrPart"),
        validity="withdrawn" if gone else None,
        withdrawn=(text_of(attributes.get("reasonWithdrawn")) or "withdrawn") if gone else None,
        updated=attributes.get("lastModifiedDate") or attributes.get("modifyDate"),
        **days,
    )


def _files(held: _Held, base: str) -> Iterator[AttachmentLink]:
    """The document itself, then what is attached to it."""
    _, attributes, attached = held
    for one in (attributes, *attached):
        formats = {
            str(each.get("format") or "").lower(): str(each.get("fileUrl") or "")
            for each in tables(one.get("fileFormats"))
        }
        link = next((formats[kind] for kind in _READABLE if formats.get(kind)), None)
        address = absolute(base, link) if link else None
        if address:
            yield AttachmentLink(address, title_of(one.get("title")) or file_name(address))


def _older(
    asked: Asked, rows: Sequence[dict[str, Any]]
) -> tuple[tuple[PageRequest, ...], tuple[Problem, ...]]:
    """The same search up to the instant of the last row, whose second comes once more."""
    last = eastern(table(rows[-1].get("attributes")).get("lastModifiedDate"))
    if last is None or last >= (asked.value(_UNTIL) or "9999"):
        said = (
            f"More documents than can be asked for were changed at {last or 'an instant that is not told'}."
        )
        return (), (Problem(LOST, said),)
    kept = [(key, value) for key, value in asked.query if key not in (_UNTIL, _NUMBER)]
    query = urlencode([*kept, (_UNTIL, last), (_NUMBER, "1")])
    return (PageRequest(f"{asked.address}?{query}", "api", window=True),), ()


def eastern(instant: Any) -> str | None:
    """`2026-03-05 12:30:00` in US Eastern time of an instant in UTC, as the filter wants it."""
    try:
        found = datetime.fromisoformat(str(instant))
    except ValueError:
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(_EASTERN).strftime("%Y-%m-%d %H:%M:%S")
