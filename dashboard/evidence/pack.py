"""From a signed issue to its evidence pack: one file, the same bytes whenever it is made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.drafting.grammar import parse
from dashboard.evidence.container import write_container
from dashboard.evidence.manifest import as_json, sealed
from dashboard.evidence.model import (
    EVIDENCE,
    README,
    SOURCES,
    TEXT,
    VIEWER,
    CitedSource,
    PackedOriginal,
    PackInput,
)
from dashboard.evidence.originals import packed_original
from dashboard.evidence.readme import card_text, readme_text
from dashboard.evidence.references import printed, reference_files
from dashboard.evidence.texts import PackedText, packed_texts, pin_content
from dashboard.evidence.viewer import viewer_page
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.pages_citing import cited

_LARGEST = 400_000_000  # bytes of all originals together; those behind it are told on cards


def packed(home: Home, publication: Publication, issue: PackInput) -> bytes:
    """The pack of an issue as the current `publication` and the archive have its sources.

    Terms and personal data are judged as they are known today; words that changed since are looked for in
    the publication on which the issue was signed, while it is kept. UserError when the text names a basket
    item that the issue did not freeze: such an issue was never checked.
    """
    signed_on = Publication.held(home, issue.publication_id)
    publications = [publication, *([signed_on] if signed_on else [])]
    sources = _sources(publications, issue)
    texts = packed_texts(publications, sources, issue.pins)
    originals = _originals(home, publication, sources, issue)
    issue_facts = _facts(issue, home.settings.place.timezone)
    members = _members(issue, issue_facts, sources, texts, originals)
    facts = {"issue": issue_facts, "publication_id": issue.publication_id}
    return write_container(sealed(home, members, facts))


def _members(
    issue: PackInput,
    facts: Mapping[str, Any],
    sources: Sequence[CitedSource],
    texts: Sequence[PackedText],
    originals: Sequence[PackedOriginal],
) -> dict[str, bytes]:
    pins = [pin_content(pin, texts) for pin in issue.pins]
    told = [_told(one, original) for one, original in zip(sources, originals, strict=True)]
    files = {f"report/report.{ending}": data for ending, data in issue.files}
    members = {
        EVIDENCE: as_json({"pins": pins}),
        SOURCES: as_json({"sources": told}),
        TEXT: issue.text.encode("utf-8"),
        **files,
        **reference_files(sources),
        **{one.file: as_json(one.content()) for one in texts},
        **_original_members(told, originals),
    }
    page = viewer_page(facts, issue.text, told, pins, [one.content() for one in texts], originals)
    ordered = {name: members[name] for name in sorted(members)}
    return {README: readme_text(facts).encode(), VIEWER: page.encode("utf-8", "replace"), **ordered}


def _original_members(
    told: Sequence[Mapping[str, Any]], originals: Sequence[PackedOriginal]
) -> dict[str, bytes]:
    found = {}
    for one, original in zip(told, originals, strict=True):
        if original.file:
            found[original.file] = original.data
        else:
            found[one["original"]["card_file"]] = card_text(one).encode("utf-8")
    return found


def _facts(issue: PackInput, timezone: str) -> dict[str, Any]:
    at = issue.signed_at.astimezone(ZoneInfo(timezone))
    return {
        "series": issue.series,
        "number": issue.number,
        "title": issue.title,
        "language": issue.language,
        "signed_at": issue.signed_at.isoformat(),
        "signed_local": f"{at:%Y-%m-%d %H:%M} ({timezone})",
        "state": issue.state,
        "frozen_sha256": issue.sha256,
    }


def _sources(publications: Sequence[Publication], issue: PackInput) -> list[CitedSource]:
    """The cited documents by the order in which the text first names them; those of pins alone follow."""
    pins = {pin.key: pin for pin in issue.pins}
    named: dict[str, str] = {}
    for mark in parse(issue.text).marks():
        if mark.kind == "document":
            named.setdefault(mark.key, mark.key)
            continue
        pin = pins.get(f"e{mark.key}")
        if pin is None:
            raise UserError(f"The issue names item e{mark.key}, which was not frozen with it; sign it again.")
        named.setdefault(pin.passage.document_id, pin.title)
    for pin in issue.pins:
        named.setdefault(pin.passage.document_id, pin.title)
    return [_source(publications, issue, at, *one) for at, one in enumerate(named.items(), start=1)]


def _source(
    publications: Sequence[Publication], issue: PackInput, number: int, document_id: str, title: str
) -> CitedSource:
    """The document as it is published now; gone since, it is known from the publication of the signing."""
    now, *before = (_row(one, document_id) for one in publications)
    known = next((row for row in (now, *before) if row), None)
    own = [one.passage.version_no for one in issue.pins if one.passage.document_id == document_id]
    called = str(known["title"]) if known and known["title"] else title
    return CitedSource(number, document_id, called, max(own, default=None), now, known)


def _row(publication: Publication, document_id: str) -> dict[str, Any] | None:
    row = cited(publication, document_id)
    if row is None:
        return None
    more = "select version_no, capture_id from document where document_id = ?"
    return {**row, **publication.rows(more, [document_id])[0]}


def _originals(
    home: Home, publication: Publication, sources: Sequence[CitedSource], issue: PackInput
) -> list[PackedOriginal]:
    made, size = [], 0
    for source in sources:
        pinned = [one.passage for one in issue.pins if one.passage.document_id == source.document_id]
        digest = next((one.sha256 for one in pinned if one.version_no == source.version_no), None)
        one = packed_original(home, publication, source, digest)
        size += len(one.data)
        made.append(PackedOriginal(None, b"", "large", one.card) if size > _LARGEST else one)
    return made


def _told(source: CitedSource, original: PackedOriginal) -> dict[str, Any]:
    """What sources.json says of a source."""
    row = source.known or {}
    return {
        "source": source.number,
        "document_id": source.document_id,
        "title": source.title,
        "version_no": source.version_no,
        "doc_number": row.get("doc_number"),
        "url": row.get("url"),
        "reuse": source.reuse,
        "validity": row.get("validity"),
        "sample": bool(row.get("sample")),
        "reference": printed(source),
        "original": {
            "file": original.file,
            "why": original.why,
            "card_file": None if original.file else f"originals/{source.name}.card.txt",
            "card": dict(original.card),
        },
    }
