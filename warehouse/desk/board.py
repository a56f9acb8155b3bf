"""What people say of the board's precedents: confirmed or rejected, with a reason, and taken back.

A judgement keeps what was known of the pair when it was made (its features), so that the ranking learns
the same from it whatever is published later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Column, Engine, Float, Integer, String, Table, Text, insert, select, update

from warehouse.clock import Clock
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import instant
from warehouse.desk.tables import metadata
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing

Verdict = Literal["confirmed", "rejected"]
Pair = tuple[str, str]  # passage of the problem, passage of the measure

board_judgement = Table(
    "board_judgement",
    metadata,
    Column("judgement_id", Integer, primary_key=True),
    Column("problem_id", String, nullable=False),
    Column("measure_id", String, nullable=False),
    Column("problem_document", String, nullable=False),
    Column("measure_document", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("features", Text, nullable=False),  # JSON
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("undone_at", Float),
    Column("undone_by", String),
)


@dataclass(frozen=True, slots=True)
class BoardJudgement:
    """One word of a person on one pair; `features` are the numbers the ranking learns from."""

    judgement_id: int
    pair: Pair
    documents: tuple[str, str]
    verdict: str
    reason: str
    features: Mapping[str, float]
    account: str
    created_at: datetime
    undone_at: datetime | None
    undone_by: str | None


class BoardJudgements:
    """The log of judgements; the newest one of a pair that was not undone holds."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def give(
        self, pair: Pair, documents: tuple[str, str], verdict: Verdict, reason: str,
        features: Mapping[str, float], account: str,
    ) -> BoardJudgement:  # fmt: skip
        """Confirm or reject a precedent; a rejection says why, or raises UserError."""
        if verdict not in ("confirmed", "rejected"):
            raise UserError(f"Verdict '{verdict}' is unknown; confirm or reject the precedent.")
        at = self._clock.now().timestamp()
        row = {
            "problem_id": checked_text("problem", pair[0]), "measure_id": checked_text("measure", pair[1]),
            "problem_document": documents[0], "measure_document": documents[1], "verdict": verdict,
            "reason": checked_text("reason", reason, longest=2000, empty=verdict == "confirmed"),
            "features": json.dumps(dict(sorted(features.items()))), "account": account, "at": at,
        }  # fmt: skip
        with writing(self._engine) as connection:
            made = connection.execute(insert(board_judgement).values(row)).inserted_primary_key
            number = int(made[0]) if made else 0
            told = {"judgement_id": number, "verdict": verdict, "reason": row["reason"], "measure": pair[1]}
            note_event(connection, at, account, "judge-precedent", pair[0], told)
            return _read(
                connection.execute(
                    select(board_judgement).where(board_judgement.c.judgement_id == number)
                ).one()
            )

    def undo(self, judgement_id: int, account: str) -> None:
        """Take a judgement back; the one before it of the pair holds again; UserError when it holds not."""
        log = board_judgement
        at = self._clock.now().timestamp()
        with writing(self._engine) as connection:
            row = connection.execute(select(log).where(log.c.judgement_id == judgement_id)).first()
            if row is None or row.undone_at is not None:
                raise UserError(f"Judgement {judgement_id} does not hold; nothing was taken back.")
            undone = update(log).where(log.c.judgement_id == judgement_id)
            connection.execute(undone.values(undone_at=at, undone_by=account))
            told = {"judgement_id": judgement_id, "measure": row.measure_id}
            note_event(connection, at, account, "undo-precedent", row.problem_id, told)

    def log(self) -> list[BoardJudgement]:
        """All judgements in the order made, those taken back among them."""
        with reading(self._engine) as connection:
            found = connection.execute(select(board_judgement).order_by(board_judgement.c.judgement_id))
            return [_read(row) for row in found]

    def holding(self) -> dict[Pair, BoardJudgement]:
        """The judgement that holds of each pair."""
        return {one.pair: one for one in self.log() if one.undone_at is None}


def _read(row: Any) -> BoardJudgement:
    return BoardJudgement(
        row.judgement_id, (row.problem_id, row.measure_id), (row.problem_document, row.measure_document),
        row.verdict, row.reason, json.loads(row.features), row.account, instant(row.at),
        instant(row.undone_at) if row.undone_at is not None else None, row.undone_by,
    )  # fmt: skip
