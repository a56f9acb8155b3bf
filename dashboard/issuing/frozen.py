"""What is frozen with a signature: text, passages, documents, check and waivers, as JSON of a fixed shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from dashboard.checking.check import report_as_json
from dashboard.drafting.grammar import parse
from dashboard.issuing.release import Checked
from dashboard.report.files import ReportFile
from warehouse.desk.basket.model import BasketItem
from warehouse.desk.issues.model import Waiver
from warehouse.desk.issues.sign_off import Approval
from warehouse.desk.issues.signed import Numbered, sha256
from warehouse.publication import Publication
from warehouse.queries.by_name import documents_by_name
from warehouse.queries.pages_citing import cited
from warehouse.queries.report import archived_copies

FORMAT, VERSION = "govbrief-issue", 1
_STANDING = "d.status, d.validity, d.validity_by, d.version_no, d.reading_id, d.capture_id"
_DOCUMENT = (
    "url", "title", "doc_number", "index_number", "issuer", "published", "written", "effective", "doc_type",
    "language", "jurisdiction", "region", "reuse", "source_id", "origin", "sample", "issuers",
)  # fmt: skip


def frozen_json(
    publication: Publication,
    checked: Checked,
    asked: Approval,
    given: Numbered,
    waivers: Sequence[Waiver],
    files: Mapping[str, ReportFile],
) -> str:
    """The frozen issue; the same facts are the same text to the byte."""
    draft = checked.draft
    told = {
        "format": FORMAT,
        "version": VERSION,
        "series": given.series,
        "year": given.year,
        "number": given.number,
        "total": given.total,
        "title": draft.title,
        "language": draft.language,
        "template": draft.template,
        "theme": draft.theme,
        "since": draft.since,
        "until": draft.until,
        "draft": {"draft_id": draft.draft_id, "revision": draft.revision, "author": draft.account},
        "approved": {"by": asked.account, "at": asked.at, "remark": asked.remark.strip()},
        "corrects": asked.corrects,
        "publication_id": publication.publication_id,
        "programme": asked.programme,
        "text": checked.text,
        "pins": [_pin(one) for _, one in sorted(checked.items.items())],
        "documents": _documents(publication, cited_ids(checked.text, checked.items)),
        "check": report_as_json(checked.report, (one.key for one in waivers)),
        "waivers": [asdict(one) for one in waivers],
        "files": {name: _file(one) for name, one in sorted(files.items())},
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=_text) + "\n"


def cited_ids(text: str, items: Mapping[int, BasketItem]) -> list[str]:
    """The documents that a text cites, by mark or by passage, each once in the order of the text."""
    found: dict[str, None] = {}
    for mark in parse(text).marks():
        if mark.kind == "document":
            found[mark.key] = None
        elif int(mark.key) in items:
            found[items[int(mark.key)].passage.document_id] = None
    return list(found)


def _pin(item: BasketItem) -> dict[str, Any]:
    return {
        "item_id": item.item_id, "title": item.title, "issuer": item.issuer, "number": item.number,
        "issued_on": item.issued_on, "passage": asdict(item.passage),
    }  # fmt: skip


def _documents(publication: Publication, ids: Iterable[str]) -> list[dict[str, Any]]:
    wanted = list(ids)
    standing = documents_by_name(publication, _STANDING, wanted)
    copies = archived_copies(publication, wanted)
    return [
        _document(one, cited(publication, one), standing.get(one) or {}, copies.get(one) or {})
        for one in wanted
    ]


def _document(
    document_id: str, row: Mapping[str, Any] | None, standing: Mapping[str, Any], copy: Mapping[str, Any]
) -> dict[str, Any]:
    known = row or {}
    return {
        "document_id": document_id,
        **{name: known.get(name) for name in _DOCUMENT},
        **{
            name: standing.get(name)
            for name in ("status", "validity", "validity_by", "version_no", "reading_id", "capture_id")
        },
        "sha256": copy.get("sha256"),
        "fetched_at": copy.get("fetched_at"),
    }


def _file(made: ReportFile) -> dict[str, Any]:
    return {
        "size": len(made.data), "sha256": sha256(made.data), "pages": made.pages, "fonts": list(made.fonts),
        "missing": [list(one) for one in made.missing],
        "substituted": [list(one) for one in made.substituted],
    }  # fmt: skip


def _text(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a frozen issue")
