"""The texts of a draft's versions: kept whole or as what changed, checked by their digest when read."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from warehouse.desk.corrections import instant
from warehouse.desk.drafts.model import Kind, Revision
from warehouse.desk.drafts.tables import draft_revision
from warehouse.errors import EnvironmentProblem, UserError

LONGEST = 200_000  # characters of a draft
_WHOLE_EACH = 32  # versions after which a text is kept whole again
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # and halves of characters
_kept = draft_revision


def cleaned(text: str) -> str:
    """The text as it is kept: line ends as one newline, without control characters; UserError if too long."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = _CONTROL.sub("", plain)
    if len(plain) > LONGEST:
        raise UserError(
            f"text: {len(plain):,} characters are too many; a draft has at most {LONGEST:,}. Divide it."
        )
    return plain


def append(
    connection: Connection, draft_id: int, text: str, kind: Kind, account: str, at: float, *,
    base: int | None = None, other: int | None = None, session: str = "", sequence: int = 0, note: str = "",
) -> int:  # fmt: skip
    """Keep a text as the next version of a draft and return its number; nothing before it is touched."""
    number = latest(connection, draft_id) + 1
    whole = number % _WHOLE_EACH == 1
    row = {
        "draft_id": draft_id, "revision": number, "base": base, "other": other, "kind": kind,
        "whole": text if whole else None,
        "changed": None if whole else _changed(text_of(connection, draft_id, number - 1), text),
        "digest": _digest(text), "characters": len(text), "note": note, "session": session,
        "sequence": sequence, "account": account, "at": at,
    }  # fmt: skip
    connection.execute(insert(_kept).values(row))
    return number


def latest(connection: Connection, draft_id: int) -> int:
    """The number of the last version kept, 0 before the first."""
    found = select(func.max(_kept.c.revision)).where(_kept.c.draft_id == draft_id)
    return int(connection.execute(found).scalar() or 0)


def text_of(connection: Connection, draft_id: int, revision: int) -> str:
    """The text of a version; UserError when there is none, EnvironmentProblem when it was damaged."""
    row = row_of(connection, draft_id, revision)
    text = row.whole
    if text is None:
        whole = select(func.max(_kept.c.revision)).where(
            _kept.c.draft_id == draft_id, _kept.c.revision <= revision, _kept.c.whole.is_not(None)
        )
        first = connection.execute(whole).scalar_one()
        between = (
            select(_kept.c.whole, _kept.c.changed)
            .where(_kept.c.draft_id == draft_id, _kept.c.revision.between(first, revision))
            .order_by(_kept.c.revision)
        )
        for step in connection.execute(between):
            text = step.whole if text is None else _applied(text, step.changed)
    if _digest(text) != row.digest:
        raise EnvironmentProblem(
            f"Version {revision} of draft {draft_id} is damaged; put the desk back from a backup with"
            " 'govbrief restore'."
        )
    return str(text)


def row_of(connection: Connection, draft_id: int, revision: int) -> Row[Any]:
    """The row of a version; a UserError when there is none."""
    wanted = select(_kept).where(_kept.c.draft_id == draft_id, _kept.c.revision == revision)
    row = connection.execute(wanted).first() if 0 < revision < 2**63 else None
    if row is None:
        raise UserError(f"Draft {draft_id} has no version {revision}.")
    return row


def sent_before(connection: Connection, draft_id: int, session: str) -> Row[Any] | None:
    """The last text in order of writing that a session sent; None when it sent none."""
    if not session:
        return None
    of_session = select(_kept).where(
        _kept.c.draft_id == draft_id, _kept.c.session == session, _kept.c.kind != "merge"
    )
    latest_first = of_session.order_by(_kept.c.sequence.desc(), _kept.c.revision.desc())
    return connection.execute(latest_first.limit(1)).first()


def listed(connection: Connection, draft_id: int, limit: int) -> list[Revision]:
    """The versions of a draft, the latest first."""
    wanted = select(_kept).where(_kept.c.draft_id == draft_id).order_by(_kept.c.revision.desc())
    return [_revision(row) for row in connection.execute(wanted.limit(limit))]


def writers_between(connection: Connection, draft_id: int, after: int, until: int) -> set[str]:
    """Who wrote the versions after one up to another."""
    wanted = select(_kept.c.account).where(
        _kept.c.draft_id == draft_id, _kept.c.revision > after, _kept.c.revision <= until
    )
    return {str(name) for (name,) in connection.execute(wanted.distinct())}


def _revision(row: Any) -> Revision:
    return Revision(
        row.draft_id, row.revision, row.base, row.other, row.kind, row.account, instant(row.at),
        row.characters, row.note,
    )  # fmt: skip


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()


def _changed(old: str, new: str) -> str:
    """First line that differs, how many lines go, and the lines that come in their place, as JSON."""
    before, after = old.split("\n"), new.split("\n")
    shorter = min(len(before), len(after))
    first = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    most = shorter - first
    last = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    come = after[first : len(after) - last]
    return json.dumps([first, len(before) - last - first, come], ensure_ascii=False)


def _applied(text: str, changed: str) -> str:
    first, gone, come = json.loads(changed)
    lines = text.split("\n")
    lines[first : first + gone] = come
    return "\n".join(lines)
