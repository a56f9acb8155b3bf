"""Which version of which documents the warehouse holds: what tells a new document from a changed one."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.database import Warehouse
from warehouse.rows import stage


def version_numbers(w: Warehouse, ids: Sequence[str]) -> dict[str, int]:
    """The number of the current version of each document that is held, by the name asked for or an alias."""
    stage(w.connection, "asked_name", "name varchar", ((one,) for one in dict.fromkeys(ids)))
    rows = w.connection.execute(
        """
        select asked_name.name, document.version_no
        from asked_name
        left join document_alias on document_alias.alias = asked_name.name
        join document on document.document_id = coalesce(document_alias.document_id, asked_name.name)
        """
    ).fetchall()
    return dict(rows)
