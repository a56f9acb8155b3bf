"""Comments on the paragraphs of a draft: they follow their paragraph through what is written."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from warehouse.clock import Clock
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import instant
from warehouse.desk.drafts import revisions
from warehouse.desk.drafts.model import Comment
from warehouse.desk.drafts.states import standing
from warehouse.desk.drafts.tables import draft_comment
from warehouse.desk.drafts.units import paragraphs
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing

LONGEST = 4000
_SAME = 0.5  # likeness from which a changed paragraph is still the one that was commented
_LONGEST_PARAGRAPH = 20_000
_kept = draft_comment


class Comments:
    """The comments of all drafts; one never goes away, it is resolved."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def add(self, draft_id: int, paragraph: str, text: str, account: str) -> Comment:
        """Remark on a paragraph of the head; a UserError when no paragraph says this."""
        with writing(self._engine) as connection:
            row = standing(connection, draft_id)
            said = revisions.text_of(connection, draft_id, row.revision)
            anchor = place_of(paragraph.strip(), paragraphs(said))
            if anchor is None:
                raise UserError("comment: the draft has no such paragraph any more; choose one again.")
            found = paragraphs(said)[anchor][:_LONGEST_PARAGRAPH]
            return self._keep(connection, draft_id, None, found, text, account)

    def answer(self, comment_id: int, text: str, account: str) -> Comment:
        """Answer a remark; an answer to an answer stands under the same remark."""
        with writing(self._engine) as connection:
            row = _row(connection, comment_id)
            first = row.answers or comment_id
            return self._keep(connection, row.draft_id, first, row.paragraph, text, account)

    def resolve(self, comment_id: int, account: str, resolved: bool = True) -> Comment:
        """Mark a remark as dealt with, or open it again."""
        with writing(self._engine) as connection:
            row = _row(connection, comment_id)
            number = row.answers or comment_id
            at = self._clock.now().timestamp()
            values = {"resolved_at": at if resolved else None, "resolved_by": account if resolved else None}
            connection.execute(update(_kept).where(_kept.c.comment_id == number).values(**values))
            action = "resolve-comment" if resolved else "reopen-comment"
            note_event(connection, at, account, action, f"draft {row.draft_id}", {"comment_id": number})
            return _comment(_row(connection, number))

    def listed(self, draft_id: int) -> list[Comment]:
        """The comments of a draft in the order made, answers among them."""
        wanted = select(_kept).where(_kept.c.draft_id == draft_id).order_by(_kept.c.comment_id)
        with reading(self._engine) as connection:
            return [_comment(row) for row in connection.execute(wanted)]

    def _keep(
        self, connection: Connection, draft_id: int, answers: int | None, paragraph: str, text: str,
        account: str,
    ) -> Comment:  # fmt: skip
        at = self._clock.now().timestamp()
        said = checked_text("comment", text, longest=LONGEST)
        row = {
            "draft_id": draft_id, "answers": answers, "anchor": paragraph, "paragraph": paragraph,
            "text": said, "account": account, "at": at,
        }  # fmt: skip
        made = connection.execute(insert(_kept).values(row)).inserted_primary_key
        number = int(made[0]) if made else 0
        told = {"comment_id": number, "answers": answers, "characters": len(said)}
        note_event(connection, at, account, "comment-draft", f"draft {draft_id}", told)
        return _comment(_row(connection, number))


def place_of(paragraph: str, standing_now: Sequence[str]) -> int | None:
    """Which of the paragraphs is this one, changed or not; None when it is gone."""
    if paragraph in standing_now:
        return standing_now.index(paragraph)
    best, likeness = None, _SAME
    for place, one in enumerate(standing_now):
        if paragraph and (one.startswith(paragraph) or paragraph.startswith(one)) and len(one) > 3:
            return place
        found = _likeness(paragraph, one, likeness)
        if found >= likeness:
            best, likeness = place, found
    return best


def follow(connection: Connection, draft_id: int, text: str) -> None:
    """Remember how the paragraph of each open remark reads now; a vanished one stays as it was."""
    wanted = select(_kept).where(
        _kept.c.draft_id == draft_id, _kept.c.answers.is_(None), _kept.c.resolved_at.is_(None)
    )
    remarks = connection.execute(wanted).all()
    now = paragraphs(text) if remarks else []
    for row in remarks:
        place = place_of(row.paragraph, now)
        if place is not None and now[place] != row.paragraph:
            changed = update(_kept).where(_kept.c.comment_id == row.comment_id)
            connection.execute(changed.values(paragraph=now[place][:_LONGEST_PARAGRAPH]))


def _likeness(one: str, other: str, least: float) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


def _row(connection: Connection, comment_id: int) -> Any:
    found = None
    if 0 < comment_id < 2**63:
        found = connection.execute(select(_kept).where(_kept.c.comment_id == comment_id)).first()
    if found is None:
        raise UserError(f"There is no comment {comment_id}.")
    return found


def _comment(row: Any) -> Comment:
    return Comment(
        row.comment_id, row.draft_id, row.answers, row.anchor, row.paragraph, row.text, row.account,
        instant(row.at), instant(row.resolved_at) if row.resolved_at is not None else None, row.resolved_by,
    )  # fmt: skip
