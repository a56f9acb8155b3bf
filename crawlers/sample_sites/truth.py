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
from crawlers.sample_sites.model import SampleCitation, SampleDocument, SiteCard
from crawlers.sample_sites.settings import DAY_ZERO, LAST_DAY, instant
from crawlers.sample_sites.sites import Site, open_site
from crawlers.sample_sites.world import held, original_of, second_topic, validity_on, world

TRUTH_FILE = Path(__file__).with_name("truth.json")


def truth(day: int) -> dict[str, Any]:
    """The whole sample on one day: documents that answer, what happened since yesterday, how sites fare."""
    shown = [(card, item) for card in sites() for item in present(card.folder, day)]
    return {
        "day": day,
        "now": instant(day).isoformat(),
        "documents": [_document(open_site(card, day), card, item, day) for card, item in shown],
        "events": _events(day),
        "sites": [_site(card, day) for card in sites()],
        **world(day),
    }


def truth_file() -> dict[str, Any]:
    """The content of truth.json: day 0 and the last day's world in full, between them each day's news."""
    days = []
    for day in range(1, LAST_DAY + 1):
        events = _events(day)
        touched = {key for keys in events.values() for key in keys}
        days.append(
            {
                "day": day,
                "now": instant(day).isoformat(),
                "events": {kind: keys for kind, keys in events.items() if keys},
                "documents": [
                    _document(open_site(card, day), card, item, day)
                    for card in sites()
                    for item in present(card.folder, day)
                    if item.document.key in touched
                ],
                "sites": [
                    state for state in (_site(card, day) for card in sites()) if state["state"] != "ok"
                ],
                "validity": _validity_changes(day),
            }
        )
    note = "示例数据: fictional documents; written by crawlers/sample_sites/truth.py, do not edit"
    return {
        "note": note,
        "day_zero": DAY_ZERO.isoformat(),
        "start": truth(0),
        "days": days,
        "end": {"day": LAST_DAY, **world(LAST_DAY)},
    }


def _site(card: SiteCard, day: int) -> dict[str, Any]:
    """How a site fares: ok, silent, or the kind of its outage; and the style it is published in."""
    outage = card.outage_on(day)
    silent = card.silent_from is not None and day >= card.silent_from
    state = outage.kind if outage else "silent" if silent else "ok"
    redesigned = [redesign.day for redesign in card.redesigns if redesign.day <= day]
    return {
        "source_id": card.source_id,
        "state": state,
        "style": card.on_day(day).style,
        "redesigned_on": redesigned[-1] if redesigned else None,
    }


def _validity_changes(day: int) -> dict[str, str]:
    """Documents whose state differs from the day before."""
    changed = {}
    for document in documents():
        before, now = validity_on(document, day - 1)["state"], validity_on(document, day)["state"]
        if before != now and is_present(document, day):
            changed[document.key] = now
    return changed


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


def _document(site: Site, card: SiteCard, item: Present, day: int) -> dict[str, Any]:
    document = item.document
    return {
        "key": document.key,
        "source_id": card.source_id,
        "site_id": site.own_id(item),
        "url": site.url(item),
        "title": document.title,
        "doc_number": document.doc_number,
        "index_number": document.index_number,
        "department": list(document.departments),
        "topic": document.topic,
        "topic_second": second_topic(document),
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
        "citations": [_citation(document, citation, day) for citation in document.citations],
        "repeals": [
            _held(c, day) or c.number or c.title for c in document.citations if c.relation == "repeals"
        ],
        "duties": [
            {**asdict(duty), "who": list(duty.who), "due": _iso(duty.due)} for duty in document.duties
        ],
        "targets": [{**asdict(target), "by": _iso(target.by)} for target in document.targets],
        "problems": [asdict(problem) for problem in document.problems],
        "measures": [asdict(measure) for measure in document.measures],
        "follows": [
            {"number": one.number, "added": list(one.added), "dropped": list(one.dropped)}
            for one in document.follows
        ],
        "personal": [list(pair) for pair in document.personal],
        "personal_spans": _spans(document),
        "state": validity_on(document, day),
        "reprint_of": original_of(document, day),
        "interprets": held(document.interprets, day),
        "changed_on": item.changed_on,
    }


def _citation(document: SampleDocument, citation: SampleCitation, day: int) -> dict[str, Any]:
    """A citation with the key of the cited document, None when the sample does not hold it.

    What a document itself prints (印发《…》) is no other document, so it is held by none.
    """
    key = _held(citation, day)
    return {
        "relation": citation.relation,
        "number": citation.number,
        "title": citation.title,
        "held": key if key != document.key else None,
    }


def _held(citation: SampleCitation, day: int) -> str | None:
    return held(citation.number, day) or held(citation.title, day)


def _spans(document: SampleDocument) -> list[dict[str, Any]]:
    """Where personal data stands: paragraph and code points, every time it is printed."""
    found = []
    for kind, value in document.personal:
        for at, paragraph in enumerate(document.paragraphs):
            start = paragraph.find(value)
            while start >= 0:
                found.append({"kind": kind, "paragraph": at, "start": start, "end": start + len(value)})
                start = paragraph.find(value, start + len(value))
    return found


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def write_truth() -> None:
    """Write truth.json beside this module."""
    text = json.dumps(truth_file(), ensure_ascii=False, indent=1)
    TRUTH_FILE.write_text(text + "\n", encoding="utf-8")
