"""A draft as the checks see it: its runs of text, each with the references in it and what they bind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import Literal

from dashboard.checking.held import CitedDocument, Library
from dashboard.checking.model import WEIGHTS, Finding
from dashboard.drafting.model import (
    Block,
    Draft,
    Figure,
    Heading,
    Item,
    Mark,
    Paragraph,
    Quotation,
    Table,
    Text,
)
from warehouse.desk.basket.model import BasketItem

Kind = Literal["heading", "paragraph", "item", "quotation", "cell", "caption"]
_ENDS = re.compile(r"(?:[。！？!?；;]|\.(?=\s|$)|\n)[”’」』\"')）]*")
_SHORT = 160


@dataclass(frozen=True)
class Unit:
    """One run of text of a draft: its title (a heading of block -1), a heading, a paragraph, a point of
    a list, a quotation, a cell, the title or caption of a figure.
    """

    kind: Kind
    block: int
    text: Text
    row: int = -1
    column: int = -1
    bound: tuple[Mark, ...] = ()  # of a cell the marks of its row, else of its table; else the text's own

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence that holds the code point `at`."""
        start = 0
        for end in self._ends:
            if at < end:
                return start, end
            start = end
        return start, len(self.text.text)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(found.end() for found in _ENDS.finditer(self.text.text))

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Start and end of every sentence."""
        ends = [*self._ends, len(self.text.text)]
        return tuple((start, end) for start, end in zip([0, *ends], ends, strict=False) if start < end)


@dataclass(frozen=True)
class Looked:
    """What every check is given."""

    source: str  # the draft as it is written
    draft: Draft
    units: tuple[Unit, ...]
    language: str
    items: Mapping[int, BasketItem]
    library: Library
    own: tuple[str, ...] = ()  # what the report says of itself: its period, its issue

    def item(self, mark: Mark) -> BasketItem | None:
        """The item a reference names, None for one of a document or an unknown one."""
        return self.items.get(int(mark.key)) if mark.kind == "evidence" else None

    def document_id(self, mark: Mark) -> str | None:
        """The document a reference binds, None when there is no such item."""
        if mark.kind == "document":
            return mark.key
        item = self.item(mark)
        return item.passage.document_id if item else None

    def document(self, mark: Mark) -> CitedDocument | None:
        """The published document a reference binds."""
        return self.library.get(self.document_id(mark))

    def documents(self, marks: tuple[Mark, ...]) -> tuple[CitedDocument, ...]:
        """The published documents that references bind, each once, in their order."""
        found = {one.document_id: one for mark in marks if (one := self.document(mark)) is not None}
        return tuple(found.values())


def units(draft: Draft, title: str = "") -> tuple[Unit, ...]:
    """The runs of text of a draft in order, its title first."""
    found: list[Unit] = [Unit("heading", -1, Text(title))] if title.strip() else []
    for block in draft.blocks:
        if isinstance(block, Table):
            found += _cells(block)
        elif isinstance(block, Figure):
            said = (str(block.settings.get(name) or "") for name in ("title", "caption"))
            found += [Unit("caption", block.place.block, Text(one)) for one in said if one.strip()]
        elif isinstance(block, Heading | Paragraph | Quotation | Item):
            found.append(Unit(_kind(block), block.place.block, block.text, bound=block.text.marks))
    return tuple(found)


def finding(
    kind: str,
    unit: Unit | None,
    start: int = 0,
    end: int = 0,
    text: str = "",
    /,
    *,
    document_id: str | None = None,
    paragraph: int | None = None,
    told: str = "",
    **values: object,
) -> Finding:
    """A finding with its weight and key; `told` goes into the key besides the words, such as a version."""
    said = {name: str(value) for name, value in values.items()}
    block = unit.block if unit is not None else -1
    if unit is not None and unit.row >= 0:
        said |= {"row": str(unit.row), "column": str(unit.column)}
    words = text or (unit.text.text[start:end] if unit is not None else "")
    name = "\n".join((kind, " ".join(words.split()), document_id or "", told))
    key = f"{kind}-{sha256(name.encode()).hexdigest()[:12]}"
    return Finding(
        kind, WEIGHTS[kind], block, start, end, words, MappingProxyType(said), document_id, paragraph, key
    )


def short(text: str) -> str:
    """A text for a message, its middle left out when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT // 2]} …… {line[-_SHORT // 2 :]}"


def _kind(block: Block) -> Kind:
    if isinstance(block, Heading):
        return "heading"
    if isinstance(block, Quotation):
        return "quotation"
    return "item" if isinstance(block, Item) else "paragraph"


def _cells(table: Table) -> list[Unit]:
    found = []
    rows = (table.heads, *table.rows)
    every = tuple(mark for row in rows for cell in row for mark in cell.marks)
    for number, row in enumerate(rows):
        marks = tuple(mark for cell in row for mark in cell.marks)
        bound = (*marks, *(mark for cell in table.heads for mark in cell.marks)) if marks else every
        found += [
            Unit("cell", table.place.block, cell, number, column, bound) for column, cell in enumerate(row)
        ]
    return found
