"""What is true of the sample on each day, computed from the same files the sites are made of.

`python -m crawlers.sample_sites truth` writes truth.json anew.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from crawlers.sample_sites.library import Present, documents, is_present, present, sites
from crawlers.sample_sites.model import SampleCitation
from crawlers.sample_sites.settings import DAY_ZERO, LAST_DAY, instant
from crawlers.sample_sites.sites import Site, open_site

TRUTH_FILE = Path(__file__).with_name("truth.json")


def truth(day: int) -> dict[str, Any]:
    """The whole sample on one day: every document that answers, and what happened since the day before."""
    shown = [
        (open_site(card), card.source_id, item) for card in sites() for item in present(card.folder, day)
    ]
    return {
        "day": day,
        "now": instant(day).isoformat(),
        "documents": [_document(site, source_id, item) for site, source_id, item in shown],
        "events": _events(day),
    }


def truth_file() -> dict[str, Any]:
    """The content of truth.json: day 0 in full, then per day the events and the documents they touch."""
    days = []
    for day in range(1, LAST_DAY + 1):
        whole = truth(day)
        touched = {key for keys in whole["events"].values() for key in keys}
        days.append({**whole, "documents": [d for d in whole["documents"] if d["key"] in touched]})
    note = "示例数据: fictional documents; written by crawlers/sample_sites/truth.py, do not edit"
    return {"note": note, "day_zero": DAY_ZERO.isoformat(), "start": truth(0), "days": days}


def _events(day: int) -> dict[str, list[str]]:
    """Keys of documents by what happened to them between the day before and this day; day 0 has none."""
    events: dict[str, list[str]] = {kind: [] for kind in ("new", "changed", "withdrawn", "restored", "moved")}
    for document in documents() if day > 0 else ():
        before, now = is_present(document, day - 1), is_present(document, day)
        if document.appears == day:
            events["new"].append(document.key)
        elif before and not now:
            events["withdrawn"].append(document.key)
        elif now and not before:
            events["restored"].append(document.key)
        if now and any(change.day == day for change in document.changes):
            events["changed"].append(document.key)
        if now and any(moved == day for moved, _ in document.moves):
            events["moved"].append(document.key)
    return events


def _document(site: Site, source_id: str, item: Present) -> dict[str, Any]:
    document = item.document
    return {
        "key": document.key,
        "source_id": source_id,
        "site_id": site.own_id(item),
        "url": site.url(item),
        "title": document.title,
        "doc_number": document.doc_number,
        "index_number": document.index_number,
        "department": list(document.departments),
        "topic": document.topic,
        "kind": document.kind,
        "published": document.published.isoformat(),
        "written": _iso(document.written),
        "effective": _iso(document.effective),
        "expires": _iso(document.expires),
        "validity": document.validity,
        "source_line": document.source_line,
        "paragraphs": len(document.paragraphs),
        "attachments": [
            {"name": a.name, "url": site.attachment_url(item, a), "kind": a.kind}
            for a in document.attachments
        ],
        "citations": [_citation(citation) for citation in document.citations],
        "repeals": [_held(c) or c.number or c.title for c in document.citations if c.relation == "repeals"],
        "duties": [
            {**asdict(duty), "who": list(duty.who), "due": _iso(duty.due)} for duty in document.duties
        ],
        "personal": [list(pair) for pair in document.personal],
        "reprint_of": _named(document.reprint_of),
        "interprets": _named(document.interprets),
        "changed_on": item.changed_on,
    }


def _citation(citation: SampleCitation) -> dict[str, Any]:
    """A citation with the key of the cited document, None when the sample does not hold it."""
    return {
        "relation": citation.relation,
        "number": citation.number,
        "title": citation.title,
        "held": _held(citation),
    }


def _held(citation: SampleCitation) -> str | None:
    return _named(citation.number) or _named(citation.title)


def _named(name: str | None) -> str | None:
    """The key of the document with this number or title, or whose title carries this name (印发《…》的通知).

    An original is preferred to its reprint, the document itself to what explains or amends it.
    """
    if name is None:
        return None
    exact = [d for d in documents() if name in (d.doc_number, d.title)]
    carried = [d for d in documents() if name in d.title and d.interprets is None and d.kind != "决定"]
    found = exact or carried
    return min(found, key=lambda d: d.reprint_of is not None).key if found else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def write_truth() -> None:
    """Write truth.json beside this module."""
    text = json.dumps(truth_file(), ensure_ascii=False, indent=1)
    TRUTH_FILE.write_text(text + "\n", encoding="utf-8")
