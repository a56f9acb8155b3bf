"""Sittings: documents handed to a librarian to confirm or correct, and what the random half of them tells."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Engine, insert, select, update

from warehouse.clock import Clock
from warehouse.desk import tables
from warehouse.desk.corrections import instant
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing

Drawn = Literal["random", "doubtful"]
SIZE = 25


@dataclass(frozen=True, slots=True)
class Drawing:
    """One document to judge, with the class it has at that moment."""

    document_id: str
    drawn: Drawn
    given: str | None
    given_name: str | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One document of a sitting and what was said of it."""

    place: int
    document_id: str
    drawn: str
    given: str | None
    given_name: str | None
    score: float | None
    answer: str | None  # confirmed | corrected | skipped; None: not yet
    correction_id: int | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """Documents drawn together, in the order shown."""

    sitting_id: int
    field: str
    publication_id: str
    classifiers: tuple[str, ...]
    candidates: int
    drawn_at: datetime
    documents: tuple[Judged, ...]

    @property
    def answered(self) -> int:
        """How many were confirmed, corrected or passed over."""
        return sum(one.answer is not None for one in self.documents)

    @property
    def ended(self) -> bool:
        return self.answered == len(self.documents)


class Sittings:
    """The sittings of a home; each answer is written at once."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def begin(
        self, field: str, publication_id: str, classifiers: Sequence[str], candidates: int,
        documents: Sequence[Drawing], account: str,
    ) -> Sitting:  # fmt: skip
        """Keep a drawn sitting."""
        row = {
            "field": field, "publication_id": publication_id, "classifiers": json.dumps(list(classifiers)),
            "candidates": candidates, "account": account, "drawn_at": self._clock.now().timestamp(),
        }  # fmt: skip
        with writing(self._engine) as connection:
            made = connection.execute(insert(tables.sitting).values(row)).inserted_primary_key
            sitting_id = int(made[0]) if made else 0
            connection.execute(
                insert(tables.sitting_document),
                [
                    {
                        "sitting_id": sitting_id, "place": place, "document_id": one.document_id,
                        "drawn": one.drawn, "given": one.given, "given_name": one.given_name,
                        "score": one.score,
                    }
                    for place, one in enumerate(documents, start=1)
                ],
            )  # fmt: skip
        return self.of(sitting_id)

    def of(self, sitting_id: int) -> Sitting:
        """One sitting; a UserError when there is none of that number."""
        found = [one for one in self.listed() if one.sitting_id == sitting_id]
        if not found:
            raise UserError(
                f"There is no sitting {sitting_id}; 'govbrief train --sitting' shows the open one."
            )
        return found[0]

    def open_one(self, field: str = "topic") -> Sitting | None:
        """The latest sitting that has documents without an answer."""
        return next((one for one in self.listed() if one.field == field and not one.ended), None)

    def listed(self) -> list[Sitting]:
        """All sittings, newest first."""
        log, documents = tables.sitting, tables.sitting_document
        with reading(self._engine) as connection:
            judged: dict[int, list[Judged]] = {}
            for row in connection.execute(
                select(documents).order_by(documents.c.sitting_id, documents.c.place)
            ):
                judged.setdefault(row.sitting_id, []).append(_judged(row))
            rows = connection.execute(select(log).order_by(log.c.sitting_id.desc())).all()
        return [
            Sitting(
                row.sitting_id, row.field, row.publication_id, tuple(json.loads(row.classifiers)),
                row.candidates, instant(row.drawn_at), tuple(judged.get(row.sitting_id, ())),
            )
            for row in rows
        ]  # fmt: skip

    def answer(self, sitting_id: int, place: int, answer: str | None, correction_id: int | None) -> None:
        """Note what was said of one document; None takes the answer back."""
        kept = tables.sitting_document
        one = update(kept).where(kept.c.sitting_id == sitting_id, kept.c.place == place)
        at = self._clock.now().timestamp() if answer else None
        with writing(self._engine) as connection:
            connection.execute(one.values(answer=answer, correction_id=correction_id, answered_at=at))


def _judged(row: Any) -> Judged:
    return Judged(
        row.place, row.document_id, row.drawn, row.given, row.given_name, row.score, row.answer,
        row.correction_id,
    )  # fmt: skip
