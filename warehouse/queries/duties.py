"""Duties that fall due: those of documents that are still to be followed, each document told once."""

from __future__ import annotations

from warehouse.queries.reprints import TOLD_ONCE

DUTY = (
    "y.fact_id, y.document_id, y.sentence, y.paragraph, y.start_at, y.end_at, y.who, y.what, y.due,"
    " y.due_printed"
)
# By day; of one day the latest document first, then as the text has them.
SOONEST_FIRST = (
    "order by y.due, d.published desc nulls last, y.document_id, y.paragraph, y.start_at, y.fact_id"
)


def due_from(where: str, *, copies: bool = False) -> str:
    """From and where of duties `y` due between two days (?) whose documents `d` fit; reprints on request."""
    once = "true" if copies else TOLD_ONCE
    return (
        "from dated_duty y join document d on d.document_id = y.document_id where y.due between ? and ?"
        " and coalesce(d.validity, 'unknown') not in ('repealed', 'expired') and d.status <> 'withdrawn'"
        f" and {once} and {where}"
    )
