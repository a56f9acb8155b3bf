"""The audit log: one row for each thing that somebody did at the desk, written in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert

from warehouse.desk import tables


def note_event(
    connection: Connection, at: float, account: str, action: str, subject: str, detail: Mapping[str, Any]
) -> None:
    """Add to the log who did what to what and when (seconds since 1970); `detail` is kept as JSON."""
    event = {
        "at": at,
        "account": account,
        "action": action,
        "subject": subject,
        "detail": json.dumps(detail, ensure_ascii=False, default=str),
    }
    connection.execute(insert(tables.audit_event).values(event))
