"""A site found by its sitemaps: an index of children (some packed), addresses with their last change.

A sitemap tells neither titles nor dates of publication; the pages do. `[options]` of the source may set
`sitemap` (its address), `include` and `exclude` (patterns of page addresses), `maps` (a pattern of children),
`id` (a pattern whose first group is the page's lasting number) and `limit` (addresses of one sitemap).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from lxml import etree

from crawlers.extraction.charset import decode
from crawlers.extraction.dates import parse_date
from crawlers.extraction.feeds import local_name, open_xml
from crawlers.extraction.obstacles import is_robots
from crawlers.extraction.page import absolute
from crawlers.extraction.plain import one_line, title_line
from crawlers.extraction.sniff import inflate, is_sitemap
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.generic import own_number, parse_detail
from crawlers.platforms.hints import Hints
from warehouse.records import Entry, Problem

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "sitemap"
_MOST = 50_000  # addresses that the protocol allows one sitemap
_LINE = re.compile(r"^https?://\S+$")
_ROBOTS = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.I | re.M)


def start(hints: Hints) -> Sequence[PageRequest]:
    """The sitemap that `[options] sitemap` names, else the usual address below the home page."""
    return (
        PageRequest(urljoin(hints.home_url, str(hints.options.get("sitemap") or "/sitemap.xml")), "feed"),
    )


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """An index, or the sitemaps of a robots.txt, lead to sitemaps; a sitemap lists addresses."""
    problems: list[Problem] = []
    if body.startswith(b"\x1f\x8b"):
        body, fault = inflate(body)
        problems += [Problem(fault, "The packed sitemap ends early or is too large.")] if fault else []
    if is_robots(url, body):
        return _named(_ROBOTS.findall(decode(body)), url, hints, problems)
    if not is_sitemap(body):
        return _plain(body, url, hints, problems)
    root, damaged = open_xml(body, url)
    if damaged:
        problems.append(Problem("damaged-xml", "The sitemap's XML is damaged; what could be read was read."))
    if root is None:
        return ListPage(problems=tuple(problems))
    if local_name(root) == "sitemapindex":
        children = [value for node in root if (value := _own(node, "loc"))]
        return _named(children, url, hints, problems)
    rows = (entry for node in root if local_name(node) == "url" and (entry := _entry(node, url, hints)))
    return _listed(rows, hints, problems)


def _named(addresses: Sequence[str], url: str, hints: Hints, problems: list[Problem]) -> ListPage:
    """Each further sitemap once; one that names itself is left out."""
    wanted = str(hints.options.get("maps", ""))
    found = dict.fromkeys(place for text in addresses if (place := absolute(url, text)) and place != url)
    kept = [place for place in found if not wanted or re.search(wanted, place)]
    if not kept:
        problems.append(Problem("empty-list", "No sitemap is named that the source's file asks for."))
    return ListPage((), tuple(PageRequest(place, "feed") for place in kept), None, tuple(problems))


def _plain(body: bytes, url: str, hints: Hints, problems: list[Problem]) -> ListPage:
    """A sitemap may be a text file of addresses; anything else, often a page of apology, is none."""
    lines = [line.strip() for line in decode(body).lstrip("\ufeff").splitlines() if line.strip()]
    if not lines or not all(_LINE.match(line) for line in lines):
        problems.append(Problem("not-a-sitemap", "The answer is neither a sitemap nor an index of sitemaps."))
        return ListPage(problems=tuple(problems))
    return _listed((Entry(line, site_id=own_number(line, hints)) for line in lines), hints, problems)


def _listed(rows: Iterator[Entry], hints: Hints, problems: list[Problem]) -> ListPage:
    """The wanted addresses, each once, up to the limit."""
    limit = min(int(hints.options.get("limit", _MOST)), _MOST)
    found: dict[str, Entry] = {}
    for entry in rows:
        if not _is_wanted(entry.url, hints):
            continue
        if len(found) >= limit and entry.url not in found:
            problems.append(Problem("too-many-entries", f"Only the first {limit} addresses were read."))
            break
        found.setdefault(entry.url, entry)
    if not found and not problems:
        problems.append(
            Problem("empty-list", "The sitemap lists no address that the source's file asks for.")
        )
    return ListPage(tuple(found.values()), (), None, tuple(problems))


def _is_wanted(url: str, hints: Hints) -> bool:
    include, exclude = (str(hints.options.get(option, "")) for option in ("include", "exclude"))
    return (not include or bool(re.search(include, url))) and not (exclude and re.search(exclude, url))


def _entry(node: etree._Element, base: str, hints: Hints) -> Entry | None:
    """One address; `lastmod` is when the page changed, not when it was published. News sitemaps say more."""
    address = absolute(base, _own(node, "loc"))
    if address is None:
        return None
    news = {local_name(child): (child.text or "").strip() for child in node.iterfind("{*}news/*")}
    changed = one_line(_own(node, "lastmod"), 40)
    return Entry(
        address,
        title_line(news.get("title")),
        parse_date(news.get("publication_date", "")[:10]),
        site_id=own_number(address, hints),
        fields=(("updated", changed),) if changed else (),
    )


def _own(node: etree._Element, wanted: str) -> str:
    """The text of a child by its name; children of other namespaces (pictures, films) have their own loc."""
    space = etree.QName(node).namespace if isinstance(node.tag, str) else None
    for child in node:
        if local_name(child) == wanted and etree.QName(child).namespace == space:
            return (child.text or "").strip()
    return ""
