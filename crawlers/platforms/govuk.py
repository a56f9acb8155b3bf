"""GOV.UK and sites built like it: a search interface for lists, a content interface for documents.

The search stands by the last public change. What lies behind its first 10,000 rows is asked for by the day
that was reached. Change notes are the versions that the site tells of; a withdrawal has day and reason.

Options: `organisation`, `document_type` (as in the addresses of the site), `from` (a day of the last change).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from crawlers.extraction.answers import load_json
from crawlers.extraction.blocks import paragraphs_of_markup, text_of_markup
from crawlers.extraction.charset import decode
from crawlers.extraction.dates import instant_date
from crawlers.extraction.gathered import Gathered, Value
from crawlers.extraction.page import absolute, open_page, too_deep
from crawlers.extraction.plain import one_line, title_line
from crawlers.platforms import generic
from crawlers.platforms.asked import Asked
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import count_of, empty_answer, left_out, open_answer
from crawlers.platforms.open_interface import no_page, rows_under, table
from crawlers.platforms.paging import LOST, REPEATED, known_total
from warehouse.records import AttachmentLink, Entry, Problem

name = "govuk"
attached_pages = True  # a publication's text is often a page that is attached to it, beside its PDF

_FIELDS = "title,link,description,public_timestamp,organisations,format,content_id"
_ROWS = 100
REACH = 10_000  # rows that a search of this kind of index promises
_WHEN = "filter_public_timestamp"
_OUTCOMES = ("final_outcome_detail", "public_feedback_detail")  # what came of a consultation
_NOTES = 200  # change notes of one document
_NUMBER = re.compile(r"\b(?:Cm|Cmnd|CP|HC|HL|SI|No\.?)\s?\d[\d/\-]*(?:\s?\(\d{4}(?:[-–]\d{2})?\))?")


def start(hints: Hints) -> Sequence[PageRequest]:
    """The search for the source's organisations and document types, newest first."""
    query: dict[str, str | int] = {
        "count": _ROWS,
        "start": 0,
        "order": "-public_timestamp",
        "fields": _FIELDS,
    }
    for option, parameter in (
        ("organisation", "filter_organisations"),
        ("document_type", "filter_content_store_document_type"),
    ):
        if hints.options.get(option):
            query[parameter] = hints.options[option]
    if hints.options.get("from"):
        query[_WHEN] = f"from:{hints.options['from']}"
    return (PageRequest(urljoin(hints.home_url, f"/api/search.json?{urlencode(query)}"), "api"),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Rows of a search answer; an entry's address is the content interface, the page for people beside it."""
    stripped = body.lstrip(b"\xef\xbb\xbf \r\n\t")
    if stripped[:1] not in (b"{", b"[") and not urlsplit(url).path.startswith("/api/"):
        return generic.parse_list(body, url, hints)
    opened = rows_under("results", body)
    if isinstance(opened, ListPage):
        return opened
    data, rows = opened
    entries = tuple(entry for row in rows if (entry := _entry(row, url, hints)))
    total, begin = known_total(count_of(data.get("total")), len(rows)), data.get("start")
    asked = Asked.of(url).number("start", 0)
    begin = begin if isinstance(begin, int) else asked
    if begin != asked and rows:
        said = f"The search was asked for row {asked} on and answers from row {begin}."
        return ListPage(entries, (), total, (Problem(REPEATED, said),))
    following, lost = _next(url, begin, rows, total)
    problems = (*empty_answer(rows, total, begin), *left_out(len(rows), len(entries)), *lost)
    by_change = Asked.of(url).value("order") == "-public_timestamp"
    return ListPage(entries, following, total, problems, by_change=by_change)


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """A content item; a page for people is read by its `govspeak` container."""
    text = decode(body)
    if not text.lstrip("\ufeff \r\n\t").startswith("{"):
        return None if no_page(body, url, "/api/") else generic.parse_detail(body, url, hints, entry)
    try:
        item = load_json(text)
    except ValueError:
        return None
    if not isinstance(item, dict) or not item.get("title"):
        return None
    raw = item.get("details")
    details: dict[str, Any] = raw if isinstance(raw, dict) else {}
    address = absolute(url, str(item.get("base_path") or "")) or url
    return Gathered(
        tuple(_values(item, hints)),
        _paragraphs(details, item, address),
        "api:govuk",
        tuple(_files(details, address)),
        one_line(str(item.get("content_id") or "")),
        address,
        one_line(str(item.get("locale") or "en"), 5),
    )


def files_of(body: bytes, url: str) -> tuple[str, ...]:
    """The addresses of what a content item attaches: files, and pages that hold its text."""
    data, _ = open_answer(body)
    item = table(data)
    address = absolute(url, str(item.get("base_path") or "")) or url
    return tuple(link.url for link in _files(table(item.get("details")), address))


def _entry(row: dict[str, Any], base: str, hints: Hints) -> Entry | None:
    path = str(row.get("link") or "")
    title = title_line(str(row.get("title") or ""))
    if not title or not path:
        return None
    when = instant_date(str(row.get("public_timestamp") or ""), hints.timezone)
    page = absolute(base, path) or base
    content = absolute(base, f"/api/content{path}") if path.startswith("/") else page
    listed = row.get("organisations")
    bodies = listed if isinstance(listed, list) else []
    names = [one_line(str(body.get("title") or "")) for body in bodies if isinstance(body, dict)]
    fields = [("page", page), ("description", one_line(str(row.get("description") or "")) or "")]
    fields += [("issuer", "; ".join(filter(None, names))), ("doc_type", str(row.get("format") or ""))]
    return Entry(
        content or page,
        title,
        when,
        None,
        one_line(str(row.get("content_id") or "")),
        tuple((k, v) for k, v in fields if v),
    )


def _next(
    url: str, begin: int, rows: Sequence[dict[str, Any]], total: int | None
) -> tuple[tuple[PageRequest, ...], tuple[Problem, ...]]:
    """The rows behind these; past what a search reaches, those up to the day that was reached."""
    asked, read = Asked.of(url), begin + len(rows)
    full = total is None and len(rows) >= asked.number("count", len(rows))
    if not rows or not (full if total is None else read < total):
        return (), ()
    if read + len(rows) <= REACH:
        return (asked.turned("start", read),), ()
    last, window = str(rows[-1].get("public_timestamp") or "")[:10], asked.value(_WHEN)
    until = next((part[3:] for part in window.split(",") if part.startswith("to:")), "9999")
    if not last or last >= until[:10]:
        said = (
            f"More than {REACH} documents of {last or 'one day'} cannot be asked for; name a document_type."
        )
        return (), (Problem(LOST, said),)
    since = next((part for part in window.split(",") if part.startswith("from:")), "")
    parts = urlsplit(url)
    query = parse_qs(parts.query) | {"start": ["0"], _WHEN: [",".join(filter(None, (since, f"to:{last}")))]}
    address = parts._replace(query=urlencode(query, doseq=True), fragment="").geturl()
    return (PageRequest(address, "api", window=True),), ()


def _values(item: dict[str, Any], hints: Hints) -> Iterator[Value]:
    raw_links = item.get("links")
    links: dict[str, Any] = raw_links if isinstance(raw_links, dict) else {}
    yield Value("title", str(item["title"]), "api:title")
    for key in ("first_published_at", "public_updated_at"):
        day = instant_date(str(item.get(key) or ""), hints.timezone)
        if day:
            yield Value(
                "published" if key == "first_published_at" else "updated", day.isoformat(), f"api:{key}"
            )
    names = [one_line(str(o.get("title") or "")) for o in _links(links, "organisations")]
    if any(names):
        yield Value("issuer", "; ".join(filter(None, names)), "api:organisations")
    for taxon in _links(links, "taxons"):
        if taxon.get("title"):
            yield Value("topic", str(taxon["title"]), "api:taxons")
    if item.get("document_type"):
        yield Value("doc_type", str(item["document_type"]), "api:document_type")
    raw = item.get("details")
    closing = (
        instant_date(str(raw.get("closing_date") or ""), hints.timezone) if isinstance(raw, dict) else None
    )
    if closing:  # of a consultation
        yield Value("comments_close", closing.isoformat(), "api:closing_date")
    yield from _withdrawal(item, hints)
    if item.get("description"):
        yield Value("description", str(item["description"]), "api:description")
    yield from _changes(item)


def _withdrawal(item: dict[str, Any], hints: Hints) -> Iterator[Value]:
    """That the site has withdrawn the document, since which day, and why."""
    notice = item.get("withdrawn_notice")
    if not isinstance(notice, dict) or not notice:
        return
    day = instant_date(str(notice.get("withdrawn_at") or ""), hints.timezone)
    why = text_of_markup(str(notice.get("explanation") or ""))
    yield Value("validity", "withdrawn", "api:withdrawn_notice")
    told = " ".join(filter(None, (day.isoformat() if day else "", why)))
    yield Value("withdrawn", told or "withdrawn", "api:withdrawn_notice")


def _links(links: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    found = links.get(kind)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _changes(item: dict[str, Any]) -> Iterator[Value]:
    """Dated change notes, the versions that the site tells of, newest first as it gives them."""
    details = item.get("details")
    history = details.get("change_history") if isinstance(details, dict) else None
    for row in history[:_NOTES] if isinstance(history, list) else ():
        if isinstance(row, dict) and row.get("note"):
            yield Value(
                "change_note",
                f"{str(row.get('public_timestamp') or '')[:10]} {row['note']}",
                "api:change_history",
            )


def _paragraphs(details: dict[str, Any], item: dict[str, Any], url: str) -> tuple[str, ...]:
    parts = [_markup(details.get("body"))]
    for part in details.get("parts") or ():
        if isinstance(part, dict):
            title = escape(text_of_markup(str(part.get("title") or "")))
            parts += [f"<h2>{title}</h2>" if title else "", _markup(part.get("body"))]
    parts += [_markup(details.get(key)) for key in _OUTCOMES]
    lines = tuple(
        line
        for part in parts
        if not too_deep(part)
        for line in paragraphs_of_markup(open_page(part, url).markup)
    )
    description = text_of_markup(str(item.get("description") or ""))
    return lines or ((description,) if description else ())


def _markup(body: Any) -> str:
    """A text's markup; of several renderings of one text the one in HTML."""
    if isinstance(body, list):
        named = (one for one in body if isinstance(one, dict) and one.get("content_type") == "text/html")
        body = next((one.get("content") for one in named), None)
    return body if isinstance(body, str) else ""


def _files(details: dict[str, Any], base: str) -> Iterator[AttachmentLink]:
    for one in details.get("attachments") or ():
        if isinstance(one, dict):
            link = absolute(base, str(one.get("url") or ""))
            if link:
                told = one_line(str(one.get("title") or one.get("filename") or ""), 300)
                yield AttachmentLink(link, told or link)
