"""Repositories that are harvested by OAI-PMH 2.0: records in Dublin Core, page by page, deletions named.

Options: `endpoint` (the interface's address), `prefix` (oai_dc), `set`, `from`, `until` (days), and `link`,
the address of a record's page made of its number where records name none: `/record/{id}`, {id} being what
follows the last colon of the record's identifier.

Records come in an order of the repository's own, mostly oldest first, so every page is turned in every round;
`from` keeps that short. A token asks for exactly one page and stops being good after some hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit
from zoneinfo import ZoneInfo

from lxml import etree

from crawlers.extraction.charset import decode
from crawlers.extraction.feeds import instant_day, local_name, open_xml
from crawlers.extraction.page import absolute
from crawlers.extraction.plain import one_line, title_line
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.generic import parse_detail
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import asks_to_wait, count_of, held_back
from crawlers.platforms.paging import EXPIRED, ITSELF
from warehouse.records import Entry, Problem

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "oai_pmh"

_OPENING = re.compile(r"<(?:\w+:)?OAI-PMH[\s>]")
_EXPIRED = "badResumptionToken"
_NOTHING = "noRecordsMatch"


@dataclass(frozen=True, slots=True)
class _Record:
    """One record: its identifier, when it changed, whether it is gone, its Dublin Core values by name."""

    identifier: str
    changed: str
    deleted: bool
    values: dict[str, list[str]] = field(default_factory=dict)

    def first(self, name: str) -> str | None:
        """The first value of a name."""
        return next(iter(self.values.get(name, ())), None)


def start(hints: Hints) -> Sequence[PageRequest]:
    """The first page of the harvest."""
    asked = {"verb": "ListRecords", "metadataPrefix": str(hints.options.get("prefix", "oai_dc"))}
    asked |= {key: str(hints.options[key]) for key in ("set", "from", "until") if hints.options.get(key)}
    endpoint = urljoin(hints.home_url, str(hints.options.get("endpoint") or "/oai"))
    return (PageRequest(f"{endpoint}?{urlencode(asked)}", "feed"),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Records of one answer, the numbers of those taken away, and the request for the next page."""
    text = decode(body)
    if not _OPENING.search(text[:3000]):
        said = "The answer is not the OAI-PMH it should be."
        return _nothing(held_back(said) if asks_to_wait(text) else Problem("not-oai", said))
    root, damaged = open_xml(body, url)
    if root is None:
        return _nothing(Problem("damaged-xml", "The repository's XML is damaged and cannot be read."))
    faults = [node for node in root if local_name(node) == "error"]
    if faults:
        return _refused(faults[0])
    records = [record for node in root.iter("{*}record") if (record := _record(node))]
    token = next(root.iter("{*}resumptionToken"), None)
    following, problems = _next(token, url)
    entries = tuple(entry for record in records if (entry := _entry(record, url, hints)))
    kept = sum(not record.deleted for record in records)
    if kept > len(entries):
        said = f"{kept - len(entries)} of {kept} records name no page of their own; see [options] link."
        problems.append(Problem("rows-left-out", said))
    if not records and not following:
        problems.append(Problem("empty-list", "The repository's answer holds no record."))
    if damaged:
        said = "The repository's XML is damaged; what could be read was read."
        problems.append(Problem("damaged-xml", said))
    total = count_of(token.get("completeListSize")) if token is not None else None
    withdrawn = tuple(record.identifier for record in records if record.deleted)
    return ListPage(entries, following, total, tuple(problems), withdrawn, ordered=False)


def _nothing(problem: Problem) -> ListPage:
    return ListPage(problems=(problem,), ordered=False)


def _refused(fault: etree._Element) -> ListPage:
    """An error of the protocol; only `noRecordsMatch` is an answer, it says that there is nothing."""
    code, said = fault.get("code", ""), one_line(fault.text, 200) or "without a word"
    if code == _NOTHING:
        return ListPage(total=0, ordered=False)
    if code == _EXPIRED:
        return _nothing(Problem(EXPIRED, f"The page's token is no longer good ({said}); start anew."))
    return _nothing(Problem("oai-error", f"The repository refuses the request: {code or 'error'}, {said}"))


def _next(token: etree._Element | None, url: str) -> tuple[tuple[PageRequest, ...], list[Problem]]:
    """The page behind this one, asked by its token alone; an empty token ends the list."""
    text = (token.text or "").strip() if token is not None else ""
    if not text:
        return (), []
    if text in parse_qs(urlsplit(url).query).get("resumptionToken", []):
        return (), [Problem(ITSELF, "The page names itself as the one behind it.")]
    endpoint = urlsplit(url)._replace(query="", fragment="").geturl()
    query = urlencode({"verb": "ListRecords", "resumptionToken": text})
    return (PageRequest(f"{endpoint}?{query}", "feed"),), []


def _record(node: etree._Element) -> _Record | None:
    header = next((child for child in node if local_name(child) == "header"), None)
    if header is None:
        return None
    named = {local_name(child): (child.text or "").strip() for child in header}
    if not named.get("identifier"):
        return None
    values: dict[str, list[str]] = {}
    for child in node.iterfind("{*}metadata/*/*"):
        text = one_line("".join(str(part) for part in child.itertext()), 2000)
        if text:
            values.setdefault(local_name(child), []).append(text)
    deleted = header.get("status", "").lower() == "deleted"
    return _Record(named["identifier"], named.get("datestamp", ""), deleted, values)


def _entry(record: _Record, base: str, hints: Hints) -> Entry | None:
    link, title = _link(record, base, hints), title_line(record.first("title"))
    if record.deleted or not link or not title:
        return None
    extra = (
        ("issuer", record.first("publisher")),
        ("doc_type", record.first("type")),
        ("keywords", "; ".join(record.values.get("subject", []))[:500]),
        ("updated", record.changed),
    )
    fields = tuple((key, text) for key, text in extra if text)
    day = _published(record, ZoneInfo(hints.timezone))
    return Entry(link, title, day, None, record.identifier, fields)


def _link(record: _Record, base: str, hints: Hints) -> str | None:
    """The record's page: by the source's pattern, else the address it names, best one of its own site."""
    pattern = str(hints.options.get("link", ""))
    if pattern:
        return absolute(base, pattern.replace("{id}", record.identifier.rpartition(":")[2]))
    named = [link for value in record.values.get("identifier", []) if (link := _address(value))]
    home = urlsplit(hints.home_url).hostname
    return next((link for link in named if urlsplit(link).hostname == home), next(iter(named), None))


def _address(value: str) -> str | None:
    return absolute(value, value) if value.startswith(("http://", "https://")) else None


def _published(record: _Record, zone: ZoneInfo) -> date | None:
    """The day among the record's dates; instants tell when the repository took the record in."""
    days = sorted(record.values.get("date", []), key=lambda text: len(text) > len("2026-05-06"))
    return next(_days(days, zone), None)


def _days(texts: Sequence[str], zone: ZoneInfo) -> Iterator[date]:
    for text in texts:
        found = instant_day(text, zone)
        if found:
            yield found
