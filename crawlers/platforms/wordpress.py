"""WordPress by its REST interface: posts, pages, own types and uploaded files, last changed first.

The interface tells the number of pages in headers (X-WP-TotalPages), which a reader of bytes does not see,
and answers a page beyond the last with an error. Rows are therefore asked for by `offset`: behind the last
row the answer is an empty list and no error. Lines stand by their last change, so a visit reads down to the
first twenty unchanged ones; `since` (modified_after, WordPress 5.7) keeps a first visit short.

Options: `types` (posts when left out; "posts pages media", or a type of the site's own), `api` (/wp-
json/wp/v2, or /?rest_route=/wp/v2 where addresses are plain), `categories` (numbers), `since` (a day),
`size` (at most 100). Pages for people, and lists named in [[start]], are read by their structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawlers.extraction.blocks import paragraphs_of_markup, text_of_markup
from crawlers.extraction.charset import decode
from crawlers.extraction.gathered import Gathered, Value
from crawlers.extraction.page import absolute, attachments, file_name, open_page, too_deep
from crawlers.extraction.plain import one_line, title_line
from crawlers.platforms import generic
from crawlers.platforms.asked import Asked
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import MISSING, at, day_of, keys_of, left_out, open_answer
from crawlers.platforms.paging import up_to
from warehouse.records import AttachmentLink, Entry, Problem

name = "wordpress"

API = "/wp-json/wp/v2"
_MOST = 100  # rows of one answer
_LAST_ROW = 100_000
_END = "rest_post_invalid_page_number"  # a page was asked for by its number, and there is none
_FIELDS = "id,type,link,date,modified,title"  # of a list's row; the text comes with the document
_LABELS = {"category": "topic", "post_tag": "keywords"}
_ASKED = re.compile(r"/wp-json/wp/v\d+/|[?&]rest_route=", re.I)


def start(hints: Hints) -> Sequence[PageRequest]:
    """The first rows of each type."""
    types = str(hints.options.get("types") or "posts").split()
    return tuple(_rows(hints, kind) for kind in types)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Rows of one answer and the request for those behind them; a page is read by its structure."""
    if not _ASKED.search(url):
        return generic.parse_list(body, url, hints)
    data, problems = open_answer(body)
    if data is MISSING:
        return ListPage(problems=problems)
    if not isinstance(data, list):
        return _refused(data, Asked.of(url))
    asked = Asked.of(url)
    first, size = asked.number("offset", 0), asked.number("per_page", 10)
    by_change = asked.value("orderby") == "modified"
    rows = [row for row in data if isinstance(row, dict)]
    entries = tuple(entry for row in rows if (entry := _entry(row, url, hints)))
    problems = left_out(len(data), len(entries))
    if not data:
        empty = (Problem("empty-list", "The interface holds no row of this type."),) if first == 0 else ()
        return ListPage(total=first, problems=empty, by_change=by_change)
    more = (asked.turned("offset", first + len(data)),) if _goes_on(len(data), size) else ()
    following, lost = up_to(first + len(data), _LAST_ROW, more)
    return ListPage(entries, following, None, (*problems, *lost), by_change=by_change)


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """A post, page or uploaded file as the interface gives it; a page for people by its structure."""
    opening = decode(body[:200]).lstrip("\ufeff \r\n\t")[:1]
    if opening == "[":  # rows are no document
        return None
    if opening != "{":
        return None if _ASKED.search(url) else generic.parse_detail(body, url, hints, entry)
    data, _ = open_answer(body)
    if not isinstance(data, dict) or at(data, "title.rendered") is MISSING:
        return None
    link = absolute(url, str(data.get("link") or "")) or url
    markup = "\n".join(filter(None, (_rendered(data, "content"), _rendered(data, "description"))))
    markup = markup or _rendered(data, "excerpt") or _rendered(data, "caption")
    page = None if too_deep(markup) else open_page(markup, link)
    files = (*_own_file(data, link), *(attachments(page) if page else ()))
    return Gathered(
        tuple(_values(data)),
        paragraphs_of_markup(page.markup) if page else (),
        "api:wordpress",
        tuple({one.url: one for one in files}.values()),
        _site_id(data),
        link,
        problems=_protected(data),
    )


def _rows(hints: Hints, kind: str) -> PageRequest:
    size = min(int(hints.options.get("size") or _MOST), _MOST)
    asked: dict[str, str | int] = {"per_page": size, "offset": 0, "orderby": "modified", "order": "desc"}
    asked["_fields"] = _FIELDS
    if hints.options.get("since"):
        asked["modified_after"] = f"{hints.options['since']}T00:00:00"
    if hints.options.get("categories") and kind == "posts":
        asked["categories"] = ",".join(str(hints.options["categories"]).replace(",", " ").split())
    if kind == "media":
        asked["media_type"] = "application"  # documents; no pictures, sound or film
    api = urljoin(hints.home_url, str(hints.options.get("api") or API)).rstrip("/")
    sign = "&" if "?" in api else "?"
    return PageRequest(f"{api}/{kind}{sign}{urlencode(asked)}", "api")


def _goes_on(rows: int, size: int) -> bool:
    """A full answer, or one cut at a round number, as by a site whose own limit is lower than ours."""
    return rows >= size or rows % 10 == 0


def _refused(data: Any, asked: Asked) -> ListPage:
    """An error of the interface or another shape; behind a first page an error may be the end."""
    code = str(data.get("code") or "") if isinstance(data, dict) else ""
    if code == _END and (asked.number("offset", 0) > 0 or asked.number("page", 1) > 1):
        return ListPage()
    if code:
        said = one_line(text_of_markup(str(data.get("message") or "")), 200) or "without a word"
        return ListPage(problems=(Problem("interface-closed", f"The interface refuses: {code}, {said}"),))
    said = f"The answer is no list of posts; it has {keys_of(data)}."
    return ListPage(problems=(Problem("unknown-answer", said),))


def _entry(row: dict[str, Any], url: str, hints: Hints) -> Entry | None:
    """A row's document is asked for by its number, with the names of its categories and tags."""
    number, title = row.get("id"), title_line(_plain(row, "title"))
    if not isinstance(number, int):
        return None
    changed = one_line(str(row.get("modified") or ""), 40)
    return Entry(
        _item(url, number),
        title or f"{row.get('type') or 'post'} {number}",
        day_of(row.get("date"), hints.timezone),
        site_id=_site_id(row),
        fields=(("updated", changed),) if changed else (),
    )


def _item(url: str, number: int) -> str:
    """The address of one row: below its list's, in the path or in `rest_route`."""
    parts = urlsplit(url)
    route = [value for key, value in parse_qsl(parts.query) if key == "rest_route"]
    if route:
        query = urlencode({"rest_route": f"{route[0].rstrip('/')}/{number}", "_embed": "wp:term"})
        return parts._replace(query=query, fragment="").geturl()
    path = f"{parts.path.rstrip('/')}/{number}"
    return parts._replace(path=path, query=urlencode({"_embed": "wp:term"}), fragment="").geturl()


def _values(data: dict[str, Any]) -> Iterator[Value]:
    yield Value("title", _plain(data, "title"), "api:title")
    for field, key in (("published", "date"), ("updated", "modified")):
        if data.get(key):
            yield Value(field, str(data[key])[:10], f"api:{key}")
    terms = at(data, "_embedded.wp:term")
    for term in (one for group in terms for one in group) if _is_terms(terms) else ():
        named = term if isinstance(term, dict) and term.get("slug") != "uncategorized" else {}
        kind = str(named.get("taxonomy"))
        label = one_line(text_of_markup(str(named.get("name") or "")))
        if kind in _LABELS and label:
            yield Value(_LABELS[kind], label, f"api:{kind}")


def _is_terms(terms: Any) -> bool:
    return isinstance(terms, list) and all(isinstance(group, list) for group in terms)


def _own_file(data: dict[str, Any], base: str) -> Iterator[AttachmentLink]:
    """The file that an uploaded item is."""
    link = absolute(base, str(data.get("source_url") or "")) if data.get("source_url") else None
    if link:
        yield AttachmentLink(link, _plain(data, "title") or file_name(link))


def _protected(data: dict[str, Any]) -> tuple[Problem, ...]:
    if at(data, "content.protected") is True:
        return (Problem("password", "The site shows the text of this page only with a password."),)
    return ()


def _site_id(data: dict[str, Any]) -> str:
    """WordPress numbers posts, pages and files in one row, so the number alone lasts."""
    return str(data.get("id") or "")


def _rendered(data: dict[str, Any], key: str) -> str:
    value = at(data, f"{key}.rendered")
    return value if isinstance(value, str) else ""


def _plain(data: dict[str, Any], key: str) -> str:
    return one_line(text_of_markup(_rendered(data, key)), 500) or ""
