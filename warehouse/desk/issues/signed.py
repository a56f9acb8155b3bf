"""What an approval writes: the number of an issue, its files, the end of an issue that it corrects."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from warehouse.desk.drafts.tables import draft_revision
from warehouse.desk.issues.points import drop_points, reopen_points
from warehouse.desk.issues.rows import one_issue
from warehouse.desk.issues.tables import issue, issue_file, sign_off_step
from warehouse.errors import UserError


@dataclass(frozen=True, slots=True)
class Numbered:
    """The place of an issue: in its year and in its series."""

    series: str
    year: int
    number: int
    total: int


def next_number(connection: Connection, series: str, year: int) -> Numbered:
    """The number that the next issue of a series and year gets."""
    of_series = select(func.max(issue.c.total)).where(issue.c.series == series)
    of_year = select(func.max(issue.c.number)).where(issue.c.series == series, issue.c.year == year)
    number, total = (connection.execute(one).scalar() or 0 for one in (of_year, of_series))
    return Numbered(series, year, int(number) + 1, int(total) + 1)


def sha256(data: bytes) -> str:
    """The hash as it is printed: hexadecimal, lower case."""
    return hashlib.sha256(data).hexdigest()


def keep_files(connection: Connection, issue_id: int, files: Mapping[str, bytes]) -> None:
    """Keep the bytes of the files with their sizes and hashes."""
    rows = [
        {"issue_id": issue_id, "format": name, "data": data, "size": len(data), "sha256": sha256(data)}
        for name, data in files.items()
    ]
    if rows:
        connection.execute(insert(issue_file), rows)


def correct(connection: Connection, old: int, new: int, series: str, at: float) -> None:
    """The earlier issue is told to be corrected by the new one of the same series."""
    held = one_issue(connection, old)
    if held.series != series:
        raise UserError(f"Issue {old} is of the series '{held.series}', not '{series}'; nothing was signed.")
    if held.state != "signed":
        raise UserError(f"Issue {old} is '{held.state}' already and cannot be corrected; nothing was signed.")
    end(connection, old, "corrected", at, new)


def end(connection: Connection, issue_id: int, state: str, at: float, by: int | None) -> None:
    """Bring an issue into its last state; points that it told to be done are open again, and those that it
    alone raised end with it.
    """
    ended = update(issue).where(issue.c.issue_id == issue_id)
    connection.execute(ended.values(state=state, state_at=at, corrected_by=by))
    reopen_points(connection, issue_id)
    drop_points(connection, issue_id, at, by)


def submitter(connection: Connection, draft_id: int) -> str:
    """Who gave the draft to review last; a UserError when nobody did."""
    log = sign_off_step
    wanted = select(log.c.account).where(log.c.draft_id == draft_id, log.c.kind == "submit")
    row = connection.execute(wanted.order_by(log.c.step_id.desc())).first()
    if row is None:
        raise UserError(f"Draft {draft_id} was not submitted; 'govbrief report submit {draft_id}' does it.")
    return str(row.account)


def writers(connection: Connection, row: Any) -> frozenset[str]:
    """Who began a draft, wrote any version of it, or ever gave it to review."""
    log, steps = draft_revision, sign_off_step
    wrote = connection.scalars(select(log.c.account).where(log.c.draft_id == row.draft_id))
    gave = select(steps.c.account).where(steps.c.draft_id == row.draft_id, steps.c.kind == "submit")
    return frozenset({str(row.account), *map(str, wrote), *map(str, connection.scalars(gave))})
