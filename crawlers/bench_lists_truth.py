"""Recorded lists, feeds and answers with the entries that their repositories state, and how one is judged."""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from crawlers.bench_halves import is_held
from warehouse.records import Entry

_COURTS, _COUNTS = "freelawproject/juriscraper", "biglocalnews/civic-scraper"
_MEETINGS = ("City-Bureau/city-scrapers", "City-Bureau/city-scrapers-det")
_KINDS = ("list", "feed", "api", "detail")
_PARTIAL = re.compile(
    r"/(?:va|fisc|alaska|mont)_example"
)  # the truth names only some entries; westlaw is alaska's
_BASE = re.compile(r"""<base[^>]+href\s*=\s*["']([^"']+)""", re.I)


@dataclass(frozen=True, slots=True)
class ListTruth:
    """One recorded page with what its repository states of it."""

    name: str
    url: str
    base: str  # what the page itself says that its addresses begin from
    body: bytes
    kind: str  # list | feed | api | detail
    origin: str  # courts | meetings | counts
    held: bool
    items: tuple[dict[str, Any], ...]
    count: int | None

    @property
    def complete(self) -> bool:
        """Whether every entry is named, so that one that is not named is wrong."""
        return self.origin == "courts" and not _PARTIAL.search(self.name)


@dataclass(slots=True)
class Judged:
    """Counts of one answer, or of many added up."""

    stated: int = 0  # distinct links of the truth
    found: int = 0  # of them found
    given: int = 0  # distinct addresses given on pages whose truth is complete
    right: int = 0  # of them stated
    dated: int = 0  # found ones with a stated day that is not approximate
    days_right: int = 0
    approximate: int = 0
    approximate_right: int = 0
    elsewhere: int = 0  # days that stand on other pages (bva)
    elsewhere_right: int = 0
    named: int = 0  # Chicago and Detroit: entries with a stated day or link
    named_found: int = 0

    def add(self, other: Judged) -> None:
        """Add another's counts to these."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def recorded_lists(data_folder: Path | None = None, *, held: bool) -> Iterator[ListTruth]:
    """Every recorded page with stated entries; those of the held half only when asked. None without data."""
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    sites = (data_folder or Path(os.environ.get("GOVBRIEF_SHARED_DATA", default))) / "sites"
    manifest = sites / "manifest.jsonl"
    if not manifest.is_file():
        return
    for line in manifest.read_text("utf-8").splitlines():
        row = json.loads(line)
        origin = _origin(row["source_repo"])
        truth = row.get("truth") or {}
        if not origin or row["kind"] not in _KINDS or not ("items" in truth or truth.get("item_count")):
            continue
        name = row["file"]
        if is_held(name.split("/")[0]) and not held:
            continue
        body = (sites / name).read_bytes()
        url = row["url"] or f"https://{name}"
        told = _BASE.search(body[:20000].decode("utf-8", "replace"))
        base = urljoin(url, html.unescape(told[1])) if told else url
        items = tuple(truth.get("items") or ())
        yield ListTruth(
            name,
            url,
            base,
            body,
            row["kind"],
            origin,
            is_held(name.split("/")[0]),
            items,
            truth.get("item_count"),
        )


def judge(page: ListTruth, entries: Sequence[Entry]) -> Judged:
    """What of an answer is right, by the rules of comparison that `bench_lists` states."""
    return _of_court(page, entries) if page.origin == "courts" else _of_meetings(page, entries)


def same_address(url: str) -> str:
    """An address as a judge compares it: without scheme, fragment, escapes, case of the host, final slash."""
    plain = html.unescape(html.unescape(url)).strip()
    try:
        parts = urlsplit(plain)
    except ValueError:
        return plain
    query = f"?{unquote(parts.query)}" if parts.query else ""
    path = re.sub(r"/{2,}", "/", re.sub(r"/\./", "/", unquote(parts.path)))
    return re.sub(r"\s+", " ", f"{parts.netloc.lower().removesuffix(':443')}{path.rstrip('/')}{query}")


def _of_court(page: ListTruth, entries: Sequence[Entry]) -> Judged:
    judged = Judged()
    given = {same_address(entry.url): entry for entry in reversed(entries)}
    truth = {same_address(urljoin(page.url, item["link"])): item for item in page.items if item.get("link")}
    other = {same_address(urljoin(page.base, item["link"])): same_address(urljoin(page.url, item["link"]))
             for item in page.items if item.get("link")}  # fmt: skip
    hit = {other.get(address, address): entry for address, entry in given.items()}
    judged.stated = len(truth)
    judged.found = sum(1 for address in truth if address in hit)
    if page.complete:
        judged.given = len(given)
        judged.right = sum(1 for address in hit if address in truth)
    for address, item in truth.items():
        if address not in hit or not item.get("date"):
            continue
        published = hit[address].published
        right = published is not None and published.isoformat() == item["date"][:10]
        if "/bva_" in page.name:
            judged.elsewhere += 1
            judged.elsewhere_right += right
        elif item.get("date_is_approximate"):
            judged.approximate += 1
            judged.approximate_right += right
        else:
            judged.dated += 1
            judged.days_right += right
    return judged


def _of_meetings(page: ListTruth, entries: Sequence[Entry]) -> Judged:
    judged = Judged()
    if page.origin != "meetings":
        return judged
    addresses = {same_address(entry.url) for entry in entries}
    addresses |= {same_address(value) for entry in entries for _, value in entry.fields if "://" in value}
    days = {entry.published.isoformat() for entry in entries if entry.published}
    for item in page.items:
        links = [link["href"] for link in item.get("links") or () if link.get("href")]
        start = str(item.get("start") or "")[:10]
        if not links and not start:
            continue
        judged.named += 1
        linked = any(same_address(urljoin(page.base, link)) in addresses for link in links)
        judged.named_found += linked or bool(start and start in days)
    return judged


def _origin(repository: str) -> str:
    if repository == _COURTS:
        return "courts"
    if repository in _MEETINGS:
        return "meetings"
    return "counts" if repository == _COUNTS else ""
