"""Reads the sample's documents from their TOML files and says what each site holds on a given day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from crawlers.sample_sites.model import (
    Change,
    Column,
    PageHabits,
    SampleAttachment,
    SampleCitation,
    SampleDocument,
    SampleDuty,
    SiteCard,
)
from crawlers.sample_sites.settings import day_date
from warehouse.errors import UserError

_REQUIRED = ("title", "kind", "departments", "topic", "published", "column", "text")
_OPTIONAL = (
    *("written", "doc_number", "index_number", "validity", "source_line", "summary", "attachments", "cites"),
    *("duties", "personal", "effective", "expires", "reprint_of", "interprets", "appears", "withdrawn"),
    *("restored", "moves", "changes", "page", "notes"),
)


@dataclass(frozen=True, slots=True)
class Present:
    """A document as its site shows it on one day."""

    document: SampleDocument
    column: str
    changed_on: int | None  # the last day its text or fields changed
    former_columns: tuple[str, ...]  # columns it was moved away from; their addresses redirect


@lru_cache(maxsize=1)
def sites() -> tuple[SiteCard, ...]:
    """Every site of the sample, in the order of their folders."""
    return tuple(_read_site(folder) for folder in _folders())


@lru_cache(maxsize=1)
def documents() -> tuple[SampleDocument, ...]:
    """Every document of the sample, of whatever day, site by site and by identifier."""
    return tuple(document for card in sites() for document in _read_documents(card))


def present(site: str, day: int) -> tuple[Present, ...]:
    """What a site shows on a day, newest first."""
    shown = [_on_day(d, day) for d in documents() if d.site == site and is_present(d, day)]
    return tuple(sorted(shown, key=lambda p: (p.document.published, p.document.site_id), reverse=True))


def is_present(document: SampleDocument, day: int) -> bool:
    """Whether the document's page answers on that day."""
    if day < document.appears:
        return False
    gone = document.withdrawn is not None and day >= document.withdrawn
    back = document.restored is not None and day >= document.restored
    return not gone or back


def _on_day(document: SampleDocument, day: int) -> Present:
    done = [change for change in document.changes if change.day <= day]
    shown = document
    for change in done:
        shown = _apply(shown, change)
    columns = [document.column, *(column for moved, column in document.moves if moved <= day)]
    return Present(shown, columns[-1], done[-1].day if done else None, tuple(columns[:-1]))


def _apply(document: SampleDocument, change: Change) -> SampleDocument:
    paragraphs = document.paragraphs
    for old, new in change.replace:
        if not any(old in paragraph for paragraph in paragraphs):
            raise UserError(
                f"{document.key}: changes of day {change.day} replace '{old}', which the text does not hold."
            )
        paragraphs = tuple(paragraph.replace(old, new) for paragraph in paragraphs)
    notes = (*document.notes, (day_date(change.day - 1), change.note)) if change.note else document.notes
    return replace(
        document, paragraphs=paragraphs, validity=change.validity or document.validity, notes=notes
    )


def _folders() -> list[Traversable]:
    root = files("crawlers.sample_sites") / "documents"
    return sorted((item for item in root.iterdir() if item.is_dir()), key=lambda item: item.name)


def _read_site(folder: Traversable) -> SiteCard:
    raw = tomllib.loads((folder / "site.toml").read_text(encoding="utf-8"))
    columns = tuple(Column(**column) for column in raw.pop("columns"))
    return SiteCard(folder=folder.name, columns=columns, robots=raw.pop("robots", None), **raw)


def _read_documents(card: SiteCard) -> list[SampleDocument]:
    folder = files("crawlers.sample_sites") / "documents" / card.folder
    names = sorted(
        item.name for item in folder.iterdir() if item.name.endswith(".toml") and item.name != "site.toml"
    )
    return [_read_document(card, name, (folder / name).read_text(encoding="utf-8")) for name in names]


def _read_document(card: SiteCard, name: str, text: str) -> SampleDocument:
    where = f"{card.folder}/{name}"
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{where}: not readable as TOML ({error}).") from error
    missing = [key for key in _REQUIRED if key not in raw]
    unknown = sorted(set(raw) - set(_REQUIRED) - set(_OPTIONAL))
    if missing or unknown:
        raise UserError(f"{where}: missing keys {missing}, unknown keys {unknown}.")
    if raw["column"] not in {column.key for column in card.columns}:
        raise UserError(f"{where}: column '{raw['column']}' is not in site.toml.")
    return _document(card, name.removesuffix(".toml"), raw)


def _document(card: SiteCard, site_id: str, raw: dict[str, Any]) -> SampleDocument:
    return SampleDocument(
        key=f"{card.source_id}/{site_id}",
        site=card.folder,
        site_id=site_id,
        column=raw["column"],
        title=raw["title"],
        kind=raw["kind"],
        departments=tuple(raw["departments"]),
        topic=raw["topic"],
        published=raw["published"],
        written=raw.get("written"),
        doc_number=raw.get("doc_number"),
        index_number=raw.get("index_number"),
        validity=raw.get("validity"),
        source_line=raw.get("source_line"),
        summary=raw.get("summary", ""),
        paragraphs=_lines(raw["text"]),
        attachments=tuple(_attachment(item) for item in raw.get("attachments", [])),
        citations=tuple(SampleCitation(r, n or None, t or None) for r, n, t in raw.get("cites", [])),
        duties=tuple(_duty(item) for item in raw.get("duties", [])),
        personal=tuple((kind, value) for kind, value in raw.get("personal", [])),
        effective=raw.get("effective"),
        expires=raw.get("expires"),
        reprint_of=raw.get("reprint_of"),
        interprets=raw.get("interprets"),
        appears=raw.get("appears", 0),
        withdrawn=raw.get("withdrawn"),
        restored=raw.get("restored"),
        moves=tuple((day, column) for day, column in raw.get("moves", [])),
        changes=tuple(_change(item) for item in raw.get("changes", [])),
        habits=_habits(raw.get("page", {})),
        notes=_notes(raw.get("notes", [])),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())


def _only(raw: dict[str, Any], *known: str) -> dict[str, Any]:
    """The table itself; a stray key (often a top-level key written below a table) is an error."""
    stray = sorted(set(raw) - set(known))
    if stray:
        raise UserError(f"unknown keys {stray} in a table that takes {', '.join(known)}.")
    return raw


def _duty(raw: dict[str, Any]) -> SampleDuty:
    _only(raw, "who", "what", "due")
    return SampleDuty(tuple(raw["who"]), raw["what"], raw.get("due"))


def _attachment(raw: dict[str, Any]) -> SampleAttachment:
    _only(raw, "name", "file", "kind", "text")
    return SampleAttachment(raw["name"], raw["file"], raw["kind"], _lines(raw["text"]))


def _change(raw: dict[str, Any]) -> Change:
    _only(raw, "day", "replace", "note", "validity")
    pairs = tuple((old, new) for old, new in raw.get("replace", []))
    return Change(raw["day"], pairs, raw.get("note", ""), raw.get("validity"))


def _notes(raw: Iterable[tuple[date, str]]) -> tuple[tuple[date, str], ...]:
    return tuple((day, note) for day, note in raw)


def _habits(raw: dict[str, Any]) -> PageHabits:
    values = dict(raw)
    values["omit"] = tuple(values.get("omit", ()))
    values["override"] = tuple(sorted(values.get("override", {}).items()))
    unknown = set(values) - {field.name for field in fields(PageHabits)}
    if unknown:
        raise UserError(f"[page] holds unknown keys {sorted(unknown)}.")
    return PageHabits(**values)
