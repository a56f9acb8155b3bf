"""The audit log: one row for each thing that somebody did at the desk, written in the same transaction.

Since every change is written together with its row, this is also where rights are looked at: a change that
the account's role does not reach is undone with its transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert

from warehouse.desk import tables
from warehouse.desk.roles import require


def note_event(
    connection: Connection, at: float, account: str, action: str, subject: str, detail: Mapping[str, Any]
) -> None:
    """Add to the log who did what to what and when (seconds since 1970); `detail` is kept as JSON.

    Forbidden when the account may not do this.
    """
    require(connection, account, action)
    event = {
        "at": at,
        "account": account,
        "action": action,
        "subject": subject,
        "detail": json.dumps(detail, ensure_ascii=False, default=str),
    }
    connection.execute(insert(tables.audit_event).values(event))
