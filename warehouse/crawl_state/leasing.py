"""A row of the frontier as the crawler leases it, and what it was before."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import case

from warehouse.crawl_state.cards import instant, moment, read_entry
from warehouse.crawl_state.tables import frontier
from warehouse.crawl_state.work import Leased

# The state of a leased address before its lease, from what its last answer left; a failure lets the values
# of an earlier answer stand, and a change that waits for its second look was fetched.
BEFORE_LEASE = case(
    (frontier.c.attempts > 0, "failed"),
    (frontier.c.unconfirmed.is_not(None), "fetched"),
    (frontier.c.gone_count > 0, "gone"),
    (frontier.c.last_fetched_at.is_not(None), "fetched"),
    else_="discovered",
)


def leased_row(row: Any) -> Leased:
    """The address with all that is known of it."""
    return Leased(
        source_id=row["source_id"],
        url=row["url"],
        role=row["role"],
        host=row["host"],
        request=json.loads(row["request"]),
        entry=read_entry(row["entry"]),
        parent_url=row["parent_url"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        last_sha256=row["last_sha256"],
        last_fetched_at=moment(row["last_fetched_at"]),
        discovered_at=instant(row["discovered_at"]),
        attempts=row["attempts"],
        gone_count=row["gone_count"],
        gone_first_at=moment(row["gone_first_at"]),
        step=row["step"],
        unconfirmed=row["unconfirmed"],
    )
