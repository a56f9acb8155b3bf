"""`/archive/<capture_id>`: the page as it was, shown so that it can do nothing, and its bytes to keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.archive_bytes import is_text, shown, to_keep
from dashboard.archive_page import archive_page
from dashboard.crawl_watch import capture_of
from dashboard.words import chosen_language, say
from warehouse.archive.reader import ArchivedRecord, read_record
from warehouse.bundle_manifest import RECEIVED
from warehouse.errors import GovbriefError
from warehouse.home import Home
from warehouse.masking import mask_text
from warehouse.publication import Publication
from warehouse.queries.pages_document import archived_capture
from warehouse.queries.pages_runs import source_terms
from warehouse.records import ArchivePlace

FRAME_POLICY = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


def archive_routes(home: Home) -> list[BaseRoute]:
    """The card of an archived copy and, beside it, the copy itself."""

    def card(request: Request) -> Response:
        language = chosen_language(request.query_params.get("lang"), None, home.settings.place.language)
        publication = Publication.current(home)
        row = find_capture(home, request.path_params["capture_id"])
        if publication is None or row is None:
            return PlainTextResponse(say(language, "archive.missing") + "\n", status_code=404)
        zone = ZoneInfo(home.settings.place.timezone)
        return HTMLResponse(
            archive_page(publication, row, language, zone, closed(row) or _elsewhere(publication)),
            headers={"Content-Security-Policy": FRAME_POLICY},
        )

    def copy(request: Request) -> Response:
        return _served(home, request.path_params["capture_id"], shown)

    def raw(request: Request) -> Response:
        return _served(home, request.path_params["capture_id"], to_keep)

    return [
        Route("/archive/{capture_id}", card),
        Route("/archive/{capture_id}/copy", copy),
        Route("/archive/{capture_id}/raw", raw),
    ]


def _served(
    home: Home, capture_id: str, answer: Callable[[dict[str, Any], ArchivedRecord], Response]
) -> Response:
    """The bytes by `answer`; in words why not, when there are none or they may not be shown."""
    language = home.settings.place.language
    row = find_capture(home, capture_id)
    if row is None:
        return PlainTextResponse(say(language, "archive.missing") + "\n", status_code=404)
    if closed(row):
        return PlainTextResponse(say(language, f"archive.{closed(row)}") + "\n", status_code=403)
    if _elsewhere(Publication.current(home)):
        return PlainTextResponse(say(language, "archive.elsewhere") + "\n", status_code=404)
    record = read_copy(home, ArchivePlace(row["warc_file"], row["warc_offset"], row["warc_length"]))
    if record is None:
        return PlainTextResponse(say(language, "archive.unreadable") + "\n", status_code=404)
    return answer(row, record)


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


def _elsewhere(publication: Publication | None) -> str | None:
    """A publication that came as a bundle has its archive with the library that made it."""
    return "elsewhere" if publication and (publication.folder / RECEIVED).is_file() else None


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
        "personal": record is not None and _has_personal(record.body),
        "closed": None if text else "unread",
    }


def _has_personal(body: bytes) -> bool:
    """Whether the page shows what a publication would mask."""
    text = decoded(body)
    return mask_text(text) != text


def decoded(body: bytes) -> str:
    """The text of a page as Chinese sites send it: UTF-8, else GB 18030."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def read_copy(home: Home, place: ArchivePlace) -> ArchivedRecord | None:
    """The archived bytes; None when they cannot be read."""
    try:
        return read_record(home.archive, place)
    except (OSError, GovbriefError, ValueError):
        return None
