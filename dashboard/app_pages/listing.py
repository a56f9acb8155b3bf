"""The documents behind a number: every figure of the dashboards opens here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import (
    basis_line,
    bulk_link,
    document_list,
    due_list,
    listing_parameters,
    provenance,
    quiet,
)
from dashboard.selections import selection_of
from dashboard.today.behind import nearer_page, told_in_words
from warehouse.queries import pages_listing, pages_overview
from warehouse.queries.pages_listing import KINDS, Selection

PER_PAGE = 50
_DUE_DAYS = 30


def page() -> None:
    """Draw the page."""
    frame = open_frame("listing")
    kind = frame.parameters.get("of", "documents")
    if kind == "due":
        _due(frame)
    elif kind == "nearer":
        nearer_page(frame, PER_PAGE, lambda total: _page(frame, total), lambda *given: _pages(frame, *given))
    elif kind in KINDS:
        _documents(frame, selection_of(frame, kind))
    else:
        refuse(frame, "unknown.listing", kind)
    close(frame)


def _documents(frame: Frame, selection: Selection) -> None:
    total = frame.read(pages_listing.count_documents, selection)
    number, pages = _page(frame, total)
    rows = frame.read(pages_listing.list_documents, selection, PER_PAGE, (number - 1) * PER_PAGE)
    show(
        element("p", frame.say("listing.kicker"), cls="gb-kicker"),
        element("h1", frame.say(f"listing.{selection.kind}")),
        _words(frame, selection),
        element("h2", frame.say("listing.count", n=f"{total:,}"), cls="gb-found", data_count=total),
    )
    if not rows:
        show(quiet(frame.say("listing.none")), provenance(frame, selection))
    else:
        show(
            bulk_link(frame, **listing_parameters(selection)),
            document_list(frame, frame.overlaid(rows)),
            _pages(frame, listing_parameters(selection), number, pages),
            provenance(frame, selection),
        )


def _words(frame: Frame, selection: Selection) -> Markup | None:
    """What the selection means, in words."""
    told: list[str] = []
    for one in fields(selection):
        value = getattr(selection, one.name)
        if value and one.name != "kind":
            words = frame.say(f"listing.by-{one.name}")
            told.append(words if value is True else f"{words} {_value(frame, one.name, value)}")
    return element("p", frame.say("word.comma").join(told), cls="gb-coverage") if told else None


def _value(frame: Frame, name: str, value: Any) -> str:
    if name == "theme":
        return next(
            frame.named(row["name_zh"], row["name_en"])
            for row in frame.read(pages_overview.themes, frame.today)
            if row["theme_id"] == value
        )
    if name == "topic":
        return frame.topic_name(value)
    if name == "department":
        return frame.body_name(value)
    if name == "source":
        return next(
            frame.named(row["name_zh"], row["name_en"])
            for row in frame.read(pages_overview.sources)
            if row["source_id"] == value
        )
    if name == "told":
        return told_in_words(frame, value)
    if name == "week":
        return f"{value} – {value + timedelta(days=6)}"
    if name == "validity":
        return frame.say(f"state.{value}")
    if name == "region":
        return frame.region_name(value)
    return frame.local(value) if isinstance(value, datetime) else str(value)


def _page(frame: Frame, total: int) -> tuple[int, int]:
    """Which page is asked for, and of how many."""
    asked = frame.parameters.get("p", "1")
    pages = max(1, (total + PER_PAGE - 1) // PER_PAGE)
    if not asked.isdecimal() or not 0 < int(asked) <= pages:
        refuse(frame, "unknown.page", asked)
    return int(asked), pages


def _pages(frame: Frame, parameters: Mapping[str, object], number: int, pages: int) -> Markup | None:
    if pages < 2:
        return None
    links: list[Child] = []
    if number > 1:
        links.append(frame.link(frame.say("listing.before"), "listing", **parameters, p=number - 1))
    links.append(frame.say("listing.page", page=number, pages=pages))
    if number < pages:
        links.append(frame.link(frame.say("listing.after"), "listing", **parameters, p=number + 1))
    return element("nav", join(links, " · "), aria_label=frame.say("search.pages"), cls="gb-pages")


def _due(frame: Frame) -> None:
    selection = selection_of(frame, "documents")
    asked = (frame.today, frame.today + timedelta(days=_DUE_DAYS), selection)
    counted = frame.read(pages_listing.count_due, *asked)
    number, pages = _page(frame, counted["duties"])
    rows = frame.read(pages_listing.list_due, *asked, PER_PAGE, (number - 1) * PER_PAGE)
    show(
        element("p", frame.say("listing.kicker"), cls="gb-kicker"),
        element("h1", frame.say("today.due-title", days=_DUE_DAYS)),
        _due_count(frame, counted["duties"]),
        element("p", frame.say("today.mined"), cls="gb-note"),
    )
    if not rows:
        show(quiet(frame.say("today.none-due")), basis_line(frame))
        return
    lines = ((row["due"], _sentence(frame, row), row["who"] or (), row["title"]) for row in rows)
    show(
        due_list(frame, lines),
        _pages(frame, {**listing_parameters(selection), "of": "due"}, number, pages),
        basis_line(frame, counted["documents"], counted["sources"]),
    )


def _due_count(frame: Frame, duties: int) -> Markup:
    told = frame.say("listing.due-count", n=f"{duties:,}")
    return element("p", told, cls="gb-found", data_count=duties)


def _sentence(frame: Frame, row: dict[str, Any]) -> Markup:
    place = {"id": row["document_id"], "para": row["paragraph"] + 1, "fact": row["fact_id"]}
    return frame.link(row["sentence"], "doc", **place)


page()
