"""What a paper tells beside the lists of a briefing, gathered from a publication with its proofs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dashboard.briefing import questions
from dashboard.briefing.assemble import item_of
from dashboard.briefing.extras import Carried, Dispute, Extras, Finding, KeyDocument, Lacking, Step
from dashboard.briefing.matrix import Column, MatrixRow
from dashboard.briefing.model import Briefing, DueItem, Item, Proof
from dashboard.reads import Reads, reads_of
from warehouse.publication import Publication
from warehouse.queries import briefing_force, briefing_known, lineage, networks, pages_overview
from warehouse.queries.briefing_items import items
from warehouse.queries.by_name import documents_by_name
from warehouse.queries.duty_evidence import duty_key, evidence_of
from warehouse.summaries.period import period_summary

LISTED = 8  # lines of a list beside the main ones, as on the page
DISPUTES, FIGURES, FINDINGS = 6, 4, 6
Row = dict[str, Any]
Papers = Mapping[str, Item]


def with_extras(publication: Publication, briefing: Briefing, language: str) -> Briefing:
    """The briefing with all that its page shows beside the lists; the summary quotes texts of `language`."""
    read = reads_of(publication)
    said = period_summary(publication, [one.document_id for one in briefing.new], language)
    columns, rows = questions.matrix(read, briefing)
    known = questions.carried(read, briefing)
    disputes = questions.disputed(read, briefing)[:DISPUTES]
    late = _due_seen(publication, briefing.due, briefing.today)
    wanted = [
        *(one.document_id for one in said), *(_seen(row) for row in known), *late.values(),
        *(row["document_id"] for group in disputes for row in group[:FIGURES]),
        *(one["document_id"] for _, _, one in _lacking(columns, rows)),
    ]  # fmt: skip
    papers = _papers(publication, [one for one in wanted if one])
    extras = Extras(
        summary=tuple(
            replace(papers[one.document_id], proof=_quoted(one.text, one.paragraph)) for one in said
        ),
        findings=_findings(questions.findings(read, briefing)),
        findings_since=questions.findings_since(briefing),
        due_seen=tuple((fact, papers[name]) for fact, name in late.items() if name in papers),
        carried=tuple(_carried(row, papers) for row in known),
        disputed=tuple(_dispute(group, papers) for group in disputes),
        states=tuple(read(briefing_force.states, *questions.asked_of(briefing)).items()),
        taking_force=tuple(
            (row["in_force_from"], item_of(row)) for row in questions.taking_force(read, briefing)[:LISTED]
        ),
        joint=_joint(read, briefing),
        lineage=_lineage(read, briefing),
        months=questions.months(read, briefing),
        columns=columns,
        rows=rows,
        lacking=tuple(
            Lacking(region, key, replace(papers[one["document_id"]], proof=_proof_of(one)))
            for region, key, one in _lacking(columns, rows)
            if one["document_id"] in papers
        ),
        key_documents=tuple(
            KeyDocument(item_of(row), row["relation"], int(row["place"]), int(row["cited_by"]))
            for row in read(briefing_known.key_documents, *questions.asked_of(briefing))[:LISTED]
        ),
        related=tuple((row["code"], int(row["documents"])) for row in questions.related(read, briefing)),
        names=_names(read, columns, questions.related(read, briefing), briefing),
    )
    return replace(briefing, extras=extras)


def _papers(publication: Publication, ids: Iterable[str]) -> dict[str, Item]:
    found = items(publication, [{"document_id": one} for one in dict.fromkeys(ids)])
    return {row["document_id"]: item_of(row) for row in found}


def _quoted(sentence: str, paragraph: int | None) -> Proof:
    return Proof(sentence, paragraph, "paragraph")


def _proof_of(row: Mapping[str, Any]) -> Proof:
    return _quoted(row["sentence"], row["paragraph"])


def _findings(rows: Sequence[Row]) -> tuple[Finding, ...]:
    """Problems before measures, each kind as far as the page lists it."""
    return tuple(
        Finding(kind, item_of(row, kind, _proof_of(row)))
        for kind in briefing_known.FINDINGS
        for row in [one for one in rows if one["kind"] == kind][:FINDINGS]
    )


def _seen(row: Row) -> str | None:
    return str(row["proofs"][0].document_id) if row["proofs"] else None


def _carried(row: Row, papers: Papers) -> Carried:
    return Carried(
        item_of(row, "due", _proof_of(row)),
        tuple(row["who"] or ()),
        row["what"] or row["sentence"],
        row["due"],
        row["state"],
        papers.get(_seen(row) or ""),
    )


def _dispute(group: Sequence[Row], papers: Papers) -> Dispute:
    first = group[0]
    figures = (
        (f"{row['stated']}{row['unit']}", replace(papers[row["document_id"]], proof=_proof_of(row)))
        for row in group[:FIGURES]
    )
    return Dispute(first["indicator"], str(first["year"]), first["region"], tuple(figures))


def _due_seen(publication: Publication, due: Sequence[DueItem], today: date) -> dict[str, str]:
    """Of duties still to come, by fact, the first later document of a bearer that speaks of them."""
    days = documents_by_name(
        publication, "d.published, d.written, d.jurisdiction", (one.item.document_id for one in due)
    )
    rows: list[Row] = [
        {
            **days[one.item.document_id], "fact_id": one.fact_id, "who": one.who, "due": one.due,
            "paragraph": one.item.proof.paragraph or 0 if one.item.proof else 0, "start_at": 0,
        }
        for one in due if one.item.document_id in days
    ]  # fmt: skip
    found = evidence_of(publication, rows, today)
    return {row["fact_id"]: found[key][0].document_id for row in rows if (key := duty_key(row)) in found}


def _lacking(
    columns: Sequence[Column], rows: Sequence[MatrixRow]
) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Region, column and first sentence of every cell that says there is none."""
    return [
        (row.region, column.key, one.lacking[0])
        for row in rows
        for column, one in zip(columns, row.cells, strict=True)
        if one.state == "lacking"
    ]


def _joint(read: Reads, briefing: Briefing) -> tuple[tuple[str, str, int], ...]:
    """With whom a body issues together; nothing for other subjects."""
    if briefing.subject.kind != "department":
        return ()
    rows = read(networks.joint_with, briefing.subject.key)
    return tuple((row["code"], row["name"], int(row["documents"])) for row in rows)


def _lineage(read: Reads, briefing: Briefing) -> tuple[Step, ...]:
    """What a body was made of and what became of it: whole bodies first, as on the page."""
    if briefing.subject.kind != "department":
        return ()
    rows = read(lineage.steps_of, briefing.subject.key)
    return tuple(
        Step(
            row["on_day"], row["kind"], (row["before_zh"], row["before_en"]),
            (row["after_zh"], row["after_en"]), row["what"] or "", row["act"] or "",
        )
        for row in sorted(rows, key=lambda row: row["kind"] == "functions")
    )  # fmt: skip


def _names(
    read: Reads, columns: Sequence[Column], related: Sequence[Row], briefing: Briefing
) -> tuple[tuple[str, str, str], ...]:
    """Both names of the classes and bodies that are told by code."""
    topics = {one.key for one in columns if one.kind == "topic"} | {str(row["code"]) for row in related}
    bodies = {code for code, _, _ in _joint(read, briefing)}
    known = {**read(pages_overview.topic_names), **(read(pages_overview.body_names) if bodies else {})}
    return tuple((code, *known[code]) for code in sorted(topics | bodies) if code in known)
