"""JSONL rows in, labels out: what `classify --file` prints for each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from classify.pipeline import ClassifierPipeline, build_classifier
from classify.taxonomy.choice import named_schemes
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.identity import digest
from warehouse.records import Classification, Document, Label, StoredDocument

LABEL_FIELDS = ("department", "departments", "topic", "topics", "issuer")


def classify_rows(
    rows: Iterable[dict[str, Any]],
    hide_published: bool = False,
    model: Path | None = None,
    schemes: Sequence[str] = (),
    home: Home | None = None,
) -> Iterator[dict[str, Any]]:
    """One answer a row, in order: id, ranked departments and topics (empty where it abstains), and facts.

    `schemes`: packaged topic schemes, the home's or files of your own, the leading one first; none: those
    that the home chose, without a home the State Council's. The home's mappings and models count too.
    """
    chosen = named_schemes(schemes, home) if schemes else None
    classifier = build_classifier(home, model, hide_published, schemes=chosen)
    yield from answers(classifier, rows)


def answers(classifier: ClassifierPipeline, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The answers of a classifier that is already built."""
    documents = (stored_of_row(row, number) for number, row in enumerate(rows, start=1))
    for answer in classifier.classify(documents):
        yield row_answer(answer)


def stored_of_row(row: Mapping[str, Any], number: int) -> StoredDocument:
    """A row of the JSONL schema as a document; a UserError names the row and the field that does not fit."""
    text = _text(row, "text", number) or ""
    identifier = str(row.get("id") or f"row-{number}")
    document = Document(
        document_id=identifier, source_id=str(row.get("source") or "file"),
        url=_text(row, "url", number), site_id=None,
        title=_text(row, "title", number) or "", paragraphs=tuple(text.splitlines()),
        doc_number=_text(row, "doc_number", number), index_number=_text(row, "index_number", number),
        issuer=_text(row, "issuer", number), departments=_published_departments(row),
        topics=_listed(row.get("topics") or row.get("topic")),
        topic_scheme=_text(row, "topic_scheme", number),
        published=_date(row, "published", number), written=_date(row, "written", number),
        effective=_date(row, "effective", number), doc_type=_text(row, "doc_type", number),
        jurisdiction=_text(row, "jurisdiction", number),
        language=_text(row, "lang", number) or guess_language(row),
        unit=_text(row, "unit", number) or "document",
    )  # fmt: skip
    return StoredDocument(document, "rea-" + digest(identifier), None)


def guess_language(row: Mapping[str, Any]) -> str:
    """zh when the title or the beginning of the text holds Chinese characters."""
    sample = f"{row.get('title') or ''}{str(row.get('text') or '')[:400]}"
    return "zh" if any("一" <= sign <= "鿿" for sign in sample) else "en"


def row_answer(answer: Classification) -> dict[str, Any]:
    """The JSON of one answer; docs/json.md fixes its shape."""
    return {
        "id": answer.document_id,
        "department": [label_json(label) for label in answer.departments],
        "topic": [label_json(label) for label in answer.topics],
        "facts": {
            "doc_number": asdict(answer.number) if answer.number else None,
            "doc_type": answer.doc_type,
            "citations": [asdict(citation) for citation in answer.citations],
            "duties": [
                {**asdict(duty), "due": duty.due.isoformat() if duty.due else None} for duty in answer.duties
            ],
            "routes": [asdict(route) for route in answer.routes],
            "other": [asdict(fact) for fact in answer.facts],
        },
        "reasons": list(answer.reasons),
    }


def label_json(label: Label) -> dict[str, Any]:
    """A label as `classify --file` prints it."""
    evidence = [{key: value for key, value in asdict(e).items() if value is not None} for e in label.evidence]
    return {
        "code": label.code,
        "name": label.name,
        "score": label.score,
        "basis": label.basis,
        **({"given": label.given} if label.field == "topic" else {}),
        "evidence": evidence,
    }


def _published_departments(row: Mapping[str, Any]) -> tuple[str, ...]:
    return _listed(row.get("departments") or row.get("department"))


def _listed(value: object) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    return tuple(str(one) for one in value if one) if isinstance(value, list) else (str(value),)


def _text(row: Mapping[str, Any], key: str, number: int) -> str | None:
    value = row.get(key)
    if value is None or isinstance(value, str):
        return value or None
    raise UserError(f"row {number}: '{key}' must be text or null.")


def _date(row: Mapping[str, Any], key: str, number: int) -> date | None:
    value = _text(row, key, number)
    if value is None:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError as error:
        raise UserError(f"row {number}: '{key}' is '{value}', no date such as 2026-06-01.") from error
