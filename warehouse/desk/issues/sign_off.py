"""Sign-off: a draft is submitted, returned or approved; at approval it gets its number and is frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from warehouse.clock import Clock
from warehouse.desk.audit import note_event
from warehouse.desk.drafts.states import move, standing
from warehouse.desk.issues.model import Issue, Step, StepKind, Waiver
from warehouse.desk.issues.points import close_points, closed_by, keep_points
from warehouse.desk.issues.rows import one_issue, read_step, read_waiver
from warehouse.desk.issues.signed import (
    Numbered,
    correct,
    end,
    keep_files,
    next_number,
    sha256,
    submitter,
    writers,
)
from warehouse.desk.issues.tables import issue, sign_off_step, waiver
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing

_LONGEST_REMARK = 2000


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approves which version of which draft, with what remark and under what conditions.

    `title` is the title that was checked. `four_eyes`: nobody who began the draft, wrote any version of it or
    ever submitted it may approve it. `looks` are the keys of the findings that must have been waived.
    `corrects` is the issue that this one stands in the place of.
    """

    draft_id: int
    revision: int
    account: str
    remark: str
    series: str
    year: int
    publication_id: str
    programme: str
    at: datetime
    four_eyes: bool
    title: str
    looks: frozenset[str] = frozenset()
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What is kept of an issue: its frozen JSON, its files by format, the points it leaves open or closes."""

    frozen: str
    files: Mapping[str, bytes]
    points: tuple[str, ...] = ()
    done: tuple[str, ...] = ()  # words of points that it tells to be done


class SignOff:
    """Steps and waivers are only added; an issue appears whole or not at all."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def submit(self, draft_id: int, revision: int, account: str, remark: str = "") -> Step:
        """Give a version to review; a UserError when it is not the head or not a draft."""
        return self._step("submit", draft_id, revision, account, remark, "review")

    def send_back(self, draft_id: int, revision: int, account: str, remark: str) -> Step:
        """Return a draft from review to its authors, with the reason."""
        checked_text("remark", remark, longest=_LONGEST_REMARK)
        return self._step("return", draft_id, revision, account, remark, "draft")

    def waive(
        self, draft_id: int, revision: int, finding: tuple[str, str, str], remark: str, account: str,
        four_eyes: bool = False,
    ) -> Waiver:  # fmt: skip
        """A finding (key, kind, words) may stand, and why. It holds for the draft while its words stay."""
        key, kind, text = finding
        at = self._clock.now().timestamp()
        row = {
            "draft_id": draft_id, "key": checked_text("finding", key), "kind": kind, "text": text[:2000],
            "remark": checked_text("remark", remark, longest=_LONGEST_REMARK), "account": account, "at": at,
            "revision": revision,
        }  # fmt: skip
        with writing(self._engine) as connection:
            found = standing(connection, draft_id)
            if found.state != "review" or found.revision != revision:
                raise UserError(
                    f"Draft {draft_id} is '{found.state}' at version {found.revision}; findings are waived"
                    " while exactly the checked version is in review."
                )
            if four_eyes:
                _refuse_writers(connection, found, account)
            wanted = select(waiver).where(waiver.c.draft_id == draft_id, waiver.c.key == key)
            if connection.execute(wanted).first() is not None:
                raise UserError(f"This finding of draft {draft_id} was waived already.")
            connection.execute(insert(waiver).values(row))
            told = {"revision": revision, "kind": kind, "text": row["text"], "remark": row["remark"]}
            note_event(connection, at, account, "waive-finding", f"draft {draft_id}", told)
            return read_waiver(connection.execute(wanted).one())

    def approve(self, asked: Approval, write: Callable[[Numbered], Written]) -> Issue:
        """Sign: `write` makes the files for a number, which is given when nothing else took it meanwhile.

        The number is given, the files are kept and the draft becomes `signed` in one transaction. Writing
        files takes seconds and stands outside it, so that nobody waits; whoever was overtaken writes them
        again. Every time that happens another issue was signed, so this ends. What fails uses no number.
        """
        checked_text("remark", asked.remark, longest=_LONGEST_REMARK, empty=True)
        while True:
            with reading(self._engine) as connection:
                self._refuse(connection, asked)
                expected = next_number(connection, asked.series, asked.year)
            written = write(expected)
            with writing(self._engine) as connection:
                if next_number(connection, asked.series, asked.year) == expected:
                    return self._sign(connection, asked, expected, written)

    def withdraw(self, issue_id: int, account: str, remark: str) -> Issue:
        """Take a signed issue back, with the reason; its number stays with it."""
        said = checked_text("remark", remark, longest=_LONGEST_REMARK)
        with writing(self._engine) as connection:
            held = one_issue(connection, issue_id)
            if held.state != "signed":
                raise UserError(f"Issue {issue_id} is '{held.state}'; only a signed issue is withdrawn.")
            at = self._clock.now().timestamp()
            end(connection, issue_id, "withdrawn", at, None)
            self._note(connection, "withdraw", held.draft_id, held.revision, account, said, at, issue_id)
            note_event(connection, at, account, "withdraw-report", f"issue {issue_id}", {"remark": said})
            return one_issue(connection, issue_id)

    def steps(self, draft_id: int) -> list[Step]:
        """The steps of a draft in the order taken."""
        log = sign_off_step
        wanted = select(log).where(log.c.draft_id == draft_id).order_by(log.c.step_id)
        with reading(self._engine) as connection:
            return [read_step(row) for row in connection.execute(wanted)]

    def waivers(self, draft_id: int) -> list[Waiver]:
        """What was waived of a draft, in the order of time."""
        wanted = select(waiver).where(waiver.c.draft_id == draft_id).order_by(waiver.c.at, waiver.c.key)
        with reading(self._engine) as connection:
            return [read_waiver(row) for row in connection.execute(wanted)]

    # inside

    def _step(
        self, kind: StepKind, draft_id: int, revision: int, account: str, remark: str, state: Any
    ) -> Step:
        said = checked_text("remark", remark, longest=_LONGEST_REMARK, empty=True)
        at = self._clock.now().timestamp()
        with writing(self._engine) as connection:
            move(connection, draft_id, revision, state, account, at)
            step = self._note(connection, kind, draft_id, revision, account, said, at)
            told = {"revision": revision, "remark": said}
            note_event(connection, at, account, f"{kind}-report", f"draft {draft_id}", told)
            return step

    def _note(
        self, connection: Connection, kind: StepKind, draft_id: int, revision: int, account: str, remark: str,
        at: float, issue_id: int | None = None,
    ) -> Step:  # fmt: skip
        row = {
            "draft_id": draft_id, "revision": revision, "kind": kind, "account": account, "at": at,
            "remark": remark, "issue_id": issue_id,
        }  # fmt: skip
        made = connection.execute(insert(sign_off_step).values(row)).inserted_primary_key
        wanted = select(sign_off_step).where(sign_off_step.c.step_id == (made[0] if made else 0))
        return read_step(connection.execute(wanted).one())

    def _refuse(self, connection: Connection, asked: Approval) -> tuple[Any, str]:
        """The draft's row and who submitted it; a UserError says why the approval cannot be."""
        row = standing(connection, asked.draft_id)
        if row.state != "review" or row.revision != asked.revision:
            raise UserError(
                f"Draft {asked.draft_id} is '{row.state}' at version {row.revision}; only a version in review"
                f" is approved, exactly the one that was checked (here {asked.revision})."
            )
        if row.title != asked.title:
            raise UserError(f"Draft {asked.draft_id} has another title now; look at it again.")
        submitted = submitter(connection, asked.draft_id)
        if asked.four_eyes:
            _refuse_writers(connection, row, asked.account)
        held = select(waiver.c.key).where(waiver.c.draft_id == asked.draft_id)
        left = asked.looks - {str(key) for (key,) in connection.execute(held)}
        if left:
            raise UserError(
                f"{len(left)} findings of draft {asked.draft_id} are neither mended nor waived with a remark."
            )
        return row, submitted

    def _sign(self, connection: Connection, asked: Approval, given: Numbered, written: Written) -> Issue:
        row, submitted = self._refuse(connection, asked)
        at = asked.at.timestamp()
        move(connection, asked.draft_id, asked.revision, "signed", asked.account, at)
        values = {
            "series": given.series, "year": given.year, "number": given.number, "total": given.total,
            "draft_id": asked.draft_id, "revision": asked.revision, "template": row.template,
            "theme": row.theme, "title": row.title, "language": row.language, "frozen": written.frozen,
            "sha256": sha256(written.frozen.encode("utf-8")), "publication_id": asked.publication_id,
            "programme": asked.programme, "author": row.account, "submitted_by": submitted,
            "approved_by": asked.account, "approved_at": at, "state": "signed",
        }  # fmt: skip
        made = connection.execute(insert(issue).values(values)).inserted_primary_key
        issue_id = int(made[0]) if made else 0
        keep_files(connection, issue_id, written.files)
        close_points(connection, given.series, written.done, asked.account, at, closed_by(issue_id))
        keep_points(connection, issue_id, given.series, written.points, asked.account, at)
        self._note(
            connection, "approve", asked.draft_id, asked.revision, asked.account, asked.remark.strip(), at,
            issue_id,
        )  # fmt: skip
        if asked.corrects is not None:
            correct(connection, asked.corrects, issue_id, given.series, at)
        told = {
            "issue_id": issue_id, "series": given.series, "year": given.year, "number": given.number,
            "revision": asked.revision, "sha256": values["sha256"], "corrects": asked.corrects,
        }  # fmt: skip
        note_event(connection, at, asked.account, "approve-report", f"draft {asked.draft_id}", told)
        return one_issue(connection, issue_id)


def _refuse_writers(connection: Connection, row: Any, account: str) -> None:
    if account in writers(connection, row):
        raise UserError(
            f"{account} wrote or submitted draft {row.draft_id}; another reviewer must do this. Where there"
            " is none, an administrator sets [report] four_eyes = false in govbrief.toml."
        )
