"""GOV.UK and the Federal Register on loopback: from list to classified document, calendar, told versions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from classify.run import classify_pending
from crawlers.catalogue import load_catalogue
from crawlers.extract import extract_pending
from crawlers.run import crawl
from tests.crawlers.loopback import HOST, Answer, Site, make_home, on_day, source_toml
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.queries import pages_document, pages_listing
from warehouse.queries.duty_calendar import DutyChoice, list_duties
from warehouse.queries.pages_listing import Selection
from warehouse.run_records import SourceHealth

JSON = {"Content-Type": "application/json; charset=utf-8"}
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Register(Site):
    """Three documents, two an answer; the last day for comments stands in the list alone."""

    def answer(self, path: str, headers: Any) -> Answer:
        parts = urlsplit(path)
        if parts.path == "/api/v1/documents.json":
            page = int(parse_qs(parts.query)["page"][0])
            rows = [self.row(number) for number in (3, 2, 1)[(page - 1) * 2 : page * 2]]
            more = (
                {"next_page_url": f"http://{HOST}{path.replace('page=1&', 'page=2&')}"} if page == 1 else {}
            )
            return Answer(200, json.dumps({"count": 3, **more, "results": rows}).encode(), JSON)
        if parts.path.startswith("/documents/full_text/html/"):
            number = parts.path.rpartition("-")[2].removesuffix(".html")
            body = f"<h1>Ferry rule {number}</h1><p>Each ferry needs a crew of {number} sailors.</p>"
            return Answer(200, body.encode(), HTML)
        if parts.path.endswith(".pdf"):
            return Answer(200, b"%PDF-1.4 " + parts.path.encode(), {"Content-Type": "application/pdf"})
        return Answer(404)

    def row(self, number: int) -> Mapping[str, Any]:
        name = f"2026-0000{number}"
        return {
            "document_number": name,
            "title": f"Standards for River Ferries, Part {number}",
            "type": "Proposed Rule" if number == 2 else "Rule",
            "citation": f"91 FR 430{number}",
            "publication_date": f"2026-05-0{number}",
            "agencies": [{"name": "Environmental Protection Agency"}],
            "docket_ids": [f"EPA-2026-000{number}"],
            "cfr_references": [{"title": 40, "part": 52}],
            "comments_close_on": "2026-07-06" if number == 2 else None,
            "html_url": f"http://{HOST}/documents/{name}",
            "pdf_url": f"http://{HOST}/content/{name}.pdf",
            "body_html_url": f"http://{HOST}/documents/full_text/html/{name}.html",
        }


class Kingdom(Site):
    """Two documents of a search; one is withdrawn from a given day on, both tell of changes."""

    def __init__(self) -> None:
        super().__init__(0)
        self.withdrawn = False

    def answer(self, path: str, headers: Any) -> Answer:
        parts = urlsplit(path)
        if parts.path == "/api/search.json":
            begin = int(parse_qs(parts.query)["start"][0])
            rows = [self.row(name) for name in ("ferries", "bridges")]
            shown = {"results": rows[begin : begin + 1], "total": 2, "start": begin}
            return Answer(200, json.dumps(shown).encode(), JSON)
        if parts.path.startswith("/api/content/guidance/"):
            return Answer(200, json.dumps(self.item(parts.path.rpartition("/")[2])).encode(), JSON)
        return Answer(404)

    def row(self, name: str) -> Mapping[str, Any]:
        day = "2026-06-02" if self.withdrawn and name == "ferries" else "2026-05-03"
        return {
            "title": f"Rules for {name}",
            "link": f"/guidance/{name}",
            "content_id": f"id-{name}",
            "public_timestamp": f"{day}T09:00:00Z",
            "organisations": [{"title": "Department for Transport"}],
        }

    def item(self, name: str) -> Mapping[str, Any]:
        notes = [
            {"public_timestamp": "2026-05-03T09:00:00Z", "note": f"Crew of {name} added."},
            {"public_timestamp": "2026-05-01T09:00:00Z", "note": "First published."},
        ]
        gone = {"explanation": "<p>Replaced by the code.</p>", "withdrawn_at": "2026-06-02T09:00:00Z"}
        return {
            "base_path": f"/guidance/{name}",
            "content_id": f"id-{name}",
            "title": f"Rules for {name}",
            "document_type": "guidance",
            "locale": "en",
            "first_published_at": "2026-05-01T09:00:00Z",
            "public_updated_at": "2026-05-03T09:00:00Z",
            "details": {"body": f"<p>Two sailors watch over {name} by day.</p>", "change_history": notes},
            "links": {
                "organisations": [{"title": "Department for Transport"}],
                "taxons": [{"title": "Transport"}],
            },
            "withdrawn_notice": gone if self.withdrawn and name == "ferries" else {},
        }


def make(tmp_path: Path, platform: str, place: str) -> Home:
    own = source_toml(extra="revisit_days = [30]").replace('platform = "trs"', f'platform = "{platform}"')
    own = own.replace('language = "zh"', 'language = "en"').replace(
        'jurisdiction = "XS"', f'jurisdiction = "{place}"'
    )
    return make_home(tmp_path / "home", sources={"prueba": own.split("[[start]]")[0]})


def night(home: Home, site: Site) -> tuple[SourceHealth, Publication]:
    health = crawl(home, ["prueba"], resolve=site.resolve).sources["prueba"]
    extract_pending(home, load_catalogue(home, sample=True))
    classify_pending(home)
    publish(home)
    publication = Publication.current(home)
    assert publication is not None
    return health, publication


def by_title(publication: Publication) -> dict[str, dict[str, Any]]:
    rows = publication.rows("select document_id, title, status, department_code, url from document")
    return {row["title"]: row for row in rows}


def test_a_comment_deadline_of_the_register_stands_in_the_calendar(tmp_path: Path) -> None:
    home = make(tmp_path, "federal_register", "US")
    with Register(0) as site:
        health, publication = night(home, site)
    assert (health.new_documents, health.verdict) == (3, "ok")
    found = by_title(publication)
    rule = found["Standards for River Ferries, Part 2"]
    assert (rule["department_code"], rule["url"]) == ("us-epa", f"http://{HOST}/documents/2026-00002")
    duties = list_duties(publication, DutyChoice(date(2026, 6, 1), date(2026, 12, 31)), 10)
    assert [(one["due"], one["title"], one["what"]) for one in duties] == [
        (date(2026, 7, 6), "Standards for River Ferries, Part 2", "Submit comments")
    ]
    cited = pages_document.citations_out(publication, str(rule["document_id"]))
    assert any("52" in str(one["target_number"]) for one in cited)
    files = pages_document.attachments(publication, str(rule["document_id"]))
    assert [one["url"].rpartition("/")[2] for one in files] == ["2026-00002.pdf"]
    assert files[0]["status"] is not None  # it was fetched and looked at


def test_change_notes_are_told_versions_and_a_withdrawal_is_seen_the_next_night(tmp_path: Path) -> None:
    home = make(tmp_path, "govuk", "GB")
    with Kingdom() as site:
        health, publication = night(home, site)
        ferries = by_title(publication)["Rules for ferries"]
        assert (health.new_documents, ferries["department_code"], ferries["status"]) == (
            2,
            "gb-dft",
            "active",
        )
        told = pages_document.told_changes(publication, str(ferries["document_id"]))
        assert [(one["day"], one["note"]) for one in told] == [
            (date(2026, 5, 3), "Crew of ferries added."),
            (date(2026, 5, 1), "First published."),
        ]
        day = Selection("told", told_from=date(2026, 5, 3), told_to=date(2026, 5, 3))
        assert pages_listing.count_documents(publication, day) == 2
        other = Selection("told", told_from=date(2026, 5, 4))
        assert pages_listing.count_documents(publication, other) == 0
        publication.close()
        site.withdrawn = True
        _, publication = night(on_day(home, 1), site)
    ferries = by_title(publication)["Rules for ferries"]
    own = pages_document.told_withdrawal(publication, str(ferries["document_id"]))
    assert (ferries["status"], own) == (
        "withdrawn",
        {"day": date(2026, 6, 2), "why": "Replaced by the code."},
    )
    assert by_title(publication)["Rules for bridges"]["status"] == "active"
