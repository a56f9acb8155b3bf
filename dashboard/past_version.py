"""The text of a former version on a document's page, when an address asks for it (`v=2`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.basket.keep import holder, keep_bar, paragraph_button
from dashboard.basket.range import asked_range
from dashboard.found_words import found_words
from dashboard.frame import Frame
from dashboard.markup import Markup, element, join
from dashboard.pieces import highlighted
from warehouse.queries import pages_document


def former_text(frame: Frame, row: Mapping[str, Any]) -> tuple[Markup | None, bool]:
    """What stands above the text when a version is asked for, and whether it is that version's text itself.

    The paragraphs are masked and numbered; the terms of the source hold as for the present text.
    """
    asked = frame.parameters.get("v", "")
    if not asked.isdecimal() or len(asked) > 6 or int(asked) == row["version_no"] or row["reuse"] != "full":
        return None, False
    document_id = str(row["document_id"])
    versions = frame.read(pages_document.former_versions, document_id)
    held = next((one for one in versions if one["version_no"] == int(asked)), None)
    if held is None:
        told = frame.say("doc.former-unknown", version=int(asked))
        return element("p", told, cls="gb-notice", role="note"), False
    present = frame.link(frame.say("doc.present-text"), "doc", id=document_id)
    told = frame.say("doc.former", version=int(asked), day=frame.local(held["observed_at"]))
    note = element("p", told, " ", present, cls="gb-notice", role="note")
    title = element("p", element("strong", held["title"])) if held["title"] != row["title"] else None
    body = pages_document.former_text(frame.publication, document_id, int(asked))
    here = _asked_paragraph(frame, len(body))
    lines = (_paragraph(frame, number, line, here) for number, line in enumerate(body, start=1))
    common = holder(frame, document_id, int(asked))
    shown = element("ol", *lines, cls="gb-text", **common)
    parts = (note, title, shown, keep_bar(frame, document_id, int(asked)))
    return join([one for one in parts if one]), True


def _asked_paragraph(frame: Frame, count: int) -> int | None:
    asked = frame.parameters.get("para", "")
    return int(asked) if asked.isdecimal() and len(asked) < 9 and 0 < int(asked) <= count else None


def _paragraph(frame: Frame, number: int, line: str, asked: int | None) -> Markup:
    here = number == asked
    marks = found_words(line, frame.parameters.get("q", "")) if here or asked is None else []
    meant = asked_range(frame.parameters.get("at", "")) if here else None
    return element(
        "li",
        element("span", str(number), cls="gb-no"),
        element("div", highlighted(line, [meant] if meant else marks)),
        paragraph_button(frame, number) if line.strip() else None,
        id=f"p{number}",
        cls="gb-here" if here else None,
        data_arrive=here,
        tabindex="-1" if here else None,
    )
