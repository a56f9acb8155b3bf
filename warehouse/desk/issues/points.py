"""Open points: what an issue promised to follow, carried through its series until it is told to be done."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from warehouse.clock import Clock
from warehouse.desk.audit import note_event
from warehouse.desk.issues.model import OpenPoint
from warehouse.desk.issues.rows import read_point
from warehouse.desk.issues.tables import open_point
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing


class OpenPoints:
    """Points are raised by approvals and by people, and closed by people."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def of(self, series: str, state: str | None = "open") -> list[OpenPoint]:
        """The points of a series, the oldest first; state None: those done as well."""
        wanted = select(open_point).where(open_point.c.series == series).order_by(open_point.c.point_id)
        if state is not None:
            wanted = wanted.where(open_point.c.state == state)
        with reading(self._engine) as connection:
            return [read_point(row) for row in connection.execute(wanted)]

    def of_issue(self, issue_id: int) -> list[OpenPoint]:
        """The points that an issue raised first, with what became of them."""
        wanted = select(open_point).where(open_point.c.issue_id == issue_id).order_by(open_point.c.point_id)
        with reading(self._engine) as connection:
            return [read_point(row) for row in connection.execute(wanted)]

    def close(self, point_id: int, note: str, account: str) -> OpenPoint:
        """Say that a point is done, and how."""
        said = checked_text("note", note, longest=2000)
        at = self._clock.now().timestamp()
        one = select(open_point).where(open_point.c.point_id == point_id)
        with writing(self._engine) as connection:
            row = connection.execute(one).first()
            if row is None or row.state != "open":
                raise UserError(f"Open point {point_id} does not exist or was closed already.")
            done = update(open_point).where(open_point.c.point_id == point_id)
            connection.execute(done.values(state="done", done_at=at, done_by=account, done_note=said))
            told = {"point_id": point_id, "text": row.text, "note": said}
            note_event(connection, at, account, "close-point", f"issue {row.issue_id}", told)
            return read_point(connection.execute(one).one())


def keep_points(
    connection: Connection, issue_id: int, series: str, texts: Iterable[str], account: str, at: float
) -> None:
    """Keep the points that an issue leaves open; one that is open since an earlier issue stays as it is."""
    for text in dict.fromkeys(" ".join(one.split())[:500] for one in texts):
        if not text:
            continue
        row = {
            "series": series, "text": text, "state": "open", "issue_id": issue_id, "account": account,
            "at": at, "done_note": "",
        }  # fmt: skip
        connection.execute(upsert(open_point).values(row).on_conflict_do_nothing())


def close_points(
    connection: Connection, series: str, texts: Iterable[str], account: str, at: float, note: str
) -> None:
    """Close the open points of a series whose words these are; words that no point has change nothing."""
    for text in texts:
        held = (
            open_point.c.series == series,
            open_point.c.text == " ".join(text.split())[:500],
            open_point.c.state == "open",
        )
        done = update(open_point).where(*held)
        connection.execute(done.values(state="done", done_at=at, done_by=account, done_note=note))


def closed_by(issue_id: int) -> str:
    """What stands as the note of a point that an issue told to be done."""
    return f"issue {issue_id}"


def reopen_points(connection: Connection, issue_id: int) -> None:
    """Points that an issue closed are open again, unless a later one has raised the same words since."""
    held = (open_point.c.done_note == closed_by(issue_id), open_point.c.state == "done")
    rows = connection.execute(select(open_point).where(*held)).all()
    for row in rows:
        same = (
            open_point.c.series == row.series,
            open_point.c.text == row.text,
            open_point.c.state == "open",
        )
        if connection.execute(select(open_point.c.point_id).where(*same)).first() is None:
            again = update(open_point).where(open_point.c.point_id == row.point_id)
            connection.execute(again.values(state="open", done_at=None, done_by=None, done_note=""))


def drop_points(connection: Connection, issue_id: int, at: float, by: int | None) -> None:
    """Open points that an issue raised end with it; those of the issue that stands in its place are its own.

    A later issue that carried such a point names it in its text and raises it anew when it is signed again.
    """
    own = (open_point.c.issue_id == issue_id, open_point.c.state == "open")
    if by is not None:
        connection.execute(update(open_point).where(*own).values(issue_id=by))
        return
    ended = update(open_point).where(*own)
    connection.execute(ended.values(state="done", done_at=at, done_note=f"withdrawn with issue {issue_id}"))
