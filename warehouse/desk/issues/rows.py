"""Rows of the issue tables read as records."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from warehouse.desk.corrections import instant
from warehouse.desk.issues.model import Issue, KeptFile, Notice, OpenPoint, Step, Waiver
from warehouse.desk.issues.tables import issue
from warehouse.errors import UserError

# Everything but the frozen text, which is read by itself when it is asked for.
ISSUE = tuple(column for column in issue.c if column.name != "frozen")


def one_issue(connection: Connection, issue_id: int) -> Issue:
    """An issue by its key; a UserError when there is none."""
    row = None
    if 0 < issue_id < 2**63:
        row = connection.execute(select(*ISSUE).where(issue.c.issue_id == issue_id)).first()
    if row is None:
        raise UserError(f"There is no issue {issue_id}; 'govbrief report issues' lists those there are.")
    return read_issue(row)


def read_issue(row: Any) -> Issue:
    """A row of `ISSUE` as the record."""
    return Issue(
        row.issue_id, row.series, row.year, row.number, row.total, row.draft_id, row.revision, row.template,
        row.theme, row.title, row.language, row.sha256, row.publication_id, row.programme, row.author,
        row.submitted_by, row.approved_by, instant(row.approved_at), row.state, maybe(row.state_at),
        row.corrected_by,
    )  # fmt: skip


def read_step(row: Any) -> Step:
    """A step of sign-off."""
    return Step(
        row.step_id,
        row.draft_id,
        row.revision,
        row.kind,
        row.account,
        instant(row.at),
        row.remark,
        row.issue_id,
    )


def read_waiver(row: Any) -> Waiver:
    """A waived finding."""
    return Waiver(
        row.draft_id, row.key, row.kind, row.text, row.remark, row.account, instant(row.at), row.revision
    )


def read_file(row: Any) -> KeptFile:
    """What is said of a kept file."""
    return KeptFile(row.issue_id, row.format, row.size, row.sha256)


def read_notice(row: Any) -> Notice:
    """A notice about a cited document."""
    return Notice(
        row.notice_id, row.issue_id, row.document_id, row.title, row.kind, row.said, row.publication_id,
        instant(row.at),
    )  # fmt: skip


def read_point(row: Any) -> OpenPoint:
    """An open point."""
    return OpenPoint(
        row.point_id, row.series, row.text, row.state, row.issue_id, row.account, instant(row.at),
        maybe(row.done_at), row.done_by, row.done_note,
    )  # fmt: skip


def maybe(at: float | None) -> datetime | None:
    """An instant, or None where there is none."""
    return instant(at) if at is not None else None


def day_of(text: str) -> date:
    """A kept day."""
    return date.fromisoformat(text)
