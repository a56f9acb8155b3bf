"""`/archive/<capture_id>`: the archived copy behind a document, shown so that it can do nothing."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.markup import Markup, element, host_of, join
from dashboard.words import chosen_language, say
from warehouse.archive.reader import read_record
from warehouse.errors import GovbriefError
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.pages_document import archived_capture
from warehouse.records import ArchivePlace

_FRAME_POLICY = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
# No script, no form, no subresource, no navigation of the frame around it: only what stands in the bytes.
_COPY_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
_MARKUP_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_TEXT_TYPES = ("text/", "application/json", "application/xml", "application/rss", "application/atom")


def archive_routes(home: Home) -> list[BaseRoute]:
    """The card of an archived copy and, beside it, the copy itself."""

    def card(request: Request) -> Response:
        language = chosen_language(request.query_params.get("lang"), None, home.settings.place.language)
        row = _find(home, request.path_params["capture_id"])
        if row is None:
            return PlainTextResponse(say(language, "archive.missing") + "\n", status_code=404)
        return HTMLResponse(
            _card(row, language, home.settings.place.timezone),
            headers={"Content-Security-Policy": _FRAME_POLICY},
        )

    def copy(request: Request) -> Response:
        row = _find(home, request.path_params["capture_id"])
        language = home.settings.place.language
        if row is None:
            return PlainTextResponse(say(language, "archive.missing") + "\n", status_code=404)
        if _closed(row):
            return PlainTextResponse(say(language, f"archive.{_closed(row)}") + "\n", status_code=403)
        return _bytes(home, row)

    return [Route("/archive/{capture_id}", card), Route("/archive/{capture_id}/copy", copy)]


def _find(home: Home, capture_id: str) -> dict[str, Any] | None:
    publication = Publication.current(home)
    return archived_capture(publication, capture_id) if publication else None


def _closed(row: dict[str, Any]) -> str | None:
    """Why the copy may not be shown: the source's reuse terms, or masked personal data; None when it may."""
    if row["reuse"] != "full":
        return "reuse"
    return "personal" if row["personal"] else None


def _bytes(home: Home, row: dict[str, Any]) -> Response:
    place = ArchivePlace(row["warc_file"], row["warc_offset"], row["warc_length"])
    try:
        record = read_record(home.archive, place)
    except (OSError, GovbriefError, ValueError):
        return PlainTextResponse(
            say(home.settings.place.language, "archive.unreadable") + "\n", status_code=404
        )
    headers = {"Content-Security-Policy": _COPY_POLICY, "Cache-Control": "private, max-age=3600"}
    media_type = str(row["media_type"]).split(";")[0].strip().lower()
    if media_type in _MARKUP_TYPES:
        return Response(
            record.body, headers={**headers, "Content-Type": record.headers.get("content-type", "text/html")}
        )
    if media_type.startswith(_TEXT_TYPES):
        return Response(record.body, headers={**headers, "Content-Type": "text/plain; charset=utf-8"})
    headers["Content-Disposition"] = f'attachment; filename="{row["capture_id"]}"'
    return Response(record.body, media_type="application/octet-stream", headers=headers)


def _card(row: dict[str, Any], language: str, zone: str) -> str:
    facts = [
        (say(language, "archive.url"), row["url"]),
        (
            say(language, "archive.fetched"),
            f"{row['fetched_at'].astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})",
        ),
        (say(language, "archive.kind"), say(language, f"origin.{row['kind']}")),
        (say(language, "archive.media"), f"{row['media_type']} · {row['length']:,} B"),
        ("SHA-256", row["sha256"]),
    ]
    table = element("dl", *(join((element("dt", name), element("dd", str(value)))) for name, value in facts))
    closed = _closed(row)
    raw = f"/archive/{row['capture_id']}/copy"
    body: Markup = (
        element("p", say(language, f"archive.{closed}"), " ", _original(row, language), cls="gb-notice")
        if closed
        else Markup(f'<iframe sandbox src="{raw}" title="{say(language, "archive.title")}"></iframe>')
    )
    sample = element("p", say(language, "site.sample"), cls="gb-sample") if row["sample"] else None
    page = join((sample, element("h1", say(language, "archive.title")), table, body))
    return (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{say(language, "archive.title")}</title><link rel="stylesheet" href="/gb/style.css"></head>'
        f'<body class="gb-archive">{element("main", page)}</body></html>'
    )


def _original(row: dict[str, Any], language: str) -> Markup:
    label = f"{say(language, 'doc.original')} ({host_of(row['url'])})"
    return element("a", label, href=row["url"], rel="noreferrer noopener", target="_blank")
