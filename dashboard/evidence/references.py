"""The references of a pack in the forms that programs read, and as a list that people read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.evidence.model import BIBTEX, CSL, PRINTED, RIS, CitedSource
from warehouse.citing.entry import entry_text
from warehouse.citing.listing import write_references
from warehouse.citing.style import DEFAULT, style_named
from warehouse.exchange.formats import REFERENCES
from warehouse.exchange.reference_record import ReferenceRecord, reference_record

_FORMS = {"ris": RIS, "bibtex": BIBTEX, "csl-json": CSL}
_UNKNOWN = (
    *("url", "doc_number", "index_number", "issuer", "published", "written", "effective", "doc_type"),
    *("language", "jurisdiction", "region", "excerpt", "origin", "reuse", "source_name_zh"),
    *("source_name_en", "timezone", "captured_at", "abstract"),
)


def record_of(source: CitedSource) -> ReferenceRecord:
    """The reference to a source; to one that is gone from the publication what the pins know of it."""
    return reference_record(source.known or _gone(source))


def printed(source: CitedSource) -> str:
    """The entry of the list, by GB/T 7714 as it is in force."""
    return entry_text(record_of(source), style_named(DEFAULT))


def reference_files(sources: Sequence[CitedSource]) -> dict[str, bytes]:
    """The members with the references, all of them in every form."""
    records = [record_of(one) for one in sources]
    files = {file: "".join(REFERENCES[form](records)) for form, file in _FORMS.items()}
    files[PRINTED] = "".join(write_references(records, style_named(DEFAULT)))
    return {name: files[name].encode("utf-8") for name in sorted(files)}


def _gone(source: CitedSource) -> dict[str, Any]:
    known = {"document_id": source.document_id, "title": source.title, "source_id": "", "sample": False}
    lists: dict[str, Any] = {"issuers": [], "subjects": [], "related": []}
    return {**dict.fromkeys(_UNKNOWN), **known, **lists, "validity": "unknown"}
