"""What the briefing before this one listed as due or open, and what is seen of it now."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from warehouse.queries.briefing import subject_where
from warehouse.queries.briefing_items import items
from warehouse.queries.by_name import documents_by_name, rows_of
from warehouse.queries.duties import DUTY
from warehouse.queries.duty_evidence import Proof, duty_key, evidence_of
from warehouse.queries.reading import Published, Row, placeholders
from warehouse.queries.reprints import TOLD_ONCE
from warehouse.queries.rows_at import rows_at

STATES = ("overdue", "unnamed", "moved", "ended", "evidence", "due")  # in the order in which they are told
MOST = 200
_LISTED = """
with y as (
    select rowid as place, due, document_id, paragraph, start_at, fact_id from dated_duty
    where due between ? and ?
)
select y.place, d.rowid as document_place from y join document d on d.document_id = y.document_id
where d.published <= ? and {told_once} and {subject}
order by y.due, y.document_id, y.paragraph, y.start_at, y.fact_id limit ?
"""
_PAPER = "d.published, d.written, d.jurisdiction, d.validity, d.validity_by, d.status"
_TOUCHED = """
select e.document_id from event e
where e.kind = 'changed' and e.at >= ? and e.document_id in ({ids}) group by e.document_id
"""


def listed_then(
    publication: Published, kind: str, key: str, first: date, last: date, issued: date
) -> list[Row]:
    """Duties of the subject that fall due in the period and stood in documents published up to `issued`.

    Also those of documents that have ended since: what was carried must not vanish. At most MOST.
    """
    sql = _LISTED.format(told_once=TOLD_ONCE, subject=subject_where(kind))
    found = publication.rows(sql, [first, last, issued, key, MOST])
    duties = rows_at(publication, "dated_duty y", DUTY, [row["place"] for row in found])
    papers = rows_at(publication, "document d", _PAPER, [row["document_place"] for row in found])
    return [{**duties[row["place"]], **papers[row["document_place"]]} for row in found]


def carried_over(
    publication: Published, kind: str, key: str, issued: date, today: date, ahead: date,
    *, timezone: str = "Asia/Shanghai",
) -> list[Row]:  # fmt: skip
    """What a briefing of the same length, made on `issued`, had open or due up to `ahead`, with its state.

    `evidence`: the day passed, and a later document of a body that has to act speaks of it (`proofs`);
    `overdue`: it passed and none was found; `unnamed`: it passed, and the text names nobody to look for;
    `moved`: the passage was rewritten or the document amended since; `ended`: the document was repealed,
    lapsed or was taken down; `due`: the day is still to come. What was due before `issued` and had its
    evidence by then was not open, and is left out.
    """
    found = listed_then(publication, kind, key, issued - (today - issued), ahead, issued)
    proofs = evidence_of(publication, found, today)
    rewritten = _rewritten(publication, {row["document_id"] for row in found}, _start(issued, timezone))
    amended = _amended_since(publication, found, issued)
    rows = []
    for row in found:
        seen = proofs.get(duty_key(row), ())
        if row["due"] < issued and any(one.published <= issued for one in seen):
            continue
        moved = row["document_id"] in amended or row["sentence"] in rewritten.get(row["document_id"], "")
        rows.append({**row, "proofs": seen, "state": _state(row, today, seen, moved)})
    shown = items(publication, _once(rows))
    return sorted(shown, key=lambda row: (STATES.index(row["state"]), row["due"], row["fact_id"]))


def _state(row: Row, today: date, seen: tuple[Proof, ...], moved: bool) -> str:
    if row["status"] == "withdrawn" or row["validity"] in ("repealed", "expired"):
        return "ended"
    if row["due"] >= today:  # what speaks of it before its day may be a plan: open, as in the calendar
        return "moved" if moved else "due"
    if seen:
        return "evidence"
    if moved:
        return "moved"
    return "overdue" if row["who"] else "unnamed"


def _rewritten(publication: Published, ids: set[str], since: datetime) -> dict[str, str]:
    """The new words of passages that were changed since, by document."""
    if not ids:
        return {}
    changed = publication.rows(_TOUCHED.format(ids=placeholders([*ids])), [since, *sorted(ids)])
    touched = [row["document_id"] for row in changed]
    told: dict[str, str] = defaultdict(str)
    for row in rows_of(publication, touched, "version_change", "document_id, paragraphs"):
        for one in json.loads(row["paragraphs"] or "[]"):
            told[row["document_id"]] += f"{one.get('new') or ''}\n"
    return told


def _amended_since(publication: Published, found: list[Row], issued: date) -> set[str]:
    """Documents that another one, published after `issued`, amended."""
    amended = [row for row in found if row["validity"] == "amended"]
    by = documents_by_name(
        publication, "d.published", (row["validity_by"] for row in amended), "d.published > ?", [issued]
    )
    return {row["document_id"] for row in amended if row["validity_by"] in by}


def _once(rows: list[Row]) -> list[Row]:
    """A duty that copies of a document repeat is told once, from the first copy published."""
    first: dict[tuple[str, str, date], Row] = {}
    for row in rows:
        told = ("".join(row["sentence"].split()), row["what"], row["due"])
        if told not in first or row["published"] < first[told]["published"]:
            first[told] = row
    return list(first.values())


def _start(day: date, timezone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(timezone))
