"""`/archive/<capture_id>`: the archived copy behind a document, shown so that it can do nothing."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.crawl_watch import capture_of
from dashboard.markup import Markup, element, host_of, join
from dashboard.words import chosen_language, say
from warehouse.archive.reader import ArchivedRecord, read_record
from warehouse.errors import GovbriefError
from warehouse.home import Home
from warehouse.masking import mask_numbers
from warehouse.publication import Publication
from warehouse.queries.pages_document import archived_capture
from warehouse.queries.pages_runs import source_terms
from warehouse.records import ArchivePlace

FRAME_POLICY = (
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
        row = find_capture(home, request.path_params["capture_id"])
        if row is None:
            return PlainTextResponse(say(language, "archive.missing") + "\n", status_code=404)
        return HTMLResponse(
            _card(row, language, home.settings.place.timezone),
            headers={"Content-Security-Policy": FRAME_POLICY},
        )

    def copy(request: Request) -> Response:
        row = find_capture(home, request.path_params["capture_id"])
        language = home.settings.place.language
        if row is None:
            return PlainTextResponse(say(language, "archive.missing") + "\n", status_code=404)
        if closed(row):
            return PlainTextResponse(say(language, f"archive.{closed(row)}") + "\n", status_code=403)
        return _bytes(home, row)

    return [Route("/archive/{capture_id}", card), Route("/archive/{capture_id}/copy", copy)]


def find_capture(home: Home, capture_id: str) -> dict[str, Any] | None:
    """A capture with its source's terms: of the publication, else (a list, a page held back) of the crawl."""
    publication = Publication.current(home)
    if publication is None:
        return None
    return archived_capture(publication, capture_id) or _unpublished(home, publication, capture_id)


def closed(row: dict[str, Any]) -> str | None:
    """Why the copy may not be shown, a key of the catalogue of words; None when it may.

    reuse: the source's terms; personal: data that is masked in the publication; unread: nobody can say what
    stands in a file that was never read.
    """
    if row["reuse"] != "full":
        return "reuse"
    return "personal" if row["personal"] else row.get("closed")


def _unpublished(home: Home, publication: Publication, capture_id: str) -> dict[str, Any] | None:
    """A capture that no document of the publication rests on, as `archived_capture` would tell it."""
    held = capture_of(home, capture_id)
    if held is None:
        return None
    terms = source_terms(publication, held.source_id)
    text = is_text(held.media_type)
    record = read_copy(home, held.place) if text and terms["reuse"] == "full" else None
    return {
        "capture_id": held.capture_id,
        "source_id": held.source_id,
        "url": held.url,
        "fetched_at": held.fetched_at,
        "status": held.status,
        "media_type": held.media_type,
        "sha256": held.sha256,
        "length": held.length,
        "warc_file": held.place.file,
        "warc_offset": held.place.offset,
        "warc_length": held.place.length,
        "kind": held.kind,
        **terms,
        "personal": record is not None and _has_numbers(record.body),
        "closed": None if text else "unread",
    }


def _has_numbers(body: bytes) -> bool:
    """Whether the page shows numbers that a publication would mask."""
    text = decoded(body)
    return mask_numbers(text) != text


def decoded(body: bytes) -> str:
    """The text of a page as Chinese sites send it: UTF-8, else GB 18030."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def is_text(media_type: str) -> bool:
    """Whether a copy is text that a browser shows."""
    bare = media_type.split(";")[0].strip().lower()
    return bare in _MARKUP_TYPES or bare.startswith(_TEXT_TYPES)


def read_copy(home: Home, place: ArchivePlace) -> ArchivedRecord | None:
    """The archived bytes; None when they cannot be read."""
    try:
        return read_record(home.archive, place)
    except (OSError, GovbriefError, ValueError):
        return None


def _bytes(home: Home, row: dict[str, Any]) -> Response:
    record = read_copy(home, ArchivePlace(row["warc_file"], row["warc_offset"], row["warc_length"]))
    if record is None:
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
    why = closed(row)
    raw = f"/archive/{row['capture_id']}/copy"
    body: Markup = (
        element("p", say(language, f"archive.{why}"), " ", _original(row, language), cls="gb-notice")
        if why
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
