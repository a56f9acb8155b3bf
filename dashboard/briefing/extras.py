"""What a briefing tells beside its lists, as values: a paper prints the answers that the page draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.briefing.matrix import Column, MatrixRow
from dashboard.briefing.model import Item
from dashboard.briefing.trend import MonthCount


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence that names a problem or a measure, picked by a program; `item.proof` is the sentence."""

    kind: str  # problem | measure
    item: Item


@dataclass(frozen=True, slots=True)
class Carried:
    """A point the briefing before had open or due, and what became of it."""

    item: Item  # its document; the proof is the duty's sentence
    who: tuple[str, ...]
    what: str
    due: date
    state: str  # overdue | unnamed | moved | ended | evidence | due
    seen: Item | None = None  # the first later document of the bearer


@dataclass(frozen=True, slots=True)
class Dispute:
    """Figures that differ for one aim, the latest first; each with the document that states it."""

    indicator: str
    year: str
    region: str
    figures: tuple[tuple[str, Item], ...]  # the figure with its unit


@dataclass(frozen=True, slots=True)
class KeyDocument:
    """A document that others rest on."""

    item: Item
    relation: str  # by which it is cited first of all
    place: int  # among all that are cited so
    cited_by: int


@dataclass(frozen=True, slots=True)
class Lacking:
    """The sentence behind a cell of the matrix that says there is none."""

    region: str
    column: str
    item: Item


@dataclass(frozen=True, slots=True)
class Step:
    """A reform that the body took part in; names are Chinese and English."""

    day: date
    kind: str  # renamed | merged | split | name-kept | functions
    before: tuple[str, str]
    after: tuple[str, str]
    what: str  # the functions that moved, "" for whole bodies
    act: str  # that decided it


@dataclass(frozen=True, slots=True)
class Extras:
    """Beside the lists; what is empty says nothing and is left out, `carried` apart."""

    summary: tuple[Item, ...]  # the proof is the sentence
    findings: tuple[Finding, ...]
    findings_since: date
    due_seen: tuple[tuple[str, Item], ...]  # of a duty (fact) the first later document of its bearer
    carried: tuple[Carried, ...]
    disputed: tuple[Dispute, ...]
    states: tuple[tuple[str, int], ...]  # documents by validity
    taking_force: tuple[tuple[date, Item], ...]  # first day in force
    joint: tuple[tuple[str, str, int], ...]  # bodies issued with: code, name, documents
    lineage: tuple[Step, ...]  # of a body, oldest first
    months: tuple[MonthCount, ...]
    columns: tuple[Column, ...]  # of the matrix of regions and measures
    rows: tuple[MatrixRow, ...]
    lacking: tuple[Lacking, ...]
    key_documents: tuple[KeyDocument, ...]
    related: tuple[tuple[str, int], ...]  # topic class and documents
    names: tuple[tuple[str, str, str], ...]  # classes and bodies by code: Chinese and English
