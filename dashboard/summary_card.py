"""The summary above a document's text: its own headings or sentences, each linked to where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.frame import Frame
from dashboard.markup import Markup, element
from warehouse.summaries.kept import summary_of
from warehouse.summaries.summary import Passage


def summary_card(frame: Frame, row: Mapping[str, Any], paragraphs: Sequence[str]) -> Markup | None:
    """The summary of a text that may be shown whole; None for a short one, which needs none."""
    if row["reuse"] in ("link", "excerpt") or not paragraphs:
        return None
    summary = summary_of(frame.home, str(row["reading_id"]), paragraphs, str(row["language"] or "zh"))
    if summary.kind == "none":
        return None
    items = (_item(frame, row, paragraphs, one, summary.kind) for one in summary.passages)
    return element(
        "section",
        element(
            "h2", frame.say("summary.title"), " ", element("span", frame.say("summary.mark"), cls="gb-badge")
        ),
        element("p", frame.say(f"summary.{summary.kind}"), cls="gb-note"),
        element("ul", *items, cls="gb-links", lang={"zh": "zh-CN", "en": "en"}.get(str(row["language"]))),
        cls="gb-card",
    )


def _item(frame: Frame, row: Mapping[str, Any], paragraphs: Sequence[str], one: Passage, kind: str) -> Markup:
    words = paragraphs[one.paragraph][one.start : one.end]
    place = {"id": row["document_id"], "para": one.paragraph + 1, "at": f"{one.start}-{one.end}"}
    if kind == "headings":
        label = element("strong", words) if one.level == 1 else words
        return element("li", frame.link(label, "doc", **place))
    words += " …" if one.cut else ""
    told = frame.say("doc.paragraph", n=one.paragraph + 1)
    return element("li", words, " ", frame.link(told, "doc", "gb-at", **place))
