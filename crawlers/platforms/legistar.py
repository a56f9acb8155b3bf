"""Legistar's web interface (OData 3): matters and meetings of a council, last changed first.

A matter is its line in the list (number, title, type, status, body) and the files attached to it; a meeting
is its agenda as the interface gives it, with agenda and minutes as files. At most 1,000 rows come at once,
so rows are asked for by `$skip`; `since` filters on the instant of the last change. Some clients give
nothing without a token: see [credential].

Options: `client` (the name in https://webapi.legistar.com/v1/{client}), `lists` ("matters events" when left
out), `since` (a day), `size` (at most 1,000), `site` (the council's own pages,
https://{client}.legistar.com).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from crawlers.extraction.gathered import Gathered, Value
from crawlers.extraction.page import absolute, file_name
from crawlers.extraction.plain import one_line, paragraphs_of, title_line
from crawlers.platforms import generic
from crawlers.platforms.asked import Asked
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import MISSING, day_of, keys_of, left_out, open_answer, text_of
from crawlers.platforms.paging import up_to
from warehouse.errors import UserError
from warehouse.records import AttachmentLink, Entry, Problem

name = "legistar"

MOST = 1_000  # rows of one answer, by the interface's documentation
_SIZE = 200
_LAST_ROW = 200_000
_KINDS = {"matters": "Matter", "events": "Event"}
_ASKED = re.compile(r"/v1/[^/]+/(matters|events)(?:/(\d+))?(/attachments)?/?$", re.I)
_EVENT_PARTS = "EventItems=1&AgendaNote=1&MinutesNote=1&EventItemAttachments=1"
_SAID = {  # a matter's published values by our fields
    "MatterBodyName": "issuer",
    "MatterTypeName": "doc_type",
    "MatterStatusName": "validity",
    "MatterEnactmentDate": "effective",
    "MatterLastModifiedUtc": "updated",
}
_EVENT_SAID = {
    "EventBodyName": "issuer",
    "EventAgendaStatusName": "agenda",
    "EventMinutesStatusName": "minutes",
    "EventLastModifiedUtc": "updated",
}


def start(hints: Hints) -> Sequence[PageRequest]:
    """The first rows of matters and of meetings; without `client` the home page."""
    lists = str(hints.options.get("lists") or "matters events").split()
    strange = next((one for one in lists if one not in _KINDS), None)
    if strange:
        raise UserError(
            f"{hints.source_id}: [options] lists names '{strange}'; write matters, events or both."
        )
    if not hints.options.get("client"):
        return generic.start(hints)
    return tuple(_rows(hints, one) for one in lists)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Rows of one answer and the request for those behind them; other pages are read by their structure."""
    place = _ASKED.search(urlsplit(url).path)
    if not place:
        return generic.parse_list(body, url, hints)
    data, problems = open_answer(body)
    if data is MISSING:
        return ListPage(problems=problems)
    if not isinstance(data, list):
        return ListPage(problems=(_refused(data),))
    asked = Asked.of(url)
    first, size = asked.number("$skip", 0), asked.number("$top", MOST)
    rows = [row for row in data if isinstance(row, dict)]
    read = _matter if place[1].lower() == "matters" else _event
    entries = tuple(entry for row in rows if (entry := read(row, url, hints)))
    problems = left_out(len(data), len(entries))
    if not data and first == 0:
        problems = (Problem("empty-list", "The interface holds no row."),)
    turned = (asked.turned("$skip", first + len(data)),) if len(data) >= min(size, MOST) else ()
    following, lost = up_to(first + len(data), _LAST_ROW, turned)
    by_change = asked.value("$orderby").endswith("LastModifiedUtc desc")
    return ListPage(entries, following, None, (*problems, *lost), by_change=by_change)


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """A matter by its line and its attached files, a meeting by its agenda."""
    place = _ASKED.search(urlsplit(url).path)
    if not place or not place[2]:
        answered = body.lstrip()[:1] in (b"[", b"{")  # rows are no document
        return None if answered else generic.parse_detail(body, url, hints, entry)
    data, _ = open_answer(body)
    if place[3]:
        return _of_matter(data, place[2], url, hints, entry) if isinstance(data, list) else None
    return _of_event(data, url, hints) if isinstance(data, dict) and data.get("EventId") else None


def files_of(body: bytes, url: str) -> tuple[str, ...]:
    """The files that a document's answer names, whatever their addresses end in."""
    read = parse_detail(body, url, Hints("", "en", "UTC", url), None)
    return tuple(dict.fromkeys(one.url for one in read.attachments)) if read else ()


def _rows(hints: Hints, kind: str) -> PageRequest:
    client = quote(str(hints.options.get("client") or ""), safe="")
    changed = f"{_KINDS[kind]}LastModifiedUtc"
    asked: dict[str, str | int] = {"$top": min(int(hints.options.get("size") or _SIZE), MOST), "$skip": 0}
    asked["$orderby"] = f"{changed} desc"
    if hints.options.get("since"):
        asked["$filter"] = f"{changed} ge datetime'{hints.options['since']}'"
    return PageRequest(urljoin(hints.home_url, f"/v1/{client}/{kind}?{urlencode(asked)}"), "api")


def _refused(data: Any) -> Problem:
    said = one_line(str(data.get("Message") or ""), 200) if isinstance(data, dict) else None
    if said:
        closed = re.search(r"token|authori[sz]", said, re.I)
        return Problem("key-missing" if closed else "interface-closed", f"The interface refuses: {said}")
    return Problem("unknown-answer", f"The answer is no list of rows; it has {keys_of(data)}.")


def _matter(row: dict[str, Any], url: str, hints: Hints) -> Entry | None:
    number = row.get("MatterId")
    title = title_line(str(row.get("MatterTitle") or row.get("MatterName") or ""))
    if not isinstance(number, int) or not title:
        return None
    when = next(
        (day for key in ("MatterIntroDate", "MatterAgendaDate") if (day := day_of(row.get(key), "UTC"))), None
    )
    return Entry(
        f"{_folder(url)}/matters/{number}/attachments",
        title,
        when,
        text_of(row.get("MatterFile")),
        f"matter:{number}",
        tuple((field, text) for key, field in _SAID.items() if (text := text_of(row.get(key)))),
    )


def _event(row: dict[str, Any], url: str, hints: Hints) -> Entry | None:
    number, body = row.get("EventId"), text_of(row.get("EventBodyName"))
    if not isinstance(number, int) or not body:
        return None
    day = _shown_on(row, hints)
    said = tuple((field, text) for key, field in _EVENT_SAID.items() if (text := text_of(row.get(key))))
    link = f"{_folder(url)}/events/{number}?{_EVENT_PARTS}"
    return Entry(link, _meeting(body, row), day, None, f"event:{number}", said)


def _folder(url: str) -> str:
    """https://webapi.legistar.com/v1/{client}"""
    parts = urlsplit(url)
    before, _, behind = parts.path.partition("/v1/")
    return parts._replace(path=f"{before}/v1/{behind.split('/', 1)[0]}", query="", fragment="").geturl()


def _shown_on(row: dict[str, Any], hints: Hints) -> date | None:
    """The day the agenda was published; where the interface does not tell it, that of the meeting."""
    shown = row.get("EventAgendaLastPublishedUTC")
    instant = f"{shown}Z" if shown and not str(shown).endswith("Z") else shown
    return day_of(instant, hints.timezone) or day_of(row.get("EventDate"), "UTC")


def _meeting(body: str, row: dict[str, Any]) -> str:
    time = text_of(row.get("EventTime"))
    day = str(row.get("EventDate") or "")[:10]
    return f"{body}: meeting of {day}" + (f", {time}" if time else "")


def _of_matter(data: list[Any], number: str, url: str, hints: Hints, entry: Entry | None) -> Gathered:
    files = [one for one in data if isinstance(one, dict)]
    text = (entry.title or "",) if entry else ()
    return Gathered(
        (),
        tuple(line for line in text if line),
        "api:legistar",
        tuple(_attached(files, url)),
        f"matter:{number}",
        f"{_site(hints, url)}/gateway.aspx?m=l&id={number}",
        "en",
    )


def _of_event(data: dict[str, Any], url: str, hints: Hints) -> Gathered:
    body = text_of(data.get("EventBodyName")) or ""
    values = [
        Value("title", _meeting(body, data), "api:EventBodyName"),
        Value("issuer", body, "api:EventBodyName"),
        Value("doc_type", "Meeting", "api:events"),
    ]
    day = _shown_on(data, hints)
    if day:
        values.append(Value("published", day.isoformat(), "api:EventDate"))
    page = absolute(url, str(data.get("EventInSiteURL") or ""))
    return Gathered(
        tuple(values),
        tuple(_agenda(data)),
        "api:legistar",
        tuple(_papers(data, url)),
        f"event:{data['EventId']}",
        page or f"{_site(hints, url)}/Calendar.aspx",
        "en",
    )


def _agenda(data: dict[str, Any]) -> Iterator[str]:
    """Where the council meets, its remarks, and the items of its agenda with number and file."""
    place = one_line(str(data.get("EventLocation") or ""))
    if place:
        yield f"Location: {place}"
    yield from paragraphs_of(str(data.get("EventComment") or ""))
    for item in _items(data):
        number, file = text_of(item.get("EventItemAgendaNumber")), text_of(item.get("EventItemMatterFile"))
        title = one_line(str(item.get("EventItemTitle") or ""), 4000)
        if title:
            yield " ".join(filter(None, (number, f"[{file}]" if file else None, title)))
        for key in ("EventItemAgendaNote", "EventItemMinutesNote", "EventItemActionText"):
            yield from paragraphs_of(str(item.get(key) or ""))


def _papers(data: dict[str, Any], base: str) -> Iterator[AttachmentLink]:
    for key, called in (("EventAgendaFile", "Agenda"), ("EventMinutesFile", "Minutes")):
        link = absolute(base, str(data.get(key) or ""))
        if link:
            yield AttachmentLink(link, called)
    for item in _items(data):
        held = item.get("EventItemMatterAttachments")
        yield from _attached([one for one in held or () if isinstance(one, dict)], base)


def _attached(files: Sequence[dict[str, Any]], base: str) -> Iterator[AttachmentLink]:
    for one in files:
        link = absolute(base, str(one.get("MatterAttachmentHyperlink") or ""))
        if link and one.get("MatterAttachmentIsHyperlink") is not True:
            called = one_line(str(one.get("MatterAttachmentName") or ""), 300)
            yield AttachmentLink(link, called or file_name(link))


def _items(data: dict[str, Any]) -> list[dict[str, Any]]:
    items = data.get("EventItems")
    return [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []


def _site(hints: Hints, url: str) -> str:
    """The council's own pages."""
    client = urlsplit(url).path.split("/v1/", 1)[-1].split("/", 1)[0]
    return str(hints.options.get("site") or f"https://{client}.legistar.com").rstrip("/")
