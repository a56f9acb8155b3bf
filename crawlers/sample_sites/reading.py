"""Reads the sample's TOML files: a card for each site, a record for each document."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from crawlers.sample_sites.model import (
    Change,
    Column,
    Outage,
    PageHabits,
    Redesign,
    SampleAttachment,
    SampleCitation,
    SampleDocument,
    SampleDuty,
    SampleFinding,
    SampleFollowing,
    SampleTarget,
    SiteCard,
)
from warehouse.errors import UserError

_REQUIRED = ("title", "kind", "departments", "topic", "published", "column", "text")
_OPTIONAL = (
    *("written", "doc_number", "index_number", "validity", "source_line", "summary", "attachments", "cites"),
    *("duties", "personal", "effective", "expires", "reprint_of", "interprets", "appears", "withdrawn"),
    *("restored", "moves", "changes", "page", "notes", "targets", "problems", "measures", "follows"),
    "lapses",
)


def folders() -> list[Traversable]:
    """The folders of the sample, one a site, by name."""
    root = files("crawlers.sample_sites") / "documents"
    return sorted((item for item in root.iterdir() if item.is_dir()), key=lambda item: item.name)


def read_site(folder: Traversable) -> SiteCard:
    """The card that the folder's `site.toml` states."""
    raw = tomllib.loads((folder / "site.toml").read_text(encoding="utf-8"))
    return SiteCard(
        folder=folder.name,
        columns=tuple(Column(**column) for column in raw.pop("columns")),
        robots=raw.pop("robots", None),
        outages=tuple(Outage(**outage) for outage in raw.pop("outages", [])),
        redesigns=tuple(Redesign(**redesign) for redesign in raw.pop("redesigns", [])),
        **raw,
    )


def read_documents(card: SiteCard) -> list[SampleDocument]:
    """Every document of a site by identifier; a UserError names the file and the key that does not fit."""
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
        targets=tuple(_target(item) for item in raw.get("targets", [])),
        problems=tuple(_finding(item) for item in raw.get("problems", [])),
        measures=tuple(_finding(item) for item in raw.get("measures", [])),
        lapses=tuple(raw.get("lapses", ())),
        follows=tuple(_following(item) for item in raw.get("follows", [])),
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
    _only(raw, "who", "what", "due", "rule")
    return SampleDuty(tuple(raw["who"]), raw["what"], raw.get("due"), raw.get("rule", ""))


def _target(raw: dict[str, Any]) -> SampleTarget:
    _only(raw, "what", "value", "by", "place")
    return SampleTarget(raw["what"], raw["value"], raw.get("by"), raw["place"])


def _finding(raw: dict[str, Any]) -> SampleFinding:
    _only(raw, "tag", "where", "passage")
    return SampleFinding(raw["tag"], raw["where"], raw["passage"])


def _following(raw: dict[str, Any]) -> SampleFollowing:
    _only(raw, "number", "added", "dropped")
    return SampleFollowing(raw["number"], tuple(raw.get("added", ())), tuple(raw.get("dropped", ())))


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
