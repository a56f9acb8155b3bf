"""The card from which a reference is copied: the document in every citation style, as text to be selected."""

from __future__ import annotations

from dashboard.frame import Frame
from dashboard.markup import Markup, element, join
from warehouse.citing.entry import entry
from warehouse.citing.numbering import Cite, Numbering
from warehouse.citing.runs import Runs, plain
from warehouse.citing.style import DEFAULT, Style, all_styles
from warehouse.exchange.reference_record import ReferenceRecord, reference_record
from warehouse.queries import pages_citing


def cite_card(frame: Frame, document_id: str) -> Markup | None:
    """The reference in the style in force, the other styles folded; None for a document nobody published."""
    row = frame.read(pages_citing.cited, document_id)
    if row is None:
        return None
    record = reference_record(row)
    styles = all_styles()
    others = [_reference(frame, record, style) for name, style in styles.items() if name != DEFAULT]
    folded = element("details", element("summary", frame.say("cite.others", n=len(others))), *others)
    return element(
        "section",
        element("h2", frame.say("cite.title")),
        _reference(frame, record, styles[DEFAULT]),
        folded,
        element("p", _note(frame, record), cls="gb-note"),
        cls="gb-card",
    )


def _reference(frame: Frame, record: ReferenceRecord, style: Style) -> Markup:
    """Name of the style, the entry, and for author-date styles the mark in the text."""
    name = element("h3", style.zh if frame.language == "zh" else style.en)
    told = element("p", _faces(entry(record, style)), cls="gb-reference")
    if style.numeric:
        return join((name, told))
    numbering = Numbering(style)
    numbering.add("here", [Cite(record)])
    mark = element("p", frame.say("cite.mark", mark=plain(numbering.mark("here"))), cls="gb-note")
    return join((name, told, mark))


def _faces(runs: Runs) -> Markup:
    return join(element("em", run.text) if run.italic else run.text for run in runs)


def _note(frame: Frame, record: ReferenceRecord) -> str:
    """Where the day of access comes from, and that sample data is no source."""
    seen = frame.say("cite.seen", day=record.accessed) if record.accessed else frame.say("cite.not-seen")
    return f"{frame.say('cite.sample')} {seen}" if record.sample else seen
