"""What citations and joint issues make of the documents together: votes kept, results carried to readers.

The votes and the carrying are SQL here; what needs a graph (rank, communities, cascades) is made by the
`Networks` step that the caller of `publish` brings along, since the warehouse knows no graph library.

Few votes are worked on at each publication. Of many, what was found stands until a share of them has changed
or some days have passed; the publication says as of when it stands.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from warehouse.database import Warehouse
from warehouse.draft import Draft
from warehouse.rows import sql

Networks = Callable[[Warehouse], object]
FEW_VOTES = 100_000  # so many are ranked within seconds, at each publication
CHANGED_SHARE = 0.02  # of the votes, by documents whose votes changed
LONGEST = timedelta(days=7)


def carry_networks(w: Warehouse, networks: Networks | None, draft: Draft) -> int:
    """Bring the votes up to date, let `networks` work on them when it is time, and fill the tables of `pub`.

    Returns for how many documents the votes were written anew. Without `networks` readers see what the last
    publishing with it found.
    """
    changed = update_edges(w)
    state: dict[str, Any] = json.loads(draft.networks) if draft.networks else {"as_of": None, "changed": 0}
    state["changed"] += changed
    made = networks is not None and _is_time(w, state)
    if networks is not None and made:
        networks(w)
        state = {"as_of": w.home.clock.now().isoformat(), "changed": 0}
    draft.networks = json.dumps(state)
    w.connection.execute(sql("views", "facts_networks" if made or draft.whole else "networks_left"))
    w.connection.execute(sql("views", "joint_issues"))
    w.connection.execute(
        "create or replace temp table networks_as_of as select $1::timestamptz as as_of", [state["as_of"]]
    )
    return changed


def _is_time(w: Warehouse, state: dict[str, Any]) -> bool:
    row = w.connection.execute("select count(*) from network_edge").fetchone()
    votes = int(row[0]) if row else 0
    if votes <= FEW_VOTES or not state["as_of"]:
        return True
    if w.home.clock.now() - datetime.fromisoformat(state["as_of"]) >= LONGEST:
        return bool(state["changed"])
    return bool(state["changed"] >= CHANGED_SHARE * votes)


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
