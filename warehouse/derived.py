"""What the documents of a publication say about one another, where a touched document plays a part."""

from __future__ import annotations

from warehouse.database import Warehouse
from warehouse.draft import Draft
from warehouse.duplicates import update_duplicates
from warehouse.reprints import mark_reprints
from warehouse.rows import sql

_OLD_TARGETS = """(
    select document_id, fact_id, start_at, old_target as target_document_id, old_version as target_version,
        old_later as target_is_later
    from targets_changed
)"""
_OLD_VALIDITY = """(
    select document_id, old_validity as validity, old_basis as validity_basis, old_by as validity_by
    from validity_changed
)"""
_FORCE = "(from pub.document semi join affected using (document_id))"


def derive(w: Warehouse, draft: Draft) -> int:
    """Copies, citations, validity, days of force; makes the temporary table `affected`, returns its size.

    It holds every document of which anything was written anew or taken out.
    """
    connection, figures = w.connection, draft.figures
    update_duplicates(w, whole=draft.whole)
    mark_reprints(connection, figures)
    for name in ("citations_looked_at", "resolve_citations", "later_versions"):
        connection.execute(sql("views", name))
    figures.derived(connection, "targets", _OLD_TARGETS, -1)
    figures.derived(connection, "targets", "targets_changed", 1)
    connection.execute(sql("views", "validity"))
    figures.derived(connection, "validity", _OLD_VALIDITY, -1)
    figures.derived(connection, "validity", "validity_changed", 1)
    connection.execute(sql("views", "affected"))
    figures.derived(connection, "force", _FORCE, -1)
    connection.execute(sql("views", "force_days"))
    figures.derived(connection, "force", _FORCE, 1)
    row = connection.execute("select count(*) from affected").fetchone()
    return int(row[0]) if row else 0
