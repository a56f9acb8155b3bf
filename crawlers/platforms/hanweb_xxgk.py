"""The information-disclosure list of older Hanweb sites, asked by form: `/module/xxgk/search.jsp`.

Options: `type` (infotypeId, several separated by spaces), `site` (jdid), `area`, `division` (divid), `sort`
(sortfield), `search` (the interface's address). A column's page that carries these numbers needs none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode, urljoin, urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.page import Page, open_page, too_deep
from crawlers.platforms import generic
from crawlers.platforms.asked import FORM, Asked
from crawlers.platforms.base import TOO_DEEP, ListPage, PageRequest
from crawlers.platforms.hanweb import parse_detail
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import held_back
from crawlers.platforms.moved import plea, read_elsewhere
from crawlers.platforms.paging import known_total, missing, up_to
from crawlers.platforms.rows import art_number, row_entries
from warehouse.records import Entry, Problem

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "hanweb_xxgk"

SEARCH = "/module/xxgk/search.jsp"
_LAST_PAGE = 2_000
_OPTIONS: Mapping[str, str] = {"jdid": "site", "area": "area", "divid": "division", "sortfield": "sort"}
_SORT = ",createdatetime:0,orderid:0"  # newest first
_EMPTY = ("vc_title", "vc_number", "vc_filenumber", "vc_all", "texttype", "fbtime")
_SETTING = re.compile(
    r"""\b(infotypeId|jdid|area|divid|sortfield)["']?\s*[:=]\s*(?:"([^"]*)"|'([^']*)'|([\w:.-]+))""", re.I
)
_NAMES = {name.lower(): name for name in ("infotypeId", "jdid", "area", "divid", "sortfield")}
_OPEN = "主动公开"
_PAGES = re.compile(
    r"共\s*(?:<[^>]{1,60}>\s*)?(\d{1,5})\s*(?:</[^>]{1,20}>\s*)?页|(?<!\d)\d{1,5}\s*/\s*(\d{1,5})\s*页"
)
_TOTAL = re.compile(
    r"共\s*(?:<[^>]{1,60}>\s*)?(\d{1,8})\s*(?:</[^>]{1,20}>\s*)?(?:条|个|篇|项)|(?:infoCount|totalCount)=[\"']?(\d+)"
)
_INDEX = re.compile(r"(?<![\w/])[A-Z0-9]{6,20}(?:-\d+)?[/-](?:19|20)\d{2}-\d{3,8}(?!\d)")
_TURN = re.compile(r"下一?页")
_ANY_NUMBER = re.compile(r"\d+")


def start(hints: Hints) -> Sequence[PageRequest]:
    """The first page of each kind of information that `[options] type` names, else the home page."""
    kinds = str(hints.options.get("type", "")).split()
    stated = {key: str(hints.options.get(option, "")) for key, option in _OPTIONS.items()}
    return tuple(_ask(hints.home_url, {**stated, "infotypeId": kind}, hints) for kind in kinds) or (
        generic.start(hints)
    )


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Rows of one answer and the form for the next page, or the form that a column's page calls for."""
    source = decode(body)
    if too_deep(source):
        return TOO_DEEP
    waits = plea(source)
    if waits:
        return ListPage(problems=waits)
    if urlsplit(url).path.endswith("/xxgk/search.jsp"):
        return _answer(open_page(source, url), url)
    return _column(body, source, url, hints)


def _column(body: bytes, source: str, url: str, hints: Hints) -> ListPage:
    """A column's page: it asks for its rows by form, or an editor wrote them out."""
    stated = _settings(source)
    if SEARCH in source and stated.get("infotypeId") and (stated.get("divid") or stated.get("area")):
        return ListPage((), (_ask(url, stated, hints),))
    rows = row_entries(open_page(source, url), art_number)
    return ListPage(rows) if len(rows) > 1 else read_elsewhere(body, url, hints, name)


def _settings(source: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for found in _SETTING.finditer(source):
        value = next((part for part in found.groups()[1:] if part is not None), "")
        if value:
            values.setdefault(_NAMES[found[1].lower()], value)
    return values


def _ask(base: str, stated: Mapping[str, str], hints: Hints) -> PageRequest:
    """The form the page's own script sends; empty values are sent too."""
    form = {
        "infotypeId": stated.get("infotypeId", ""),
        "jdid": stated.get("jdid", ""),
        "area": stated.get("area", ""),
        "divid": stated.get("divid", ""),
        "sortfield": stated.get("sortfield") or _SORT,
        "currpage": "1",
        **dict.fromkeys(_EMPTY, ""),
    }
    url = urljoin(base, str(hints.options.get("search") or SEARCH))
    return PageRequest(url, "list", "POST", urlencode(form).encode(), FORM)


def _answer(page: Page, url: str) -> ListPage:
    asked = Asked.of(url, post=True)
    number = asked.number("currpage", 1)
    entries = _open_entries(page)
    held = len(page.tree.css("a[gkfs]")) or len(entries)
    total, pages = _count(_TOTAL, page), _count(_PAGES, page)
    if not held:
        return ListPage((), (), total, _missing(total, pages, number))
    total = known_total(total, held)
    turns = number < pages if pages else _linked(page, number)
    turned = (replace(asked.turned("currpage", number + 1), role="list"),) if turns else ()
    following, lost = up_to(number, _LAST_PAGE, turned)
    if not turns and not pages:
        lost = missing(total, number * held, held)
    return ListPage(entries, following, total, lost)


def _open_entries(page: Page) -> tuple[Entry, ...]:
    """Documents that are published on the site's own initiative; others are named there but not shown."""
    marked: dict[str, bool] = {}
    for anchor in page.tree.css("a[gkfs][href]"):
        link = page.absolute(anchor.attributes.get("href") or "")
        if link:
            marked[link] = (anchor.attributes.get("gkfs") or _OPEN).strip() == _OPEN
    rows = row_entries(page, (lambda link: link if marked.get(link) else None) if marked else art_number)
    indexes = _index_numbers(page)
    return tuple(
        replace(entry, site_id=art_number(entry.url), fields=indexes.get(entry.url, ())) for entry in rows
    )


def _index_numbers(page: Page) -> dict[str, tuple[tuple[str, str], ...]]:
    """The index number that a row prints beside its link."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in page.tree.css("tr, li"):
        number = _INDEX.search(row.text(deep=True, separator=" ")) if len(row.css("tr, li")) < 2 else None
        for anchor in row.css("a[href]") if number else ():
            link = page.absolute(anchor.attributes.get("href") or "")
            if link and number:
                found.setdefault(link, (("index_number", number[0]),))
    return found


def _count(pattern: re.Pattern[str], page: Page) -> int | None:
    found = pattern.search(page.source)
    return int(next(part for part in found.groups() if part)) if found else None


def _linked(page: Page, number: int) -> bool:
    """Whether the answer's own 下一页 leads to a later page; on the last it leads to itself or nowhere."""
    for anchor in page.tree.css("a[href]"):
        if _TURN.search("".join(anchor.text(deep=True).split())):
            said = f"{anchor.attributes.get('href') or ''} {anchor.attributes.get('onclick') or ''}"
            numbers = [int(one) for one in _ANY_NUMBER.findall(said)]
            return any(one == number + 1 for one in numbers)
    return False


def _missing(total: int | None, pages: int | None, number: int) -> tuple[Problem, ...]:
    """No rows: held back when more are promised, in order behind the last page, odd at the beginning."""
    if total != 0 and ((pages is not None and number <= pages) or (total and number == 1)):
        said = f"The list claims {total or f'{pages} pages'} and shows nothing on page {number}."
        return (held_back(said),)
    if total == 0 or number > 1:
        return ()
    return (Problem("empty-list", "The disclosure list holds no row."),)
