"""The State Council's policy library: search answers in both shapes, the latest feed, and its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from crawlers.extraction.answers import load_json
from crawlers.extraction.blocks import text_of_markup
from crawlers.extraction.charset import decode
from crawlers.extraction.dates import epoch_date, parse_date
from crawlers.extraction.gathered import Gathered
from crawlers.extraction.page import absolute
from crawlers.extraction.plain import one_line, title_line
from crawlers.platforms import generic
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.hints import Hints
from warehouse.records import Entry, Problem

name = "govcn"

SEARCH = "https://sousuo.www.gov.cn/search-gov/data"
_ROWS = 50
_NO_HITS = 1001


def start(hints: Hints) -> Sequence[PageRequest]:
    """The library that `[options] library` names, newest first."""
    library = str(hints.options.get("library", "zhengcelibrary_gw"))
    query = {
        "t": library,
        "q": "",
        "timetype": "timeqb",
        "searchfield": "title",
        "sort": "pubtime",
        "sortType": 1,
        "p": 1,
        "n": _ROWS,
    }
    return (PageRequest(f"{SEARCH}?{urlencode(query)}", "api"),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """A search answer, grouped or single, or the latest feed. Throttling is never an empty library."""
    text = decode(body)
    if text.lstrip("\ufeff \r\n\t")[:1] not in ("{", "["):
        return generic.parse_list(body, url, hints)
    try:
        data = load_json(text)
    except ValueError:
        return ListPage(problems=(Problem("damaged-json", "The library's answer does not parse."),))
    if isinstance(data, list):
        return ListPage(
            tuple(entry for row in data if isinstance(row, dict) and (entry := _latest(row, url)))
        )
    if not isinstance(data, dict):
        return ListPage(problems=(Problem("empty-list", "The library's answer holds no rows."),))
    found = data.get("searchVO")
    if not isinstance(found, dict):
        return _without_rows(data)
    rows = [row for row in _rows(found) if isinstance(row, dict)]
    entries = {entry.site_id or entry.url: entry for row in rows if (entry := _entry(row, url, hints))}
    total = _total(found)
    return ListPage(tuple(entries.values()), _next(url, len(rows), total, found), total)


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """A library page: metadata table with bold labels, or heading with date line; body #UCAP-CONTENT."""
    return generic.parse_detail(body, url, hints, entry)


def _without_rows(data: dict[str, Any]) -> ListPage:
    if str(data.get("code")) == str(_NO_HITS):
        return ListPage((), (), 0)
    return ListPage(
        problems=(
            Problem(
                "throttled",
                "The library answered without rows and without saying 'no hits': it is throttling us.",
            ),
        )
    )


def _rows(found: dict[str, Any]) -> Iterator[Any]:
    single = found.get("listVO")
    if isinstance(single, list):
        yield from single
    groups = found.get("catMap")
    for group in groups.values() if isinstance(groups, dict) else ():
        rows = group.get("listVO") if isinstance(group, dict) else None
        if isinstance(rows, list):
            yield from rows


def _total(found: dict[str, Any]) -> int | None:
    """The single libraries' count; a grouped answer always says 0 at the top, so its groups are summed."""
    total = found.get("totalCount")
    groups = found.get("catMap")
    if isinstance(groups, dict) and groups:
        counts = [group.get("totalCount") for group in groups.values() if isinstance(group, dict)]
        whole = [count for count in counts if isinstance(count, int)]
        return sum(whole) if whole else None
    return total if isinstance(total, int) else None


def _next(url: str, rows: int, total: int | None, found: dict[str, Any]) -> tuple[PageRequest, ...]:
    query = parse_qs(urlsplit(url).query, keep_blank_values=True)
    number = int(query.get("p", ["1"])[0]) if query.get("p", ["1"])[0].isdigit() else 1
    size = int(query.get("n", ["5"])[0]) if query.get("n", ["5"])[0].isdigit() else 5
    last = found.get("totalpage")
    if (
        rows == 0
        or (isinstance(last, int) and last and number >= last)
        or (total is not None and number * size >= total)
    ):
        return ()
    query["p"] = [str(number + 1)]
    return (PageRequest(urlsplit(url)._replace(query=urlencode(query, doseq=True)).geturl(), "api"),)


def _entry(row: dict[str, Any], base: str, hints: Hints) -> Entry | None:
    link = absolute(base, str(row.get("url") or ""))
    title = title_line(text_of_markup(str(row.get("title") or "")))
    if not link or not title:
        return None
    fields = {"issuer": "puborg", "topic": "childtype", "index_number": "index"}
    extra = tuple(
        (field, value) for field, key in fields.items() if (value := one_line(str(row.get(key) or "")))
    )
    return Entry(link, title, _published(row, hints), one_line(str(row.get("pcode") or "")), None, extra)


def _published(row: dict[str, Any], hints: Hints) -> Any:
    """`pubtimeStr`; on later pages it is null, and milliseconds stand in `pubtime` (may be 0) or `ptime`."""
    printed = parse_date(str(row.get("pubtimeStr") or ""))
    if printed:
        return printed
    for key in ("pubtime", "ptime"):
        value = row.get(key)
        if isinstance(value, int | float) and value > 0:
            return epoch_date(float(value), hints.timezone)
    return None


def _latest(row: dict[str, Any], base: str) -> Entry | None:
    link = absolute(base, str(row.get("URL") or ""))
    title = title_line(text_of_markup(str(row.get("TITLE") or "")))
    return Entry(link, title, parse_date(str(row.get("DOCRELPUBTIME") or ""))) if link and title else None
