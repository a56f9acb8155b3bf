"""The summary above a briefing: sentences of the period's own documents, each linked to where it stands."""

from __future__ import annotations

from dashboard.basket.keep import keep_button
from dashboard.briefing.model import Briefing
from dashboard.briefing_parts.subject import at_most, is_print, left_out
from dashboard.frame import Frame
from dashboard.markup import Markup, element
from dashboard.pieces import basis_of, section
from warehouse.summaries.period import Quoted, period_summary


def summary(frame: Frame, briefing: Briefing) -> Markup | None:
    """Sentences out of what is new; None when no new document has one that may be shown."""
    asked = tuple(item.document_id for item in briefing.new)
    said = frame.read(period_summary, asked, frame.language) if asked else ()
    if not said:
        return None
    shown = said[: at_most(frame, len(said), 4)]
    mark = element("span", frame.say("summary.mark"), cls="gb-badge")
    return section(
        frame.say("part.summary"),
        element(
            "ul",
            *(_sentence(frame, one) for one in shown),
            cls="gb-list gb-said",
        ),
        left_out(frame, len(shown), len(said)),
        basis_of(frame, (one.document_id for one in said)),
        note=element("span", mark, " ", frame.say("part.summary-note")),
        cls="gb-first",
    )


def _sentence(frame: Frame, one: Quoted) -> Markup:
    place = {"id": one.document_id, "para": one.paragraph + 1, "at": f"{one.start}-{one.end}"}
    words = element("span", one.text, lang={"zh": "zh-CN", "en": "en"}[one.language])
    source = element("span", one.title, cls="gb-quiet")
    return element(
        "li",
        words,
        " ",
        frame.link(frame.say("doc.paragraph", n=one.paragraph + 1), "doc", "gb-at", **place),
        " ",
        source,
        " ",
        None if is_print(frame) else keep_button(frame, one.document_id, one.paragraph, (one.start, one.end)),
    )
