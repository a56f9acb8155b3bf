"""The states of a draft and the steps between them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from warehouse.desk.audit import note_event
from warehouse.desk.drafts.model import State
from warehouse.desk.drafts.tables import draft
from warehouse.errors import UserError

# A signed draft stays as it was signed: what it says wrong is put right by another issue.
STEPS: dict[State, tuple[State, ...]] = {
    "draft": ("review", "dropped"),
    "review": ("draft", "signed"),
    "signed": (),
    "dropped": ("draft",),
}


def move(connection: Connection, draft_id: int, revision: int, state: State, account: str, at: float) -> None:
    """Bring a draft into another state within the caller's transaction, with its audit event.

    A UserError when `revision` is not the head (somebody wrote meanwhile, so nobody saw what would be moved)
    or when there is no such step. `at` is in seconds since 1970.
    """
    row = standing(connection, draft_id)
    if row.revision != revision:
        raise UserError(
            f"Draft {draft_id} is at version {row.revision}, not {revision}: it was changed meanwhile; look"
            " at it again."
        )
    if state not in STEPS[row.state]:
        raise UserError(f"Draft {draft_id} is '{row.state}' and cannot become '{state}'.")
    changed = update(draft).where(draft.c.draft_id == draft_id)
    connection.execute(changed.values(state=state, changed_at=at))
    told = {"from": row.state, "to": state, "revision": revision}
    note_event(connection, at, account, "move-draft", f"draft {draft_id}", told)


def standing(connection: Connection, draft_id: int) -> Any:
    """The row of a draft; a UserError when there is none."""
    row = None
    if 0 < draft_id < 2**63:
        row = connection.execute(select(draft).where(draft.c.draft_id == draft_id)).first()
    if row is None:
        raise UserError(f"There is no draft {draft_id}; the desk lists those there are.")
    return row


def refuse_closed(row: Any) -> None:
    """A UserError unless the draft may be written in: what is read over or signed is not changed."""
    if row.state == "draft":
        return
    remedy = {
        "review": "it is being reviewed; have it returned first",
        "signed": "it is signed; begin another draft",
        "dropped": "it was dropped; take it up again first",
    }[row.state]
    raise UserError(f"Draft {row.draft_id} cannot be changed: {remedy}.")
