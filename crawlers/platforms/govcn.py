"""The State Council's policy library: search answers in both shapes, the latest feed, and its pages.

Options: `library` (`zhengcelibrary_gw`, `zhengcelibrary_bm`, `zhengcelibrary`, `gongbao`), `query` (words of
the title), `size` (rows of one answer, at most 300), and `feed = "latest"` for the rolling feed instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from crawlers.extraction.dates import parse_date
from crawlers.extraction.gathered import Gathered
from crawlers.extraction.page import absolute
from crawlers.extraction.plain import squeeze
from crawlers.platforms import generic
from crawlers.platforms.asked import Asked
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import (
    MISSING,
    count_of,
    day_of,
    empty_answer,
    held_back,
    keys_of,
    open_answer,
    text_of,
    title_of,
)
from crawlers.platforms.paging import missing, up_to
from warehouse.records import Entry, Problem

name = "govcn"

SEARCH = "https://sousuo.www.gov.cn/search-gov/data"
LATEST = "/zhengce/zuixin/ZUIXINZHENGCE.json"
_ROWS = 50
_MOST_ROWS = 300  # asked for more, the library answers with 300 all the same
_LAST_PAGE = 2_000
_NO_HITS = "1001"
_GAZETTE = "gongbao"  # the group that repeats what the others hold
_PAGE = re.compile(r"/content_(\d{5,})\.html?$")
_FIELDS = {"issuer": "puborg", "topic": "childtype", "index_number": "index"}


def start(hints: Hints) -> Sequence[PageRequest]:
    """The library that `[options] library` names, newest first, or the feed of the latest policies."""
    if str(hints.options.get("feed", "")) == "latest":
        return (PageRequest(urljoin(hints.home_url, LATEST), "api"),)
    query = {
        "t": str(hints.options.get("library", "zhengcelibrary_gw")),
        "q": str(hints.options.get("query", "")),
        "timetype": "timeqb",
        "searchfield": "title",  # without it the library ignores the words
        "sort": "pubtime",
        "sortType": 1,
        "p": 1,
        "n": min(int(hints.options.get("size", _ROWS)), _MOST_ROWS),
    }
    return (PageRequest(f"{SEARCH}?{urlencode(query)}", "api"),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """A search answer, grouped or single, or the latest feed. Throttling is never an empty library."""
    path = urlsplit(url).path
    interface = path.endswith(("/search-gov/data", ".json"))
    if not interface and body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in (b"{", b"["):
        return generic.parse_list(body, url, hints)
    data, problems = open_answer(body)
    if data is MISSING:
        return ListPage(problems=problems)
    if isinstance(data, list):
        return _feed(data, url, hints)
    if not isinstance(data, dict):
        return ListPage(problems=(Problem("empty-list", "The library's answer holds no rows."),))
    found = data.get("searchVO")
    return _page(found, url, hints) if isinstance(found, dict) else _without_rows(data)


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """A library page: metadata table with bold labels, or heading with date line; body #UCAP-CONTENT.

    Its number stands in the address and stays when the page is shown in another part of the site.
    """
    gathered = generic.parse_detail(body, url, hints, entry)
    return replace(gathered, site_id=gathered.site_id or page_number(url)) if gathered else None


def page_number(url: str) -> str | None:
    """`5365945` of www.gov.cn/zhengce/content/2019-02/15/content_5365945.htm; None on other sites."""
    parts = urlsplit(url)
    found = _PAGE.search(parts.path) if parts.hostname in ("gov.cn", "www.gov.cn") else None
    return found[1] if found else None


def _without_rows(data: dict[str, Any]) -> ListPage:
    if str(data.get("code")) == _NO_HITS:
        return ListPage((), (), 0)
    if "searchVO" not in data and "code" not in data:
        said = f"The library's answer has no searchVO; it has {keys_of(data)}."
        return ListPage(problems=(Problem("unknown-answer", said),))
    said = "The library answered without rows and without saying 'no hits': it is throttling us."
    return ListPage(problems=(held_back(said),))


def _page(found: dict[str, Any], url: str, hints: Hints) -> ListPage:
    asked = Asked.of(url)
    number, size = asked.number("p", 1), min(asked.number("n", 5), _MOST_ROWS)
    groups = _groups(found)
    held = sum(len(rows or ()) for _, rows, _ in groups)
    entries = _once(groups, url, hints)
    total = _total(groups)
    more = held > 0 and _goes_on(found, groups, number, size)
    problems = list(_judged(groups, number, size))
    if entries == () and held:
        problems.append(Problem("rows-left-out", f"None of {held} rows has both a title and an address."))
    following, lost = up_to(number, _LAST_PAGE, (asked.turned("p", number + 1),) if more else ())
    if held and not more:
        lost = missing(total if len(groups) == 1 else None, (number - 1) * size + held, size)
    return ListPage(entries, following, total, (*problems, *lost))


_Group = tuple[str, list[Any] | None, int | None]  # its name, rows, stated total


def _groups(found: dict[str, Any]) -> list[_Group]:
    """The answer's groups, the gazette last; a single library is one group without a name."""
    named = found.get("catMap")
    if not isinstance(named, dict) or not named:
        return [("", _list(found.get("listVO")), count_of(found.get("totalCount")))]
    groups = [
        (str(name), _list(group.get("listVO")), count_of(group.get("totalCount")))
        for name, group in named.items()
        if isinstance(group, dict)
    ]
    return sorted(groups, key=lambda group: group[0] == _GAZETTE)


def _list(value: Any) -> list[Any] | None:
    return value if isinstance(value, list) else None


def _total(groups: Sequence[_Group]) -> int | None:
    """How many documents there are; the gazette repeats those of the other groups and is not added."""
    others = [group for group in groups if group[0] != _GAZETTE] or list(groups)
    counts = [total for _, rows, total in others if total is not None and (total or not rows)]
    return sum(counts) if counts else None


def _goes_on(found: dict[str, Any], groups: Sequence[_Group], number: int, size: int) -> bool:
    """Whether a group has more; where no count is stated (null, or 0 beside rows) full groups go on."""
    last = count_of(found.get("totalpage"))
    if last and len(groups) == 1:
        return number < last
    return any(number * size < total if total else len(rows or ()) >= size for _, rows, total in groups)


def _judged(groups: Sequence[_Group], number: int, size: int) -> tuple[Problem, ...]:
    """Why there are no rows at all; an empty group beside full ones is in order."""
    if any(rows for _, rows, _ in groups):
        return ()
    stated = [total for _, _, total in groups if total is not None]
    null = all(rows is None for _, rows, _ in groups)
    return empty_answer(None if null else [], sum(stated) if stated else None, (number - 1) * size)


def _once(groups: Sequence[_Group], url: str, hints: Hints) -> tuple[Entry, ...]:
    """Every document once: by its address, and by title and number, which the gazette prints again."""
    entries: dict[str, Entry] = {}
    printed: set[tuple[str, str]] = set()
    for group, rows, _ in groups:
        for row in rows or ():
            entry = _entry(row, url, hints) if isinstance(row, dict) else None
            if entry is None or entry.url in entries:
                continue
            mark = (squeeze(entry.title or ""), squeeze(entry.doc_number or ""))
            if group == _GAZETTE and mark in printed and _telling(mark):
                continue
            printed.add(mark)
            entries[entry.url] = entry
    return tuple(entries.values())


def _telling(mark: tuple[str, str]) -> bool:
    """Whether title and number name one document; appointments carry the same short title each time."""
    return bool(mark[1]) or len(mark[0]) > 15


def _entry(row: dict[str, Any], base: str, hints: Hints) -> Entry | None:
    link, title = absolute(base, str(row.get("url") or "")), title_of(row.get("title"))
    if not link or not title:
        return None
    extra = tuple((field, value) for field, key in _FIELDS.items() if (value := text_of(row.get(key))))
    return Entry(link, title, _published(row, hints), text_of(row.get("pcode")), page_number(link), extra)


def _published(row: dict[str, Any], hints: Hints) -> date | None:
    """`pubtimeStr`; on later pages it is null, and milliseconds stand in `pubtime` (may be 0) or `ptime`."""
    return (
        parse_date(str(row.get("pubtimeStr") or ""))
        or day_of(row.get("pubtime"), hints.timezone)
        or day_of(row.get("ptime"), hints.timezone)
    )


def _feed(rows: list[Any], url: str, hints: Hints) -> ListPage:
    entries = tuple(_latest(rows, url, hints))
    if entries:
        return ListPage(entries)
    return ListPage(problems=(Problem("empty-list", "The feed of the latest policies names no document."),))


def _latest(rows: list[Any], base: str, hints: Hints) -> Iterator[Entry]:
    for row in rows:
        link = absolute(base, str(row.get("URL") or "")) if isinstance(row, dict) else None
        title = title_of(row.get("TITLE")) if isinstance(row, dict) else None
        if link and title:
            when = day_of(row.get("DOCRELPUBTIME"), hints.timezone)
            yield Entry(link, title, when, None, page_number(link))
