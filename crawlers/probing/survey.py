"""From one address to the lists of a site and one of its documents, with few requests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from crawlers.extraction.page import is_file_link
from crawlers.platforms import PageRequest
from crawlers.probing.client import Answer
from crawlers.probing.columns import INDEX_TIER, Column, columns_of, feeds_of, forwarding
from crawlers.probing.errors import REFUSALS, NotFetched
from crawlers.probing.reading import Look, Pages, kind_of, look_at, opened
from crawlers.probing.same_site import same_site
from warehouse.errors import NothingUsable
from warehouse.records import Entry

MOST_LISTS = 4
MOST_PAGES = 10  # of one survey, robots.txt not counted


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the site: the page that people see, and the answer behind it that holds the rows."""

    title: str  # of the link that led here, or of the page
    look: Look
    behind: Look | None = None

    @property
    def rows(self) -> Look:
        """Where the entries stand."""
        return self.behind or self.look

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The documents that the list names."""
        return self.rows.page.entries


@dataclass(slots=True)
class Survey:
    """What was found, and every page that was had on the way."""

    start: Answer
    lists: list[Listed] = field(default_factory=list)
    document: Answer | None = None
    entry: Entry | None = None  # what the list says of the document
    remarks: list[str] = field(default_factory=list)
    others: list[Column] = field(default_factory=list)  # columns that promise documents and were not opened

    @property
    def answers(self) -> list[Answer]:
        """The pages worth keeping as a sample: lists, what lies behind them, the document."""
        had = [look.answer for one in self.lists for look in (one.look, one.behind) if look]
        had += [self.document] if self.document else []
        return list({answer.url: answer for answer in had}.values())


def survey(pages: Pages, url: str) -> Survey:
    """Look at the address, follow it to lists where it is a home page, open one document.

    NotFetched when the address cannot be had; NothingUsable when no list is found there.
    """
    asked = _Asked(pages)
    start = asked.get(PageRequest(url, "list"))
    ahead = forwarding(start) if kind_of(start) == "html" else None
    start = asked.get(PageRequest(ahead, "list")) if ahead else start
    found = Survey(start)
    look = look_at(start)
    front = kind_of(start) == "html" and (ahead is not None or is_home(start.final_url))
    if look.is_list and not front:
        found.lists.append(_listed(asked, "", look, found.remarks))
    else:
        found.lists += _from_home(asked, start, found.remarks)
        if not found.lists and look.is_list:
            found.lists.append(_listed(asked, "", look, found.remarks))
    found.lists = [one for one in found.lists if one.entries or one.look.page.leads_on]
    if not found.lists:
        raise NothingUsable(
            f"{url}: no list of documents was found there; open the site, find the page that lists documents"
            " with their dates (政策文件, 通知公告 ...) and give its address. Where a script fills it,"
            " give the address of the answer it asks for, which the browser's network panel shows."
            + _why(found.remarks)
        )
    _open_document(asked, found)
    found.others = [] if kind_of(start) != "html" else asked.unopened(_without_twins(columns_of(start)))
    return found


def is_home(url: str) -> bool:
    """Whether an address is a site's front door."""
    path = urlsplit(url).path.rsplit("/", 1)
    return path[0] == "" and path[-1].split(".")[0].lower() in ("", "index", "default", "home", "main")


class _Asked:
    """Pages within the survey's bound; a page asked twice is had once."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._had: dict[str, Answer] = {}
        self._tries = 0

    @property
    def spent(self) -> bool:
        """Whether only the request for a document is left."""
        return self._tries >= MOST_PAGES - 1

    def sitemaps(self, url: str) -> list[str]:
        return self._pages.sitemaps(url)

    def unopened(self, columns: list[Column]) -> list[Column]:
        return [one for one in columns if one.url not in self._had and one.tier < INDEX_TIER]

    def get(self, request: PageRequest) -> Answer:
        known = self._had.get(request.url) if request.method == "GET" else None
        if known is None:
            self._tries += 1
            known = self._had[request.url] = self._pages.get(request)
        return known


def _from_home(asked: _Asked, start: Answer, remarks: list[str]) -> list[Listed]:
    """The best lists that the home page's columns lead to, index columns opened one level deep."""
    found: list[Listed] = []
    columns = _without_twins(columns_of(start)) if kind_of(start) == "html" else []
    seen = {column.url for column in columns}
    for column in columns:
        if len(found) >= MOST_LISTS or asked.spent or (column.tier == INDEX_TIER and found):
            break
        look = _had(asked, column.url, remarks)
        if look is None:
            continue
        if look.is_list:
            found.append(_listed(asked, column.title, look, remarks))
            continue
        if kind_of(look.answer) != "html":
            continue
        deeper = [one for one in columns_of(look.answer) if one.url not in seen and one.tier < INDEX_TIER]
        seen |= {one.url for one in deeper}
        found += list(_open_columns(asked, deeper[: MOST_LISTS - len(found)], remarks))
    for name, urls in (("feed", feeds_of), ("sitemap", lambda page: asked.sitemaps(page.final_url))):
        if not found and kind_of(start) == "html":
            others = [Column(url, name, 1) for url in urls(start)[:2]]
            found += list(_open_columns(asked, others, remarks))
    return _distinct(found)


def _distinct(lists: list[Listed]) -> list[Listed]:
    """Lists without those that name the same documents as one before them (a folder and its index.html)."""
    seen: set[frozenset[str]] = set()
    kept: list[Listed] = []
    for listed in lists:
        mark = frozenset(entry.url for entry in listed.entries)
        if not mark or mark not in seen:
            kept.append(listed)
        seen.add(mark)
    return [one for one in kept if not any(_is_part(one, other) for other in kept)]


def _is_part(listed: Listed, other: Listed) -> bool:
    """Whether a list is but the newest of another one, as the page beside a feed is, and leads no further."""
    if listed is other or listed.rows.page.next:
        return False
    return {one.url for one in listed.entries} < {one.url for one in other.entries}


def _without_twins(columns: list[Column]) -> list[Column]:
    """One of two links to a folder and its index page."""
    bare = {re.sub(r"/index\.s?html?$", "/", column.url): column for column in reversed(columns)}
    return [column for column in columns if column in bare.values()]


def _open_columns(asked: _Asked, columns: list[Column], remarks: list[str]) -> Iterator[Listed]:
    for column in columns:
        look = _had(asked, column.url, remarks) if not asked.spent else None
        if look is not None and look.is_list:
            yield _listed(asked, column.title, look, remarks)


def _had(asked: _Asked, url: str, remarks: list[str]) -> Look | None:
    """A column's page; a refusal ends the survey, any other failure is a remark."""
    try:
        return look_at(asked.get(PageRequest(url, "list")))
    except NotFetched as error:
        if error.code in REFUSALS - {"robots-forbids"}:
            raise
        remarks.append(str(error))
        return None


def _listed(asked: _Asked, title: str, look: Look, remarks: list[str]) -> Listed:
    """A list; where the page only leads to an interface, with the interface's first answer that has rows."""
    look = replace(look, answer=replace(look.answer, url=look.answer.final_url))  # asked there from now on
    if not look.page.leads_on:
        return Listed(title, look)
    for request in look.page.next[:2]:
        if asked.spent:
            break
        try:
            behind = look_at(asked.get(request), look.platform)
        except NotFetched as error:
            if error.code in REFUSALS:
                raise
            remarks.append(str(error))
            continue
        if behind.page.entries:
            return Listed(title, look, behind)
    return Listed(title, look)


def _open_document(asked: _Asked, found: Survey) -> None:
    """One page of a document: the newest of the first list that lies on the site itself."""
    for listed in found.lists:
        own = [entry for entry in listed.entries if _is_page(entry, listed.look.answer.final_url)]
        own.sort(key=lambda entry: entry.published.toordinal() if entry.published else 0, reverse=True)
        for entry in own[:2]:
            try:
                answer = asked.get(PageRequest(entry.url, "detail"))
            except NotFetched as error:
                if error.code in REFUSALS - {"robots-forbids"}:
                    raise
                found.remarks.append(str(error))
                continue
            if opened(answer).strip():
                found.document, found.entry = answer, entry
                return
    found.remarks.append("No document page was opened, so fields could not be tried.")


def _is_page(entry: Entry, home: str) -> bool:
    return same_site(entry.url, home) and not is_file_link(entry.url)


def _why(remarks: list[str]) -> str:
    return f" On the way: {remarks[0]}" if remarks else ""
