"""原文: one document with numbered paragraphs, and everything that is known of it and why."""

from __future__ import annotations

import streamlit as st

from dashboard.correction_form import corrections_panel
from dashboard.document_card import cards
from dashboard.document_text import head, text
from dashboard.fact_panel import facts_panel
from dashboard.file_texts import file_texts, own_note, own_text
from dashboard.frame import close, entitle, open_frame, refuse, show
from dashboard.past_version import former_text
from dashboard.pieces import notice
from dashboard.shelves.beside import shelf_card
from dashboard.summary_card import summary_card
from dashboard.text_form import text_form
from dashboard.today.following import follow_button
from dashboard.version_changes import version_changes
from warehouse.queries import pages_document


def page() -> None:
    """Draw the page."""
    frame = open_frame("doc")
    document_id = frame.parameters.get("id", "")
    published = frame.read(pages_document.document, document_id) if document_id else None
    if published is None:
        refuse(frame, "unknown.document", document_id)
        return
    row = frame.overlaid([published])[0]
    entitle(frame, str(row["title"] or frame.say("word.untitled")))
    show(head(frame, row))
    follow_button(frame, document_id)
    left, right = st.columns([13, 8], gap="large")
    with left:
        own = own_text(frame, row)
        show(own_note(frame, row, own))
        corrected = own.paragraphs if own and own.state != "published" else None
        show(summary_card(frame, row, corrected or frame.publication.body(document_id)))
        former, is_former = former_text(frame, row)
        show(former)
        if not is_former:
            show(text(frame, row, corrected))
        if own and frame.may("analyst"):
            text_form(frame, row, row["sha256"], own)
        version_changes(frame, row)
        file_texts(frame, row)
        facts_panel(frame, document_id)
    with right:
        for card in cards(frame, row):
            show(card)
        show(shelf_card(frame, document_id))
        corrections_panel(frame, row)
        if row.get("corrected"):
            show(notice(frame.say("correct.baked-later")))
    close(frame)


page()
