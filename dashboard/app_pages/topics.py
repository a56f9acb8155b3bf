"""专题: the index of themes and topic classes, or the briefing of one of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dashboard.briefing.model import Subject, SubjectKind
from dashboard.briefing.subjects import find_subject
from dashboard.briefing_view import subject_page
from dashboard.frame import Frame, refuse, show
from dashboard.markup import Markup, element, join
from dashboard.pieces import basis_line, number, quiet, section
from warehouse.errors import UserError
from warehouse.queries import pages_overview
from warehouse.queries.pages_listing import Selection


def page() -> None:
    """Draw the page."""
    subject_page("topics", _asked, _index)


def _asked(frame: Frame) -> Subject | None:
    kinds: tuple[SubjectKind, ...] = ("theme", "topic")
    for kind in kinds:
        asked = frame.parameters.get(kind)
        if asked is not None:
            try:
                return find_subject(frame.publication, asked, (kind,))
            except UserError:
                refuse(frame, f"unknown.{kind}", asked)
    return None


def _index(frame: Frame) -> None:
    show(
        element("h1", frame.say("nav.topics")),
        element("p", frame.say("topics.lead"), cls="gb-coverage"),
        element("p", frame.link(frame.say("nav.board"), "board"), cls="gb-more"),
    )
    show(
        section(frame.say("topics.themes"), _themes(frame), basis_line(frame)),
        section(frame.say("topics.classes"), _classes(frame), basis_line(frame)),
    )


def _themes(frame: Frame) -> Markup:
    since = frame.today - timedelta(days=30)
    rows = frame.read(pages_overview.themes, since)
    if not rows:
        return quiet(frame.say("topics.no-themes"))
    cards = (
        element(
            "li",
            element(
                "h3", frame.link(frame.named(row["name_zh"], row["name_en"]), "topics", theme=row["theme_id"])
            ),
            element("p", row["note"], cls="gb-why") if row["note"] and frame.language == "zh" else None,
            element(
                "p",
                frame.say("topics.documents"),
                " ",
                number(frame, Selection(theme=row["theme_id"]), row["documents"]),
                " · ",
                frame.say("today.recent"),
                " ",
                number(
                    frame,
                    Selection(theme=row["theme_id"], published_from=since, told_once=True),
                    row["recent"],
                ),
                cls="gb-meta",
            ),
        )
        for row in rows
    )
    return element("ul", *cards, cls="gb-cards")


def _classes(frame: Frame) -> Markup:
    rows = frame.read(pages_overview.topics)
    if not rows:
        return quiet(frame.say("topics.no-classes"))
    first = [row for row in rows if not row["parent"]]
    return element(
        "ul",
        *(_class(frame, row, [r for r in rows if r["parent"] == row["code"]]) for row in first),
        cls="gb-tree",
    )


def _class(frame: Frame, row: dict[str, Any], below: list[dict[str, Any]]) -> Markup:
    def line(one: dict[str, Any]) -> Markup:
        name = frame.link(frame.named(one["name_zh"], one["name_en"]), "topics", topic=one["code"])
        return join(
            (
                name,
                " ",
                element(
                    "span", number(frame, Selection(topic=one["code"]), one["documents"]), cls="gb-count"
                ),
            )
        )

    inner = element("ul", *(element("li", line(one)) for one in below)) if below else None
    return element("li", line(row), inner)


page()
