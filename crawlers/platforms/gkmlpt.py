"""The Guangdong disclosure platform: index page with categories, JSON lists, pages with the text as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qs, urldefrag, urlencode, urljoin, urlsplit

from crawlers.extraction.blocks import paragraphs_of_markup
from crawlers.extraction.charset import decode
from crawlers.extraction.dates import epoch_date
from crawlers.extraction.disclosure import read_disclosure
from crawlers.extraction.gathered import Gathered, Value
from crawlers.extraction.html import read_page, without_table
from crawlers.extraction.page import absolute, open_page, too_deep
from crawlers.extraction.plain import one_line, title_line
from crawlers.platforms.asked import Asked
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import MISSING, count_of, empty_answer, keys_of, open_answer
from crawlers.platforms.paging import known_total
from warehouse.records import AttachmentLink, Entry, Problem

name = "gkmlpt"

_CONFIG = re.compile(r"window\._CONFIG\s*=\s*\{")
_SID = re.compile(r"""\bSID\s*:\s*['"](\w+)['"]""")
_BASE = re.compile(r"""\bBASE_URL\s*:\s*['"]([^'"]*)['"]""")
_PAGE_ROWS = 100
_DEPTH = 20


def start(hints: Hints) -> Sequence[PageRequest]:
    """The index page, which names the site's number and its categories."""
    return (PageRequest(urljoin(hints.home_url, str(hints.options.get("index", "/gkmlpt/index"))), "list"),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """The index page gives one JSON list a leaf category; a JSON list gives entries and its next page."""
    text = decode(body)
    if "window._CONFIG" in text:
        return _index(text, url)
    data, faults = open_answer(body)
    if data is MISSING:
        return ListPage(problems=faults)
    if not isinstance(data, dict) or "articles" not in data:
        said = f"The list interface answers without articles; it has {keys_of(data)}."
        return ListPage(problems=(Problem("unknown-answer", said),))
    rows = data["articles"] if isinstance(data["articles"], list) else None
    total = count_of(data.get("total"))
    total = known_total(total, len(rows or ()))
    entries = tuple(
        entry for row in rows or () if isinstance(row, dict) and (entry := _entry(row, url, hints))
    )
    number = Asked.of(url).number("page", 1)
    problems = list(empty_answer(rows, total, (number - 1) * _PAGE_ROWS))
    if len(entries) < len(rows or ()):
        said = f"{len(rows or ()) - len(entries)} rows have neither title nor address."
        problems.append(Problem("rows-left-out", said))
    return ListPage(entries, _next(url, len(rows or ()), total), total, tuple(problems))


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """The article object in the page's DETAIL; a page without it is read like any other."""
    source = decode(body)
    if too_deep(source):
        return None
    detail = script_value(source, "DETAIL")
    page = open_page(source, url)
    read = read_page(page, hints.field_selectors)
    if not isinstance(detail, dict) or not isinstance(detail.get("content"), str):
        return Gathered(
            read.values, read.paragraphs, read.path, read.attachments, _site_id(url), None, read.language
        )
    paragraphs = without_table(
        paragraphs_of_markup(open_page(detail["content"], url).markup), read_disclosure(page.markup)
    )
    files = {link.url: link for link in (*_files(detail, url), *read.attachments)}
    values = (
        *_values(detail, hints),
        *(value for value in read.values if not value.origin.startswith("body")),
    )
    number = str(detail.get("id") or "") or _site_id(url)
    return Gathered(values, paragraphs, "api:gkmlpt", tuple(files.values()), number or None, None, "zh")


def script_value(source: str, key: str) -> Any:
    """The JSON value a script object holds under `key:`; None when there is none or it does not parse."""
    decoder = json.JSONDecoder()
    for match in re.finditer(rf"""["']?\b{key}\b["']?\s*[:=]\s*(?=[\[{{])""", source):
        try:
            value, _ = decoder.raw_decode(source, match.end())
        except (ValueError, RecursionError):
            continue  # another mention of the word, not the object
        return value
    return None


def _index(text: str, url: str) -> ListPage:
    sid = _SID.search(text)
    tree = script_value(text, "TREE")
    if not sid or not isinstance(tree, list):
        return ListPage(
            problems=(Problem("empty-list", "The index page names no site number or no categories."),)
        )
    base = _BASE.search(text)
    root = (base[1] if base and base[1] else "/gkmlpt").rstrip("/")
    requests = tuple(
        PageRequest(urljoin(url, f"{root}/api/all/{category}?{urlencode({'page': 1, 'sid': sid[1]})}"), "api")
        for category in _leaves(tree, 0)
    )
    return ListPage((), requests)


def _leaves(nodes: list[Any], depth: int) -> Iterator[str]:
    """Categories that hold documents themselves: no children, and no jump to another page."""
    for node in nodes:
        if not isinstance(node, dict) or node.get("jump_url") or depth > _DEPTH:
            continue
        children = node.get("children")
        if isinstance(children, list) and children:
            yield from _leaves(children, depth + 1)
        elif str(node.get("id") or "").isalnum():
            yield str(node["id"])


def _next(url: str, rows: int, total: int | None) -> tuple[PageRequest, ...]:
    """The next answer until the total is reached; where it is null or a page is short, until one is empty."""
    query = parse_qs(urlsplit(url).query)
    number = Asked.of(url).number("page", 1)
    if rows == 0 or (total is not None and number * rows >= total):
        return ()
    query["page"] = [str(number + 1)]
    return (PageRequest(urlsplit(url)._replace(query=urlencode(query, doseq=True)).geturl(), "api"),)


def _entry(row: dict[str, Any], base: str, hints: Hints) -> Entry | None:
    link = absolute(base, str(row.get("url") or row.get("post_url") or ""))
    title = title_line(str(row.get("title") or ""))
    if not link or not title:
        return None
    values = {value.field: value.value for value in _values(row, hints)}
    when = _day(row, ("display_publish_time", "first_publish_time", "create_time"), hints)
    extra = tuple(
        (field, values[field])
        for field in ("issuer", "index_number", "topic", "written", "validity")
        if field in values
    )
    return Entry(
        urldefrag(link).url, title, when, values.get("doc_number"), str(row.get("id") or "") or None, extra
    )


def _values(row: dict[str, Any], hints: Hints) -> list[Value]:
    """Published values of an article object; times are epoch seconds, 0 and null mean not stated."""
    named = {
        "title": ("title", row.get("title")),
        "doc_number": ("document_number", row.get("document_number")),
        "index_number": ("identifier", row.get("identifier")),
        "issuer": ("publisher", row.get("publisher")),
        "topic": ("classify_theme_name", row.get("classify_theme_name")),
        "doc_type": ("classify_genre_name", row.get("classify_genre_name")),
        "column": ("classify_main_name", row.get("classify_main_name")),
        "keywords": ("keywords", row.get("keywords")),
        "written": ("date", _day(row, ("date",), hints)),
        "published": (
            "display_publish_time",
            _day(row, ("display_publish_time", "first_publish_time", "create_time"), hints),
        ),
    }
    values = [
        Value(field, text, f"api:{key}")
        for field, (key, raw) in named.items()
        if raw and (text := one_line(str(raw)))
    ]
    for key, word in (("is_abolished", "废止"), ("is_expired", "失效")):
        if row.get(key):
            values.append(Value("validity", word, f"api:{key}"))
            break
    return values


def _day(row: dict[str, Any], keys: tuple[str, ...], hints: Hints) -> Any:
    for key in keys:
        raw = row.get(key)
        number = (
            float(raw) if isinstance(raw, int | float) or (isinstance(raw, str) and raw.isdigit()) else 0.0
        )
        found = epoch_date(number, hints.timezone) if number else None
        if found:
            return found
    return None


def _files(detail: dict[str, Any], base: str) -> Iterator[AttachmentLink]:
    listed = detail.get("attachments")
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, dict):
            link = absolute(base, str(item.get("url") or ""))
            if link:
                yield AttachmentLink(
                    link, one_line(str(item.get("name") or ""), 300) or link.rsplit("/", 1)[-1]
                )


def _site_id(url: str) -> str | None:
    found = re.search(r"post_(\d+)\.html", url)
    return found[1] if found else None
