"""The records of shelves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ShelfState = Literal["draft", "published", "removed"]
STATES: tuple[ShelfState, ...] = ("draft", "published", "removed")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shelf: what it is about, who answers for the choice, and whether readers see it."""

    shelf_id: int
    title: str
    introduction: str  # plain paragraphs, a line each
    responsible: str  # as readers are told
    state: ShelfState
    account: str
    created_at: datetime
    changed_at: datetime
    published_at: datetime | None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The introduction's paragraphs."""
        return tuple(line.strip() for line in self.introduction.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document on a shelf; `title` is what it was called when it was chosen."""

    entry_id: int
    section_id: int
    document_id: str
    title: str
    note: str  # why it stands here
    account: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a shelf with its documents in their order."""

    section_id: int
    title: str
    documents: tuple[Shelved, ...]
