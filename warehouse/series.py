"""Series of document numbers: which numbers of an organ's word and year are held, and which are missing.

A series is made anew when one of its documents, a citation of one of its numbers, a listed number or a
person's mark changed; the rules stand in views/series_made.sql.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from warehouse.database import Warehouse
from warehouse.desk.number_marks import NumberMark
from warehouse.rows import sql, stage

_LISTED = "source_id varchar, url varchar, number varchar, title varchar, published date"


def update_series(w: Warehouse, listed: Iterable[Sequence[Any]] = (), *, whole: bool = False) -> int:
    """Bring `series` and `series_gap` to what `pub` shows of the `affected` documents; returns how many
    changed.

    `listed` are all numbers that lists name without a document behind them: source, address, number, title
    and day. `whole`: the affected documents are all there are.
    """
    connection = w.connection
    with w.transaction():
        connection.execute(sql("views", "series_macros"))
        if whole:
            connection.execute("insert into series_due select word from series")
            connection.execute("delete from series_member")
            connection.execute("delete from series_cited")
        _list(w, listed)
        connection.execute(sql("views", "series_members"))
        connection.execute(sql("views", "series_made"))
    row = connection.execute("select count(*) from series_changed").fetchone()
    return int(row[0]) if row else 0


def bake_marks(w: Warehouse, marks: Iterable[NumberMark]) -> int:
    """Make the people's marks exactly these; their series are made anew at the next publication."""
    connection = w.connection
    rows = [(one.number, one.state, one.note, one.account, one.created_at) for one in marks]
    with w.transaction():
        connection.execute(sql("views", "series_macros"))
        stage(
            connection, "said_mark",
            "number varchar, state varchar, note varchar, account varchar, created_at timestamptz", rows,
        )  # fmt: skip
        connection.execute(sql("views", "series_marks"))
        row = connection.execute("select count(*) from mark_changed").fetchone()
    return int(row[0]) if row else 0


def _list(w: Warehouse, listed: Iterable[Sequence[Any]]) -> None:
    stage(w.connection, "listed_now", _LISTED, listed)
    w.connection.execute(sql("views", "series_listed"))
