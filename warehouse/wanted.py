"""What documents cite and nobody holds: one row a target, however it is spelt, the most cited first."""

from __future__ import annotations

from warehouse.database import Warehouse
from warehouse.rows import sql

PART = 100_000  # rows of the queue made at once: all 855,000 of a million documents need more than a gigabyte


def update_wanted(w: Warehouse, *, whole: bool = False) -> int:
    """Bring `wanted` to what the `affected` documents of `pub` cite; returns how many targets changed.

    A target goes from the queue when its document arrives: its citations then mean a document that is held.
    `whole`: the affected documents are all there are. The series are up to date: their words tell who issues.
    """
    connection = w.connection
    with w.transaction():
        connection.execute(sql("views", "series_macros"))
        if whole:
            connection.execute("delete from wanted_ask")
            connection.execute("delete from wanted")
        connection.execute(sql("views", "wanted_asks"))
        connection.execute(sql("views", "wanted_due"), [PART])
        connection.execute("delete from wanted where wanted_id in (select wanted_id from wanted_due)")
        row = connection.execute("select count(*), coalesce(max(part), -1) from wanted_due").fetchone()
        changed, last = row or (0, -1)
        for part in range(last + 1):
            connection.execute(sql("views", "wanted_made"), [part])
    return int(changed)
