"""The check of a draft before it is signed: everything that must be mended or looked at, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.checking.claims import check_claims
from dashboard.checking.copied import check_copied
from dashboard.checking.held import Library
from dashboard.checking.model import CheckReport, Finding
from dashboard.checking.quotations import check_quotations
from dashboard.checking.references import check_references, check_titles
from dashboard.checking.sourced import Sourced
from dashboard.checking.traces import check_figures, check_left_over, check_personal, check_secrecy
from dashboard.checking.units import Looked, units
from dashboard.drafting.figure_settings import figure_problem
from dashboard.drafting.grammar import parse
from dashboard.drafting.model import Figure, Mark
from warehouse.desk.basket.model import BasketItem
from warehouse.publication import Publication


def check_draft(
    publication: Publication,
    text: str,
    items: Mapping[int, BasketItem],
    language: str,
    own: Iterable[str] = (),
    title: str = "",
) -> CheckReport:
    """Everything found in a draft's text and title, with a verdict on each quotation.

    `items` are those of the basket that the draft names, by number; one that is not among them is unknown.
    `own` is what the report says of itself (period, day, issue): its numbers need no source. Nothing is
    written, and the same publication, text and items give the same report.
    """
    draft = parse(text)
    marks = draft.marks()
    library = Library(publication, (_document_id(mark, items) for mark in marks))
    spoken = "en" if language == "en" else "zh"
    looked = Looked(text, draft, units(draft, title), spoken, items, library, tuple(own))

    def problem(figure: Figure) -> str:
        return figure_problem(publication, figure.settings, spoken)

    findings, quotes = check_quotations(looked)
    findings += Sourced(looked, quotes).findings()
    findings += check_references(looked)
    findings += check_titles(looked)
    findings += check_claims(looked)
    findings += check_copied(looked)
    findings += check_personal(looked)
    findings += check_secrecy(looked)
    findings += check_figures(looked, problem)
    findings += check_left_over(looked)
    return CheckReport(tuple(sorted(findings, key=_place)), tuple(quotes), publication.publication_id)


def report_as_json(report: CheckReport, waived: Iterable[str] = ()) -> dict[str, Any]:
    """The report in the shape of docs/json.md; `signs` says that nothing forbids to sign."""
    passed = frozenset(waived)
    return {
        "publication": report.publication_id,
        "signs": not report.stops and not report.unwaived(passed),
        "counts": dict(report.counts),
        "findings": [
            {
                "kind": one.kind, "weight": one.weight, "key": one.key, "waived": one.key in passed,
                "block": one.block, "start": one.start, "end": one.end, "text": one.text,
                "values": dict(one.values), "document_id": one.document_id, "paragraph": one.paragraph,
            }
            for one in report.findings
        ],
        "quotes": [
            {
                "block": one.block, "start": one.start, "end": one.end, "text": one.text,
                "verdict": one.verdict,
                "document_id": one.document_id, "version_no": one.version_no, "where": one.where,
                "file": one.file or None, "paragraph": one.paragraph, "source_start": one.source_start,
                "source_end": one.source_end, "last_paragraph": one.last_paragraph,
                "source_text": one.source_text, "item_id": one.item_id, "reading_id": one.reading_id,
            }
            for one in report.quotes
        ],
    }  # fmt: skip


def _document_id(mark: Mark, items: Mapping[int, BasketItem]) -> str:
    if mark.kind == "document":
        return mark.key
    item = items.get(int(mark.key))
    return item.passage.document_id if item else ""


def _place(one: Finding) -> tuple[int, int, int]:
    return one.block, one.start, ("stop", "look", "told").index(one.weight)
