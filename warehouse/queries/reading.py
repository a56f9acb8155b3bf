"""What the questions need of a publication, and the few helpers all subjects share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from warehouse.bodies import BodyPlace

Row = dict[str, Any]


class Published(Protocol):
    """A publication as queries and search see it; `warehouse.publication.Publication` is one."""

    @property
    def publication_id(self) -> str:
        """The publication's name."""

    @property
    def index_folder(self) -> Path:
        """Where its search index lies."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """The rows of one statement as dictionaries."""

    def body(self, document_id: str) -> tuple[str, ...]:
        """The numbered paragraphs of one document."""

    def body_at(self, place: BodyPlace) -> tuple[str, ...]:
        """The paragraphs of a body whose place is known."""


def first(rows: Iterable[Row]) -> Row | None:
    """The first row, or None."""
    return next(iter(rows), None)


def placeholders(values: Sequence[object]) -> str:
    """As many question marks as there are values, for `in (...)`; `null` for none, which matches nothing."""
    return ", ".join("?" for _ in values) or "null"


def within(limit: int, most: int) -> int:
    """A limit that a caller asked for, kept between one and the most this question returns."""
    return max(1, min(limit, most))
