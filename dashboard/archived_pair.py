"""`/archive/compare/<good>/<bad>`: the last good page beside the one that shows a fault, and what differs."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.archive_bytes import is_text
from dashboard.archived_copy import FRAME_POLICY, closed, decoded, find_capture, read_copy
from dashboard.markup import Child, Markup, element, join
from dashboard.words import chosen_language, say
from warehouse.home import Home
from warehouse.records import ArchivePlace

_LARGEST = 2_000_000  # characters of a page that are counted
_UNSEEN = frozenset({"script", "style", "noscript", "template"})
# Lists of data proxies keep their lines in CDATA, in pages within a script that holds XML; readers see them.
_KEPT_APART = re.compile(r"<script\b[^>]*\btext/xml\b[^>]*>(.*?)</script>", re.I | re.S)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]{2,30})", re.I)


def pair_routes(home: Home) -> list[BaseRoute]:
    """The comparison of two archived copies; to be asked before the routes of single ones."""

    def compare(request: Request) -> Response:
        language = chosen_language(request.query_params.get("lang"), None, home.settings.place.language)
        names = (request.path_params["good"], request.path_params["bad"])
        rows = [find_capture(home, name) for name in names]
        if not any(rows):
            return PlainTextResponse(say(language, "archive.missing") + "\n", status_code=404)
        page = _page([_Side(home, row, language) for row in rows], rows, language)
        return HTMLResponse(page, headers={"Content-Security-Policy": FRAME_POLICY})

    return [Route("/archive/compare/{good}/{bad}", compare)]


class _Seen(HTMLParser):
    """What a reader would see of a page, counted."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.characters = 0
        self.links = 0
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A link is counted; text inside of scripts and the title is set apart."""
        self.links += tag == "a" and any(name == "href" and value for name, value in attrs)
        if tag in _UNSEEN or tag == "title":
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The end of a part set apart."""
        if tag in self._inside:
            self._inside.remove(tag)

    def handle_data(self, data: str) -> None:
        """Text: the title, or what is seen of the page."""
        if self._inside and self._inside[-1] == "title":
            self.title = f"{self.title}{data}"[:300]
        elif not self._inside:
            self.characters += len("".join(data.split()))


class _Side:
    """One of the two pages: its facts by name, and how it is shown."""

    def __init__(self, home: Home, row: dict[str, Any] | None, language: str) -> None:
        self.facts: dict[str, str] = {}
        self.frame: Markup = element("p", say(language, "compare.missing"), cls="gb-notice")
        if row is None:
            return
        at = row["fetched_at"].astimezone(ZoneInfo(home.settings.place.timezone))
        self.facts = {
            "url": row["url"],
            "fetched": f"{at:%Y-%m-%d %H:%M}",
            "status": str(row["status"]),
            "length": f"{row['length']:,}",
        }
        why = closed(row)
        if why:
            self.frame = element("p", say(language, f"archive.{why}"), cls="gb-notice")
            return
        if is_text(str(row["media_type"])):
            self.facts |= _seen(home, row)
        address = f"/archive/{row['capture_id']}"
        link = element("p", element("a", say(language, "compare.open"), href=f"{address}?lang={language}"))
        title = say(language, "archive.title")
        self.frame = join((link, Markup(f'<iframe sandbox src="{address}/copy" title="{title}"></iframe>')))


def _seen(home: Home, row: dict[str, Any]) -> dict[str, str]:
    record = read_copy(home, ArchivePlace(row["warc_file"], row["warc_offset"], row["warc_length"]))
    if record is None:
        return {}
    text = decoded(record.body)[:_LARGEST]
    seen = _Seen()
    seen.feed(_CDATA.sub(r"\1", _KEPT_APART.sub(r"\1", text)))
    said = _CHARSET.search(record.headers.get("content-type", "")) or _CHARSET.search(text[:4_000])
    return {
        "page-title": " ".join(seen.title.split()),
        "characters": f"{seen.characters:,}",
        "links": f"{seen.links:,}",
        "charset": said[1].lower() if said else "",
    }


def _page(sides: list[_Side], rows: list[dict[str, Any] | None], language: str) -> str:
    title = say(language, "compare.title")
    heads = [say(language, "compare.then"), say(language, "compare.now")]
    sample = any(row and row["sample"] for row in rows)
    body = join(
        (
            element("p", say(language, "site.sample"), cls="gb-sample") if sample else None,
            element("h1", title),
            _table(sides, heads, language),
            element(
                "div",
                *(
                    element("section", element("h2", head), side.frame)
                    for head, side in zip(heads, sides, strict=True)
                ),
                cls="gb-pair",
            ),
        )
    )
    return (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f'<link rel="stylesheet" href="/gb/style.css"></head>'
        f'<body class="gb-archive">{element("main", body)}</body></html>'
    )


def _table(sides: list[_Side], heads: list[str], language: str) -> Markup:
    """The facts of both pages, those that differ in bold."""
    names = list(dict.fromkeys(name for side in sides for name in side.facts))
    lines: list[Child] = []
    for name in names:
        values = [side.facts.get(name, "") for side in sides]
        other = "gb-other" if values[0] != values[1] and name != "fetched" else None
        cells = [element("td", value, cls=other) for value in values]
        lines.append(element("tr", element("th", say(language, f"compare.{name}"), scope="row"), *cells))
    top = element("tr", element("th"), *(element("th", head, scope="col") for head in heads))
    return element("table", element("thead", top), element("tbody", *lines))
