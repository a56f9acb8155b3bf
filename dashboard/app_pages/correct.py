"""更正: one document's labels, each with the likely values to click."""

from __future__ import annotations

from dashboard.corrections.quick import FIELDS, quick_panel
from dashboard.frame import close, need, open_frame, refuse, show
from dashboard.markup import element
from dashboard.pieces import quiet
from warehouse.queries.review import label_rows


def page() -> None:
    """Draw the page."""
    frame = open_frame("correct")
    document_id, field = frame.parameters.get("id", ""), frame.parameters.get("field", "topic")
    show(element("h1", frame.say("nav.correct")))
    need(frame, "analyst")
    if not document_id:
        show(quiet(frame.say("fix.from-a-label")))
        close(frame)
        return
    found = frame.read(label_rows, (document_id,))
    if not found:
        refuse(frame, "unknown.document", document_id)
    if field not in FIELDS:
        refuse(frame, "fix.unknown-field", field)
    row = frame.overlaid(found)[0]
    title = frame.link(row["title"] or frame.say("word.untitled"), "doc", id=document_id)
    show(element("h2", title), element("p", str(row["excerpt"] or "")[:160], cls="gb-quote"))
    quick_panel(frame, row, field)
    close(frame)


page()
