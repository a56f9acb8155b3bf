"""The national laws database: a search asked by JSON form, a law's card, and links to its files.

A file's link is signed for an hour and has to be asked for each time, at `/law-search/download/pc`; the crawl
follows the answer like a redirect, so that the file keeps the address that hands it out.

Options: `query` (words of the title), `codes` (kinds of law, numbers separated by spaces), `bodies` (issuing
bodies), `status` (1 repealed, 2 amended, 3 in force, 4 not yet in force), `size` (laws of one answer).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urljoin, urlsplit

from crawlers.extraction.blocks import paragraphs_of_markup
from crawlers.extraction.gathered import Gathered, Value
from crawlers.extraction.page import absolute
from crawlers.extraction.plain import one_line
from crawlers.platforms.asked import sent_to
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import (
    MISSING,
    at,
    count_of,
    day_of,
    empty_answer,
    held_back,
    keys_of,
    open_answer,
    text_of,
    title_of,
)
from crawlers.platforms.paging import known_total, up_to
from warehouse.records import AttachmentLink, Entry, Problem

name = "flk"

SEARCH = "/law-search/search/list"
DETAIL = "/law-search/search/flfgDetails"
DOWNLOAD = "/law-search/download/pc"
_PAGE = "/detail"  # the page that people open
_JSON = {"Content-Type": "application/json;charset=UTF-8"}
_SIZE, _MOST = 20, 100
_LAST_PAGE = 2_000
_DEEPEST = 12  # levels of a law's table of contents
# What the site prints for its status numbers; a decision that only amends or repeals has none.
STATUS: Mapping[int, str] = {1: "已废止", 2: "已修改", 3: "有效", 4: "尚未生效"}
_FILES = (("ossWordPath", "docx"), ("ossPdfPath", "pdf"))


def start(hints: Hints) -> Sequence[PageRequest]:
    """The first answer, newest law first."""
    return (_search(hints, _form(hints)),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Laws of one answer and the request for the next, or the signed link of a file."""
    data, problems = open_answer(body)
    if data is MISSING:
        return ListPage(problems=problems)
    if not isinstance(data, dict) or not ("rows" in data or "code" in data):
        said = f"The laws database answers without rows; there is {keys_of(data)}."
        return ListPage(problems=(Problem("unknown-answer", said),))
    if _refused(data):
        return ListPage(problems=(_refusal(data),))
    if urlsplit(url).path.startswith("/law-search/download/"):
        return _signed(file_behind(body, url))
    return _laws(data, url, hints)


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """A law's card: its values, its table of contents, where its files are asked for; None when refused."""
    law = _card(body)
    if law is None:
        return None
    number = text_of(law.get("bbbs")) or _number_asked(url)
    return Gathered(
        tuple(_values(law, hints)),
        _contents(law.get("content")),
        "api:flk",
        tuple(_files(law, number, url)) if number else (),
        number,
        f"{urljoin(url, _PAGE)}?id={quote(number)}" if number else None,
        "zh",
    )


def files_of(body: bytes, url: str) -> tuple[str, ...]:
    """The addresses by which a law's card offers files; none of them is the file itself."""
    gathered = _card(body)
    number = (text_of(gathered.get("bbbs")) or _number_asked(url)) if gathered else None
    return tuple(link.url for link in _files(gathered, number, url)) if gathered and number else ()


def file_behind(body: bytes, url: str) -> str | None:
    """The signed link by which such an address answers; `urlIn` leads into the site's own network."""
    data, _ = open_answer(body)
    held = at(data, "data") if isinstance(data, dict) and not _refused(data) else None
    return absolute(url, str(held.get("url") or "")) if isinstance(held, dict) else None


def _card(body: bytes) -> dict[str, Any] | None:
    data, _ = open_answer(body)
    law = at(data, "data") if isinstance(data, dict) and not _refused(data) else None
    return law if isinstance(law, dict) and title_of(law.get("title")) else None


def _form(hints: Hints) -> dict[str, Any]:
    """Every key the interface knows: one that is left out is answered with an error."""
    options = hints.options
    return {
        "searchRange": 1,
        "sxrq": [],
        "gbrq": [],
        "searchType": 2,
        "sxx": _numbers(options.get("status", "")),
        "gbrqYear": [],
        "flfgCodeId": _numbers(options.get("codes", "")),
        "zdjgCodeId": _numbers(options.get("bodies", "")),
        "searchContent": str(options.get("query", "")),
        "orderByParam": {"order": "-1", "sort": "gbrq"},
        "pageNum": 1,
        "pageSize": min(int(options.get("size", _SIZE)), _MOST),
    }


def _numbers(option: str | int) -> list[int]:
    return [int(part) for part in str(option).split() if part.isdigit()]


def _search(hints: Hints, form: dict[str, Any]) -> PageRequest:
    sent = json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode()
    return PageRequest(urljoin(hints.home_url, SEARCH), "api", "POST", sent, _JSON)


def _refused(data: dict[str, Any]) -> bool:
    return "code" in data and str(data["code"]) != "200"


def _refusal(data: dict[str, Any]) -> Problem:
    said = one_line(str(data.get("msg") or "")) or "no reason"
    return held_back(f"The laws database answers with code {data.get('code')}: {said}.")


def _asked(url: str, hints: Hints) -> dict[str, Any]:
    """What was sent for the answer; the source's own first request when nobody knows."""
    try:
        sent = json.loads(sent_to(url) or "null")
    except ValueError:
        sent = None
    return {**_form(hints), **sent} if isinstance(sent, dict) else _form(hints)


def _laws(data: dict[str, Any], url: str, hints: Hints) -> ListPage:
    found = data.get("rows")
    rows = found if isinstance(found, list) else None
    asked = _asked(url, hints)
    number, size = count_of(asked["pageNum"]) or 1, count_of(asked["pageSize"]) or _SIZE
    total = count_of(data.get("total"))
    total = known_total(total, len(rows or ()))
    entries = tuple(_entries(rows or (), url, hints))
    problems = [*empty_answer(rows, total, (number - 1) * size), *_unknown_states(rows or ())]
    if len(entries) < len(rows or ()):
        said = f"{len(rows or ()) - len(entries)} rows have no number or no title."
        problems.append(Problem("rows-left-out", said))
    more = number * size < total if total is not None else len(rows or ()) >= size
    following = (_search(hints, {**asked, "pageNum": number + 1}),) if rows and more else ()
    turned, capped = up_to(number, _LAST_PAGE, following)
    return ListPage(entries, turned, total, (*problems, *capped))


def _entries(rows: Sequence[Any], url: str, hints: Hints) -> Iterator[Entry]:
    for row in rows:
        number = text_of(row.get("bbbs")) if isinstance(row, dict) else None
        title = title_of(row.get("title")) if isinstance(row, dict) else None
        if number and title:
            card = f"{urljoin(url, DETAIL)}?{urlencode({'bbbs': number})}"
            yield Entry(
                card, title, day_of(row.get("gbrq"), hints.timezone), None, number, tuple(_extra(row, hints))
            )


def _extra(law: dict[str, Any], hints: Hints) -> Iterator[tuple[str, str]]:
    """Further published values of a law, in the row and on the card alike."""
    effective = day_of(law.get("sxrq"), hints.timezone)
    if effective:
        yield "effective", effective.isoformat()
    status = _status(law)
    if status:
        yield "validity", status
    for field, key in (("issuer", "zdjgName"), ("doc_type", "flxz")):
        value = text_of(law.get(key))
        if value:
            yield field, value


def _status(law: dict[str, Any]) -> str | None:
    number = count_of(law.get("sxx"))
    return STATUS.get(number) if number is not None else None


def _unknown_states(rows: Sequence[Any]) -> tuple[Problem, ...]:
    """A status number nobody has explained is told, never guessed at."""
    stated = {count_of(row.get("sxx")) for row in rows if isinstance(row, dict)}
    unknown = sorted(number for number in stated if number is not None and number not in STATUS)
    if not unknown:
        return ()
    said = f"Laws have the status {', '.join(map(str, unknown))}, which is not among the known ones."
    return (Problem("unknown-status", said),)


def _values(law: dict[str, Any], hints: Hints) -> Iterator[Value]:
    yield Value("title", title_of(law.get("title")) or "", "api:title")
    published = day_of(law.get("gbrq"), hints.timezone)
    if published:
        yield Value("published", published.isoformat(), "api:gbrq")
    origins = {"effective": "sxrq", "validity": "sxx", "issuer": "zdjgName", "doc_type": "flxz"}
    for field, value in _extra(law, hints):
        yield Value(field, value, f"api:{origins[field]}")


def _contents(value: Any) -> tuple[str, ...]:
    """What the card shows of the text: its table of contents; the text itself is in the files."""
    if isinstance(value, str):
        return paragraphs_of_markup(value)
    roots = value.get("children") if isinstance(value, dict) else value
    return tuple(_headings(roots, 0))


def _headings(nodes: Any, depth: int) -> Iterator[str]:
    if not isinstance(nodes, list) or depth > _DEEPEST:
        return
    for node in nodes:
        if isinstance(node, dict):
            heading = title_of(node.get("title"))
            if heading:
                yield heading
            yield from _headings(node.get("children"), depth + 1)


def _files(law: dict[str, Any], number: str, url: str) -> Iterator[AttachmentLink]:
    """The address that hands out each file's link; the paths of the card itself lead to the home page."""
    held = law.get("ossFile")
    for key, ending in _FILES:
        if isinstance(held, dict) and text_of(held.get(key)):
            asked = urlencode({"format": ending, "bbbs": number, "fileId": ""})
            title = title_of(law.get("title")) or number
            yield AttachmentLink(f"{urljoin(url, DOWNLOAD)}?{asked}", f"{title}.{ending}")


def _signed(link: str | None) -> ListPage:
    if link:
        return ListPage((), (PageRequest(link, "attachment"),))
    said = "The laws database names no link for this file; it has none in this format."
    return ListPage(problems=(Problem("no-file", said),))


def _number_asked(url: str) -> str | None:
    return parse_qs(urlsplit(url).query).get("bbbs", [None])[0]
