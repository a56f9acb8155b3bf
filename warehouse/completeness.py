"""What the collection lacks, for a publication: gaps in series of numbers, what is cited and not held."""

from __future__ import annotations

from warehouse.crawl_state.unread import listed_numbers
from warehouse.database import Warehouse
from warehouse.rows import sql
from warehouse.series import update_series
from warehouse.wanted import update_wanted

# Table, key, and the temporary table of the keys that changed.
_CARRIED = (
    ("series", "series_id", "series_changed"),
    ("series_gap", "series_id", "series_changed"),
    ("wanted", "wanted_id", "wanted_due"),
)


def update_completeness(w: Warehouse, *, whole: bool) -> None:
    """Bring series, gaps and the queue of what is wanted up to date and write them into `pub`.

    Works on `affected`; `whole`: these are all documents, and `pub` is empty.
    """
    update_series(w, listed_numbers(w.home), whole=whole)
    update_wanted(w, whole=whole)
    for table, key, changed in _CARRIED:
        chosen = "" if whole else f"where {key} in (select {key} from {changed})"
        if chosen:
            w.connection.execute(f"delete from pub.{table} {chosen}")
        w.connection.execute(f"insert into pub.{table} by name select * from {table} {chosen}")
    w.connection.execute("delete from pub.near_copy")
    w.connection.execute("insert into pub.near_copy select * from near_copy order by all")
    w.connection.execute(sql("views", "window_edges"))
