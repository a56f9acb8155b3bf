"""今日要情: what is new since this reader last looked, what falls due, what changed, each with its proof."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import (
    basis_line,
    document_item,
    document_list,
    due_list,
    listing_parameters,
    number,
    provenance,
    quiet,
    section,
)
from dashboard.visits import LastLook, last_look
from warehouse.queries import pages_listing, pages_overview
from warehouse.queries.pages_listing import Selection

_PERIODS = {"7d": 7, "30d": 30}
_SHOWN = 8
_ASIDE = 6
_LATEST = 5
_DUE_DAYS = 30


def page() -> None:
    """Draw the page."""
    frame = open_frame("today")
    asked = frame.parameters.get("since", "visit")
    if asked not in {"visit", *_PERIODS}:
        refuse(frame, "unknown.since", asked)
    last = last_look(frame)
    period = asked if asked in _PERIODS else ("visit" if last else "30d")
    selections = _selections(frame, period, last)
    show(_head(frame), _lead(frame, selections, period, last), _periods(frame, period, last))
    left = join((_new(frame, selections["new"]), _moved(frame, selections)))
    right = join((_due(frame), _themes(frame)))
    show(
        element(
            "div",
            element("div", left),
            element("aside", right, aria_label=frame.say("today.aside")),
            cls="gb-split",
        )
    )
    close(frame)


def _selections(frame: Frame, period: str, last: LastLook | None) -> dict[str, Selection]:
    """The four groups of news; a period counts by publication date, a visit by what we observed since."""
    if period == "visit" and last:
        return {
            kind: Selection(kind, seen_after=last.seen_until, told_once=kind == "new")
            for kind in ("new", "changed", "repealed", "withdrawn")
        }
    since = frame.now - timedelta(days=_PERIODS[period])
    day = frame.today - timedelta(days=_PERIODS[period])
    return {
        "new": Selection("documents", published_from=day, told_once=True),
        "changed": Selection("changed", seen_after=since, unless_published_from=day),
        "repealed": Selection("repealed", ended_from=day),
        "withdrawn": Selection("withdrawn", seen_after=since),
    }


def _head(frame: Frame) -> Markup:
    held = frame.read(pages_overview.overview)
    coverage = frame.say(
        "today.coverage",
        held=held["sources_held"],
        sources=held["sources_counted"],
        until=frame.local(held["data_until"]),
    )
    total = frame.link(frame.say("today.total", n=f"{held['documents']:,}"), "listing")
    weekday = frame.say(f"weekday.{frame.today.isoweekday()}")
    return join(
        (
            element("h1", frame.say("nav.today")),
            element(
                "p",
                element("time", frame.say("today.date", d=frame.today, weekday=weekday)),
                cls="gb-dateline",
            ),
            element("p", coverage, " ", total, cls="gb-coverage"),
        )
    )


def _lead(frame: Frame, selections: dict[str, Selection], period: str, last: LastLook | None) -> Markup:
    counts = {kind: frame.read(pages_listing.count_documents, one) for kind, one in selections.items()}
    opening = (
        frame.say("today.since-visit", at=frame.local(last.at))
        if period == "visit" and last
        else frame.say("today.since-days", days=_PERIODS[period])
    )
    if not any(counts.values()):
        return element("p", opening, element("strong", frame.say("today.nothing")), cls="gb-lead")
    told: list[Child] = []
    for kind, selection in selections.items():
        if counts[kind]:
            told += [
                frame.say("word.comma") if told else None,
                frame.say(f"today.{_told_as(selection)}"),
                " ",
                number(frame, selection),
            ]
            told.append(frame.say("word.documents", n=counts[kind]))
    return element("p", opening, *told, frame.say("word.stop"), cls="gb-lead")


def _told_as(selection: Selection) -> str:
    return "published" if selection.kind == "documents" else selection.kind


def _periods(frame: Frame, period: str, last: LastLook | None) -> Markup:
    names = (["visit"] if last else []) + list(_PERIODS)
    links = (
        element(
            "li",
            element(
                "a",
                frame.say(f"today.period-{name}"),
                href=frame.to("today", since=name),
                data_go=True,
                aria_current="true" if name == period else None,
            ),
        )
        for name in names
    )
    return element("ul", *links, cls="gb-choices", aria_label=frame.say("today.period"))


def _new(frame: Frame, selection: Selection) -> Markup:
    rows = frame.overlaid(frame.read(pages_listing.list_documents, selection, _SHOWN))
    if not rows:
        return join(
            (
                section(frame.say("today.new-title"), quiet(frame.say("today.none-new"))),
                _latest(frame),
            )
        )
    memberships = frame.read(pages_overview.themes_of, tuple(row["document_id"] for row in rows))
    items = (
        document_item(frame, row, _membership(frame, memberships.get(row["document_id"], []))) for row in rows
    )
    total = frame.read(pages_listing.count_documents, selection)
    more = (
        element(
            "p",
            frame.link(frame.say("today.all-new", n=total), "listing", **listing_parameters(selection)),
            cls="gb-more",
        )
        if total > len(rows)
        else None
    )
    return section(
        frame.say("today.new-title"),
        element("ul", *items, cls="gb-list"),
        more,
        provenance(frame, selection),
        cls="gb-first",
    )


def _latest(frame: Frame) -> Markup:
    """Where nothing is new, the latest there is, not a blank page."""
    rows = frame.overlaid(frame.read(pages_listing.list_documents, Selection(), _LATEST))
    return section(
        frame.say("today.latest-title"), document_list(frame, rows), provenance(frame, Selection())
    )


def _membership(frame: Frame, themes: list[dict[str, str]]) -> Markup | None:
    if not themes:
        return None
    links = (
        frame.link(frame.named(one["name_zh"], one["name_en"]), "topics", theme=one["theme_id"])
        for one in themes
    )
    return join((frame.say("today.theme"), join(links, frame.say("word.and"))))


def _moved(frame: Frame, selections: dict[str, Selection]) -> Markup | None:
    parts = []
    for kind in ("changed", "repealed", "withdrawn"):
        rows = frame.overlaid(frame.read(pages_listing.list_documents, selections[kind], _SHOWN))
        if rows:
            items = (document_item(frame, row) for row in rows)
            listed = element("ul", *items, cls="gb-list")
            source = provenance(frame, selections[kind])
            parts.append(section(frame.say(f"today.{kind}-title"), listed, source))
    return (
        join(parts)
        if parts
        else section(frame.say("today.moved-title"), quiet(frame.say("today.none-moved")))
    )


def _due(frame: Frame) -> Markup:
    last = frame.today + timedelta(days=_DUE_DAYS)
    counted = frame.read(pages_listing.count_due, frame.today, last)
    rows = frame.read(pages_listing.list_due, frame.today, last, None, _ASIDE)
    title = frame.say("today.due-title", days=_DUE_DAYS)
    if not rows:
        return section(title, quiet(frame.say("today.none-due")), basis_line(frame))
    lines = ((row["due"], _sentence(frame, row), row["who"] or (), row["title"]) for row in rows)
    count = frame.link(frame.say("today.all-due", n=counted["duties"]), "listing", of="due")
    return section(
        title,
        due_list(frame, lines),
        element("p", count, cls="gb-more"),
        element("p", frame.say("today.mined"), cls="gb-prov"),
        basis_line(frame, counted["documents"], counted["sources"]),
    )


def _sentence(frame: Frame, row: dict[str, Any]) -> Markup:
    place = {"id": row["document_id"], "para": row["paragraph"] + 1, "fact": row["fact_id"]}
    return frame.link(row["what"] or row["sentence"], "doc", **place)


def _themes(frame: Frame) -> Markup:
    since = frame.today - timedelta(days=30)
    rows = [row for row in frame.read(pages_overview.themes, since) if row["documents"]]
    if not rows:
        return section(frame.say("today.themes-title"), quiet(frame.say("today.none-themes")))
    items = (
        element(
            "li",
            frame.link(frame.named(row["name_zh"], row["name_en"]), "topics", theme=row["theme_id"]),
            element(
                "span", number(frame, Selection(theme=row["theme_id"]), row["documents"]), cls="gb-count"
            ),
            element(
                "span",
                frame.say("today.recent"),
                " ",
                number(
                    frame,
                    Selection(theme=row["theme_id"], published_from=since, told_once=True),
                    row["recent"],
                ),
                cls="gb-recent",
            ),
        )
        for row in rows[:_SHOWN]
    )
    more = element("p", frame.link(frame.say("today.all-themes"), "topics"), cls="gb-more")
    return section(
        frame.say("today.themes-title"), element("ul", *items, cls="gb-index"), more, basis_line(frame)
    )


page()
