"""What citations and joint issues make of the documents together: votes kept, results carried to readers.

The votes and the carrying are SQL here; what needs a graph (rank, communities, cascades) is made by the
`Networks` step that the caller of `publish` brings along, since the warehouse knows no graph library.
"""

from __future__ import annotations

from collections.abc import Callable

from warehouse.database import Warehouse
from warehouse.rows import sql

Networks = Callable[[Warehouse], object]


def carry_networks(w: Warehouse, networks: Networks | None) -> int:
    """Bring the votes up to date, let `networks` work on them and fill the tables of `pub`.

    Returns for how many documents the votes were written anew. Without `networks` readers see what the last
    publishing with it found.
    """
    changed = update_edges(w)
    if networks is not None:
        networks(w)
    w.connection.execute(sql("views", "facts_networks"))
    return changed


def update_edges(w: Warehouse) -> int:
    """Make `network_edge` what `pub` resolves; only documents whose votes changed are touched."""
    w.connection.execute(sql("views", "network_edges"))
    row = w.connection.execute("select count(*) from edge_changed").fetchone()
    changed = int(row[0]) if row else 0
    if changed:
        with w.transaction() as connection:
            connection.execute(
                "delete from network_edge where document_id in (select document_id from edge_changed)"
            )
            connection.execute(
                "insert into network_edge select edge_now.* from edge_now "
                "semi join edge_changed using (document_id)"
            )
    return changed
