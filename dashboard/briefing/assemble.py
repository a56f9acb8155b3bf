"""From a publication to a briefing on one subject: rows of answers become items with their proof."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from dashboard.briefing.model import (
    Actor,
    Briefing,
    Coverage,
    DueItem,
    FollowUp,
    Item,
    Proof,
    Subject,
    WeekCount,
)
from warehouse.publication import Publication
from warehouse.queries import briefing as questions
from warehouse.queries.regions import at_home
from warehouse.queries.subjects import code_names

LISTED = 50
DUE_DAYS = 60
WEEKS = 12
Row = dict[str, Any]


def assemble(
    publication: Publication,
    subject: Subject,
    since: date,
    today: date,
    *,
    home_region: str = "",
    timezone: str = "Asia/Shanghai",
    due_days: int = DUE_DAYS,
    listed: int = LISTED,
) -> Briefing:
    """The briefing on `subject` from `since` to `today`; an empty section is an empty tuple."""
    asked = (publication, subject.kind, subject.key)
    new = questions.new_documents(*asked, since, today, limit=listed)
    listed_ids = {row["document_id"] for row in new}
    changed = [
        row
        for row in questions.changed_documents(*asked, since, limit=listed, timezone=timezone)
        if row["document_id"] not in listed_ids
    ]
    elsewhere = _elsewhere(publication, questions.elsewhere(*asked, since, home_region), home_region)
    facts = publication.rows("select created_at, sample from publication")[0]
    return Briefing(
        subject=subject,
        since=since,
        today=today,
        publication_id=publication.publication_id,
        created_at=facts["created_at"],
        sample=bool(facts["sample"]),
        home_region=home_region,
        coverage=_coverage(publication, subject),
        new=_items(new),
        new_total=questions.count_new(*asked, since, today),
        changed=_items(changed, "changed"),
        ended=_items(questions.ended_documents(*asked, since, limit=listed, timezone=timezone)),
        due=_duties(questions.due(*asked, today, today + timedelta(days=due_days), limit=listed), today),
        elsewhere=_items(elsewhere[:listed]),
        actors=tuple(_actor(row) for row in questions.actors(*asked, since, today)),
        follow_ups=tuple(_follow_up(row) for row in questions.follow_ups(*asked, since, limit=listed)),
        weeks=_weeks(questions.weeks(*asked, _monday(today) - timedelta(weeks=WEEKS - 1), today), today),
        names=_names(publication, new, elsewhere),
        timezone=timezone,
    )


def _elsewhere(publication: Publication, rows: list[Row], home_region: str) -> list[Row]:
    """Rows of regions that are neither home nor inside it nor the country's; none without a home region."""
    if not home_region:
        return []
    near = at_home(publication, [row["document_id"] for row in rows], home_region)
    return [row for row in rows if row["document_id"] not in near]


def _items(rows: Iterable[Row], reason: str = "") -> tuple[Item, ...]:
    return tuple(item_of(row, reason) for row in rows)


def item_of(row: Row, reason: str = "", proof: Proof | None = None) -> Item:
    """A row with the columns of `briefing_items.items` as a line of a briefing."""
    return Item(
        document_id=row["document_id"],
        title=row["title"],
        issuer=row["department_name"] or row["issuer"],
        issuer_code=row["department_code"],
        published=row["published"],
        doc_number=row["doc_number"],
        url=row["url"],
        region=row["region"],
        level=row["level"],
        source_id=row["source_id"],
        reason=reason or row.get("reason") or "",
        proof=proof or _proof(row),
        sources=max(1, int(row.get("copies") or 1)),
        validity=row["validity"] or "unknown",
        status=row["status"],
        at=row.get("at"),
        sample=bool(row["sample"]),
    )


def _proof(row: Row) -> Proof | None:
    """The first piece of evidence of the row's label, or the sentence that ended the document."""
    if row.get("validity_basis"):
        return Proof(str(row["validity_basis"]), None, "metadata")
    evidence = row.get("evidence")
    found = json.loads(evidence) if isinstance(evidence, str) else evidence
    if not found:
        return None
    first = found[0]
    return Proof(str(first.get("text") or ""), first.get("paragraph"), str(first.get("where") or "metadata"))


def _duties(rows: Iterable[Row], today: date) -> tuple[DueItem, ...]:
    """Soonest first; a duty that copies of a document repeat is told once, from the first copy published."""
    first: dict[tuple[str, str, date], Row] = {}
    for row in rows:
        told = ("".join(row["sentence"].split()), row["what"], row["due"])
        known = first.get(told)
        if known is None or (row["published"] or date.max) < (known["published"] or date.max):
            first[told] = row
    return tuple(
        DueItem(
            fact_id=row["fact_id"],
            item=item_of(row, "due", Proof(row["sentence"], row["paragraph"], "paragraph")),
            who=tuple(row["who"] or ()),
            what=row["what"],
            due=row["due"],
            due_printed=row["due_printed"],
            days_left=(row["due"] - today).days,
        )
        for row in first.values()
    )


def _follow_up(row: Row) -> FollowUp:
    return FollowUp(
        item_of(row),
        row["parent_id"],
        row["parent_title"],
        row["relation"],
        int(row["lag_days"]),
        float(row["confidence"]),
    )


def _actor(row: Row) -> Actor:
    return Actor(row["code"], row["name"], row["region"], row["level"], int(row["documents"]), row["latest"])


def _weeks(rows: Iterable[Row], today: date) -> tuple[WeekCount, ...]:
    """The last weeks without gaps: a week in which nothing came out is a zero, the running one is marked."""
    counted = {row["week"]: int(row["documents"]) for row in rows}
    this_week = _monday(today)
    mondays = [this_week - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    return tuple(WeekCount(monday, counted.get(monday, 0), monday < this_week) for monday in mondays)


def _coverage(publication: Publication, subject: Subject) -> Coverage:
    row = questions.coverage(publication)
    return Coverage(
        sources=int(row["sources"]),
        sources_ok=int(row["sources_ok"]),
        silent=tuple(row["silent"] or ()),
        documents=int(row["documents"]),
        members=questions.count_members(publication, subject.kind, subject.key),
        data_until=row["data_until"],
    )


def _names(publication: Publication, *groups: Iterable[Row]) -> tuple[tuple[str, str], ...]:
    """What the codes in the reasons are called."""
    reasons = [str(row["reason"]).partition(":") for rows in groups for row in rows]
    codes = {code for kind, _, code in reasons if kind in ("topic", "department")}
    return tuple(sorted(code_names(publication, codes).items()))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
