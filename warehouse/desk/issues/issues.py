"""The issues of a desk: what was signed, its files and notices; sign-off, spread, open points beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Engine, case, distinct, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from warehouse.clock import Clock
from warehouse.desk.audit import note_event
from warehouse.desk.issues.model import NOTICES, Adoption, Issue, KeptFile, Notice, NoticeKind
from warehouse.desk.issues.points import OpenPoints
from warehouse.desk.issues.rows import ISSUE, one_issue, read_file, read_issue, read_notice
from warehouse.desk.issues.sign_off import SignOff
from warehouse.desk.issues.signed import sha256
from warehouse.desk.issues.spread import Seal, Spread
from warehouse.desk.issues.tables import delivery, feedback, issue, issue_file, issue_notice
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.sqlite_file import reading, writing


class Issues:
    """Reading of signed issues and notices about them; every method is its own transaction."""

    def __init__(self, engine: Engine, clock: Clock, seal: Seal | None = None) -> None:
        self._engine = engine
        self._clock = clock
        self.sign_off = SignOff(engine, clock)
        self.spread = Spread(engine, clock, seal)
        self.points = OpenPoints(engine, clock)

    def all(
        self, series: str | None = None, year: int | None = None, state: str | None = None
    ) -> list[Issue]:
        """Issues, the latest signed first."""
        wanted = select(*ISSUE).order_by(issue.c.issue_id.desc())
        for column, value in ((issue.c.series, series), (issue.c.year, year), (issue.c.state, state)):
            if value is not None:
                wanted = wanted.where(column == value)
        with reading(self._engine) as connection:
            return [read_issue(row) for row in connection.execute(wanted)]

    def one(self, issue_id: int) -> Issue:
        """An issue; a UserError when there is none."""
        with reading(self._engine) as connection:
            return one_issue(connection, issue_id)

    def numbered(self, series: str, year: int, number: int) -> Issue:
        """An issue by what is printed on it; a UserError when there is none."""
        wanted = select(*ISSUE).where(
            issue.c.series == series, issue.c.year == year, issue.c.number == number
        )
        with reading(self._engine) as connection:
            row = connection.execute(wanted).first()
        if row is None:
            raise UserError(f"There is no number {number} of {year} of the series '{series}'.")
        return read_issue(row)

    def of_draft(self, draft_id: int) -> Issue | None:
        """The issue that a draft became."""
        with reading(self._engine) as connection:
            row = connection.execute(select(*ISSUE).where(issue.c.draft_id == draft_id)).first()
        return read_issue(row) if row is not None else None

    def last(self, series: str) -> Issue | None:
        """The latest issue of a series, whatever became of it."""
        found = self.all(series)
        return found[0] if found else None

    def frozen(self, issue_id: int) -> str:
        """The frozen JSON as it was signed; EnvironmentProblem when it does not match its hash any more."""
        wanted = select(issue.c.frozen, issue.c.sha256).where(issue.c.issue_id == issue_id)
        with reading(self._engine) as connection:
            row = connection.execute(wanted).first()
        if row is None:
            raise UserError(f"There is no issue {issue_id}.")
        return _unchanged(str(row.frozen).encode("utf-8"), row.sha256, f"issue {issue_id}").decode("utf-8")

    def files(self, issue_id: int) -> list[KeptFile]:
        """The files of an issue, without their bytes."""
        kept = issue_file
        wanted = select(kept.c.issue_id, kept.c.format, kept.c.size, kept.c.sha256)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.where(kept.c.issue_id == issue_id).order_by(kept.c.format))
            return [read_file(row) for row in rows]

    def data(self, issue_id: int, format: str) -> bytes:
        """The bytes of a kept file; EnvironmentProblem when they do not match their hash any more."""
        wanted = select(issue_file.c.data, issue_file.c.sha256).where(
            issue_file.c.issue_id == issue_id, issue_file.c.format == format
        )
        with reading(self._engine) as connection:
            row = connection.execute(wanted).first()
        if row is None:
            raise UserError(f"Issue {issue_id} has no file '{format}'.")
        return _unchanged(bytes(row.data), row.sha256, f"the {format} of issue {issue_id}")

    # notices

    def note(
        self, issue_id: int, document_id: str, title: str, kind: NoticeKind, said: str, publication_id: str,
        account: str,
    ) -> bool:  # fmt: skip
        """Tell an issue's readers what became of a document it cites; False when they were told before."""
        if kind not in NOTICES:
            raise UserError(f"'{kind}' is no kind of notice; choose one of {', '.join(NOTICES)}.")
        at = self._clock.now().timestamp()
        row = {
            "issue_id": issue_id, "document_id": document_id, "title": title, "kind": kind, "said": said,
            "publication_id": publication_id, "at": at,
        }  # fmt: skip
        with writing(self._engine) as connection:
            one_issue(connection, issue_id)
            made = connection.execute(upsert(issue_notice).values(row).on_conflict_do_nothing())
            if not made.rowcount:
                return False
            told = {"document_id": document_id, "kind": kind, "said": said}
            note_event(connection, at, account, "note-change", f"issue {issue_id}", told)
            return True

    def notices(self, issue_ids: Iterable[int] | None = None) -> list[Notice]:
        """Notices of these issues, or of all, the latest first."""
        wanted = select(issue_notice).order_by(issue_notice.c.notice_id.desc())
        with reading(self._engine) as connection:
            found = [read_notice(row) for row in connection.execute(wanted)]
        among = set(issue_ids) if issue_ids is not None else None
        return [one for one in found if among is None or one.issue_id in among]

    # figures

    def adoption(self) -> list[Adoption]:
        """How issues were received by series and year, the latest year first.

        Withdrawn issues count with what was delivered of them; feedback of somebody whom no delivery reached
        counts in no figure.
        """
        reached = select(
            issue.c.series, issue.c.year,
            func.count(distinct(issue.c.issue_id)).label("issues"),
            func.count(distinct(delivery.c.delivery_id)).label("delivered"),
            func.count(distinct(_delivered_if(("read", "adopted")))).label("read"),
            func.count(distinct(_delivered_if(("adopted",)))).label("adopted"),
            func.count(distinct(_issue_adopted())).label("used"),
        )  # fmt: skip
        joined = issue.outerjoin(delivery, delivery.c.issue_id == issue.c.issue_id).outerjoin(
            feedback, (feedback.c.issue_id == issue.c.issue_id) & feedback.c.removed_at.is_(None)
        )
        wanted = reached.select_from(joined).group_by(issue.c.series, issue.c.year)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(issue.c.year.desc(), issue.c.series)).all()
        return [
            Adoption(row.series, row.year, row.issues, row.delivered, row.read, row.adopted, row.used)
            for row in rows
        ]


def _delivered_if(kinds: tuple[str, ...]) -> ColumnElement[Any]:
    """The delivery when its recipient said one of these; who adopted an issue has read it."""
    said = feedback.c.kind.in_(kinds) & (feedback.c.recipient_id == delivery.c.recipient_id)
    return case((said, delivery.c.delivery_id))


def _issue_adopted() -> ColumnElement[Any]:
    said = (feedback.c.kind == "adopted") & (feedback.c.recipient_id == delivery.c.recipient_id)
    return case((said, issue.c.issue_id))


def _unchanged(data: bytes, expected: str, what: str) -> bytes:
    if sha256(data) != expected:
        raise EnvironmentProblem(
            f"{what} does not match the hash it was signed with; put the desk back with 'govbrief restore'."
        )
    return data
