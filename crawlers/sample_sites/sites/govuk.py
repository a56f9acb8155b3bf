"""An English-language site with a search interface and a content interface, both JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from crawlers.sample_sites.answers import Answer, body_html, data, escape, modified_at, page, posted_at
from crawlers.sample_sites.files import MEDIA_TYPES
from crawlers.sample_sites.library import Present, present
from crawlers.sample_sites.model import SampleAttachment, SampleDocument, SiteCard
from crawlers.sample_sites.settings import DAY_ZERO, ZONE
from crawlers.sample_sites.sites.parts import attached_file, fill, missing, newest
from warehouse.identity import digest

_FILTERS = ("filter_organisations", "filter_content_store_document_type", "filter_format")
_KNOWN = {"q", "start", "count", "order", "fields", *_FILTERS}
_FIELDS = "title,link,description,public_timestamp,organisations,format,content_id"
_MOST = 1500  # results one answer holds at most


class GovukSite:
    """Publications found by search, read by content item."""

    def __init__(self, card: SiteCard) -> None:
        self.card = card

    def url(self, shown: Present) -> str:
        """The address of the page for people."""
        return f"http://{self.card.host}{self._base_path(shown.document)}"

    def own_id(self, shown: Present) -> str:
        """The identifier that stays when the address changes."""
        return _content_id(shown.document.key)

    def attachment_url(self, shown: Present, attachment: SampleAttachment) -> str:
        """Files lie under the site's media folder."""
        folder = digest(shown.document.key, attachment.file, length=24)
        return f"http://{self.card.host}/media/{folder}/{attachment.file}"

    def answer(self, path: str, query: Mapping[str, list[str]], day: int) -> Answer:
        """Search, content items, pages and files."""
        shown = present(self.card.folder, day)
        if path == "/api/search.json":
            return self._search(query, shown)
        if path == "/":
            return page(self._page("Home", "<p>Search our publications.</p>"), newest(shown))
        for item in shown:
            base = self._base_path(item.document)
            if path == f"/api/content{base}":
                return data(self._content(item), modified_at(item))
            if path == base:
                return self._detail(item)
            file = attached_file(item, f"http://{self.card.host}{path}", self.attachment_url)
            if file is not None:
                return file
        return missing()

    def _base_path(self, document: SampleDocument) -> str:
        return f"/{self.card.column(document.column).path}/{document.site_id}"

    def _search(self, query: Mapping[str, list[str]], shown: Sequence[Present]) -> Answer:
        unknown = sorted(set(query) - _KNOWN)
        start, count = query.get("start", ["0"])[0], query.get("count", ["10"])[0]
        if unknown:
            return data({"error": f"Unexpected parameters: {', '.join(unknown)}"}, DAY_ZERO, status=422)
        if not (start.isdigit() and count.isdigit() and int(count) <= _MOST):
            return data(
                {"error": f"start and count are whole numbers, count at most {_MOST}"}, DAY_ZERO, status=422
            )
        rows = sorted((s for s in shown if _fits(s, query)), key=lambda s: (_stamp(s), s.document.site_id))
        if query.get("order", ["-public_timestamp"])[0].startswith("-"):
            rows.reverse()
        names = [name for value in query.get("fields", [_FIELDS]) for name in value.split(",")]
        answer = {
            "results": [self._result(item, names) for item in rows[int(start) : int(start) + int(count)]],
            "total": len(rows),
            "start": int(start),
            "aggregates": {},
            "suggested_queries": [],
        }
        return data(answer, newest(rows))

    def _result(self, item: Present, names: Sequence[str]) -> dict[str, Any]:
        document = item.document
        row: dict[str, Any] = {
            "title": document.title,
            "link": self._base_path(document),
            "description": document.summary,
            "public_timestamp": _stamp(item),
            "organisations": [_organisation(name) for name in document.departments],
            "format": document.kind,
            "content_id": _content_id(document.key),
        }
        kept = {name: row[name] for name in names if name in row}
        return {**kept, "_id": row["link"], "index": "government", "document_type": "edition"}

    def _content(self, item: Present) -> dict[str, Any]:
        document, taxon = item.document, item.document.source_line or ""
        content: dict[str, Any] = {
            "base_path": self._base_path(document),
            "content_id": _content_id(document.key),
            "title": document.title,
            "description": document.summary,
            "document_type": document.kind,
            "schema_name": "publication",
            "locale": "en",
            "first_published_at": _history(item)[0][0],
            "public_updated_at": _stamp(item),
            "updated_at": _stamp(item),
            "details": self._details(item),
            "links": {
                "organisations": [_organisation(name) for name in document.departments],
                "taxons": [{"title": taxon, "base_path": f"/{_slug(taxon)}"}],
            },
        }
        if document.validity:
            explanation = f"<p>{escape(document.validity)}</p>"
            content["withdrawn_notice"] = {"explanation": explanation, "withdrawn_at": _stamp(item)}
        return content

    def _details(self, item: Present) -> dict[str, Any]:
        return {
            "body": _body(item.document),
            "change_history": [
                {"public_timestamp": at, "note": note} for at, note in reversed(_history(item))
            ],
            "attachments": [self._attachment(item, attachment) for attachment in item.document.attachments],
            "emphasised_organisations": [_content_id(item.document.departments[0])],
        }

    def _attachment(self, item: Present, attachment: SampleAttachment) -> dict[str, Any]:
        return {
            "title": attachment.name,
            "url": self.attachment_url(item, attachment),
            "filename": attachment.file,
            "content_type": MEDIA_TYPES[attachment.kind],
            "attachment_type": "file",
        }

    def _detail(self, item: Present) -> Answer:
        document = item.document
        links = (
            f'<p><a href="{self.attachment_url(item, a)}">{escape(a.name)}</a> ({a.kind.upper()})</p>'
            for a in document.attachments
        )
        middle = fill(
            "govuk_detail.html",
            title=escape(document.title),
            summary=escape(document.summary),
            departments=escape(", ".join(document.departments)),
            published=f"{document.published:%d %B %Y}",
            body=_body(document),
            files="".join(links),
        )
        return page(self._page(document.title, middle), modified_at(item))

    def _page(self, title: str, middle: str) -> str:
        return fill("govuk_page.html", title=escape(title), site=self.card.name, middle=middle)


def _fits(item: Present, query: Mapping[str, list[str]]) -> bool:
    """Whether a document answers the words and filters of a search."""
    document = item.document
    types = query.get("filter_content_store_document_type", query.get("filter_format", []))
    organisations = {_slug(name) for name in document.departments}
    asked = set(query.get("filter_organisations", []))
    text = " ".join((document.title, document.summary, *document.paragraphs)).lower()
    if (types and document.kind not in types) or (asked and not asked & organisations):
        return False
    return all(word in text for word in query.get("q", [""])[0].lower().split())


def _body(document: SampleDocument) -> str:
    """The text as the content system stores it: `## ` lines are headings, `- ` lines list items."""
    parts: list[str] = []
    for line in document.paragraphs:
        if line.startswith("- "):
            before = parts.pop().removesuffix("</ul>") if parts and parts[-1].endswith("</ul>") else "<ul>"
            parts.append(f"{before}<li>{escape(line[2:])}</li></ul>")
        elif line.startswith("|") and parts and parts[-1].endswith("</table>"):
            row = body_html((line,), "").split(">", 1)[1]
            parts.append(parts.pop().removesuffix("</table>") + row)
        elif line.startswith("## "):
            parts.append(f"<h2>{escape(line[3:])}</h2>")
        else:
            parts.append(body_html((line,), "").replace(' style=""', ""))
    return f'<div class="govspeak">{"".join(parts)}</div>'


def _history(item: Present) -> list[tuple[str, str]]:
    """Public change notes, oldest first; the first is always the first publication."""
    first = (posted_at(item).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "First published.")
    return [first, *((_at(day), note) for day, note in item.document.notes)]


def _at(day: date) -> str:
    """Notes are added in the afternoon; the mornings of sample days come after."""
    return datetime.combine(day, time(15, 30), ZONE).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _stamp(item: Present) -> str:
    return _history(item)[-1][0]


def _slug(name: str) -> str:
    return name.lower().replace(",", "").replace(" ", "-")


def _content_id(name: str) -> str:
    raw = digest("meridian", name, length=32)
    return f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}"


def _organisation(name: str) -> dict[str, str]:
    link = f"/government/organisations/{_slug(name)}"
    return {"title": name, "slug": _slug(name), "link": link, "content_id": _content_id(name)}
