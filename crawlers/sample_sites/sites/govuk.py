"""An English-language site with a search interface and a content interface, both JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from crawlers.sample_sites.answers import (
    Answer,
    body_html,
    data,
    escape,
    missing,
    modified_at,
    page,
    posted_at,
)
from crawlers.sample_sites.files import MEDIA_TYPES, docx_bytes, pdf_bytes
from crawlers.sample_sites.library import Present, present
from crawlers.sample_sites.model import SampleAttachment, SampleDocument, SiteCard
from crawlers.sample_sites.settings import DAY_ZERO, ZONE
from warehouse.identity import digest

_FILTERS = ("filter_organisations", "filter_content_store_document_type", "filter_format")
_KNOWN = {"q", "start", "count", "order", "fields", *_FILTERS}
_FIELDS = ("title", "link", "description", "public_timestamp", "organisations", "format", "content_id")
_MOST = 1500


class GovukSite:
    """Publications found by search, read by content item."""

    def __init__(self, card: SiteCard) -> None:
        self.card = card

    def url(self, shown: Present) -> str:
        """The address of the page for people."""
        return f"http://{self.card.host}{self._base_path(shown.document)}"

    def attachment_url(self, shown: Present, attachment: SampleAttachment) -> str:
        """Files lie under the site's media folder."""
        return f"http://{self.card.host}/media/{digest(shown.document.key, attachment.file, length=24)}/{attachment.file}"

    def answer(self, path: str, query: Mapping[str, list[str]], day: int) -> Answer:
        """Search, content items, pages and files."""
        shown = present(self.card.folder, day)
        if path == "/api/search.json":
            return self._search(query, shown)
        if path == "/":
            newest = max((modified_at(item) for item in shown), default=DAY_ZERO)
            return page(self._shell(self.card.name, "<p>Search our publications.</p>"), newest)
        for item in shown:
            base = self._base_path(item.document)
            if path == f"/api/content{base}":
                return data(self._content(item), modified_at(item))
            if path == base:
                return self._page(item)
            for attachment in item.document.attachments:
                if f"http://{self.card.host}{path}" == self.attachment_url(item, attachment):
                    make = pdf_bytes if attachment.kind == "pdf" else docx_bytes
                    body = make(attachment.name, attachment.paragraphs)
                    return Answer(200, MEDIA_TYPES[attachment.kind], body, posted_at(item))
        return missing()

    def _base_path(self, document: SampleDocument) -> str:
        return f"/{self.card.column(document.column).path}/{document.site_id}"

    def _search(self, query: Mapping[str, list[str]], shown: tuple[Present, ...]) -> Answer:
        unknown = sorted(set(query) - _KNOWN)
        start, count = query.get("start", ["0"])[0], query.get("count", ["10"])[0]
        if unknown:
            return data({"error": f"Unexpected parameters: {', '.join(unknown)}"}, DAY_ZERO, status=422)
        if not (start.isdigit() and count.isdigit() and int(count) <= _MOST):
            return data(
                {"error": f"start and count must be whole numbers, count at most {_MOST}"},
                DAY_ZERO,
                status=422,
            )
        rows = sorted(
            (s for s in shown if self._fits(s, query)), key=lambda s: (_stamp(s), s.document.site_id)
        )
        if query.get("order", ["-public_timestamp"])[0].startswith("-"):
            rows.reverse()
        asked = query.get("fields", [",".join(_FIELDS)])
        names = [name for value in asked for name in value.split(",")]
        part = rows[int(start) : int(start) + int(count)]
        answer = {
            "results": [self._result(item, names) for item in part],
            "total": len(rows),
            "start": int(start),
            "aggregates": {},
            "suggested_queries": [],
        }
        return data(answer, max((modified_at(item) for item in rows), default=DAY_ZERO))

    def _fits(self, item: Present, query: Mapping[str, list[str]]) -> bool:
        document = item.document
        types = query.get("filter_content_store_document_type", query.get("filter_format", []))
        words = query.get("q", [""])[0].lower().split()
        text = " ".join((document.title, document.summary, *document.paragraphs)).lower()
        organisations = {_slug(name) for name in document.departments}
        asked = set(query.get("filter_organisations", []))
        return (
            (not types or document.kind in types)
            and (not asked or bool(asked & organisations))
            and all(word in text for word in words)
        )

    def _result(self, item: Present, names: list[str]) -> dict[str, Any]:
        document = item.document
        row: dict[str, Any] = {
            "title": document.title,
            "link": self._base_path(document),
            "description": document.summary,
            "public_timestamp": _stamp(item),
            "organisations": [_organisation(name) for name in document.departments],
            "format": document.kind,
            "content_id": _content_id(document),
        }
        kept = {name: row[name] for name in names if name in row}
        return {**kept, "_id": row["link"], "index": "government", "document_type": "edition"}

    def _content(self, item: Present) -> dict[str, Any]:
        document = item.document
        details: dict[str, Any] = {
            "body": self._body(item),
            "change_history": [
                {"public_timestamp": when, "note": note} for when, note in reversed(_history(item))
            ],
            "attachments": [self._attachment(item, attachment) for attachment in document.attachments],
            "emphasised_organisations": [_content_key(document.departments[0])],
        }
        content: dict[str, Any] = {
            "base_path": self._base_path(document),
            "content_id": _content_id(document),
            "title": document.title,
            "description": document.summary,
            "document_type": document.kind,
            "schema_name": "publication",
            "locale": "en",
            "first_published_at": _history(item)[0][0],
            "public_updated_at": _stamp(item),
            "updated_at": _stamp(item),
            "details": details,
            "links": {
                "organisations": [_organisation(name) for name in document.departments],
                "taxons": [
                    {"title": document.source_line, "base_path": f"/{_slug(document.source_line or '')}"}
                ],
            },
        }
        if document.validity:
            content["withdrawn_notice"] = {
                "explanation": f"<p>{escape(document.validity)}</p>",
                "withdrawn_at": _stamp(item),
            }
        return content

    def _attachment(self, item: Present, attachment: SampleAttachment) -> dict[str, Any]:
        return {
            "title": attachment.name,
            "url": self.attachment_url(item, attachment),
            "filename": attachment.file,
            "content_type": MEDIA_TYPES[attachment.kind],
            "attachment_type": "file",
        }

    @staticmethod
    def _body(item: Present) -> str:
        """The text as the content system stores it: `## ` lines are headings, `- ` lines list items."""
        parts: list[str] = []
        for line in item.document.paragraphs:
            if line.startswith("## "):
                parts.append(f"<h2>{escape(line[3:])}</h2>")
            elif line.startswith("- "):
                before = (
                    parts.pop().removesuffix("</ul>") if parts and parts[-1].endswith("</ul>") else "<ul>"
                )
                parts.append(f"{before}<li>{escape(line[2:])}</li></ul>")
            else:
                parts.append(body_html((line,), "").replace(' style=""', ""))
        return f'<div class="govspeak">{"".join(parts)}</div>'

    def _page(self, item: Present) -> Answer:
        document = item.document
        links = "".join(
            f'<p><a href="{self.attachment_url(item, a)}">{escape(a.name)}</a> ({a.kind.upper()})</p>'
            for a in document.attachments
        )
        middle = f"""<main><h1>{escape(document.title)}</h1><p class="lead">{escape(document.summary)}</p>
<p>From: {escape(", ".join(document.departments))}. Published {document.published:%d %B %Y}.</p>{self._body(item)}{links}</main>"""
        return page(self._shell(document.title, middle), modified_at(item))

    def _shell(self, title: str, middle: str) -> str:
        return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(title)} - {escape(self.card.name)}</title></head>
<body>{middle}<footer>{escape(self.card.name)}. 示例数据: a fictional government; all content is sample data.</footer></body></html>"""


def _history(item: Present) -> list[tuple[str, str]]:
    """Public change notes, oldest first; the first is always the first publication."""
    first = (posted_at(item).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "First published.")
    return [first, *((_at(day), note) for day, note in item.document.notes)]


def _at(day: date) -> str:
    """Notes are added in the afternoon; the mornings of sample days come after."""
    moment = datetime.combine(day, time(15, 30), ZONE)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _stamp(item: Present) -> str:
    return _history(item)[-1][0]


def _slug(name: str) -> str:
    return name.lower().replace(",", "").replace(" ", "-")


def _content_key(name: str) -> str:
    raw = digest("meridian", name, length=32)
    return f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}"


def _content_id(document: SampleDocument) -> str:
    return _content_key(document.key)


def _organisation(name: str) -> dict[str, str]:
    return {
        "title": name,
        "slug": _slug(name),
        "link": f"/government/organisations/{_slug(name)}",
        "content_id": _content_key(name),
    }
