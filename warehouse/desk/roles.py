"""Roles and what each may do at the desk: looked at where every change is written to the audit log."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from warehouse.desk import tables
from warehouse.errors import UserError

ROLES = ("reader", "analyst", "reviewer", "administrator")  # each may do what those before it may
USUAL = "administrator"  # what an action needs that nobody wrote down below
NEEDED: Mapping[str, str] = {
    # what everybody does for herself
    "save-search": "reader",
    "rename-search": "reader",
    "change-search": "reader",
    "remove-search": "reader",
    "restore-search": "reader",
    "note-feedback": "reader",
    "sign-in": "reader",
    "sign-out": "reader",
    "change-password": "reader",
    # what changes what others see
    "answer-alarm": "analyst",
    "handle-demand": "analyst",
    "reopen-demand": "analyst",
    "add-job": "analyst",
    "hand-in": "analyst",
    "mark-number": "analyst",
    "correct": "analyst",
    "correct-many": "analyst",
    "undo-many": "analyst",
    "review": "analyst",
    "undo-review": "analyst",
    "judge-again": "analyst",
    "confirm": "analyst",
    "undo": "analyst",
    "judge": "analyst",
    "judge-precedent": "analyst",
    "undo-precedent": "analyst",
    "route-state": "analyst",
    "route-assign": "analyst",
    "route-withdraw": "analyst",
    "route-dismiss": "analyst",
    "undo-route": "analyst",
    "keep-passage": "analyst",
    "note-passage": "analyst",
    "tag-passage": "analyst",
    "move-passage": "analyst",
    "order-passages": "analyst",
    "remove-passage": "analyst",
    "restore-passage": "analyst",
    "settle-passage": "analyst",
    "renew-passage": "analyst",
    "begin-draft": "analyst",
    "save-draft": "analyst",
    "fill-draft": "analyst",
    "rename-draft": "analyst",
    "move-draft": "analyst",
    "comment-draft": "analyst",
    "resolve-comment": "analyst",
    "reopen-comment": "analyst",
    "submit-report": "analyst",
    "export-report": "analyst",
    "close-point": "analyst",
    "note-change": "analyst",
    "add-recipient": "analyst",
    "remove-recipient": "analyst",
    "deliver-report": "analyst",
    "remove-feedback": "analyst",
    "ask-request": "analyst",
    "change-request": "analyst",
    "link-request": "analyst",
    "deliver-request": "analyst",
    "erase-asker": "analyst",
    "change-shelf": "analyst",
    # what makes a paper the library's word
    "approve-report": "reviewer",
    "settle-judgements": "reviewer",
    "return-report": "reviewer",
    "waive-finding": "reviewer",
    "withdraw-report": "reviewer",
    # what reaches people and the whole home
    "note-instruction": "administrator",
    "add-account": "administrator",
    "change-role": "administrator",
    "reset-password": "administrator",
    "disable-account": "administrator",
    "enable-account": "administrator",
    "erase-account": "administrator",
    "link-identity": "administrator",
    "purge": "administrator",
}


class Forbidden(UserError):
    """The account's role does not reach; nothing was changed."""


def reaches(role: str, needed: str) -> bool:
    """Whether somebody with `role` may do what needs `needed`; an unknown role may do nothing."""
    return role in ROLES and ROLES.index(role) >= ROLES.index(needed)


def needed_for(action: str) -> str:
    """The least role that an action of the audit log needs."""
    return NEEDED.get(action, USUAL)


def require(connection: Connection, account: str, action: str) -> None:
    """Forbidden unless the account is there, active, and has the role the action needs."""
    held = tables.account
    row = connection.execute(select(held.c.role, held.c.state).where(held.c.name == account)).first()
    needed = needed_for(action)
    if row is None or row.state != "active":
        raise Forbidden(f"There is no active account '{account}'; 'govbrief user list' names them.")
    if not reaches(row.role, needed):
        raise Forbidden(f"'{action}' needs the role {needed}; {account} is {row.role}. Ask an administrator.")
