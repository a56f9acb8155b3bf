"""What people answered to the alarms of the crawl: seen by whom, and whether it led to an action."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, insert, select

from warehouse.clock import Clock
from warehouse.desk import tables
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import batches, instant
from warehouse.desk.values import checked_text
from warehouse.run_records import Alarm
from warehouse.sqlite_file import reading, writing


@dataclass(frozen=True, slots=True)
class Answer:
    """The latest answer to one alarm."""

    alarm_no: int
    verdict: str  # of the alarm when it was answered
    opened_at: datetime
    acted: bool | None  # None: not said yet
    note: str
    account: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Share:
    """How many alarms there were, how many were acknowledged, how many led to an action."""

    alarms: int
    acknowledged: int
    acted: int


class AlarmAnswers:
    """The log of answers; a later answer to the same alarm takes the place of an earlier one."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def give(self, alarm: Alarm, account: str, *, acted: bool | None = None, note: str = "") -> Answer:
        """Acknowledge an alarm; a UserError when the note is too long or holds control characters.

        An `acted` or a note that was given before and is not given now stays as it was.
        """
        before = self.of([alarm]).get(alarm.alarm_no)
        kept = checked_text("note", note, longest=2000, empty=True)
        at = self._clock.now().timestamp()
        row = {
            "alarm_no": alarm.alarm_no,
            "source_id": alarm.source_id,
            "code": alarm.code,
            "verdict": alarm.verdict,
            "opened_at": alarm.opened_at.timestamp(),
            "acted": _number(before.acted if acted is None and before else acted),
            "note": kept or (before.note if before else ""),
            "account": account,
            "at": at,
        }
        with writing(self._engine) as connection:
            connection.execute(insert(tables.alarm_answer).values(row))
            detail = {"source": alarm.source_id, "code": alarm.code, "acted": row["acted"]}
            subject = f"alarm {alarm.alarm_no}"
            note_event(connection, at, account, "answer-alarm", subject, detail)
        return self.of([alarm])[alarm.alarm_no]

    def of(self, alarms: Iterable[Alarm]) -> dict[int, Answer]:
        """The latest answers to these alarms by their number; those never answered are left out.

        An answer to one of the same number but another beginning (of a crawl state before this) is none.
        """
        begun = {one.alarm_no: one.opened_at for one in alarms}
        return {number: one for number, one in self._latest(begun).items() if one.opened_at == begun[number]}

    def share(self, alarms: Iterable[Alarm]) -> Share:
        """Of these alarms, how many were acknowledged and how many led to an action."""
        held = list(alarms)
        answers = self.of(held).values()
        return Share(len(held), len(answers), sum(one.acted is True for one in answers))

    def _latest(self, numbers: Iterable[int]) -> dict[int, Answer]:
        log = tables.alarm_answer
        found: dict[int, Answer] = {}
        with reading(self._engine) as connection:
            for some in batches([str(number) for number in sorted(numbers)]):
                wanted = select(log).where(log.c.alarm_no.in_([int(one) for one in some]))
                for row in connection.execute(wanted.order_by(log.c.answer_id)):
                    found[row.alarm_no] = _answer(row)
        return found


def silences(answer: Answer | None, alarm: Alarm) -> bool:
    """Whether an alarm was acknowledged as it is now: with another verdict it asks for a look again."""
    return answer is not None and answer.verdict == alarm.verdict


def _number(acted: bool | None) -> int | None:
    return None if acted is None else int(acted)


def _answer(row: Any) -> Answer:
    return Answer(
        alarm_no=row.alarm_no,
        verdict=row.verdict,
        opened_at=instant(row.opened_at),
        acted=None if row.acted is None else bool(row.acted),
        note=row.note,
        account=row.account,
        at=instant(row.at),
    )
