"""The page of a year's figures: each with its counts, its basis, and the things counted one click away."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.frame import Frame, refuse, show
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import day, provenance, quiet, section, table
from dashboard.service.year import Figure, as_csv, desk_figures, span, years
from warehouse.queries import pages_listing
from warehouse.queries.pages_listing import Selection

_LISTED = 500


def figures_page(frame: Frame) -> None:
    """Choices of year, the figures, and the things that the figure asked for counts."""
    zone = ZoneInfo(frame.home.settings.place.timezone)
    known = years(frame.desk, frame.today)
    asked = frame.parameters.get("year", str(frame.today.year))
    if asked not in map(str, known):
        refuse(frame, "service.unknown-year", asked)
    year = int(asked)
    figures = desk_figures(frame.desk, year, frame.today, zone)
    wanted = frame.parameters.get("of", "")
    if wanted and wanted not in {one.name for one in figures}:
        refuse(frame, "service.unknown-figure", wanted)
    show(_choices(frame, known, year))
    chosen = next((one for one in figures if one.name == wanted), None)
    if chosen is not None:
        _behind(frame, chosen, year)
        return
    collected = _collected(year, zone)
    count = frame.read(pages_listing.count_documents, collected)
    documents = Figure("documents", count)
    rows = [_row(frame, one, year) for one in figures]
    link = frame.link(f"{count:,}", "listing", of="new", **_span_of(collected))
    rows.append((frame.say("service.figure-documents"), link))
    heads = (frame.say("service.head-figure"), frame.say("service.head-value"))
    now = frame.local(frame.now)
    show(
        section(
            frame.say("service.year", year=year),
            table(heads, rows, frame.say("service.year", year=year), frozenset({1})),
            element("p", frame.say("service.desk-basis", at=now), cls="gb-prov"),
            element("p", frame.say("service.documents-basis"), cls="gb-note"),
            provenance(frame, collected),
        )
    )
    st.download_button(
        frame.say("service.as-csv"),
        data=lambda: as_csv(
            year, [*figures, documents], frame.publication.publication_id, frame.publication.sample
        ),
        file_name=f"service-{year}.csv", mime="text/csv", on_click="ignore",
    )  # fmt: skip


def _row(frame: Frame, one: Figure, year: int) -> tuple[Child, Child]:
    name = frame.say(f"service.figure-{one.key}")
    shown: Child = f"{one.value:,}"
    if one.lines:
        shown = frame.link(f"{one.value:,}", "service", view="year", year=year, of=one.name)
    if one.of is not None:
        share = f"{one.value / one.of:.0%}" if one.of else frame.say("service.none-counted")
        shown = join((shown, f" / {one.of:,} ({share})"))
    return (f"{name}：{one.series}" if one.series else name), shown


def _behind(frame: Frame, one: Figure, year: int) -> None:
    """The things that a figure counts."""
    back = frame.link(frame.say("service.year", year=year), "service", view="year", year=year)
    name = frame.say(f"service.figure-{one.key}") + (f"：{one.series}" if one.series else "")
    items = (
        element(
            "li",
            element("p", frame.link(line.text, line.page, **line.parameters) if line.page else line.text),
            element("p", day(frame, line.day), cls="gb-meta") if line.day else None,
            cls="gb-item",
        )
        for line in one.lines[:_LISTED]
    )
    show(element("p", back, cls="gb-kicker"), element("h2", f"{name} {one.value:,}"))
    show(element("ul", *items, cls="gb-list") if one.lines else quiet(frame.say("service.nothing-counted")))
    if len(one.lines) > _LISTED:
        show(quiet(frame.say("service.more", n=len(one.lines) - _LISTED)))


def _choices(frame: Frame, known: list[int], year: int) -> Markup:
    links = (
        element(
            "li",
            element(
                "a", str(one), href=frame.to("service", view="year", year=one), data_go=True,
                aria_current="true" if one == year else None,
            ),
        )
        for one in known
    )  # fmt: skip
    return element("ul", *links, cls="gb-choices", aria_label=frame.say("service.years"))


def _collected(year: int, zone: ZoneInfo) -> Selection:
    """What was first seen in the year."""
    start, end = span(year, zone)
    return Selection("new", seen_after=start, seen_until=end)


def _span_of(selection: Selection) -> dict[str, object]:
    first, last = selection.seen_after, selection.seen_until
    return {"seen": first.isoformat() if first else None, "till": last.isoformat() if last else None}
