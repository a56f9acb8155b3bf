"""批量更正: up to 200 documents of a listing or a search, corrected in one act."""

from __future__ import annotations

from dashboard.corrections.bulk_page import bulk_panel, recent_acts
from dashboard.frame import Frame, close, need, open_frame, refuse, show
from dashboard.markup import element
from dashboard.pieces import quiet
from dashboard.search_wish import read_wish
from dashboard.selections import selection_of
from warehouse.desk.bulk.plan import MOST
from warehouse.errors import UserError
from warehouse.queries import pages_listing
from warehouse.queries.pages_listing import KINDS
from warehouse.queries.review import label_rows
from warehouse.search.query import search


def page() -> None:
    """Draw the page; without a list it shows the latest acts alone."""
    frame = open_frame("bulk")
    show(
        element("h1", frame.say("nav.bulk")),
        element("p", frame.say("bulk.lead", n=MOST), cls="gb-coverage"),
    )
    need(frame, "analyst")
    if set(frame.parameters) - {"lang"}:
        found, total = _found(frame)
        bulk_panel(frame, frame.overlaid(frame.read(label_rows, tuple(found))), total)
    else:
        show(quiet(frame.say("bulk.from-a-list")))
    recent_acts(frame)
    close(frame)


def _found(frame: Frame) -> tuple[list[str], int]:
    """The first documents of the list that the address names, and how many it holds."""
    if frame.parameters.get("by") == "search":
        return _searched(frame)
    kind = frame.parameters.get("of", "documents")
    if kind not in KINDS:
        refuse(frame, "unknown.listing", kind)
    selection = selection_of(frame, kind)
    rows = frame.read(pages_listing.list_names, selection, MOST)
    return [str(row["document_id"]) for row in rows], frame.read(pages_listing.count_documents, selection)


def _searched(frame: Frame) -> tuple[list[str], int]:
    wish, wrong = read_wish(frame)
    if wrong:
        refuse(frame, wrong.key, wrong.value)
    try:
        answer = search(frame.publication, wish.query, limit=MOST, **wish.keywords())
    except UserError as error:
        show(element("p", str(error), cls="gb-notice", role="alert"))
        return [], 0
    return list(dict.fromkeys(hit.document_id for hit in answer.hits)), answer.total


page()
