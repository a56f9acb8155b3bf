"""Tables of a publication that are carried over from the warehouse or counted over all documents."""

from __future__ import annotations

from warehouse.database import Warehouse
from warehouse.rows import sql

_REFERENCE = {
    "source": "source_id", "topic_class": "scheme, code", "body": "code",
    "body_step": "on_day, before_code, after_code, kind", "crawl_run": "started_at, run_id",
    "source_health": '"at", run_id, source_id', "problem": '"at", capture_id, code', "quality": "name",
    "evaluation": "name",
}  # fmt: skip


def carry_reference(w: Warehouse) -> None:
    """Sources, vocabularies, runs, difficulties and measured figures, where they differ."""
    for table, order in _REFERENCE.items():
        mark = "select count(*), coalesce(sum(hash(t)::hugeint), 0) from (select {0} from {1}) t"
        columns = ", ".join(f'"{row[0]}"' for row in w.connection.execute(f"describe pub.{table}").fetchall())
        held = w.connection.execute(mark.format(columns, f"pub.{table}")).fetchone()
        if held != w.connection.execute(mark.format(columns, table)).fetchone():
            w.connection.execute(f"delete from pub.{table}")
            w.connection.execute(
                f"insert into pub.{table} by name select {columns} from {table} order by {order}"
            )


def carry_counted(w: Warehouse) -> None:
    """Captures that documents rest on, classifiers and weeks."""
    w.connection.execute(sql("views", "captures_rested_on"))
    w.connection.execute(sql("views", "classifiers_named"))
    w.connection.execute(sql("views", "weeks"))
